"""A small scenario, a mod, a study and a map file, made wrong in the ways that strangers' files are.

Every kind of entry stands in them once. ``Folder.write`` writes them with some values, keys or letters changed at
random; all follows from the ``Random`` that it is given.
"""

import datetime
import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.support import tiny
from tests.support.places import ROOT

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SCENARIO = f"""\
{tiny.SCENARIO}  - {{id: src_home, hex: h006002, side: japan, kind: depot, tons_per_day: {{low: 1, mode: 2, high: 3}}}}
description: "Two lines\\nof prose"
difficulty: {{soviet: "Easy", japan: "Hard"}}
frame: [otpor, hailar]
credits: ["somebody"]
picture: tiny.png
files: {{forces: "forces/*.yaml", plans: [plans/go.yaml, plans/stay.yaml]}}
"""
MAP = f"""\
{tiny.MAP}layers: map.csv
title: "A plain"
sources: [{{name: a, of: b, licence: c}}]
rails:
  - {{id: rail, name: Rail, path: [otpor, [49.4, 118.5], hailar], gauge_mm: 1524, country: manchukuo, trains_per_day: 9,
      hexes: [h001001 h002001]}}
roads: [{{id: road, name: Road, path: [otpor, hailar], quality: track, wet_factor: 0.5}}]
waterways: [{{id: river, name: River, path: [otpor, hailar]}}]
reference_lines: [{{id: line, name: Line, line: [[117.5, 49.5], [118.5, 49.5]]}}]
passes: [{{place: otpor, throughput_divisions: 1.5}}]
ports: [{{place: otpor}}]
airfields: [{{place: hailar}}]
notes: ["a note"]
"""
HISTORY = f"""\
{tiny.HISTORY}losses: [{{id: loss, side: japan, killed: 10, until: 1945-08-12}}]
milestones: [{{id: far, date: 1945-08-11, kind: advance, formation: army, place: hailar, distance_km: 30}}]
"""
EVENTS = f"""\
{tiny.EVENTS}  - {{id: ev_2, date: 1945-08-10, side: japan, category: siege, text: "It goes on", confidence: guess}}
"""
MOD = {
    "scenario": """\
format: 1
id: laid
title: "Laid over"
extends: tiny
victory: {objectives: {hailar: {soviet: 40}, otpor: {japan: 3}}, decided_score: 100}
sources: [{id: src_otpor, tons_per_day: {low: 100, mode: 200, high: 300}}]
""",
    "forces": """\
units:
  - {id: first, men: 7500, readiness: {low: 0.4, mode: 0.5, high: 0.6}}
  - {id: rear, remove: true}
  - {id: third, name: "3rd", parent: army, nation: mongolia, branch: cavalry, kind: cavalry, mobility: horse, men: 900,
     start: h002002, arrives: 1945-08-10}
""",
    "rules": """\
combat: {siege_cut_permille: {value: {low: 30, mode: 45, high: 60}, note: "test"}}
movement: {allowance_mp10: {value: {foot: 90}}}
""",
    "plan": """\
id: stay
axes: [{id: hold, boldness: 0.9, objectives: [{place: hailar, weight: 50, by: 1945-08-11, strongpoint: true}]}]
""",
}
STUDIES = {
    "variants": """\
format: 1
id: what_if
title: "What if"
scenario: tiny
runs: 4
seed: 7
design: {kind: variants}
outcomes: [score]
variants:
  - {id: as_is, title: "As it is"}
  - {id: more, title: "More", mods: [laid], plans: [go], changes: [{path: forces.units.first.men, scale: 1.5}]}
  - {id: less, title: "Less", changes: [{path: "rules.weather.*", add: 1, at_most: 100}, {path: frame, set: [otpor]}]}
""",
    "sample": """\
format: 1
id: spread
title: "A spread"
scenario: tiny
mods: [laid]
runs: 4
design: {kind: latin_hypercube, points: 8, seed: 3}
inputs:
  - {id: men, title: "Men", paths: [forces.units.first.men], range: {low: 5000, mode: 8000, high: 9000}}
  - {id: tons, title: "Tons", paths: [sources.src_otpor.tons_per_day], draw: scenario}
  - {id: guns, title: "Guns", paths: ["forces.units.*.guns"], apply: scale, range: {low: 0.5, high: 2.0}, at_most: 900}
""",
    "grid": """\
format: 1
id: levels
title: "Levels"
scenario: tiny
runs: 4
design: {kind: grid}
inputs: [{id: men, title: "Men", paths: [forces.units.first.men], values: [5000, 8000]}]
""",
}
SHIPPED = ("muleng_road", "mods/no_rain")
WHOLE = (0, -1, 1, 2**15, 2**16, 2**31 - 1, 2**31, -(2**31) - 1, 2**32, 10**17, 2**63, 10**20, 10**400, 1_000_000)
PARTS = (0.5, -0.0, 1e-300, 1e300, -1.5, float("nan"), float("inf"), 1e17, 89.9, 180.5)
WORDS = (
    "", " ", "a" * 63, "a" * 65, "n" * 5000, "two\nlines", "\x1b[31m", "nul\0", "\u202eright", "\u200b", "\u3164",
    "h001001", "h999999", "otpor", "taiden", "hailar", "front", "first", "go", "korea", "tiny", "laid", "..", ".",
    "/etc/passwd", "../x.csv", "a**b", "*.yaml", "**/*.yaml", "map.csv", "C:\\x", "満洲", "é", "<b>", "%s{0}",
    "none", "soviet", "japan", "-", "~", "forces.units.*", "rules", "*", "[", "a.b", "1945-08-09", "0o7", "1e3",
)  # fmt: skip
SOUND = (0, 1, 2, 7, 100, 999, 1000, 9_999, 30_000, 100_000, 1_000_000)
DATES = tuple(datetime.date(*day) for day in ((1, 1, 1), (9999, 12, 31), (1945, 8, 8), (1945, 8, 10), (1946, 8, 9)))
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None], {"low": 1, "mode": 2, "high": 3}, {"box": "korea"})
SCRAPS = (
    "\0", "\x1b", "\t", "\r", "\u2028", "\ufeff", "[" * 40, "]", "{", "}", "- ", ": ", "? ", "#", "|\n", ">",
    "&a ", "*a ", "!!int ", "!!binary ", "!x ", "%YAML 1.2\n", "---\n", "...\n", "<<: ", "'", '"', "\\",
    "9" * 5000, "~", "\n", "\n  ", ",", "0x1f", "1:30", "yes", "{{" * 20, "a: &b [*b]\n",
)  # fmt: skip
CELLS = (
    "", " ", "-1", "999", "1000", "9" * 25, "9" * 5000, "1e5", "nan", "inf", "-inf", "0.5", "１", "1_0", "plain",
    "sea", "lake", "mountain", "ussr", "japan", "west", "100000", "000000", "999999", "1|1|1|1|1|1",
    "9999|0|0|0|0|0", "|", '"', "\0", "\x1b", "a,b", "\n", "x" * 200_000,
)  # fmt: skip

