"""An attack fought many times ahead by the kernel that fights it, on a world that is put back after each draw.

Putting back what a battle can reach costs a few microseconds; a copy of the world for each draw would cost hundreds.
"""

from typing import NamedTuple

import numpy as np

from sim.kernels.codes import ACTIVE
from sim.kernels.combat.battle import pick_assaulting, resolve_attack, stack_of
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.hexes import hexes_within
from sim.kernels.state.layout import HEX, HEX_STATES, LAYER, PLACE, UNIT, World, records
from sim.kernels.units.power import tank_count

ATTACKER, DEFENDER = 0, 1  # index of the pairs below

DRAW = np.dtype(  # what one draw of an attack came to; pairs are attacker, defender
    [
        ("result", np.int8),  # RESULT_*
        ("entered", np.int8),  # 1 where an attacker stands in the hex afterwards
        ("cleared", np.int8),  # 1 where no defender does
        ("units_gone", np.int16),  # defenders struck off
        ("men", np.int32, (2,)),  # killed, wounded, captured and gone home
        ("prisoners", np.int32, (2,)),
        ("guns", np.int32, (2,)),  # guns and launchers
        ("tanks", np.int32, (2,)),  # put out of action, for good or not
    ],
    align=True,
)
STRENGTH = np.dtype(  # what units have or have lost together
    [("men", np.int32), ("captured", np.int32), ("guns_lost", np.int32), ("tanks", np.int32), ("active", np.int32)],
    align=True,
)


class Kept(NamedTuple):
    """Everything that a battle can change, as it was before, and the units that fight it."""

    hex_numbers: np.ndarray  # (n,) int32
    unit_numbers: np.ndarray  # (n,) int32
    place_numbers: np.ndarray  # (n,) int32
    hexes: np.ndarray  # (n,) HEX
    holders: np.ndarray  # (n,) int8
    states: np.ndarray  # (6, n) int16: in the order of ``layout.HEX_STATES``
    layers: np.ndarray  # (n,) LAYER
    units: np.ndarray  # (n,) UNIT
    places: np.ndarray  # (n,) PLACE
    fighters: np.ndarray  # (2, n) int64: attackers, defenders
    before: np.ndarray  # (2,) STRENGTH
    after: np.ndarray  # (2,) STRENGTH
    count: np.ndarray  # (5,) int32: hexes, units, places, attackers, defenders


def new_kept(world: World) -> Kept:
    """Return room for what one battle of this world can change."""
    radius = int(battle_radius(world.rules[0]))
    n_area = 3 * radius * (radius + 1) + 1
    n_unit, n_place = len(world.units), len(world.places)
    return Kept(
        hex_numbers=np.zeros(n_area, np.int32),
        unit_numbers=np.zeros(n_unit, np.int32),
        place_numbers=np.zeros(n_place, np.int32),
        hexes=records(n_area, HEX),
        holders=np.zeros(n_area, np.int8),
        states=np.zeros((len(HEX_STATES), n_area), np.int16),
        layers=records(n_area, LAYER),
        units=records(n_unit, UNIT),
        places=records(n_place, PLACE),
        fighters=np.zeros((2, n_unit), np.int64),
        before=records(2, STRENGTH),
        after=records(2, STRENGTH),
        count=np.zeros(5, np.int32),
    )


@kernel
def battle_radius(rule):
    """Return how far from its hex a battle changes anything: where the beaten or the guns end up, and one more."""
    return max(1, rule.retreat_hexes, rule.rout_hexes, rule.support_range_hexes) + 1


@kernel
def keep_area(world, target_hex, kept):
    """Note every hex, stack and place that a battle for ``target_hex`` can change."""
    clock = world.clock[0]
    radius = battle_radius(world.rules[0])
    n_hexes = hexes_within(target_hex, radius, clock.n_cols, clock.n_rows, kept.hex_numbers)
    n_units, n_places = 0, 0
    for index in range(n_hexes):
        hex = int(kept.hex_numbers[index])
        kept.hexes[index] = world.hexes[hex]
        keep_state(world, hex, kept, index)
        kept.layers[index] = world.layers[hex]
        unit = int(world.layers[hex].first_unit)
        while unit >= 0:
            kept.unit_numbers[n_units] = unit
            kept.units[n_units] = world.units[unit]
            n_units += 1
            unit = int(world.units[unit].next_in_hex)
        if world.hexes[hex].place >= 0:
            for place in range(world.places.shape[0]):
                if world.places[place].hex == hex:
                    kept.place_numbers[n_places] = place
                    kept.places[n_places] = world.places[place]
                    n_places += 1
    kept.count[0], kept.count[1], kept.count[2] = n_hexes, n_units, n_places


