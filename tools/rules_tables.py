"""Write the tables of docs/rules.md from the files of the August 1945 campaign, so that they state what is played.

    python tools/rules_tables.py            write them
    python tools/rules_tables.py --check    only say whether they are up to date (exit status 1 if not)

A table stands between two marks, of which the first says what belongs into it:

    <!-- rules:movement allowance_mp10 terrain_cost_mp10 -->   coefficients of a section of rules.yaml, in this order;
                                                               the word ``others`` stands for all not named elsewhere
    <!-- scenario:levels -->                                   a table of scenario.yaml, see SCENARIO_TABLES
    <!-- code:constants -->                                    numbers that stand in the kernels
    <!-- code:unread -->                                       coefficients that nothing reads
    <!-- end -->
"""

import argparse
import ast
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "rules.md"
CAMPAIGN = ROOT / "scenarios" / "august_storm"
KERNELS = ROOT / "sim" / "kernels"
BLOCK = re.compile(
    r"(?P<open><!-- (?P<kind>rules|scenario|code):(?P<words>[\w\s]+?)\s-->\n).*?(?P<close><!-- end -->)", re.S
)
OTHERS = "others"
TRANSPOSE_FROM = 12  # a table with more columns than this is turned on its side
GREAT_PLACE = 40  # points from which an objective is named one by one

# What the dossier's files are called in the document.
DOSSIER_NAMES = (("mechanics.md section ", "dossier, section "), ("mechanics.md", "dossier"))
DOSSIER_FILES = ("losses", "roads", "rail", "places", "oob", "timeline", "strength")

# Numbers that are no coefficients: module, name, what it means.
CONSTANTS = (
    ("combat.odds", "RATIO_CAP_PERMILLE", "maximum power ratio, thousandths"),
    ("commander.assault", "MAX_ATTACKERS", "maximum number of units in one attack"),
)


def main() -> int:
    """Write or check the tables; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    wanted = parser.parse_args()
    old = DOCUMENT.read_text(encoding="utf-8")
    new = with_tables(old)
    if wanted.check:
        if old != new:
            print(f"{DOCUMENT.relative_to(ROOT)} is out of date: python tools/rules_tables.py")
        return int(old != new)
    DOCUMENT.write_text(new, encoding="utf-8")
    return 0


def with_tables(text: str) -> str:
    """Return ``text`` with every table between its marks as the files have it now."""
    rules = read("rules.yaml")
    named: dict[str, list[str]] = {words[0]: [] for words in rule_blocks(text)}
    for words in rule_blocks(text):
        named[words[0]] += words[1:]
    scenario = read("scenario.yaml")

    def table(found: re.Match[str]) -> str:
        kind, words = found["kind"], found["words"].split()
        if kind == "rules":
            lines = coefficients(rules[words[0]], words[0], expanded(words, named[words[0]]))
        elif kind == "scenario":
            lines = SCENARIO_TABLES[words[0]](scenario)
        else:
            lines = CODE_TABLES[words[0]]()
        return found["open"] + "\n" + "\n".join(lines) + "\n\n" + found["close"]

    return BLOCK.sub(table, text)


def rule_blocks(text: str) -> list[list[str]]:
    """Return the words of every mark for coefficients: the section, then names."""
    return [match["words"].split() for match in BLOCK.finditer(text) if match["kind"] == "rules"]


def expanded(words: Sequence[str], named: Sequence[str]) -> list[str]:
    """Return the coefficients of one mark; ``others`` stands for those of the section that no mark names."""
    names = meanings_of(words[0])
    unknown = [name for name in words[1:] if name != OTHERS and name not in names]
    if unknown:
        raise KeyError(f"docs/rules.md asks for {', '.join(unknown)} of {words[0]}: no such coefficient")
    rest = [name for name in names if name not in named]
    return [name for word in words[1:] for name in (rest if word == OTHERS else [word])]


def read(name: str) -> dict[str, Any]:
    """Return a file of the campaign."""
    content = yaml.safe_load((CAMPAIGN / name).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


# --- coefficients


def coefficients(section: dict[str, Any], section_name: str, names: Sequence[str]) -> list[str]:
    """Return the tables of some coefficients: one for all single rows, and one for each that has two axes."""
    meanings = meanings_of(section_name)
    rows, grids = [], []
    for name in names:
        entry = section[name]
        if is_grid(entry["value"]):
            grids += ["", f"`{name}`: {meanings[name]} {origin(entry)}", "", *grid(entry["value"])]
        else:
            rows.append((f"`{name}`", meanings[name], one_row(entry["value"]), origin(entry)))
    lines = markdown(("coefficient", "meaning", "value", "basis"), rows) if rows else []
    return lines + grids if rows else grids[1:]


def meanings_of(section_name: str) -> dict[str, str]:
    """Return what the rulebook says of each coefficient of a section."""
    from sim.kernels.rulebook.rules import SECTIONS

    return {field.name: sentence(field.doc) for field in SECTIONS[section_name]}


def sentence(text: str) -> str:
    """Return ``text`` with a capital and a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def is_draw(value: Any) -> bool:
    """Return whether ``value`` is a distribution."""
    return isinstance(value, dict) and set(value) == {"low", "mode", "high"}


