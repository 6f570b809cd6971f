"""The value types of scenario files, strict enough to report a slip where it is."""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import core_schema


class Model(BaseModel):
    """Base of every model: no unknown keys, immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Among:
    """Annotation of a value that must be one of ``choices``."""

    choices: tuple[str | int, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        """Return a schema that also gives editors the list."""
        return core_schema.literal_schema(list(self.choices))


def _date(value: Any) -> Any:
    """Accept a date or its ISO text; a bare number would otherwise pass as seconds since 1970."""
    if type(value) is datetime.date:
        return value
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("a date expected, such as 1945-08-09")


Text = Annotated[str, StringConstraints(strict=True, min_length=1)]
Note = Annotated[str, StringConstraints(strict=True)]
Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9][a-z0-9_\-]*$")]
Whole = Annotated[int, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0, le=2_000_000)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Flag = Annotated[bool, Field(strict=True)]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
HexLabel = Annotated[str, StringConstraints(strict=True, pattern=r"^h[0-9]{6}$")]
Format = Annotated[int, Field(strict=True, ge=1, le=1, description="Version of the file format; currently 1.")]


class Distribution(Model):
    """A number drawn once per run (triangular); play uses the mode."""

    low: Number
    mode: Number
    high: Number


class BoxStart(Model):
    """A start off the map."""

    box: Id


def _start(value: Any) -> Any:
    if isinstance(value, str) and value:
        return value
    if isinstance(value, dict) and set(value) == {"box"} and isinstance(value["box"], str):
        return BoxStart(box=value["box"])
    raise ValueError("a hex label such as h071054, the id of a place, or {box: id} expected")


def _file_names(value: Any) -> Any:
    names = (value,) if isinstance(value, str) else value
    if isinstance(names, list | tuple) and names and all(isinstance(name, str) and name for name in names):
        return tuple(names)
    raise ValueError("a file name, a pattern such as forces/*.yaml, or a list of them expected")


def _tons(value: Any) -> Any:
    if type(value) is int and 0 <= value <= 1_000_000:
        return value
    if isinstance(value, dict) and set(value) == {"low", "mode", "high"}:
        drawn = Distribution(**value)
        if 0 <= drawn.low <= drawn.mode <= drawn.high:
            return drawn
    raise ValueError("tons a day expected: a whole number, or {low, mode, high} in ascending order")


def _share(value: Any) -> Any:
    if type(value) in (int, float) and 0 <= value <= 1:
        return float(value)
    if isinstance(value, dict) and set(value) == {"low", "mode", "high"}:
        drawn = Distribution(**value)
        if 0 <= drawn.low <= drawn.mode <= drawn.high <= 1:
            return drawn
    raise ValueError("a number between 0 and 1 expected, or {low, mode, high} in ascending order")


def _point(value: Any) -> Any:
    if isinstance(value, list) and len(value) == 2 and all(type(item) in (int, float) for item in value):
        return (float(value[0]), float(value[1]))
    raise ValueError("a point of two numbers expected")


def _waypoint(value: Any) -> Any:
    if isinstance(value, str) and value:
        return value
    try:
        return _point(value)
    except ValueError:
        raise ValueError("the id of a place or a point [lat, lon] expected") from None


_TEXT_SCHEMA = {"type": "string", "minLength": 1}
_NUMBER_SCHEMA = {"type": "number", "minimum": 0}
_SHARE_SCHEMA = {"type": "number", "minimum": 0, "maximum": 1}
Waypoint = Annotated[
    str | tuple[float, float],
    PlainValidator(_waypoint),
    WithJsonSchema(
        {"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}]}
    ),
]
GeoPoint = Annotated[
    tuple[float, float],
    PlainValidator(_point),
    WithJsonSchema({"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}),
]
Start = Annotated[
    str | BoxStart,
    PlainValidator(_start),
    WithJsonSchema(
        {"anyOf": [_TEXT_SCHEMA, {"type": "object", "properties": {"box": _TEXT_SCHEMA}, "required": ["box"]}]}
    ),
]
FileNames = Annotated[
    tuple[str, ...],
    PlainValidator(_file_names),
    WithJsonSchema({"anyOf": [_TEXT_SCHEMA, {"type": "array", "items": _TEXT_SCHEMA, "minItems": 1}]}),
]
DrawnShare = Annotated[
    float | Distribution,
    PlainValidator(_share),
    WithJsonSchema(
        {
            "anyOf": [
                _SHARE_SCHEMA,
                {
                    "type": "object",
                    "properties": dict.fromkeys(("low", "mode", "high"), _SHARE_SCHEMA),
                    "required": ["low", "mode", "high"],
                },
            ]
        }
    ),
]
Tons = Annotated[
    int | Distribution,
    PlainValidator(_tons),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {
                    "type": "object",
                    "properties": dict.fromkeys(("low", "mode", "high"), _NUMBER_SCHEMA),
                    "required": ["low", "mode", "high"],
                },
            ]
        }
    ),
]
