"""The text of a YAML scalar -> its value; what YAML 1.1 would silently read as something else is refused."""

import datetime
import math
import re

from sim.printable import harmless, objection, quoted
from sim.scenario.models.limits import LONGEST_TEXT, MOST_DIGITS, over
from sim.scenario.reading.node import Scalar

TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?\Z")
_TRUTH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_PLAIN_DIGITS = "quote a text, write a number in plain digits"
_SHOWN = 40  # characters of a number that is refused


class Unreadable(Exception):
    """A scalar is refused: why, what to do about it, and what to go on with."""

    def __init__(self, message: str, hint: str = "", instead: Scalar = None) -> None:
        super().__init__(message)
        self.message, self.hint, self.instead = message, hint, instead


def value_of(tag: str, text: str) -> Scalar:
    """Return the value of a scalar that YAML takes for ``tag``.

    Raises
    ------
    Unreadable
        It means something else than it seems to, or is more than a file may hold.
    """
    kind = tag.removeprefix(TAG)
    if kind == "str":
        return text_of(text)
    reader = _READERS.get(kind)
    if reader is None:
        raise Unreadable(f"unknown YAML tag {kind!r}", instead=harmless(text))
    return reader(text)


def text_of(text: str) -> str:
    """Return a text that may be shown.

    Raises
    ------
    Unreadable
        It holds a character that may not, or is too long.
    """
    why = objection(text, prose=True)
    if why:
        raise Unreadable(f"{why} in a text", "write plain text", instead=harmless(text))
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"a text of {over(len(text), LONGEST_TEXT, 'letters')}", instead=text[:LONGEST_TEXT])
    return text


def _nothing(text: str) -> None:
    if text not in _NOTHING:
        raise Unreadable(f"{quoted(text)} is not null")


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise Unreadable(f"{quoted(text)} is neither true nor false", instead=False)
    return _TRUTH[text.lower()]


def _whole(text: str) -> int:
    if not _DECIMAL.match(text):
        raise Unreadable(f"{harmless(text, _SHOWN)} is ambiguous in YAML", _PLAIN_DIGITS, instead=0)
    digits = len(text.lstrip("+-"))
    if digits > MOST_DIGITS:
        raise Unreadable(f"a number of {over(digits, MOST_DIGITS, 'digits')}", instead=0)
    return int(text)


def _float(text: str) -> float:
    if not _FLOAT.match(text):
        raise Unreadable(f"{harmless(text, _SHOWN)} is not a plain number", _PLAIN_DIGITS, instead=0.0)
    value = float(text)
    if not math.isfinite(value) or abs(value) >= 10.0**MOST_DIGITS:
        message = f"{harmless(text, _SHOWN)} is too great a number; at most {MOST_DIGITS} digits are read"
        raise Unreadable(message, instead=0.0)
    return value


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        hint = "write year-month-day as 1945-08-09, or quote a text"
        raise Unreadable(f"{harmless(text, _SHOWN)} is not a date", hint) from None


_READERS = {"null": _nothing, "bool": _truth, "int": _whole, "float": _float, "timestamp": _date}