def is_grid(value: Any) -> bool:
    """Return whether ``value`` has two axes."""
    return isinstance(value, dict) and any(isinstance(row, dict | list) and not is_draw(row) for row in value.values())


def one_row(value: Any) -> str:
    """Return a number, a list or a mapping of numbers as text."""
    if is_draw(value):
        return f"{value['low']} to {value['high']}, most likely {value['mode']}"
    if isinstance(value, dict):
        return ", ".join(f"{plain(name)} {one_row(number)}" for name, number in value.items())
    if isinstance(value, list):
        return ", ".join(f"{row}: {one_row(number)}" for row, number in enumerate(value))
    return f"{value:,}"


def grid(value: dict[str, Any]) -> list[str]:
    """Return a coefficient of two axes as a table; a long second axis runs downwards, equal rows together."""
    rows = {name: row if isinstance(row, dict | list) else None for name, row in value.items()}
    columns = list(dict.fromkeys(key for row in rows.values() if row is not None for key in keys(row)))
    cells = [[cell(value[name], key) for key in columns] for name in rows]
    if len(columns) <= TRANSPOSE_FROM:
        body = [(plain(name), *line) for name, line in zip(rows, cells, strict=True)]
        return markdown(("", *map(plain, columns)), body)
    lines = list(zip(*cells, strict=True))
    body, first = [], 0
    for at, line in enumerate(lines):
        if at + 1 == len(lines) or lines[at + 1] != line:
            body.append((str(first + 1) if first == at else f"{first + 1} to {at + 1}", *line))
            first = at + 1
    return markdown(("turn", *map(plain, rows)), body)


def keys(row: dict[str, Any] | list[Any]) -> Sequence[Any]:
    """Return the names or numbers by which a row is indexed."""
    return list(row) if isinstance(row, dict) else range(len(row))


def cell(row: Any, key: Any) -> str:
    """Return one number of a grid; a name that is left out means 0, a single number stands for the whole row."""
    if isinstance(row, dict) and not is_draw(row):
        return one_row(row.get(key, 0))
    return one_row(row[key]) if isinstance(row, list) else one_row(row)


def origin(entry: dict[str, Any]) -> str:
    """Return where a coefficient comes from, the dossier under the name that the document gives it."""
    text = "; ".join(entry[key] for key in ("source", "note") if key in entry)
    for old, new in DOSSIER_NAMES:
        text = text.replace(old, new)
    for name in DOSSIER_FILES:
        text = text.replace(f"{name}.yaml", f"dossier ({name})")
    return sentence(text) if text else ""


def plain(name: Any) -> str:
    """Return an axis name as words."""
    return str(name).replace("_", " ")


# --- scenario.yaml


def levels(scenario: dict[str, Any]) -> list[str]:
    """Return the result levels with the score that each asks for, and why that one."""
    rows = [
        (level["name"], f"{level['at_least']:,}" if "at_least" in level else "less", level.get("note", ""))
        for level in victory(scenario)["levels"]
    ]
    return markdown(("result", "score at least", "why"), rows)


