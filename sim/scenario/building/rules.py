"""Rules of a scenario as the one-row RULES record; distributions at their mode or drawn for one run."""

import math
import zlib
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kernels import codes
from sim.kernels.rulebook.rules import SECTIONS, fill
from sim.scenario.checking.rules import Draw, Rules, Value

Chooser = Callable[[Draw, str], float]


def mode(draw: Draw, path: str) -> float:
    """Return the most likely value: what play uses."""
    return draw.mode


def drawn(key: int) -> Chooser:
    """Return a chooser that draws each value once for the run of ``key``, from a triangular distribution.

    The draw is for the path of the value in the file, so that a mod which adds one leaves the others as they were.
    """
    from sim.kernels.rng import uniform

    def choose(draw: Draw, path: str) -> float:
        subject = zlib.crc32(path.encode())
        return triangular(draw, float(uniform(np.uint64(key), 0, subject, codes.STREAM_SCENARIO, 0)))

    return choose


def triangular(draw: Draw, level: float) -> float:
    """Return the value of a triangular distribution below which a share ``level`` of all draws lies."""
    span = draw.high - draw.low
    if span <= 0:
        return draw.low
    if level * span < draw.mode - draw.low:
        return draw.low + math.sqrt(level * span * (draw.mode - draw.low))
    return draw.high - math.sqrt((1 - level) * span * (draw.high - draw.mode))


def build_rules(rules: Rules) -> np.recarray:
    """Return the RULES record, every distribution at its mode."""
    values: dict[str, dict[str, object]] = {}
    for section, fields in SECTIONS.items():
        body = rules.get(section, {})
        values[section] = {}
        for field in fields:
            whole = np.dtype(field.dtype).kind in "iu"
            values[section][field.name] = _settle(body[field.name], f"{section}.{field.name}", mode, whole)
    return fill(values)


def redraw(record: NDArray[Any], rules: Rules, names: Collection[str], key: int) -> NDArray[Any]:
    """Return a copy of the RULES record in which the coefficients of ``names`` are drawn for the run of ``key``."""
    fresh = record.copy()
    choose = drawn(key)
    for section, fields in SECTIONS.items():
        for field in fields:
            if field.name in names:
                whole = np.dtype(field.dtype).kind in "iu"
                value = _settle(rules[section][field.name], f"{section}.{field.name}", choose, whole)
                fresh[field.name][0] = field.to_array(value)
    return fresh


def drawn_names(rules: Rules) -> set[str]:
    """Return the coefficients that are, or hold, a distribution."""
    return {name for body in rules.values() for name, value in body.items() if any(True for _ in _draws(value))}


def _draws(value: Value) -> Iterator[Draw]:
    if isinstance(value, Draw):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _draws(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _draws(inner)


def _settle(value: Value, path: str, choose: Chooser, whole: bool) -> object:
    if isinstance(value, Draw):
        chosen = choose(value, path)
        return round(chosen) if whole else chosen
    if isinstance(value, dict):
        return {name: _settle(inner, f"{path}.{name}", choose, whole) for name, inner in value.items()}
    if isinstance(value, list):
        return [_settle(inner, f"{path}.{row}", choose, whole) for row, inner in enumerate(value)]
    return value