@kernel
def keep_state(world, hex, kept, index):
    """Note who holds a hex and what was counted in it."""
    kept.holders[index] = world.holder[hex]
    kept.states[0, index] = world.held_since_turn[hex]
    kept.states[1, index] = world.captured_by[hex]
    kept.states[2, index] = world.rail_ready_turn[hex]
    kept.states[3, index] = world.battles_today[hex]
    kept.states[4, index] = world.pass_used10[hex]
    kept.states[5, index] = world.trains_used[hex]


@kernel
def put_back_state(world, kept, index):
    """Undo ``keep_state``."""
    hex = int(kept.hex_numbers[index])
    world.holder[hex] = kept.holders[index]
    world.held_since_turn[hex] = kept.states[0, index]
    world.captured_by[hex] = kept.states[1, index]
    world.rail_ready_turn[hex] = kept.states[2, index]
    world.battles_today[hex] = kept.states[3, index]
    world.pass_used10[hex] = kept.states[4, index]
    world.trains_used[hex] = kept.states[5, index]


@kernel
def put_back(world, kept):
    """Undo a battle."""
    for index in range(kept.count[0]):
        world.hexes[kept.hex_numbers[index]] = kept.hexes[index]
        put_back_state(world, kept, index)
        world.layers[kept.hex_numbers[index]] = kept.layers[index]
    for index in range(kept.count[1]):
        world.units[kept.unit_numbers[index]] = kept.units[index]
    for index in range(kept.count[2]):
        world.places[kept.place_numbers[index]] = kept.places[index]


@kernel
def add_up(world, units, n, out_strength):
    """Add up what ``units[:n]`` have and have lost."""
    men, captured, guns_lost, tanks, active = 0, 0, 0, 0, 0
    for index in range(n):
        row = world.units[units[index]]
        men += int(row.men)
        captured += int(row.captured)
        guns_lost += int(row.guns_lost) + int(row.launchers_lost)
        tanks += tank_count(row)
        active += int(row.status == ACTIVE)
    out_strength.men = men
    out_strength.captured = captured
    out_strength.guns_lost = guns_lost
    out_strength.tanks = tanks
    out_strength.active = active


@kernel
def read_draw(world, target_hex, side, kept, out_draw):
    """Fill one DRAW from the world after the battle and the strengths before it; ``side`` attacked."""
    for party in range(2):
        add_up(world, kept.fighters[party], kept.count[3 + party], kept.after[party])
        before, after = kept.before[party], kept.after[party]
        out_draw.men[party] = before.men - after.men
        out_draw.prisoners[party] = after.captured - before.captured
        out_draw.guns[party] = after.guns_lost - before.guns_lost
        out_draw.tanks[party] = before.tanks - after.tanks
    out_draw.units_gone = kept.before[DEFENDER].active - kept.after[DEFENDER].active
    occupant = world.layers[target_hex].occupant
    out_draw.entered = int(occupant == side)
    out_draw.cleared = int(occupant != 1 - side)


@kernel
def forecast_attack(world, scratch, target_hex, attackers, n, posture, keys, kept, out_draws):
    """Fight an attack once for every key, and leave the world as it was.

    The event log is not put back: give the world an empty one.

    Parameters
    ----------
    target_hex, attackers, n, posture
        As for ``resolve_attack``.
    keys : (n_draw,) uint64
        Keys of the draws, none of them that of the campaign: a forecast must not tell what will happen.
    kept : Kept
        Work space.
    out_draws : (n_draw,) DRAW

    Returns
    -------
    int
        Units that would assault; with none of them ``out_draws`` is left alone.
    """
    kept.count[3] = pick_assaulting(world, target_hex, attackers, n, kept.fighters[ATTACKER])
    if kept.count[3] == 0:
        return 0
    kept.count[4] = stack_of(world, target_hex, kept.fighters[DEFENDER])
    keep_area(world, target_hex, kept)
    for party in range(2):
        add_up(world, kept.fighters[party], kept.count[3 + party], kept.before[party])
    side = int(world.units[kept.fighters[ATTACKER, 0]].side)
    clock = world.clock[0]
    key, n_events, lost_events = clock.key, clock.n_events, clock.lost_events
    rule = world.rules[0]
    fog = rule.fog
    rule.fog = 0  # a battle is fought the same whatever is seen of it, and so nothing of it is remembered
    for draw in range(keys.shape[0]):
        clock.key = keys[draw]
        out_draws[draw].result = resolve_attack(world, scratch, target_hex, attackers, n, posture)
        read_draw(world, target_hex, side, kept, out_draws[draw])
        put_back(world, kept)
        clock.n_events = n_events
        clock.lost_events = lost_events
    rule.fog = fog
    clock.key = key
    return int(kept.count[3])