def points(scenario: dict[str, Any]) -> list[str]:
    """Return the great objectives one by one, the others as sums, and what losses count."""
    goals = victory(scenario)["objectives"]
    great = sorted(
        (goal for goal in goals.items() if goal[1]["soviet"] >= GREAT_PLACE), key=lambda goal: -goal[1]["soviet"]
    )
    places = read("map.yaml")["places"]
    rows = [
        (places[name]["name"], str(goal["soviet"]), str(goal["japan"]), str(goal.get("pace", "none")))
        for name, goal in great
    ]
    small = [goal for goal in goals.values() if goal["soviet"] < GREAT_PLACE]
    rows.append((f"{len(small)} smaller places combined", total(small, "soviet"), total(small, "japan"), ""))
    rows.append((f"all {len(goals)} places", total(goals.values(), "soviet"), total(goals.values(), "japan"), ""))
    return markdown(("place", "Soviet points", "Japanese points", "date of the record"), rows)


def scoring(scenario: dict[str, Any]) -> list[str]:
    """Return the other numbers of the score."""
    rule = victory(scenario)
    rows = [
        ("`early_permille`", "bonus on a place's points per day ahead of the record", str(rule["early_permille"])),
        ("`late_permille`", "penalty on a place's points per day behind the record", str(rule["late_permille"])),
        (
            "`soviet_per_1000_men`",
            "Japanese points per 1,000 Soviet and Mongolian permanent losses",
            per_thousand(rule, "soviet"),
        ),
        (
            "`japan_per_1000_men`",
            "Soviet points per 1,000 permanent losses of the Japanese side",
            per_thousand(rule, "japan"),
        ),
        ("`decided_score`", "score at which the campaign ends at once", f"{rule['decided_score']:,}"),
    ]
    return markdown(("number", "meaning", "value"), rows)


def sources(scenario: dict[str, Any]) -> list[str]:
    """Return the sources of supply."""
    places = read("map.yaml")["places"]
    rows = [
        (
            places[row["place"]]["name"] if "place" in row else row["hex"],
            row["kind"],
            row["side"],
            one_row(row["tons_per_day"]),
            origin(row),
        )
        for row in scenario["sources"]
    ]
    return markdown(("source", "kind", "side", "tons per day", "basis"), rows)


def victory(scenario: dict[str, Any]) -> dict[str, Any]:
    """Return the victory conditions."""
    rule = scenario["victory"]
    assert isinstance(rule, dict)
    return rule


def per_thousand(rule: dict[str, Any], side: str) -> str:
    """Return the points for a thousand men of a side."""
    return str(rule["losses"][f"{side}_per_1000_men"])


def total(goals: Any, side: str) -> str:
    """Return the points of some places for a side."""
    return f"{sum(goal[side] for goal in goals):,}"


SCENARIO_TABLES: dict[str, Callable[[dict[str, Any]], list[str]]] = {
    "levels": levels,
    "points": points,
    "scoring": scoring,
    "sources": sources,
}


# --- kernels


def constants() -> list[str]:
    """Return the numbers that stand in the kernels themselves, read without running them."""
    rows = [(f"`{module}.{name}`", meaning, f"{constant(module, name):,}") for module, name, meaning in CONSTANTS]
    return markdown(("name", "meaning", "value"), rows)


def unread() -> list[str]:
    """Return the coefficients whose names stand neither in a kernel nor in what builds the world from the files."""
    from sim.kernels.rulebook.rules import SECTIONS

    readers = [*KERNELS.rglob("*.py"), *(ROOT / "sim" / "scenario" / "building").glob("*.py")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in readers)
    names = [field.name for fields in SECTIONS.values() for field in fields]
    idle = [f"`{name}`" for name in names if not re.search(rf"\b{name}\b", code)]
    return [f"Coefficients declared but not in use yet: {', '.join(idle)}." if idle else "Every coefficient is in use."]


CODE_TABLES: dict[str, Callable[[], list[str]]] = {"constants": constants, "unread": unread}


def constant(module: str, name: str) -> int:
    """Return a number that a kernel module assigns to ``name``."""
    tree = ast.parse((KERNELS / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for step in tree.body:
        if isinstance(step, ast.Assign) and any(isinstance(at, ast.Name) and at.id == name for at in step.targets):
            number = ast.literal_eval(step.value)
            assert isinstance(number, int)
            return number
    raise KeyError(f"{module}.{name}")


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table in Markdown."""
    bars = [[text.replace("|", "\\|").replace("\n", " ").strip() for text in row] for row in (head, *rows)]
    lines = ["| " + " | ".join(row) + " |" for row in bars]
    return [lines[0], "|" + "---|" * len(head), *lines[1:]]


if __name__ == "__main__":
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    sys.exit(main())
