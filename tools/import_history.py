"""Make history.yaml and events.yaml of the August 1945 campaign from the dossier. Run by hand, results committed.

    python tools/import_history.py --history DIR

Places without a date in the record stay without one. Rows in ``CORRECTED`` are written as they stand
there.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tools.import_forces import ROOT, scalar

Entry = dict[str, Any]
OUT = ROOT / "scenarios" / "august_storm"
SCHEMA = "# yaml-language-server: $schema=../../docs/schema/{}.schema.json\n"
# Figures of losses.yaml under the names of the scenario; a "_low" or "_high" makes a row of its own.
FIGURES = {
    "irrecoverable": "killed",
    "killed": "killed",
    "sanitary": "wounded",
    "wounded": "wounded",
    "prisoners": "captured",
    "surrendered": "captured",
    "prisoners_sum": "captured",
    "total": "casualties",
    "casualties": "casualties",
    "losses_over": "casualties",
    "tanks": "tanks",
    "guns": "guns",
    "aircraft": "aircraft",
}
SIDE_OF = {"sov": "soviet", "mpr": "mongolia", "jap": "japan", "mck": "manchukuo", "mng": "mengjiang"}
# Rows of losses.yaml about more than one formation, in words.
GROUPS = {
    "sov_1rba_5a": "1st Red Banner and 5th Armies",
    "sov_lead_tank_brigade": "lead tank brigade of the 1st Red Banner Army",
    "jap_3aa_and_4a": "Third Area Army and 4th Army",
    "jap_sakhalin": "garrison of southern Sakhalin",
    "jap_2fef_opponents": "opponents of the 2nd Far Eastern Front",
    "jap_tbf_opponents": "opponents of the Trans-Baikal Front",
    "jap_135imb_123d": "135th Independent Mixed Brigade and 123rd Division",
}

# Rows of the timeline that say it better here, or (ev_103) with the place that docs/history.md has, with its sources.
CORRECTED: dict[str, Entry] = {
    "ev_024": {
        "event": "257th Tank Brigade reaches the Muleng river after about 40 km in the day: the objective of day "
        "eight, on day two"
    },
    "ev_039": {"event": "7th Mechanised Corps forward detachment reaches Tuchuan at midday"},
    "ev_043": {"event": "Muleng river forced after a 30-minute artillery and air preparation"},
    "ev_053": {
        "event": "The lead tank brigade (257th; 75th with 19 tanks left in one text) reaches the Hualin bridge, "
        "finds it blown and is repulsed; a Japanese troop train is destroyed with more than 900 "
        "casualties"
    },
    "ev_056": {
        "event": "Reconnaissance detachment and a company land at Seishin and are driven back to the port in the "
        "evening"
    },
    "ev_110": {"event": "Chuho, Omu and Tunhua reported taken"},
    "ev_111": {"event": "Mulan and Tungho reported taken"},
    "ev_103": {
        "place": "",
        "event": "Chief of staff Hata meets Vasilevsky and Meretskov at the front command post at Zharikovo, west of "
        "Lake Khanka (place recalled); details of surrender fixed",
    },
}


def main() -> None:
    """Read the dossier, write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", type=Path, required=True, help="folder with places, timeline and losses")
    folder = parser.parse_args().history
    events = [row | CORRECTED.get(row["id"], {}) for row in _load(folder / "timeline.yaml")["events"]]
    places = _load(folder / "places.yaml")["places"]
    losses = _load(folder / "losses.yaml")
    captures = [_capture(place, events) for place in places if "capture" in place]
    captures.sort(key=lambda row: (row["date"], row["place"]))
    _write("history", "The dated record: what outcomes are compared with.", {
        "captures": captures,
        "losses": _losses(losses),
        "milestones": _milestones(events, losses),
    })  # fmt: skip
    _write("events", "Dated notes shown with the day they belong to; nothing here changes the campaign.", {
        "events": [_event(event) for event in events],
    })  # fmt: skip


def _capture(place: Entry, events: list[Entry]) -> Entry:
    """Return the row of one place; its source is that of the event that tells of it, if one does."""
    capture = place["capture"]
    told = [event for event in events if event["place"] == place["id"] and event["date"] == capture["date"]]
    named = sorted(told, key=lambda event: event["category"] not in ("capture", "surrender", "landing"))
    source = f"places.yaml; {named[0]['source']} ({named[0]['id']})" if named else "places.yaml"
    row = {"place": place["id"], "date": capture["date"], "by": capture["by"], "confidence": capture["confidence"]}
    row["source"] = source
    if "note" in capture:
        row["note"] = capture["note"]
    return row


