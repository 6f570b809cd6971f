"""What a batch keeps of each evening: the figures of the larger formations and the holder of every hex."""

from typing import NamedTuple

import numpy as np

from sim.kernels.codes import ACTIVE, JAPANESE, SOVIET
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.hexes import distance

# Columns of ``Record.figures``. Losses are those of the campaign so far.
(
    FIGURE_MEN,
    FIGURE_KILLED,
    FIGURE_WOUNDED,
    FIGURE_CAPTURED,
    FIGURE_DESERTED,
    FIGURE_TANKS,
    FIGURE_FUEL10,
    FIGURE_FUEL_MAX10,
    FIGURE_HEXES,
    FIGURE_ADVANCE,
) = range(10)
N_FIGURE = 10


class Record(NamedTuple):
    """Where the evenings of one campaign are written down; used again for the next one."""

    slot: np.ndarray  # (n_formation,) int16: row of a formation in ``figures``, -1 where it is not recorded
    figures: np.ndarray  # (n_turn, n_slot, N_FIGURE) int32
    holder: np.ndarray  # (n_turn, n_hex) int8: SOVIET, JAPANESE or NEITHER
    kept: np.ndarray  # (n_unit,) int32: work space, see ``count_kept``


def new_record(slot: np.ndarray, n_turn: int, n_hex: int, n_unit: int) -> Record:
    """Return an empty record of ``n_turn`` evenings; ``slot`` says which formations it holds (``Record.slot``)."""
    n_slot = int(slot.max(initial=-1)) + 1
    return Record(
        slot=np.ascontiguousarray(slot, np.int16),
        figures=np.zeros((n_turn, n_slot, N_FIGURE), np.int32),
        holder=np.zeros((n_turn, n_hex), np.int8),
        kept=np.zeros(n_unit, np.int32),
    )


NO_RECORD = new_record(np.zeros(0, np.int16), 0, 0, 0)


@kernel
def record_day(world, record, turn):
    """Write down one evening; a record without a row for this turn takes nothing."""
    day = turn - 1
    if day >= record.figures.shape[0]:
        return
    figures = record.figures
    for slot in range(figures.shape[1]):
        for figure in range(figures.shape[2]):
            figures[day, slot, figure] = 0
    holder = world.holder
    for hex in range(holder.shape[0]):
        record.holder[day, hex] = holder[hex]
    count_kept(world, record.kept)
    for unit in range(world.units.shape[0]):
        record_unit(world, record, day, unit)


@kernel
def record_unit(world, record, day, unit):
    """Add the figures of a unit to those of every recorded formation above it."""
    row = world.units[unit]
    on_map = row.status == ACTIVE and row.hex >= 0
    advance = 0
    if on_map and row.arrival_hex >= 0:
        advance = distance(int(row.arrival_hex), int(row.hex), int(world.clock[0].n_cols))
    tanks = 0
    for tank_class in range(row.tanks.shape[0]):
        tanks += int(row.tanks[tank_class])
    formation = int(row.formation)
    while formation >= 0:
        slot = int(record.slot[formation])
        if slot >= 0:
            of = record.figures[day, slot]
            of[FIGURE_MEN] += row.men
            of[FIGURE_KILLED] += row.killed
            of[FIGURE_WOUNDED] += row.wounded
            of[FIGURE_CAPTURED] += row.captured
            of[FIGURE_DESERTED] += row.deserted
            of[FIGURE_TANKS] += tanks
            of[FIGURE_HEXES] += record.kept[unit]
            if on_map:
                of[FIGURE_FUEL10] += row.fuel10
                of[FIGURE_FUEL_MAX10] += row.fuel_max10
                of[FIGURE_ADVANCE] = max(of[FIGURE_ADVANCE], advance)
        formation = int(world.formations[formation].parent)


@kernel
def count_kept(world, out_kept):
    """Count the hexes that each unit keeps for its side: where it stands first in the stack, or which it was to take.

    Parameters
    ----------
    out_kept : (n_unit,) int32
        An empty hex counts for the unit that took it, as long as that unit's side still holds it.
    """
    units, layers, holder, captured_by = world.units, world.layers, world.holder, world.captured_by
    out_kept[:] = 0
    for unit in range(units.shape[0]):
        row = units[unit]
        if row.hex >= 0 and layers[row.hex].first_unit == unit and holder[row.hex] == row.side:
            out_kept[unit] += 1
    for hex in range(captured_by.shape[0]):
        unit = captured_by[hex]
        if unit >= 0 and layers[hex].first_unit < 0 and holder[hex] == units[unit].side:
            out_kept[unit] += 1


@kernel
def count_holders(record, n_turn, counts):
    """Add the holders of the first ``n_turn`` evenings to a tally.

    Parameters
    ----------
    counts : (2, n_turn or more, n_hex) int32
        Evenings on which each side held each hex.
    """
    holder = record.holder
    for day in range(n_turn):
        for hex in range(holder.shape[1]):
            held = holder[day, hex]
            if held == SOVIET or held == JAPANESE:
                counts[held, day, hex] += 1
