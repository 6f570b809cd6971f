"""The value types of scenario files, strict enough to report a slip where it is."""

import datetime
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import core_schema

from sim.printable import is_blank, objection
from sim.scenario.models.limits import (
    FIRST_YEAR,
    INT32,
    LAST_YEAR,
    LONGEST_ID,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_COUNT,
    MOST_DIGITS,
    MOST_NUMBER,
    MOST_PIECES,
    MOST_POINTS,
    MOST_TONS,
)


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
    if isinstance(value, str):
        with suppress(ValueError):
            value = datetime.date.fromisoformat(value)
    if type(value) is not datetime.date:
        raise ValueError("a date expected, such as 1945-08-09")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a date between {FIRST_YEAR} and {LAST_YEAR} expected")
    return value


def _line(text: str) -> str:
    """Accept one line of printable text."""
    why = objection(text)
    if why:
        raise ValueError(f"one line of printable text expected, without {why}")
    return text


def _shown_line(text: str) -> str:
    """Accept one line of printable text in which something can be seen."""
    if text and is_blank(text):
        raise ValueError("text expected, but this is blank")
    return _line(text)


def _prose(text: str) -> str:
    """Accept printable text of any number of lines."""
    why = objection(text, prose=True)
    if why:
        raise ValueError(f"printable text expected, without {why}")
    return text


# A name; an id; a longer line, such as the text of an event or a path; one that may be empty; prose.
Text = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_NAME), AfterValidator(_shown_line)
]
Id = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_ID, pattern=r"^[a-z0-9][a-z0-9_\-]*$")]
Sentence = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=LONGEST_LINE), AfterValidator(_shown_line)
]
Line = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_LINE), AfterValidator(_line)]
Note = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT), AfterValidator(_prose)]
Whole = Annotated[int, Field(strict=True, ge=-INT32, le=INT32)]
Count = Annotated[int, Field(strict=True, ge=0, le=MOST_COUNT)]
Pieces = Annotated[Count, Field(le=MOST_PIECES)]
Permille = Annotated[Count, Field(le=1000)]
Points = Annotated[Count, Field(le=MOST_POINTS)]
Seed = Annotated[int, Field(strict=True, ge=0, lt=10**MOST_DIGITS)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-MOST_NUMBER, le=MOST_NUMBER)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180)]
Flag = Annotated[bool, Field(strict=True)]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
HexLabel = Annotated[str, StringConstraints(strict=True, pattern=r"^h[0-9]{6}$")]
HexChain = Annotated[str, StringConstraints(strict=True, max_length=LONGEST_TEXT, pattern=r"^h[0-9]{6}( h[0-9]{6})*$")]
Format = Annotated[int, Field(strict=True, ge=1, le=1, description="Version of the file format; currently 1.")]


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return re.fullmatch(r"[a-z0-9][a-z0-9_\-]*", text, re.ASCII) is not None and len(text) <= LONGEST_ID


class Distribution(Model):
    """A number drawn once per run (triangular); play uses the mode."""

    low: Number
    mode: Number
    high: Number


class BoxStart(Model):
    """A start off the map."""

    box: Id


def _start(value: Any) -> Any:
    if isinstance(value, str) and is_id(value):
        return value
    if isinstance(value, dict) and set(value) == {"box"} and isinstance(value["box"], str) and is_id(value["box"]):
        return BoxStart(box=value["box"])
    raise ValueError("a hex label such as h071054, the id of a place, or {box: id} expected")


def _file_names(value: Any) -> Any:
    names = (value,) if isinstance(value, str) else value
    if isinstance(names, list | tuple) and names and all(isinstance(name, str) and name for name in names):
        return tuple(names)
    raise ValueError("a file name, a pattern such as forces/*.yaml, or a list of them expected")


def _between(low: float, value: Any, high: float) -> bool:
    return type(value) in (int, float) and low <= value <= high


def _drawn(value: Any, most: float) -> Distribution | None:
    """Return a distribution of numbers from 0 to ``most``, None where this is none."""
    if not isinstance(value, dict) or set(value) != {"low", "mode", "high"}:
        return None
    low, mode, high = value["low"], value["mode"], value["high"]
    if not all(_between(0, one, most) for one in (low, mode, high)) or not low <= mode <= high:
        return None
    return Distribution(low=low, mode=mode, high=high)


def _tons(value: Any) -> Any:
    if type(value) is int and 0 <= value <= MOST_TONS:
        return value
    drawn = _drawn(value, MOST_TONS)
    if drawn is None:
        due = f"a whole number up to {MOST_TONS:,}, or {{low, mode, high}} in ascending order"
        raise ValueError(f"tons a day expected: {due}")
    return drawn


def _share(value: Any) -> Any:
    if _between(0, value, 1):
        return float(value)
    drawn = _drawn(value, 1)
    if drawn is None:
        raise ValueError("a number between 0 and 1 expected, or {low, mode, high} in ascending order")
    return drawn


def _two_numbers(value: Any, most: tuple[float, float]) -> tuple[float, float] | None:
    """Return a point whose numbers lie within ``most`` of 0, None where this is none."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    if not all(_between(-end, item, end) for item, end in zip(value, most, strict=True)):
        return None
    return float(value[0]), float(value[1])


def _point(value: Any) -> Any:
    point = _two_numbers(value, (180, 90))
    if point is None:
        raise ValueError("a point [lon, lat] in degrees expected")
    return point


def _waypoint(value: Any) -> Any:
    if isinstance(value, str) and is_id(value):
        return value
    point = _two_numbers(value, (90, 180))
    if point is None:
        raise ValueError("the id of a place or a point [lat, lon] in degrees expected")
    return point


_TEXT_SCHEMA = {"type": "string", "minLength": 1}
_TONS_SCHEMA = {"type": "number", "minimum": 0, "maximum": MOST_TONS}
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
                {**_TONS_SCHEMA, "type": "integer"},
                {
                    "type": "object",
                    "properties": dict.fromkeys(("low", "mode", "high"), _TONS_SCHEMA),
                    "required": ["low", "mode", "high"],
                },
            ]
        }
    ),
]
