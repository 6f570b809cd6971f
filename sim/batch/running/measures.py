"""What a campaign came to, in single numbers that can be paired, averaged and compared: the headline measures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.batch.running.results import BatchResult
from sim.batch.storage.columns import RUNS
from sim.batch.storage.tables import DONE
from sim.game.records.outcome import MEN_FIELDS
from sim.kernels import codes
from sim.scenario import Scenario

KEY_PLACES = 8
SHARE, POINTS, MEN, TANKS, DAY = "share", "points", "men", "tanks", "day"
VICTOR = codes.SIDES[0]
NATION_WORDS = {
    "soviet": "Soviet",
    "mongolia": "Mongolian",
    "japan": "Japanese",
    "manchukuo": "Manchukuo",
    "mengjiang": "Mengjiang",
}
# Men of each nation who are told: all lost, and those of them killed and captured.
IDENTITY = ("run_id", "key", "digest")
LOSSES = ("killed", "captured")
COMPARED = tuple(column for column in RUNS if column.compared_as)


@dataclass(frozen=True)
class Measure:
    """One number of a campaign.

    Attributes
    ----------
    unit : str
        ``share`` (0 or 1), ``points``, ``men``, ``tanks``, or ``day``: turn 1 is the first day of the campaign, and a
        place that never falls counts as the day after the last.
    """

    name: str
    title: str
    unit: str


def key_places(scenario: Scenario) -> list[str]:
    """Return the objectives worth most to the attacker, the most valuable first."""
    worth = {name: place.soviet for name, place in scenario.header.victory.objectives.items() if place.soviet > 0}
    return sorted(worth, key=lambda name: (-worth[name], name))[:KEY_PLACES]


def measures(places: Mapping[str, str]) -> list[Measure]:
    """Return every measure; ``places`` has the name of each key place by id."""
    nations = [
        measure
        for nation in codes.NATIONS
        for measure in (
            Measure(f"{nation}_men", f"{NATION_WORDS[nation]} men lost", MEN),
            *(Measure(f"{nation}_{kind}", f"{NATION_WORDS[nation]} {kind}", MEN) for kind in LOSSES),
        )
    ]
    return [
        Measure("victory", f"{VICTOR.capitalize()} victory", SHARE),
        Measure("score", "score", POINTS),
        Measure("end", "last day", DAY),
        *(Measure(f"fall_{place}", f"fall of {name}", DAY) for place, name in places.items()),
        *(Measure(f"taken_{place}", f"{name} taken", SHARE) for place, name in places.items()),
        *nations,
        *(Measure(column.name, column.compared_as, column.unit) for column in COMPARED),
    ]


def places_of(scenario: Scenario) -> dict[str, str]:
    """Return the names of the key places of a scenario by id."""
    return {place: scenario.map.places[place].name for place in key_places(scenario)}


def measure_names(scenario: Scenario) -> tuple[str, ...]:
    """Return the names of the measures of a scenario."""
    return tuple(measure.name for measure in measures(places_of(scenario)))


def measured(result: BatchResult, places: Mapping[str, str]) -> Any:
    """Return a pyarrow table of the runs that did not fail: ``IDENTITY``, and a float column a measure."""
    runs = result.runs.filter(pc.equal(result.runs["status"].cast(pa.string()), DONE))
    columns: dict[str, Any] = {name: runs[name] for name in IDENTITY}
    columns["victory"] = pc.equal(runs["winner"].cast(pa.string()), VICTOR).cast(pa.float64())
    columns["score"] = _of(runs, [f"points_{codes.SIDES[0]}"]) - _of(runs, [f"points_{codes.SIDES[1]}"])
    columns["end"] = _of(runs, ["turns"])
    never = last_turn(result) + 1
    for place in places:
        fell = _first_taken(result.captures, place, columns["run_id"].to_numpy(), never)
        columns[f"fall_{place}"] = fell
        columns[f"taken_{place}"] = (fell < never).astype(float)
    for nation in codes.NATIONS:
        columns[f"{nation}_men"] = _of(runs, [f"{nation}_{kind}" for kind in MEN_FIELDS])
        columns |= {f"{nation}_{kind}": _of(runs, [f"{nation}_{kind}"]) for kind in LOSSES}
    columns |= {column.name: _of(runs, [column.name]) for column in COMPARED}
    ordered = [*IDENTITY, *(measure.name for measure in measures(places))]
    return pa.table({name: columns[name] for name in ordered})


def last_turn(result: BatchResult) -> int:
    """Return the last turn of the calendar of a batch."""
    return int(result.facts["last_turn"])


def _of(runs: Any, names: Sequence[str]) -> NDArray[np.float64]:
    """Return the sum of columns."""
    total: NDArray[np.float64] = np.sum([runs[name].to_numpy().astype(float) for name in names], axis=0)
    return total


def _first_taken(captures: Any, place: str, run_ids: NDArray[np.int32], never: int) -> NDArray[np.float64]:
    """Return the turn on which the victor first took a place in each run."""
    rows = captures.filter(
        pc.and_(
            pc.equal(captures["place"].cast(pa.string()), place), pc.equal(captures["side"].cast(pa.string()), VICTOR)
        )
    )
    first = np.full(int(run_ids.max(initial=-1)) + 1, float(never))
    of, turns = rows["run_id"].to_numpy(), rows["turn"].to_numpy()
    known = of < len(first)
    np.minimum.at(first, of[known], turns[known].astype(float))
    return first[run_ids]
