"""Every kind of bad input names its file, line and column, and the nearest valid name; all at once."""

import random

import pytest

from sim.scenario import validate
from tests.support import tiny


def test_tiny_scenario_is_right(problems_of):
    assert problems_of() == []


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


SCENARIO, MAP, FORCES, GO = tiny.SCENARIO, tiny.MAP, tiny.FORCES, tiny.GO
CASES = {
    "unknown key": (
        {"scenario": changed(SCENARIO, "title:", "titel:")},
        [
            "scenario.yaml:1:1: error: title: key 'title' is missing",
            "scenario.yaml:3:1: error: titel: unknown key 'titel' (did you mean 'title'?)",
        ],
    ),
    "unknown key far down": (
        {"forces": changed(FORCES, "medium: 10", "medum: 10")},
        ["forces/all.yaml:17:23: error: forces.units.first.tanks.medum: unknown key 'medum' (did you mean 'medium'?)"],
    ),
    "missing key": (
        {"go": changed(GO, "    role: main\n", "")},
        ["plans/go.yaml:5:5: error: plans.go.axes.main.role: key 'role' is missing"],
    ),
    "number where a text is due": (
        {"forces": changed(FORCES, '"1st Division"', "1")},
        ["forces/all.yaml:9:11: error: forces.units.first.name: text expected, not the number 1 (quote it)"],
    ),
    "true where a text is due": (
        {"scenario": changed(SCENARIO, '"Tiny"', "no")},
        ["scenario.yaml:3:8: error: title: text expected, not the true/false value false (quote it)"],
    ),
    "text where a number is due": (
        {"forces": changed(FORCES, "men: 8800", 'men: "8800"')},
        [
            "forces/all.yaml:15:10: error: forces.units.first.men: "
            "a whole number expected, not '8800' (take the quotes off)"
        ],
    ),
    "exponent that YAML reads as text": (
        {"map": changed(MAP, "15.0", "15e0")},
        ["map.yaml:3:9: error: map.hex_km: a number expected, not '15e0' (write it in plain digits)"],
    ),
    "fraction where a whole number is due": (
        {"forces": changed(FORCES, "men: 8800", "men: 8800.5")},
        ["forces/all.yaml:15:10: error: forces.units.first.men: a whole number expected, not the number 8800.5"],
    ),
    "out of range": (
        {"forces": changed(FORCES, "readiness: 0.15", "readiness: 15")},
        [
            "forces/all.yaml:48:16: error: forces.units.brigade.readiness: "
            "a number between 0 and 1 expected, or {low, mode, high} in ascending order, not the number 15"
        ],
    ),
    "unknown word": (
        {"forces": changed(FORCES, "branch: support", "branch: suport")},
        [
            "forces/all.yaml:33:13: error: forces.units.rear.branch: 'suport' is not one of infantry, tank, "
            "mechanised, cavalry, artillery, rockets, assault_guns, engineers, fortified, garrison, headquarters, "
            "support, air, river, marines, airlanded (did you mean 'support'?)"
        ],
    ),
    "date that is none": (
        {"go": changed(GO, "by: 1945-08-11", "by: 11 August")},
        [
            "plans/go.yaml:10:29: error: plans.go.axes.main.objectives.0.by: "
            "a date expected, such as 1945-08-09, not '11 August'"
        ],
    ),
    "number as a date": (
        {"go": changed(GO, "by: 1945-08-11", "by: 19450811")},
        [
            "plans/go.yaml:10:29: error: plans.go.axes.main.objectives.0.by: "
            "a date expected, such as 1945-08-09, not the number 19450811"
        ],
    ),
    "bad hex label": (
        {"map": changed(MAP, "h001001", "h0010")},
        [
            "map.yaml:7:52: error: map.places.otpor.hex: 'h0010' is not a hex label "
            "(h, three digits of the column, three of the row: h071054)"
        ],
    ),
    "mapping instead of a list": (
        {"scenario": changed(SCENARIO, "nations: [japan, manchukuo, mengjiang]", "nations: japan")},
        ["scenario.yaml:8:35: error: sides.japan.nations: a list expected, not 'japan'"],
    ),
    "duplicate key": (
        {"scenario": SCENARIO + "id: again\n"},
        ["scenario.yaml:18:1: error: id: key 'id' appears twice (first in line 2)"],
    ),
    "broken syntax in one file, a wrong name in another": (
        {
            "events": "events: [{id: ev_1\n",
            "go": changed(GO, "formations: [first]", "formations: [frist]"),
        },
        [
            "events.yaml:2:1: error: YAML syntax: did not find expected ',' or '}' while parsing a flow mapping",
            "plans/go.yaml:14:18: error: plans.go.axes.left.formations.0: no formation or unit 'frist' "
            "(did you mean 'first'?)",
        ],
    ),
    "unknown parent": (
        {"forces": changed(FORCES, "parent: corps", "parent: crops")},
        ["forces/all.yaml:10:13: error: forces.units.first.parent: no formation 'crops' (did you mean 'corps'?)"],
    ),
    "circle of command": (
        {"forces": changed(FORCES, "level: front, side: soviet", "level: front, side: soviet, parent: army")},
        [
            "forces/all.yaml:3:68: error: forces.formations.front.parent: 'front' is its own parent",
            "forces/all.yaml:4:65: error: forces.formations.army.parent: 'army' is its own parent",
        ],
    ),
    "troops on the wrong side": (
        {"forces": changed(FORCES, "parent: corps\n    nation: soviet", "parent: corps\n    nation: japan")},
        [
            "forces/all.yaml:11:13: error: forces.units.first.nation: "
            "troops of japan under 'corps', which fights for soviet"
        ],
    ),
    "id taken": (
        {"forces": changed(FORCES, "id: second", "id: front")},
        ["forces/all.yaml:19:9: error: forces.units.front.id: id 'front' is taken (first in tiny/forces/all.yaml:3)"],
    ),
    "start off the map": (
        {"forces": changed(FORCES, "start: h002001", "start: h012001")},
        ["forces/all.yaml:18:12: error: forces.units.first.start: h012001 lies off the map of 8 columns and 4 rows"],
    ),
    "start in the sea": (
        {"forces": changed(FORCES, "start: h002001", "start: h007001")},
        ["forces/all.yaml:18:12: error: forces.units.first.start: h007001 is under water"],
    ),
    "start in an unknown place": (
        {"forces": changed(FORCES, "start: otpor", "start: optor")},
        ["forces/all.yaml:27:12: error: forces.units.second.start: no place 'optor' (did you mean 'otpor'?)"],
    ),
    "unknown box": (
        {"forces": changed(FORCES, "{box: korea}", "{box: corea}")},
        ["forces/all.yaml:57:12: error: forces.units.distant.start: no box 'corea' (did you mean 'korea'?)"],
    ),
    "place in the sea": (
        {"map": changed(MAP, "h001001", "h007000")},
        ["map.yaml:7:52: error: map.places.otpor.hex: h007000 is under water"],
    ),
    "objective off the map": (
        {"go": changed(GO, "{place: hailar, weight: 20}", "{place: taiden, weight: 20}")},
        [
            "plans/go.yaml:17:17: error: plans.go.axes.left.objectives.0.place: "
            "place 'taiden' is not on a land hex of the map"
        ],
    ),
    "unit on two axes": (
        {"go": changed(GO, "formations: [first]", "formations: [army]")},
        ["plans/go.yaml:14:18: error: plans.go.axes.left.formations.0: 'army' already belongs to the axis 'main'"],
    ),
    "formation of the other side": (
        {"go": changed(GO, "formations: [first]", "formations: [brigade]")},
        ["plans/go.yaml:14:18: error: plans.go.axes.left.formations.0: 'brigade' belongs to the other side"],
    ),
    "release outside of the campaign": (
        {"go": changed(GO, "1945-08-10", "1945-09-10")},
        ["plans/go.yaml:15:14: error: plans.go.axes.left.release: 1945-09-10 is not within 1945-08-09 and 1945-08-12"],
    ),
    "unknown default plan": (
        {"scenario": changed(SCENARIO, "japan: stay}", "japan: sty}")},
        ["scenario.yaml:9:36: error: default_plans.japan: no plan 'sty' (did you mean 'stay'?)"],
    ),
    "plan of the other side": (
        {"scenario": changed(SCENARIO, "japan: stay}", "japan: go}")},
        ["scenario.yaml:9:36: error: default_plans.japan: plan 'go' is one for the side soviet"],
    ),
    "ends before it begins": (
        {"scenario": changed(SCENARIO, "end_date: 1945-08-12", "end_date: 1945-08-01"), "go": tiny.STAY_GO},
        ["scenario.yaml:5:11: error: end_date: the campaign ends before it begins on 1945-08-09"],
    ),
    "levels that rise": (
        {"scenario": changed(SCENARIO, "japan}\nsources", "japan, at_least: 50}\nsources")},
        ["scenario.yaml:15:7: error: victory.levels.1: only the last level has no at_least, and it must have none"],
    ),
    "source without a place": (
        {"scenario": changed(SCENARIO, "place: otpor, ", "")},
        ["scenario.yaml:17:5: error: sources.src_otpor: a source needs either a place or a hex"],
    ),
    "source for an unknown front": (
        {"scenario": changed(SCENARIO, "serves: front", "serves: frond")},
        ["scenario.yaml:17:92: error: sources.src_otpor.serves: no formation 'frond' (did you mean 'front'?)"],
    ),
    "points for an unknown place": (
        {"scenario": changed(SCENARIO, "    hailar:", "    hailor:")},
        ["scenario.yaml:12:13: error: victory.objectives.hailor: no place 'hailor' (did you mean 'hailar'?)"],
    ),
    "event at an unknown place": (
        {"events": changed(tiny.EVENTS, "place: hailar", "place: hailra")},
        ["events.yaml:2:41: error: events.events.ev_1.place: no place 'hailra' (did you mean 'hailar'?)"],
    ),
    "works at an unknown place": (
        {"map": changed(MAP, "{place: hailar, strength", "{place: hailr, strength")},
        ["map.yaml:14:13: error: map.fortresses.0.place: no place 'hailr' (did you mean 'hailar'?)"],
    ),
    "map of another size": (
        {"map": changed(MAP, "columns: 8", "columns: 9")},
        ["map.yaml:4:10: error: map.columns: the hex file has 8 columns"],
    ),
    "wrong word in the hex file": (
        {"hexes": tiny.hexes().replace("0,1,117.00,49.90,plain", "0,1,117.00,49.90,plian")},
        [
            "map.csv:10:5: error: terrain: unknown terrain 'plian' (one of sea, lake, plain, steppe, desert, hills, "
            "forest, forest_hills, mountain, forest_mountain, marsh)"
        ],
    ),
    "file that is not there": (
        {"scenario": SCENARIO + "files: {events: evnts.yaml}\n"},
        ["scenario.yaml:18:17: error: files.events: no file 'evnts.yaml' in tiny (did you mean 'events.yaml'?)"],
    ),
    "file outside of the folder": (
        {"scenario": SCENARIO + "files: {events: ../events.yaml}\n"},
        ["scenario.yaml:18:17: error: files.events: '../events.yaml' points outside the folder"],
    ),
    "newer format": (
        {"scenario": changed(SCENARIO, "format: 1", "format: 2")},
        ["scenario.yaml:1:9: error: format: must be at most 1, not the number 2"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_problem_is_named_with_its_place(problems_of, case):
    files, expected = CASES[case]
    assert problems_of(**files) == expected


def test_all_problems_come_at_once(problems_of):
    found = problems_of(
        scenario=changed(SCENARIO, "soviet: 20", "soviet: -20"),
        forces=changed(changed(FORCES, "men: 8800", "men: many"), "start: otpor", "start: optor"),
        go=changed(GO, "place: hailar, by", "place: halar, by"),
        map=changed(MAP, "kind: fortress", "kind: fort"),
    )
    assert [problem.split(" error: ")[0] for problem in found] == [
        "forces/all.yaml:15:10:",
        "forces/all.yaml:27:12:",
        "map.yaml:9:63:",
        "plans/go.yaml:10:17:",
        "scenario.yaml:12:22:",
    ]


def rule_line(rules: str, name: str) -> int:
    """Return the line of a coefficient."""
    return next(number for number, line in enumerate(rules.splitlines(), 1) if line.startswith(f"  {name}:"))


RULE_CASES = {
    "unknown coefficient": (
        "zone_cost_mp10",
        "  zone_cost_mp01:",
        (0, 3, "movement.zone_cost_mp01: unknown coefficient 'zone_cost_mp01' (did you mean 'zone_cost_mp10'?)"),
    ),
    "out of range": (
        "craft_cost_mp10",
        "  craft_cost_mp10: {value: 901, note: test}",
        (0, 28, "movement.craft_cost_mp10.value: must be between 1 and 900, not 901"),
    ),
    "fraction": (
        "craft_cost_mp10",
        "  craft_cost_mp10: {value: 1.5, note: test}",
        (0, 28, "movement.craft_cost_mp10.value: a whole number expected, not the number 1.5"),
    ),
    "without source": (
        "craft_cost_mp10",
        "  craft_cost_mp10: {value: 20}",
        (0, 3, "movement.craft_cost_mp10: a coefficient needs a source or a note (add source: or note:)"),
    ),
    "wrong name of an axis": (
        "wall_cost_mp10",
        "  wall_cost_mp10: {value: {food: 1}, note: test}",
        (0, 28, "movement.wall_cost_mp10.value.food: 'food' is no mobility (did you mean 'foot'?)"),
    ),
    "list of the wrong length": (
        "stack_town10",
        "  stack_town10: {value: [1, 2], note: test}",
        (0, 25, "movement.stack_town10.value: a list of 6 expected, not of 2"),
    ),
    "distribution that does not rise": (
        "craft_cost_mp10",
        "  craft_cost_mp10: {value: {low: 5, mode: 3, high: 9}, note: test}",
        (0, 28, "movement.craft_cost_mp10.value: low, mode and high must be in ascending order, not 5, 3, 9"),
    ),
}


@pytest.mark.parametrize("case", RULE_CASES)
def test_wrong_rule_is_named_with_its_place(problems_of, case):
    name, line, (below, column, message) = RULE_CASES[case]
    rules = tiny.rules()
    lines = rules.splitlines()
    at = rule_line(rules, name)
    following = next(number for number in range(at, len(lines)) if not lines[number].startswith("   "))
    if line.endswith(":"):
        lines[at - 1] = line
    else:
        lines[at - 1 : following] = [line]
    found = problems_of(rules="\n".join(lines) + "\n")
    assert f"rules.yaml:{at + below}:{column}: error: rules.{message}" in found


def test_unknown_scenario_offers_the_nearest():
    assert [str(problem) for problem in validate(["august_strom"])] == [
        "august_strom:1:1: error: no such scenario, mod or folder (did you mean 'august_storm'?)"
    ]


JUNK = ("~", "[]", "{}", "5", "-1", "x", "yes", "1.5", "1945-08-10", "{a: 1}", "[1, 2]", "{low: 1, mode: 2, high: 3}")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_are_reported_and_never_crash(problems_of, seed):
    """Whatever is cut, shifted or overwritten in a file ends in problems with a place, or in none."""
    luck = random.Random(seed)
    texts = {
        "scenario": SCENARIO,
        "map": MAP,
        "forces": FORCES,
        "go": GO,
        "events": tiny.EVENTS,
        "history": tiny.HISTORY,
    }
    name = luck.choice(sorted(texts))
    lines = texts[name].splitlines()
    at = luck.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    damage = (f"  {lines[at]}", f"{key}{colon} {luck.choice(JUNK)}", "")
    lines[at] = luck.choice(damage)
    assert all(": error: " in problem for problem in problems_of(**{name: "\n".join(lines)}))
