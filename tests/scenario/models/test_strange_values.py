"""Values that no record of the engine can hold are answered at their line; so are names that cannot be shown."""

import pytest

from sim.scenario import validate
from sim.scenario.checking.json_schema import MODELS
from tests.support import tiny
from tests.support.tiny import FORCES, GO, HISTORY, MAP, SCENARIO, STAY


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


ROADS = f"{MAP}roads: [{{id: road, name: Road, quality: track, path: [otpor, [49.4, 118.5]]}}]\n"
TOO_GREAT = {
    "level": ("scenario", SCENARIO, "at_least: 10", f"at_least: {2**31}", "at_least: must be at most 2,147,483,647"),
    "low level": ("scenario", SCENARIO, "at_least: 10", f"at_least: -{2**31}", "must be at least -2,147,483,647"),
    "tons": ("scenario", SCENARIO, "tons_per_day: 900", "tons_per_day: 1000001", "tons a day expected"),
    "drawn tons": (
        "scenario",
        SCENARIO,
        "tons_per_day: 900",
        "tons_per_day: {low: 1, mode: 2, high: 1.0e+300}",
        "too great a number",
    ),
    "drawn tons of 17 digits": (
        "scenario",
        SCENARIO,
        "tons_per_day: 900",
        f"tons_per_day: {{low: 1, mode: 2, high: {10**17}}}",
        "tons a day expected: a whole number up to 1,000,000, or {low, mode, high}",
    ),
    "points": ("scenario", SCENARIO, "soviet: 20", "soviet: 32768", "soviet: must be at most 10,000"),
    "pace": ("scenario", SCENARIO, "pace: 1945-08-11", "pace: 1995-08-11", "is more than ten years from the first day"),
    "year": ("scenario", SCENARIO, "start_date: 1945-08-09", "start_date: 0001-01-01", "a date between 1700 and 2199"),
    "men": ("forces", FORCES, "men: 8800", "men: 1000001", "men: must be at most 1,000,000"),
    "guns": ("forces", FORCES, "guns: 140", "guns: 100001", "guns: must be at most 100,000"),
    "lorries": (
        "forces",
        FORCES,
        'name: "Front", ',
        'name: "Front", trucks_range10: 40001, ',
        "trucks_range10: must be at most 40,000",
    ),
    "stacking": ("forces", FORCES, "guns: 140", "stacking: 1001", "stacking: must be at most 1,000"),
    "arrival": ("forces", FORCES, "arrives: 1945-08-11", "arrives: 2199-12-31", "is more than ten years from"),
    "early arrival": ("forces", FORCES, "arrives: 1945-08-11", "arrives: 1700-01-01", "is more than ten years from"),
    "readiness": ("forces", FORCES, "readiness: 0.15", "readiness: {low: 0, mode: 1, high: 2}", "between 0 and 1"),
    "point": ("map", ROADS, "49.4", "490.4", "the id of a place or a point [lat, lon] in degrees expected"),
    "hex size": ("map", MAP, "hex_km: 15.0", "hex_km: 0.0000001", "hex_km: must be at least 0.1"),
    "figure": ("history", HISTORY, "captures:", f"losses: [{{killed: {2**31}}}]\ncaptures:", "must be at most"),
}


@pytest.mark.parametrize("case", TOO_GREAT)
def test_number_that_the_records_cannot_hold_is_refused(problems_of, case):
    name, text, old, new, expected = TOO_GREAT[case]
    found = problems_of(**{name: changed(text, old, new)})
    line = text[: text.index(old)].count("\n") + 1
    assert any(expected in problem and f".yaml:{line}:" in problem for problem in found), found


