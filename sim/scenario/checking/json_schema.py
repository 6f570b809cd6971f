"""JSON Schema of every kind of scenario file, for editors that complete and check while one writes."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from sim.kernels.rulebook.field import AXES, RuleField
from sim.kernels.rulebook.rules import SECTIONS
from sim.output import write_text
from sim.scenario.checking.rules import limits
from sim.scenario.models.history import History
from sim.scenario.models.map import Map
from sim.scenario.models.scenario import Events, Forces, Header, ModHeader, Plan
from sim.scenario.models.study import Study
from sim.scenario.models.values import Model

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[str, type[Model]] = {
    "scenario": Header,
    "map": Map,
    "forces": Forces,
    "events": Events,
    "plan": Plan,
    "history": History,
    "study": Study,
}
ALONE = ("scenario", "study")  # kinds of file that no mod lays over another of its kind
_NUMBER = {"type": "number"}
_DISTRIBUTION: Schema = {
    "type": "object",
    "properties": {"low": _NUMBER, "mode": _NUMBER, "high": _NUMBER},
    "required": ["low", "mode", "high"],
    "additionalProperties": False,
}


def schemas() -> dict[str, Schema]:
    """Return file name to schema: one for each kind of file, and one for the same file in a mod."""
    whole = {name: model.model_json_schema() for name, model in MODELS.items()}
    whole["rules"] = _rules_schema()
    found = {f"{name}.schema.json": _titled(schema) for name, schema in whole.items()}
    for name, schema in whole.items():
        if name not in ALONE:
            found[f"mod.{name}.schema.json"] = _titled(_overlay(schema))
    found["mod.schema.json"] = _titled(_mod_schema(whole["scenario"]))
    return found


def text_of(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema into ``folder``; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, schema in schemas().items():
        file = folder / name
        write_text(file, text_of(schema))
        files.append(file)
    return files


def _titled(schema: Schema) -> Schema:
    return {"$schema": DIALECT, **schema}


def _overlay(schema: Any) -> Any:
    """Return a schema in which nothing is required and every mapping may be replaced or removed."""
    if isinstance(schema, list):
        return [_overlay(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {key: _overlay(value) for key, value in schema.items() if key not in ("required", "minItems")}
    if schema.get("type") == "object" and isinstance(loose.get("properties"), dict):
        flag = {"type": "boolean", "const": True}
        if "id" in loose["properties"]:
            loose["required"] = ["id"]
        loose["properties"] = {**loose["properties"], "remove": flag, "replace": flag}
    return loose


def _mod_schema(header: Schema) -> Schema:
    loose: Schema = _overlay(header)
    own = ModHeader.model_json_schema()
    loose["properties"] = {**loose["properties"], **own["properties"]}
    loose["required"] = own["required"]
    loose["title"], loose["description"] = own["title"], own["description"]
    return loose


def _rules_schema() -> Schema:
    shared: dict[str, Schema] = {"distribution": _DISTRIBUTION}
    sections = {
        name: {
            "type": "object",
            "properties": {field.name: _entry_schema(field, shared) for field in fields},
            "required": [field.name for field in fields],
            "additionalProperties": False,
        }
        for name, fields in SECTIONS.items()
        if fields
    }
    return {
        "title": "Rules",
        "description": "The file rules.yaml: every coefficient with its source or a note.",
        "type": "object",
        "properties": {"format": {"const": 1}, "note": {"type": "string"}, **sections},
        "required": list(sections),
        "additionalProperties": False,
        "$defs": shared,
    }


def _entry_schema(field: RuleField, shared: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        "description": field.doc,
        "properties": {
            "value": _value_schema(field, field.axes, shared),
            "source": {"type": "string"},
            "note": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }


def _value_schema(field: RuleField, axes: tuple[str | int, ...], shared: dict[str, Schema]) -> Schema:
    """Return a reference to the schema of a value along ``axes``; equal ones are shared."""
    low, high = limits(field)
    kind = "integer" if np.dtype(field.dtype).kind in "iu" else "number"
    name = "_".join(map(str, (kind, f"{low:g}", f"{high:g}", *axes)))
    if name not in shared:
        number = {"type": kind, "minimum": low, "maximum": high}
        choices: list[Schema] = [number, {"$ref": "#/$defs/distribution"}]
        if axes:
            inner = _value_schema(field, axes[1:], shared)
            length = axes[0] if isinstance(axes[0], int) else len(AXES[axes[0]])
            choices.append({"type": "array", "items": inner, "minItems": length, "maxItems": length})
            if isinstance(axes[0], str):
                named = dict.fromkeys(AXES[axes[0]], inner)
                choices.append({"type": "object", "properties": named, "additionalProperties": False})
        shared[name] = {"anyOf": choices}
    return {"$ref": f"#/$defs/{name}"}