def _losses(losses: Entry) -> list[Entry]:
    study = losses["soviet_by_front"]
    rows = [dict(row, confidence=study["confidence"], source="loss_study") for row in study["rows"]]
    destroyed = study["equipment_destroyed"]
    total = study["total"] | {"formation": "fe_command", "confidence": "sourced", "source": "loss_study"}
    total |= {"tanks": destroyed["tanks_spg"], "guns": destroyed["guns_mortars"], "aircraft": destroyed["aircraft"]}
    rows.append({key: value for key, value in total.items() if key != "all"})
    rows.append(dict(losses["mongolia"], formation="mpr_army"))
    rows += losses["soviet_other"]
    for row in losses["japan_totals"]:
        rows.append(dict(row, formation="jap_kwantung", source=f"{row['claim']}: {row['source']}"))
    # One row gives the strength that was faced, not a loss
    rows += [row for row in losses["japan_by_formation"] if row["formation"] != "jap_3a_4a_strength"]
    by_soviets = losses["captured_by_sov_tbf_full"]
    kept = {name: by_soviets[name] for name in ("prisoners_sum", "guns", "tanks", "aircraft", "confidence", "source")}
    # One front's share: under the name of the Kwantung Army it would pass for the whole
    rows.append(kept | {"formation": "jap_tbf_opponents"})
    out: list[Entry] = []
    for number, row in enumerate(rows, start=1):
        out += _loss_rows(f"loss_{number:02d}", row)
    return out


def _loss_rows(name: str, row: Entry) -> list[Entry]:
    """Return one row, or two where the record gives a range."""
    plain: Entry = {}
    ranges: dict[str, Entry] = {"low": {}, "high": {}}
    rest: list[str] = []
    known = {"formation", "confidence", "source", "note", "claim", "place", "date", "dates"}
    for key, value in row.items():
        stem, _, end = key.rpartition("_")
        if key in FIGURES:
            plain[FIGURES[key]] = value
        elif end in ranges and stem in FIGURES:
            ranges[end][FIGURES[stem]] = value
        elif key not in known:
            rest.append(f"{key.replace('_', ' ')} {value}")
    name_of = row["formation"]
    head = {"side": SIDE_OF.get(name_of.split("_")[0], "soviet"), "formation": GROUPS.get(name_of, name_of)}
    tail: Entry = {}
    if row.get("date") or row.get("dates"):
        tail["until"] = row.get("date") or row["dates"][1]
    tail |= {"confidence": row["confidence"], "source": row["source"]}
    if "losses_over" in row:
        rest.append("at least")
    note = "; ".join(filter(None, [f"at {row['place']}" if "place" in row else "", *rest, row.get("note", "")]))
    if note:
        tail["note"] = note
    if not any(ranges.values()):
        return [{"id": name} | head | plain | tail]
    return [{"id": f"{name}_{end}"} | head | plain | found | tail for end, found in ranges.items() if found]


def _milestones(events: list[Entry], losses: Entry) -> list[Entry]:
    """Return advances measured in km, and the prisoners of single days."""
    rows: list[Entry] = [
        {
            "id": "tank_army_350_km",
            "date": "1945-08-13",
            "kind": "advance",
            "formation": "sov_6gta",
            "distance_km": 350,
            "text": "Tank army about 350 km forward; planned for day 5, done in three days and then halted for fuel",
            "confidence": "sourced",
            "source": "mechanics.md section 1: seed_article, nebolsin",
        }
    ]
    for event in events:
        if "distance_km" in event:
            row = {"id": event["id"], "date": event["date"], "kind": "advance", "formation": event["units"][0]}
            row |= {"distance_km": event["distance_km"], "text": event["event"]}
            rows.append(row | {"confidence": event["confidence"], "source": event["source"]})
    for number, row in enumerate(losses["prisoners_by_date"], start=1):
        rows.append({"id": f"prisoners_{number:02d}", "kind": "prisoners"} | row)
    return sorted(rows, key=lambda row: (row["date"], row["id"]))


def _event(event: Entry) -> Entry:
    row = {"id": event["id"], "date": event["date"], "side": event["side"]}
    if event["place"]:
        row["place"] = event["place"]
    row |= {"category": event["category"], "text": event["event"]}
    return row | {"confidence": event["confidence"], "source": event["source"]}


def _write(name: str, title: str, parts: dict[str, list[Entry]]) -> None:
    lines = [SCHEMA.format(name) + f"# {title} Made by tools/import_history.py.", "format: 1"]
    for part, rows in parts.items():
        lines.append(f"{part}:")
        lines += [f"  - {scalar(row)}" for row in rows]
    (OUT / f"{name}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(name, {part: len(rows) for part, rows in parts.items()})


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