NAMES = {
    "lines": ('"two\\nlines"', "one line of printable text expected, without line break, not 'two\\nlines'"),
    "tab": ('"a\\ttab"', "one line of printable text expected, without control character U+0009"),
    "blank": ('"   "', "text expected, but this is blank"),
    "blank letters": ('"\\u2800 \\u3000"', "text expected, but this is blank"),
    "empty": ('""', "text expected, but this is empty"),
    "long": ("n" * 5_000, "a text of 5,000 letters, and at most 200 are read"),
    "escape": ('"\\e[31m"', "control character U+001B in a text"),
    "override": ('"\\u202Eevil"', "U+202E (right-to-left override) in a text"),
    "isolate": ('"\\u2067evil"', "U+2067 (right-to-left isolate) in a text"),
    "zero width": ('"a\\u200Bb"', "U+200B (zero width space) in a text"),
}
NAMED = {
    "title": ("scenario", SCENARIO, '"Tiny"'),
    "side": ("scenario", SCENARIO, '"Soviet Union"'),
    "level": ("scenario", SCENARIO, '"victory"'),
    "place": ("map", MAP, "Otpor"),
    "box": ("map", MAP, "name: Korea"),
    "formation": ("forces", FORCES, '"Front"'),
    "unit": ("forces", FORCES, '"1st Division"'),
    "kind": ("forces", FORCES, "rifle_division\n    mobility: foot\n    men: 8800"),
    "plan": ("go", GO, '"Go"'),
    "axis": ("go", GO, '"To Hailar"\n    role: main'),
    "event": ("events", tiny.EVENTS, '"It begins"'),
    "category": ("events", tiny.EVENTS, "advance"),
}


@pytest.mark.parametrize("what", NAMED)
def test_every_name_is_one_line_that_can_be_shown(problems_of, what):
    name, text, old = NAMED[what]
    word = old.removeprefix("name: ").split("\n")[0]
    for value, expected in NAMES.values():
        if what == "event" and value.startswith("n"):
            continue  # a sentence may be longer
        found = problems_of(**{name: changed(text, old, old.replace(word, value))})
        assert any(expected in problem for problem in found), (value, found)


@pytest.mark.parametrize("bad", ["a" * 65, "A", "a b", '"a\\nb"', '"a\\n"', "é", '""', "-a", '"１"'])
def test_id_is_short_and_plain(problems_of, bad):
    found = problems_of(forces=changed(FORCES, "id: second", f"id: {bad}"))
    assert any(problem.startswith("forces/all.yaml:19:9: error: forces.units.") for problem in found)


def test_prose_may_have_lines(problems_of):
    assert problems_of(scenario=f'{SCENARIO}description: "Two\\nlines\\tand a tab"\n') == []
    (found,) = problems_of(scenario=f'{SCENARIO}description: "A bell\\a"\n')
    assert "control character U+0007 in a text" in found


def test_names_in_every_script_pass(problems_of):
    names = {'"1st Division"': '"第124師団 (清水規矩)"', '"80th Brigade"': '"80-я бригада <Krylov> & Co"'}
    forces = FORCES
    for old, new in names.items():
        forces = changed(forces, old, new)
    assert problems_of(forces=forces, scenario=changed(SCENARIO, '"Tiny"', '"만주 – Маньчжурия"')) == []


MISSING = {
    "front of a source, without any": (
        {"forces": "format: 1\n"},
        "scenario.yaml:17:92: error: sources.src_otpor.serves: no formation 'front'",
    ),
    "front of a source": (
        {"scenario": changed(SCENARIO, "serves: front", "serves: fronts")},
        "scenario.yaml:17:92: error: sources.src_otpor.serves: no formation 'fronts' (did you mean 'front'?)",
    ),
    "formations of an axis, without any": (
        {"forces": "format: 1\n"},
        "plans/go.yaml:8:18: error: plans.go.axes.main.formations.0: no formation or unit 'army'",
    ),
    "places, without any": (
        {"map": MAP[: MAP.index("places:")] + "places: {}\n"},
        "plans/stay.yaml:5:88: error: plans.stay.axes.hold.objectives.0.place: no place 'hailar'",
    ),
    "place of the frame": (
        {"scenario": f"{SCENARIO}frame: [otpor, nowhere]\n"},
        "scenario.yaml:18:16: error: frame.1: no place 'nowhere'",
    ),
    "place of the frame in a box": (
        {"scenario": f"{SCENARIO}frame: [taiden]\n"},
        "scenario.yaml:18:9: error: frame.0: place 'taiden' is not on a land hex of the map",
    ),
    "plan": (
        {"stay": changed(STAY, "id: stay", "id: remain")},
        "scenario.yaml:9:36: error: default_plans.japan: no plan 'stay'",
    ),
}


