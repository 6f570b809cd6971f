"""Figures of a study in words: days as dates, chances in percent, and axes that read the same way."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sim.batch.running.measures import DAY, MEN, POINTS, SHARE, TANKS
from sim.game.wording.unit_names import sentence_case

MOST_TICKS = 6
UNIT_WORDS = {SHARE: "of the campaigns", POINTS: "points", MEN: "men", TANKS: "tanks", DAY: "date"}
CHANGE_WORDS = {SHARE: "percentage points", POINTS: "points", MEN: "men", TANKS: "tanks", DAY: "days"}


@dataclass(frozen=True)
class Measured:
    """How the figures of one outcome are written.

    Attributes
    ----------
    first_day : date
        Of turn 1.
    """

    name: str
    title: str
    unit: str
    first_day: date

    @property
    def heading(self) -> str:
        """Return the title with a capital."""
        return sentence_case(self.title)

    def value(self, value: float, reach: float = math.nan) -> str:
        """Return a value in words, with half its interval if that is known.

        Example
        -------
        >>> Measured("fall_mukden", "fall of Mukden", "day", date(1945, 8, 9)).value(14.8, 0.31)
        '23 Aug (day 14.8 \u00b1 0.3)'
        """
        scale = 100 if self.unit == SHARE else 1
        words = self._plain(scale * value, "", 1)
        if math.isfinite(reach):
            words += f" \N{PLUS-MINUS SIGN} {self._plain(scale * reach, '', 1)}"
        if self.unit == SHARE:
            return f"{words}\N{NO-BREAK SPACE}%"
        if self.unit != DAY:
            return words
        day = self.first_day + timedelta(days=round(value) - 1)
        return f"{day.day} {day:%b} (day {words})"

    def change(self, value: float, *, bare: bool = False) -> str:
        """Return a difference in words; ``bare`` leaves its unit of measure out.

        Example
        -------
        >>> Measured("victory", "Soviet victory", "share", date(1945, 8, 9)).change(-0.125)
        '\u221212.5 percentage points'
        """
        words = self._plain(100 * value if self.unit == SHARE else value, "+", 2)
        return words if bare else f"{words} {CHANGE_WORDS[self.unit]}"

    def between(self, low: float, high: float) -> str:
        """Return an interval on a difference; empty where there is none."""
        if not math.isfinite(low) or not math.isfinite(high):
            return ""
        return f"{self.change(low, bare=True)} to {self.change(high, bare=True)}"

    def _plain(self, value: float, sign: str, day_places: int) -> str:
        places = day_places if self.unit == DAY else 1 if self.unit == SHARE else 0
        return signed(value, places, sign)

    def axis(self, low: float, high: float) -> dict[str, Any]:
        """Return an axis for values between two ends: days as dates, chances in percent."""
        axis: dict[str, Any] = {"title": {"text": UNIT_WORDS[self.unit]}}
        if self.unit == SHARE:
            return {**axis, "tickformat": ".0%"}
        if self.unit != DAY:
            return axis
        first, last = math.floor(low), math.ceil(high)
        step = max(math.ceil((last - first) / MOST_TICKS), 1)
        turns = list(range(first, last + 1, step))
        days = [self.first_day + timedelta(days=turn - 1) for turn in turns]
        return {"tickvals": turns, "ticktext": [f"{day.day} {day:%b}" for day in days]}

    def change_axis(self) -> dict[str, Any]:
        """Return an axis for differences."""
        axis = {"title": {"text": CHANGE_WORDS[self.unit]}}
        return {**axis, "tickformat": "+.0%", "title": {"text": "difference"}} if self.unit == SHARE else axis

    def rounded(self, value: float) -> float:
        """Return a value with as many places as are worth showing."""
        return round(value, {DAY: 2, SHARE: 4, TANKS: 1}.get(self.unit, 0))


def signed(value: float, places: int, sign: str = "+") -> str:
    """Return a number with a minus as wide as its plus; nothing is neither.

    Example
    -------
    >>> signed(-1234.5, 1), signed(0.004, 2), signed(0.5, 1, sign="")
    ('\u22121,234.5', '0.00', '0.5')
    """
    rounded = round(value, places) + 0.0  # no minus before nothing
    return f"{rounded:{sign if rounded else ''},.{places}f}".replace("-", "\N{MINUS SIGN}")