GOOD_CELLS = (
    "0",
    "100",
    "9000",
    "plain",
    "marsh",
    "forest_mountain",
    "sea",
    "lake",
    "ussr",
    "japan",
    "111111",
    "200002",
    "",
)


class Folder:
    """A folder with all of them; ``write`` makes some of the files wrong, those of the time before right again."""

    def __init__(self, root: Path) -> None:
        self.texts = {
            "tiny/scenario.yaml": SCENARIO,
            "tiny/map.yaml": MAP,
            "tiny/map.csv": tiny.hexes(),
            "tiny/forces/all.yaml": tiny.FORCES,
            "tiny/rules.yaml": tiny.rules(),
            "tiny/plans/go.yaml": tiny.GO,
            "tiny/plans/stay.yaml": tiny.STAY,
            "tiny/events.yaml": EVENTS,
            "tiny/history.yaml": HISTORY,
            "laid/scenario.yaml": MOD["scenario"],
            "laid/forces/all.yaml": MOD["forces"],
            "laid/rules.yaml": MOD["rules"],
            "laid/plans/stay.yaml": MOD["plan"],
            **{f"{name}.yaml": text for name, text in STUDIES.items()},
            **{f"shipped/{name}": text for name, text in _shipped()},
        }
        self.root = root
        self.stamp = count(1)
        self.wrong: list[str] = []
        for name, text in self.texts.items():
            self._put(name, text)

    def write(self, random: Random, start: str, *, gently: bool = False) -> list[str]:
        """Make one or two files wrong whose names begin with ``start``; return their names.

        ``gently`` keeps to values of the same kind, most of which pass.
        """
        for name in self.wrong:
            self._put(name, self.texts[name])
        names = [name for name in self.texts if name.startswith(start)]
        self.wrong = [random.choice(names) for _ in range(random.randint(1, 2))]
        for name in self.wrong:
            change = gently_changed if gently else changed
            self._put(name, change(random, name, self.texts[name]))
        return self.wrong

    def _put(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        stamp = next(self.stamp) * 10**9  # files are not read again while their time stays the same
        os.utime(file, ns=(stamp, stamp))


def _shipped() -> Iterator[tuple[str, str]]:
    """Yield path and text of the files of the shipped scenarios and mods that stand on the campaign, and of its map."""
    root = ROOT / "scenarios"
    for name in (*SHIPPED, "august_storm/map.csv", "studies/surprise.yaml"):
        for file in sorted((root / name).rglob("*.yaml")) or [root / name]:
            yield file.relative_to(root).as_posix(), file.read_text(encoding="utf-8")


def changed(random: Random, name: str, text: str) -> str:
    """Return the text of a file with one to three things wrong, letters last: after them it may be YAML no more."""
    change = _one_cell if name.endswith(".csv") else _one_value
    for _ in range(random.randint(0, 2)):
        text = change(random, text)
    if random.random() < 0.2:
        return _some_letters(random, text)
    return change(random, text)


def gently_changed(random: Random, name: str, text: str) -> str:
    """Return the text of a file with up to four values replaced by others of their kind."""
    for _ in range(random.randint(1, 4)):
        text = _one_cell(random, text, GOOD_CELLS) if name.endswith(".csv") else _one_value(random, text, (_likely,))
    return text


def _some_letters(random: Random, text: str) -> str:
    at = random.randint(0, len(text))
    cut = random.choice((0, 0, 1, 5, 40))
    return text[:at] + random.choice(SCRAPS) + text[at + cut :]


def _one_cell(random: Random, text: str, cells: tuple[str, ...] = ()) -> str:
    lines = [line.split(",") for line in text.split("\n")]
    row = random.choice(lines)
    row[random.randrange(len(row))] = random.choice(cells or CELLS)
    return "\n".join(",".join(line) for line in lines)


def _one_value(random: Random, text: str, acts: tuple["Act", ...] = ()) -> str:
    """Change a value or a key of a YAML text."""
    try:
        tree = yaml.load(text, LOADER)
    except (yaml.YAMLError, ValueError):  # what is written is not always what is read
        return _some_letters(random, text)
    places = list(_places(tree))
    if not places:
        return _some_letters(random, text)
    owner, key = random.choice(places)
    random.choice(acts or ACTS)(random, owner, key, places)
    return yaml.dump(tree, None, DUMPER, sort_keys=False, width=10_000, allow_unicode=random.random() < 0.5)


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield container and key of everything in a tree."""
    rows: Any = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, child in rows:
        yield tree, key
        yield from _places(child)


def _other_value(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    owner[key] = deepcopy(random.choice(random.choice((WHOLE, WHOLE, PARTS, WORDS, WORDS, DATES, OTHERS))))


def _of_its_kind(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    """Put another value of the same type there: these are the ones that pass."""
    value = owner[key]
    if isinstance(value, bool) or value is None:
        owner[key] = not value
    elif isinstance(value, int):
        owner[key] = random.choice((*WHOLE, value * 10, value // 10, 1000, 100_000, 30_000, 300))
    elif isinstance(value, float):
        owner[key] = random.choice((*PARTS, 0.0, 1.0, value / 10))
    elif isinstance(value, str):
        owner[key] = random.choice(WORDS)
    elif isinstance(value, datetime.date):
        owner[key] = random.choice(DATES)
    else:
        owner[key] = type(value)()


def _likely(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    """Put a value there that may well pass: for a text one that stands under the same key elsewhere."""
    value = owner[key]
    if isinstance(value, bool):
        owner[key] = not value
    elif isinstance(value, int):
        owner[key] = random.choice((*SOUND, value * 10, value // 10, value + 1))
    elif isinstance(value, float):
        owner[key] = random.choice((0.0, 0.001, 0.5, 1.0, value * 10, value / 10))
    elif isinstance(value, str):
        texts = [other[name] for other, name in places if name == key]
        owner[key] = random.choice([text for text in texts if isinstance(text, str)])
    elif isinstance(value, datetime.date):
        owner[key] = value + datetime.timedelta(days=random.choice((-3650, -30, -1, 1, 2, 365)))
    elif isinstance(value, list) and value:
        value.pop(random.randrange(len(value)))


def _copy_of_another(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    other, name = random.choice(places)
    owner[key] = deepcopy(other[name])


def _taken_away(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    del owner[key]


def _renamed(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    if isinstance(owner, dict):
        owner[random.choice((*WORDS, "id", "remove", "replace", "keep", "extends", 5, None))] = owner.pop(key)
    else:
        owner.append(deepcopy(owner[key]))


def _flagged(random: Random, owner: Any, key: Any, places: list[tuple[Any, Any]]) -> None:
    if isinstance(owner[key], dict):
        owner[key][random.choice(("remove", "replace"))] = True
    else:
        owner[key] = {random.choice(("remove", "replace")): True}


Act = Callable[[Random, Any, Any, list[tuple[Any, Any]]], None]
ACTS: tuple[Act, ...] = (
    _other_value,
    *(_of_its_kind,) * 3,
    _copy_of_another,
    _taken_away,
    _renamed,
    _flagged,
)
