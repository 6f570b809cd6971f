"""A tiny scenario on disk, for tests of the files: eight by four hexes, one army a side."""

from functools import cache
from pathlib import Path

import yaml

from sim.scenario import load

SCENARIO = """\
format: 1
id: tiny
title: "Tiny"
start_date: 1945-08-09
end_date: 1945-08-12
sides:
  soviet: {name: "Soviet Union", nations: [soviet, mongolia]}
  japan: {name: "Japan", nations: [japan, manchukuo, mengjiang]}
default_plans: {soviet: go, japan: stay}
victory:
  objectives:
    hailar: {soviet: 20, japan: 7, pace: 1945-08-11, confidence: sourced}
  levels:
    - {name: "victory", winner: soviet, at_least: 10}
    - {name: "defeat", winner: japan}
sources:
  - {id: src_otpor, place: otpor, side: soviet, kind: railhead, tons_per_day: 900, serves: front, note: "test"}
"""
MAP = """\
format: 1
projection: {name: lambert_azimuthal_equal_area, lon: 126.0, lat: 45.0}
hex_km: 15.0
columns: 8
rows: 4
places:
  otpor: {name: Otpor, lat: 49.6, lon: 117.3, hex: h001001, kind: rail_junction, country: ussr}
  hailar:
    {name: Hailar, lat: 49.2, lon: 119.7, hex: h006002, kind: fortress, country: manchukuo, population_class: town}
  taiden: {name: Taiden, lat: 36.3, lon: 127.4, box: korea, kind: city, country: korea}
boxes:
  - {id: korea, name: Korea, side: japan, entries: [h007003], places: [taiden]}
fortresses:
  - {place: hailar, strength_permille: 900, note: "test"}
"""
FORCES = """\
format: 1
formations:
  - {id: front, name: "Front", level: front, side: soviet}
  - {id: army, name: "Army", level: army, side: soviet, parent: front}
  - {id: corps, name: "Corps", level: corps, side: soviet, parent: army}
  - {id: garrison, name: "Garrison", level: army, side: japan}
units:
  - id: first
    name: "1st Division"
    parent: corps
    nation: soviet
    branch: infantry
    kind: rifle_division
    mobility: foot
    men: 8800
    guns: 140
    tanks: {light: 3, medium: 10}
    start: h002001
  - id: second
    name: "2nd Division"
    parent: army
    nation: soviet
    branch: infantry
    kind: rifle_division
    mobility: foot
    men: 4400
    start: otpor
    arrives: 1945-08-11
  - id: rear
    name: "Rear"
    parent: front
    nation: soviet
    branch: support
    kind: front_support
    mobility: static
    men: 30000
    on_map: false
    rear_services: true
  - id: brigade
    name: "80th Brigade"
    parent: garrison
    nation: japan
    branch: infantry
    kind: brigade
    mobility: foot
    men: 5000
    start: hailar
    readiness: 0.15
  - id: distant
    name: "Distant Division"
    parent: garrison
    nation: japan
    branch: infantry
    kind: division
    mobility: foot
    men: 9000
    start: {box: korea}
"""
GO = """\
id: go
side: soviet
title: "Go"
axes:
  - id: main
    title: "To Hailar"
    role: main
    formations: [army]
    objectives:
      - {place: hailar, by: 1945-08-11, weight: 90}
  - id: left
    title: "Also to Hailar"
    role: support
    formations: [first]
    release: 1945-08-10
    objectives:
      - {place: hailar, weight: 20}
"""
STAY_GO = """\
id: go
side: soviet
title: "Go, whenever that is"
axes:
  - {id: main, title: "To Hailar", role: main, formations: [army], objectives: [{place: hailar}]}
"""
STAY = """\
id: stay
side: japan
title: "Stay"
axes:
  - {id: hold, title: "Hold", role: hold, formations: [garrison], objectives: [{place: hailar}]}
"""
EVENTS = """\
events:
  - {id: ev_1, date: 1945-08-09, place: hailar, category: advance, text: "It begins"}
"""
HISTORY = """\
captures:
  - {place: hailar, date: 1945-08-11, by: army, confidence: sourced}
"""
HEADER = (
    "col,row,lon,lat,terrain,elev_m,relief_m,forest_pct,marsh_pct,country,region,river,road,bridge,rail,trains,wall"
)


def hexes() -> str:
    """Return a map file: plain, Soviet in the three columns of the west, sea in the last column but for one hex."""
    lines = [HEADER]
    for row in range(4):
        for col in range(8):
            sea = col == 7 and row != 3
            terrain, country = ("sea", "sea") if sea else ("plain", "ussr" if col < 3 else "manchukuo")
            lines.append(
                f"{col},{row},{117 + col * 0.2:.2f},{50 - row * 0.1:.2f},{terrain},500,20,0,0,{country},west" + "," * 6
            )
    return "\n".join(lines) + "\n"


@cache
def rules() -> str:
    """Return the shipped rules as one file, a coefficient in three lines, without distributions."""
    tree = load("august_storm").tree.get("rules")
    assert tree is not None
    body = tree.plain()
    assert isinstance(body, dict)
    body.pop("format", None)
    for section in body.values():
        assert isinstance(section, dict)
        for name, entry in section.items():
            assert isinstance(entry, dict)
            value = entry["value"]
            if isinstance(value, dict) and set(value) == {"low", "mode", "high"}:
                value = value["mode"]
            section[name] = {"value": value, "note": "test"}
    return yaml.safe_dump(body, sort_keys=False, width=10_000)


def write_scenario(folder: Path, **changed: str) -> Path:
    """Write the tiny scenario into ``folder``, with other texts for some of its files; return the folder."""
    texts = {
        "scenario": SCENARIO,
        "map": MAP,
        "hexes": hexes(),
        "forces": FORCES,
        "rules": changed.get("rules") or rules(),
        "go": GO,
        "stay": STAY,
        "events": EVENTS,
        "history": HISTORY,
        **changed,
    }
    names = {"hexes": "map.csv", "forces": "forces/all.yaml", "go": "plans/go.yaml", "stay": "plans/stay.yaml"}
    for name, text in texts.items():
        file = folder / names.get(name, f"{name}.yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def write_mod(folder: Path, **files: str) -> Path:
    """Write a mod that extends the tiny scenario; keys are file names with ``__`` for ``/``."""
    head = f"format: 1\nid: {folder.name}\ntitle: Mod\nextends: tiny\n"
    for name, text in {"scenario": head, **files}.items():
        file = folder / f"{name.replace('__', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
