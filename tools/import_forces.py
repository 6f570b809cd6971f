"""Make scenarios/august_storm/forces/*.yaml from the order of battle of the dossier. Run by hand, results committed.

    python tools/import_forces.py --history DIR [--map scenarios/august_storm]

With a map (folder of map.yaml and map.csv) the units get explicit hexes by sector (``deployment_1945.yaml``), without
one the places of the record. What is decided here beyond the record stands in ``forces_1945.yaml`` and
``tanks_1945.yaml``, with its grounds.
"""

import argparse
import datetime
import json
import re
import sys
from pathlib import Path
from typing import Any

import yaml

TOOLS = Path(__file__).resolve().parent
ROOT = TOOLS.parent
sys.path.insert(0, str(ROOT))
from tools import forces_deployment  # noqa: E402  (the checkout must be on the path first)

Entry = dict[str, Any]
OUT = ROOT / "scenarios" / "august_storm" / "forces"
FIRST_DAY = "1945-08-09"
SCHEMA = "# yaml-language-server: $schema=../../../docs/schema/forces.schema.json\n"
COMMANDER = re.compile(r"^(.*) \(([A-Z][a-z]+)\)$")
# Dates on which a headquarters changed its master rather than arrived
NOT_ARRIVALS = {"jap_17aa"}


