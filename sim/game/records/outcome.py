"""What a campaign came to, as plain data: the contract of ``run --json``."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.state.layout import World
from sim.scenario.building.names import Names
from sim.scenario.models.scenario import Header

MEN_FIELDS = ("killed", "wounded", "captured", "deserted")
SIDE_IDS: tuple[str, ...] = codes.SIDES


def result(world: World, names: Names, header: Header) -> dict[str, Any]:
    """Return who won and how high, and what it cost."""
    return {
        "outcome": {
            "winner": (*SIDE_IDS, "none")[int(world.clock["winner"][0])],
            "level": header.victory.levels[int(world.clock["level"][0])].name,
            "points": {side: int(world.sides["points"][row]) for row, side in enumerate(SIDE_IDS)},
        },
        "losses": losses(world),
        "captures": captures(world, names, header.start_date),
        "formations": formations(world, names),
    }


def losses(world: World) -> dict[str, dict[str, int]]:
    """Return the losses of each of the five nations of the record."""
    units = np.asarray(world.units)  # as a recarray every field would be wrapped
    return {name: _losses_of(units[units["nation"] == nation]) for nation, name in enumerate(codes.NATIONS)}


def _losses_of(units: NDArray[Any]) -> dict[str, int]:
    counted = {name: int(units[name].sum(dtype=np.int64)) for name in MEN_FIELDS}
    counted["tanks"] = int(units["tanks_lost"].sum(dtype=np.int64))
    counted["guns"] = int(units["guns_lost"].sum(dtype=np.int64) + units["launchers_lost"].sum(dtype=np.int64))
    counted["aircraft"] = int((units["aircraft_start"] - units["aircraft"]).sum(dtype=np.int64))
    return counted


def captures(world: World, names: Names, start: date) -> list[dict[str, Any]]:
    """Return one row each time that a place changed hands; ``by`` is the army of the unit that took it."""
    events = world.events[: int(world.clock["n_events"][0])]
    rows = []
    for event in events[events["kind"] == codes.EVENT_CAPTURE]:
        unit, turn = int(event["subject"]), int(event["turn"])
        rows.append(
            {
                "place": names.places[int(event["object"])],
                "date": day_of(start, turn).isoformat(),
                "turn": turn,
                "side": codes.SIDES[int(world.units[unit]["side"])],
                "by": _army_id(world, names, unit),
            }
        )
    return rows


def _army_id(world: World, names: Names, unit: int) -> str:
    army = int(world.units[unit]["army"])
    return names.formations[army] if army >= 0 else names.units[unit]


def formations(world: World, names: Names) -> dict[str, dict[str, int]]:
    """Return what every formation had, lost and has, with all units below it."""
    units, parents = world.units, world.formations["parent"]
    columns = {
        "men_start": units["men_start"],
        "men_end": units["men"],
        **{name: units[name] for name in MEN_FIELDS},
        "tanks_start": units["tanks_start"].sum(axis=1),
        "tanks_end": units["tanks"].sum(axis=1),
        "tanks_repair": units["tanks_repair"].sum(axis=1),
        "tanks_lost": units["tanks_lost"].sum(axis=1),
        "guns_start": units["guns_start"],
        "guns_end": units["guns"],
        "guns_lost": units["guns_lost"],
        "launchers_start": units["launchers_start"],
        "launchers_end": units["launchers"],
        "launchers_lost": units["launchers_lost"],
        "aircraft_start": units["aircraft_start"],
        "aircraft_end": units["aircraft"],
    }
    belongs = membership(units["formation"], parents)
    totals = {name: belongs @ column.astype(np.int64) for name, column in columns.items()}
    return {
        formation: {name: int(total[row]) for name, total in totals.items()}
        for row, formation in enumerate(names.formations)
        if belongs[row].any()
    }


def membership(unit_formation: NDArray[Any], parents: NDArray[Any]) -> NDArray[np.int64]:
    """Return (n_formation, n_unit) ones where a unit stands below a formation, directly or not."""
    belongs = np.zeros((len(parents), len(unit_formation)), np.int64)
    for unit, row in enumerate(unit_formation.tolist()):
        while row >= 0:
            belongs[row, unit] = 1
            row = int(parents[row])
    return belongs


def day_of(start: date, turn: int) -> date:
    """Return the date of a turn; turn 1 is the first day.

    Example
    -------
    >>> day_of(date(1945, 8, 9), 12)
    datetime.date(1945, 8, 20)
    """
    return start + timedelta(days=turn - 1)