@pytest.mark.parametrize("case", MISSING)
def test_what_is_not_there_is_reported(problems_of, case):
    files, expected = MISSING[case]
    assert expected in problems_of(**files)


def test_plans_that_a_mod_takes_away_are_missed(problems_of, tmp_path):
    assert problems_of() == []
    mod = {"plans__a": "id: stay\nremove: true\n", "plans__b": "id: go\nremove: true\n"}
    tiny.write_mod(tmp_path / "laid", **mod)
    assert [problem.message for problem in validate(["laid"])] == ["no plan 'go'", "no plan 'stay'"]


def test_chain_of_command_is_short(problems_of):
    chain = "".join(f'  - {{id: f{n}, name: "F", level: army, side: soviet, parent: f{n + 1}}}\n' for n in range(30))
    last = '  - {id: f30, name: "F", level: front, side: soviet}\n'
    found = problems_of(forces=changed(FORCES, "units:\n", f"{chain}{last}units:\n"))
    assert len(found) == 10
    assert "forces.formations.f0.parent: more than 20 headquarters above 'f0'" in found[0]


def test_room_of_a_starting_stack_can_be_counted(problems_of):
    unit = "parent: army, nation: soviet, branch: infantry, kind: x, mobility: foot, men: 1, stacking: 1000"
    units = "".join(f'  - {{id: u{n}, name: "U", {unit}, start: {("otpor", "h001001")[n % 2]}}}\n' for n in range(40))
    found = problems_of(forces=f"{FORCES}{units}")
    assert "the units that start in otpor take 33,010 tenths of a division of room, and at most 32,767" in found[0]


def test_sides_do_not_start_in_one_hex(problems_of):
    found = problems_of(forces=changed(FORCES, "start: h002001", "start: h006002"))
    assert found == [
        "forces/all.yaml:47:12: error: forces.units.brigade.start: 'first' of the enemy starts in the same hex, h006002"
    ]
    late = changed(changed(FORCES, "arrives: 1945-08-11", "arrives: 1945-08-12"), "start: otpor", "start: hailar")
    assert problems_of(forces=late) == []


def test_points_can_be_counted(problems_of):
    unit = "parent: army, nation: soviet, branch: infantry, kind: x, mobility: foot, men: 1000000, start: {box: korea}"
    units = "".join(f'  - {{id: u{n}, name: "U", {unit}}}\n' for n in range(220))
    losses = "  losses: {soviet_per_1000_men: 10000}\n  levels:\n"
    (found,) = problems_of(forces=f"{FORCES}{units}", scenario=changed(SCENARIO, "  levels:\n", losses))
    assert found.endswith("victory: 2,200,572,000 points can be made, and at most 500,000,000 can be counted")


@pytest.mark.parametrize("name", MODELS)
def test_of_several_limits_the_narrowest_holds(name):
    # Pydantic takes the last one of an annotation, and lets it overrule what ``Field`` says of the default.
    schema = MODELS[name].model_json_schema()
    for title, model in {**schema.get("$defs", {}), name: schema}.items():
        fields = next((each for each in _models_of(MODELS[name]) if each.__name__ == title), MODELS[name]).model_fields
        for key, entry in model.get("properties", {}).items():
            ends = [le for meta in fields[key].metadata if (le := getattr(meta, "le", None)) is not None]
            if ends and "maximum" in entry:
                assert entry["maximum"] == min(ends), (title, key)


def _models_of(model):
    from sim.scenario.checking.models_to_problems import _models_in

    found, todo = [], [model]
    while todo:
        one = todo.pop()
        if one not in found:
            found.append(one)
            todo += [inner for field in one.model_fields.values() for inner in _models_in(field.annotation)]
    return found
