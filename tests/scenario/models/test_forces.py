"""The forces of August 1945 add up to the published tables and stand on their own ground."""

from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest
import yaml

from sim.kernels import codes
from sim.scenario.mapmaking.deploy import room_by_terrain
from sim.scenario.reading.hex_map_file import HexMap, parse_label, read_hex_map
from tests.support.places import ROOT

SCENARIO = ROOT / "scenarios" / "august_storm"
SOVIET_FRONTS = {
    "sov_tbf": {"men": 654_040, "guns": 9_668, "launchers": 583, "tanks": 2_416, "aircraft": 1_324},
    "sov_1fef": {"men": 586_589, "guns": 11_430, "launchers": 516, "tanks": 1_860, "aircraft": 1_137},
    "sov_2fef": {"men": 337_096, "guns": 5_988, "launchers": 72, "tanks": 1_280, "aircraft": 1_260},
}
JAPANESE_THEATRES = {
    "manchuria": {"men": 665_500, "tanks": 290, "aircraft": 1_042},
    "korea": {"men": 335_900, "tanks": 80, "aircraft": 962},
}
JAPANESE_ARMIES = {"jap_1aa": 222_157, "jap_3aa": 180_971, "jap_4a": 95_464, "jap_34a": 50_194}
ARMY_TANKS = {
    "sov_6gta": 1_019,
    "sov_39a": 502,
    "sov_1rba": 410,
    "sov_5a": 692,
    "sov_25a": 121,
    "sov_35a": 205,
    "sov_10mc": 249,
    "sov_2rba": 240,
    "sov_15a": 164,
}
PUPPETS = {"mck_army": 170_000, "mng_army": 44_000}
FORTRESSES = {
    "jap_80imb": "hailar",
    "jap_15bgu": "hutou",
    "jap_suifenho_gar": "suifenho",
    "jap_tungning_gar": "tungning",
    "jap_arshaan_gar": "halung_arshaan",
    "jap_manchouli_gar": "manchouli",
    "jap_125ir": "koton",
    "jap_123d": "sunwu",
    "jap_135imb": "aihun",
    "jap_119d": "wunuerh",
}
# The first echelon of the plan of 9 August: each stands in a hex that touches the enemy.
FIRST_ECHELON = [
    "sov_46gtb",
    "sov_41gtb",
    "sov_17grd",
    "sov_124rd",
    "sov_205tb",
    "sov_298rd",
    "sov_209rd",
    "sov_43tb",
    "sov_27mrb",
    "sov_97rd",
    "sov_187rd",
    "sov_40rd",
    "sov_393rd",
    "sov_1056rr",
    "sov_3rd",
    "sov_2rd",
    "sov_361rd",
    "sov_35rd",
]


