"""What a batch says of itself in ``manifest.json``, checked key by key before anybody goes by it."""

import json
import math
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from sim.batch.storage.reading import damaged
from sim.errors import BatchError

FORMAT = 1
MOST_TOLD = 3


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("it has letters that cannot be printed")
    return text


def _day(text: str) -> str:
    if not date(1800, 1, 1) <= date.fromisoformat(text) <= date(2200, 1, 1):
        raise ValueError("it is no day of a campaign")
    return text


Line = Annotated[str, Field(max_length=1000), AfterValidator(_printable)]
Name = Annotated[Line, Field(min_length=1, max_length=200)]
Day = Annotated[str, AfterValidator(_day)]
Count = Annotated[int, Field(ge=0, lt=2**31)]
Amount = Annotated[float, Field(ge=0, le=1e12)]


class ManifestPart(BaseModel):
    """Keys of a file that is written by the program; more of them are no harm."""

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class ToldMod(ManifestPart):
    """A mod of a batch."""

    id: Name
    digest: Name


class BatchIdentity(ManifestPart):
    """What every manifest has, also that of a batch under way."""

    format: Literal[1]
    scenario: Name
    scenario_digest: Name
    mods: list[ToldMod]
    plans: list[Name]
    seed: Annotated[int, Field(ge=0)]
    engine: Name
    engine_digest: Name
    status: Literal["complete", "under way", "interrupted"]
    runs_asked: Count
    wall_seconds: Amount
    runs: Count
    failed: Count


class BatchFacts(BatchIdentity):
    """What the manifest of a batch has whose tables can be read."""

    campaigns_per_second: Amount
    levels: list[Name]
    first_day: Day
    last_turn: Annotated[int, Field(ge=1, lt=2**15)]
    key_places: dict[Name, Name]


def read_json(path: Path, missing: str) -> dict[str, Any]:
    """Return the mapping that a JSON file holds.

    Raises
    ------
    BatchError
        There is no such file (``missing`` says what follows), or it is damaged.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_float=_finite, parse_constant=_finite)
        json.dumps(found, ensure_ascii=False).encode()  # halves of letters can be written as JSON, but as nothing else
    except (FileNotFoundError, NotADirectoryError):
        raise BatchError(f"error: {missing}") from None
    except OSError as error:
        raise BatchError(f"error: cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise damaged(path, error) from error
    if not isinstance(found, dict):
        raise damaged(path, "a mapping is expected")
    return found


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is no number")
    return value


def check_told(path: Path, found: dict[str, Any], kind: type[ManifestPart]) -> None:
    """Raise BatchError, with what is wrong and where, if a file does not hold what a model says."""
    try:
        kind.model_validate(found)
    except ValidationError as error:
        every = error.errors(include_url=False, include_context=False, include_input=False)
        words = [f"{'.'.join(map(str, one['loc']))}: {_words(one)}" for one in every[:MOST_TOLD]]
        more = f" and {len(every) - MOST_TOLD} more" if len(every) > MOST_TOLD else ""
        is_old = all(one["type"] == "missing" for one in every)
        told = f"{'; '.join(words)}{more}"
        if is_old:
            raise BatchError(f"error: {path} is damaged or of an older version: {told}") from None
        raise damaged(path, told) from None


def _words(error: Any) -> str:
    if error["type"] == "missing":
        return "missing"
    return str(error["msg"]).removeprefix("Value error, ").replace("Input", "it")