def main() -> None:
    """Read the record, decide, check the sums, write one file an army."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", type=Path, required=True, help="folder with oob.yaml")
    parser.add_argument("--map", type=Path, help="folder with map.yaml and map.csv; without it units keep their places")
    options = parser.parse_args()
    record = {row["id"]: row for row in _load(options.history / "oob.yaml")["units"]}
    decided, tanks = _load(TOOLS / "forces_1945.yaml"), _load(TOOLS / "tanks_1945.yaml")["rules"]
    formations, units = convert(record, decided, tanks)
    if options.map:
        forces_deployment.post(units, formations, options.map, _load(TOOLS / "deployment_1945.yaml"))
    write(formations, units, decided["files"])


def convert(record: dict[str, Entry], decided: Entry, tanks: list[Entry]) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """Turn the record into formations and units of the scenario, by id."""
    formations: dict[str, Entry] = {}
    units: dict[str, Entry] = {}
    for row in record.values():
        split = decided["splits"].get(row["id"])
        if row["kind"] in decided["levels"] or split or row["id"] in decided["formations_only"]:
            formations[row["id"]] = _formation(row, record, decided)
            if row["id"] in decided["troops"]:
                units[f"{row['id']}_troops"] = _troops(row, record, decided)
            for part in _parts(row, split) if split else ():
                units[part["id"]] = _unit(part, record, decided)
        else:
            units[row["id"]] = _unit(_with_share(row, decided), record, decided)
    for unit in units.values():
        _class_tanks(unit, tanks)
    return formations, units


def _formation(row: Entry, record: dict[str, Entry], decided: Entry) -> Entry:
    level = decided["level_overrides"].get(row["id"]) or decided["levels"].get(row["kind"], "corps")
    named = COMMANDER.match(row["name"]) if row["kind"].endswith("hq") or row["kind"] == "flotilla" else None
    entry: Entry = {"id": row["id"], "name": named[1] if named else row["name"]}
    if named:
        entry["commander"] = named[2]
    entry["level"] = level
    entry["side"] = "soviet" if row["side"] in ("soviet", "mongolia") else "japan"
    if row["parent"]:
        entry["parent"] = row["parent"]
    entry["hq"] = row["start"]
    if "theatre" in row:
        entry["theatre"] = row["theatre"]
    arrives = _arrives(row, record)
    if arrives:
        entry["arrives"] = arrives
    entry |= {"source": f"oob.yaml: {row['kind']}", "confidence": row["confidence"]}
    if row.get("note"):
        entry["note"] = row["note"]
    return entry


def _troops(row: Entry, record: dict[str, Entry], decided: Entry) -> Entry:
    """Return the unit for the men whom the record books on a headquarters."""
    inside = decided["men_inside"].get(row["id"], [])
    shared = decided["shared_out"].get(row["id"], {})
    part = dict(row, id=f"{row['id']}_troops", name=decided["troops"][row["id"]], parent=row["id"])
    part["men"] -= sum(record[unit]["men"] for unit in inside) + sum(share["men"] for share in shared.values())
    part["guns"] -= sum(share["guns"] for share in shared.values())
    part["note"] = f"men booked on the headquarters {row['id']} in the record"
    if inside or shared:
        part["note"] += ", less those given to the units below it"
    if row.get("note"):
        part["note"] += f"; {row['note']}"
    return _unit(part, record, decided)


def _with_share(row: Entry, decided: Entry) -> Entry:
    share = decided["shared_out"].get(row["parent"], {}).get(row["id"])
    if share is None:
        return row
    note = "; ".join(filter(None, [row.get("note"), f"men and guns shared out of {row['parent']}, judgement"]))
    return dict(row, **share, note=note, estimate=True)


def _parts(row: Entry, split: Entry) -> list[Entry]:
    """Cut an aggregate of the record into counters whose figures add up to it exactly."""
    count = len(split["start"])
    parts = []
    for index, start in enumerate(split["start"]):
        figures = {name: row[name] // count + (index < row[name] % count) for name in ("men", "guns", "mrl", "tanks")}
        number = split.get("numbers", range(1, count + 1))[index]
        name = split["names"].format(n=number)
        note = f"part {index + 1} of {count} of the aggregate {row['id']}; equal split and seat are an estimate"
        part = dict(row, id=f"{row['id']}_{index + 1}", name=name, parent=row["id"], start=start, note=note)
        parts.append(dict(part, estimate=True, **figures))
    return parts


def _unit(row: Entry, record: dict[str, Entry], decided: Entry) -> Entry:
    kind = decided["kinds"][row["kind"]]
    nation = {"soviet": "soviet", "mongolia": "mongolia"}.get(row["side"], row["side"])
    readiness, readiness_note = _readiness(row, record, decided)
    aircraft = decided["aircraft"].get(row["id"].removesuffix("_troops"))
    on_map = kind["branch"] not in ("support", "air", "river", "marines", "airlanded")
    at_guns = min(kind["at_guns"], row["guns"])
    if nation == "japan":
        at_guns = min(round(kind["at_guns"] * readiness), row["guns"])
    entry: Entry = {"id": row["id"], "name": row["name"], "parent": row["parent"], "nation": nation}
    entry |= {"branch": kind["branch"], "kind": row["kind"], "mobility": kind["mobility"], "men": row["men"]}
    entry |= {"guns": row["guns"], "launchers": row["mrl"], "tanks": row["tanks"]}
    entry |= {"aircraft": aircraft["value"] if aircraft else 0, "readiness": readiness, "at_guns": at_guns}
    entry |= {"assault": 0.0 if nation in ("manchukuo", "mengjiang") else kind["assault"], "stacking": kind["stacking"]}
    entry["start"] = row["start"]
    arrives = _arrives(row, record)
    if arrives:
        entry["arrives"] = arrives
    entry |= {"on_map": on_map, "in_front_total": row["in_front_total"]}
    if kind["branch"] == "support":
        entry["rear_services"] = True
    if "theatre" in row:
        entry["theatre"] = row["theatre"]
    entry["estimate"] = row["estimate"]
    entry["source"] = f"oob.yaml: {row.get('derivation', 'figures of the record')}"
    entry["confidence"] = row["confidence"]
    notes = [row.get("note"), readiness_note, f"aircraft: {aircraft['source']}" if aircraft else None]
    entry["note"] = "; ".join(note for note in notes if note)
    return entry


def _readiness(row: Entry, record: dict[str, Entry], decided: Entry) -> tuple[float, str]:
    if "readiness" in row:
        basis = {"glantz_recalled": "Glantz, recalled", "guess": "guess of the record"}
        return row["readiness"] / 100, f"readiness: {basis[row['readiness_basis']]}"
    rules = decided["readiness"]
    above = [row["id"], *_ancestors(row, record)]
    for name in ("rear", "fortified"):
        if row["kind"] in rules[name]["kinds"]:
            return rules[name]["value"], ""
    for name in ("mongolia", "from_europe", "far_east"):
        if any(formation in above for formation in rules[name]["formations"]):
            return rules[name]["value"], ""
    return rules["other"]["value"], ""


def _ancestors(row: Entry, record: dict[str, Entry]) -> list[str]:
    above = []
    parent = row["parent"]
    while parent:
        above.append(parent)
        parent = record[parent]["parent"]
    return above


def _arrives(row: Entry, record: dict[str, Entry]) -> str | None:
    """Return the day of arrival of a unit: its own, or that of the headquarters above it."""
    for name in (row["id"], *_ancestors(row, record)):
        if name in NOT_ARRIVALS:
            continue
        date = record.get(name, row).get("available_from")
        if date and date > FIRST_DAY:
            return str(date)
    return None


def _class_tanks(unit: Entry, rules: list[Entry]) -> None:
    """Replace the number of tanks by numbers by armour class."""
    total = unit["tanks"]
    rule = next((rule for rule in rules if unit["id"] in rule["units"]), None)
    if total == 0:
        del unit["tanks"]
        return
    if rule is None:
        raise SystemExit(f"{unit['id']}: {total} tanks, but no rule for their class in tanks_1945.yaml")
    fixed = rule.get("fixed", {})
    classes = {**fixed, rule.get("rest") or rule["all"]: total - sum(fixed.values())}
    if min(classes.values()) < 0:
        raise SystemExit(f"{unit['id']}: classes do not fit into {total} tanks")
    order = ("light", "medium", "heavy", "japanese_light", "japanese_medium")
    unit["tanks"] = {name: classes[name] for name in order if classes.get(name)}
    tank_note = f"tanks: {rule['note']}" + (f" ({rule['confidence']})" if "confidence" in rule else "")
    unit["note"] = "; ".join(filter(None, [unit["note"], tank_note]))


def write(formations: dict[str, Entry], units: dict[str, Entry], files: list[Entry]) -> None:
    """Write the files: everything goes to the nearest file above it in the chain of command."""
    home = {formation: file["file"] for file in files for formation in file["formations"]}
    title = {file["file"]: file["title"] for file in files}
    chapters: dict[str, tuple[list[Entry], list[Entry]]] = {name: ([], []) for name in title}
    for kind, entries in enumerate((formations, units)):
        for entry in entries.values():
            above = entry["id"]
            while above not in home:
                above = (units.get(above) or formations[above])["parent"]
            chapters[home[above]][kind].append(entry)
    OUT.mkdir(parents=True, exist_ok=True)
    for stale in OUT.glob("*.yaml"):
        stale.unlink()
    for name, (heads, troops) in chapters.items():
        lines = [f"{SCHEMA}# {title[name]}. Made by tools/import_forces.py; basis in docs/rules.md."]
        lines += ["format: 1", "formations:" if heads else "formations: []"]
        lines += [f"  - {{{', '.join(f'{key}: {scalar(value)}' for key, value in head.items())}}}" for head in heads]
        lines.append("units:" if troops else "units: []")
        for unit in troops:
            lines += _unit_lines(unit)
        (OUT / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(formations)} formations and {len(units)} units in {len(chapters)} files")


def _unit_lines(unit: Entry) -> list[str]:
    kept = {key: value for key, value in unit.items() if value not in ("", None)}
    pairs = [f"{key}: {scalar(value)}" for key, value in kept.items()]
    return [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]


def scalar(value: object) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {scalar(part)}" for key, part in value.items()) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            # "off" looks bare but is no text in YAML
            bare = re.fullmatch(r"[a-z][a-z0-9_]*", value) and yaml.safe_load(value) == value
            return value if bare else json.dumps(value, ensure_ascii=False)
    return repr(value)


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