@cache
def forces() -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Return formations and units by id, read without the scenario layer."""
    formations: dict[str, dict[str, Any]] = {}
    units: dict[str, dict[str, Any]] = {}
    for file in sorted((SCENARIO / "forces").glob("*.yaml")):
        document = yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for rows, found in ((document["formations"], formations), (document["units"], units)):
            for row in rows:
                assert row["id"] not in (*formations, *units), f"{row['id']} twice"
                found[row["id"]] = row
    return formations, units


@cache
def ground() -> tuple[HexMap, dict[str, dict[str, Any]]]:
    """Return the hexes, and the places of the map file."""
    text = (SCENARIO / "map.yaml").read_text(encoding="utf-8")
    document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return read_hex_map(SCENARIO / "map.csv"), document["places"]


def above(unit: str) -> list[str]:
    """Return the formations above a unit, nearest first."""
    formations, units = forces()
    chain = [units[unit]["parent"]]
    while "parent" in formations[chain[-1]]:
        chain.append(formations[chain[-1]]["parent"])
    return chain


def totals(chosen: list[dict[str, Any]]) -> Counter[str]:
    """Return men, guns, launchers, tanks and aircraft of some units."""
    out: Counter[str] = Counter()
    for unit in chosen:
        for name in ("men", "guns", "launchers", "aircraft"):
            out[name] += unit[name]
        out["tanks"] += sum(unit.get("tanks", {}).values())
    return out


def below(formation: str) -> list[dict[str, Any]]:
    """Return every unit under a formation."""
    return [unit for name, unit in forces()[1].items() if formation in above(name)]


def hex_of(unit: dict[str, Any]) -> int:
    hexes, _ = ground()
    return parse_label(unit["start"], hexes.n_cols, hexes.n_rows)


def on_map() -> list[dict[str, Any]]:
    return [unit for unit in forces()[1].values() if unit["on_map"]]


@pytest.mark.parametrize("front", SOVIET_FRONTS)
def test_soviet_front_equals_the_published_table(front: str) -> None:
    counted = totals([unit for unit in below(front) if unit["in_front_total"]])
    assert {name: counted[name] for name in SOVIET_FRONTS[front]} == SOVIET_FRONTS[front]


def test_only_mongolia_navy_and_parties_stand_outside_the_soviet_table() -> None:
    outside = {unit.get("theatre") for unit in below("fe_command") if not unit["in_front_total"]}
    assert outside == {"mongolia", "navy", "drawn"}


@pytest.mark.parametrize("theatre", JAPANESE_THEATRES)
def test_japanese_theatre_equals_the_published_table(theatre: str) -> None:
    chosen = [unit for unit in forces()[1].values() if unit.get("theatre") == theatre]
    counted = totals(chosen)
    assert {unit["nation"] for unit in chosen} == {"japan"}
    assert {name: counted[name] for name in JAPANESE_THEATRES[theatre]} == JAPANESE_THEATRES[theatre]


@pytest.mark.parametrize(("formation", "men"), [*JAPANESE_ARMIES.items(), *PUPPETS.items(), ("mpr_army", 16_000)])
def test_army_has_its_men(formation: str, men: int) -> None:
    assert totals(below(formation))["men"] == men


@pytest.mark.parametrize(("formation", "tanks"), ARMY_TANKS.items())
def test_army_has_its_tanks(formation: str, tanks: int) -> None:
    assert totals(below(formation))["tanks"] == tanks


def test_fleet_and_flotilla_count_nobody_twice() -> None:
    assert totals(below("sov_pacific_fleet"))["men"] == 97_500
    assert totals(below("sov_amur_flotilla"))["men"] == 12_500


def test_tanks_are_of_their_own_side_and_class() -> None:
    for unit in forces()[1].values():
        for tank_class, number in unit.get("tanks", {}).items():
            assert tank_class in codes.TANK_CLASSES
            assert number > 0
            assert tank_class.startswith("japanese") == (unit["nation"] in ("japan", "manchukuo", "mengjiang"))


def test_heavy_tanks_stand_only_in_named_heavy_regiments() -> None:
    heavy = {name for name, unit in forces()[1].items() if "heavy" in unit.get("tanks", {})}
    assert heavy == {"sov_1rba_spg", "sov_5a_spg", "sov_25a_spg"}


def test_every_parent_is_known_and_every_chain_ends_at_the_top() -> None:
    formations, units = forces()
    for name in units:
        assert formations[above(name)[-1]]["level"] in ("theatre", "front", "army")


def test_every_figure_says_where_it_comes_from() -> None:
    formations, units = forces()
    for row in (*formations.values(), *units.values()):
        assert row["source"]
        assert row["confidence"] in ("sourced", "recalled")
    for unit in units.values():
        assert unit["at_guns"] <= unit["guns"]
        assert 0 < unit["readiness"] <= 1


def test_counters_that_do_not_fight_are_off_the_map() -> None:
    for unit in forces()[1].values():
        if unit["branch"] in ("support", "air", "river", "marines", "airlanded") or isinstance(unit["start"], dict):
            assert not unit["on_map"], unit["id"]
        if unit["branch"] == "support":
            assert unit["rear_services"], unit["id"]


def test_every_unit_on_the_map_has_a_hex_of_its_own_side() -> None:
    hexes, _ = ground()
    soviet_countries = (codes.USSR, codes.MONGOLIA)
    for unit in on_map():
        hex = hex_of(unit)
        assert hexes.terrain[hex] not in (codes.SEA, codes.LAKE), unit["id"]
        own = hexes.country[hex] in soviet_countries
        assert own == (unit["nation"] in ("soviet", "mongolia")), unit["id"]
        assert hexes.country[hex] != codes.NOWHERE, unit["id"]


def test_no_hex_holds_more_than_its_terrain_allows() -> None:
    hexes, _ = ground()
    used = np.zeros(hexes.n_hex, np.int64)
    for unit in on_map():
        used[hex_of(unit)] += unit["stacking"]
    limit = room_by_terrain(hexes.terrain, hexes.road.max(axis=1) >= codes.ROAD_TRACK)
    assert np.flatnonzero(used > limit).tolist() == []


@pytest.mark.parametrize(("garrison", "place"), FORTRESSES.items())
def test_garrison_stands_in_its_works(garrison: str, place: str) -> None:
    assert forces()[1][garrison]["start"] == ground()[1][place]["hex"]


@pytest.mark.parametrize("unit", FIRST_ECHELON)
def test_first_echelon_faces_the_enemy(unit: str) -> None:
    hexes, _ = ground()
    hex = hex_of(forces()[1][unit])
    col, row = hex % hexes.n_cols, hex // hexes.n_cols
    shift = 0 if col & 1 else -1
    around = [(1, shift), (0, -1), (-1, shift), (-1, shift + 1), (0, 1), (1, shift + 1)]
    countries = {int(hexes.country[(row + down) * hexes.n_cols + col + right]) for right, down in around}
    assert countries & {codes.MANCHUKUO, codes.MENGJIANG, codes.KOREA, codes.KARAFUTO}


def test_tank_army_starts_in_two_lanes_75_km_apart() -> None:
    hexes, _ = ground()
    south, north = (
        (hexes.lat[lane].mean(), hexes.lon[lane].mean())
        for corps in ("sov_9gmc", "sov_7mc")
        for lane in ([hex_of(unit) for unit in below(corps) if unit["branch"] == "mechanised"],)
    )
    km = np.hypot((south[0] - north[0]) * 111.0, (south[1] - north[1]) * 111.3 * np.cos(np.radians(46.7)))
    assert 60 <= km <= 90


def test_reserves_arrive_on_the_day_of_the_record() -> None:
    units = forces()[1]
    expected = {
        "sov_157rd": "1945-08-13",
        "sov_10mc_troops": "1945-08-12",
        "sov_1gad": "1945-08-11",
        "sov_317rd": "1945-08-12",
        "sov_97rd": "None",
    }
    assert {name: str(units[name].get("arrives")) for name in expected} == expected


def test_the_record_dates_no_place_twice_and_knows_its_places() -> None:
    history = yaml.safe_load((SCENARIO / "history.yaml").read_text(encoding="utf-8"))
    events = yaml.safe_load((SCENARIO / "events.yaml").read_text(encoding="utf-8"))["events"]
    _, places = ground()
    dated = [row["place"] for row in history["captures"]]
    assert len(dated) == len(set(dated))
    assert set(dated) <= set(places)
    assert {event["place"] for event in events if "place" in event} <= set(places)
    for row in (*history["captures"], *history["milestones"], *events):
        assert row["source"]
        assert row["confidence"] in ("sourced", "recalled")
    known = set(forces()[0]) | set(forces()[1])
    assert {row["by"] for row in history["captures"]} - known == {"chinese_8th_route_army"}
