"""Errors that people see without a traceback; anything else is a bug and keeps its traceback.

* SimError
  - ScenarioError   scenario files are wrong; carries every problem found
  - OrderError      an order cannot be given
  - SaveError       a save or replay cannot be read
  - BatchError      a batch or study cannot run
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from sim.printable import harmless

ERROR, WARNING = "error", "warning"
LONGEST_NAME = 200  # what is longer is no slip of a name


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in a file: ``file:line:column: error: path: message (hint)``.

    What it quotes of the file is harmless to the terminal, and short.

    Example
    -------
    >>> print(Problem("rules.yaml", 3, 5, "combat.loss", "not a number", "quote it"))
    rules.yaml:3:5: error: combat.loss: not a number (quote it)
    """

    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str = ""
    severity: str = ERROR

    def __post_init__(self) -> None:
        """Make what comes from the file harmless."""
        for name in ("file", "path", "message", "hint"):
            object.__setattr__(self, name, harmless(getattr(self, name)))

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {where}{self.message}{hint}"

    def as_dict(self) -> dict[str, str | int]:
        """Return the problem as plain data for ``validate --json``."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "message": self.message,
            "hint": self.hint,
            "severity": self.severity,
        }


class SimError(Exception):
    """Something that the user can put right; shown without a traceback."""


class ScenarioError(SimError):
    """The scenario files are wrong; ``problems`` lists everything found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OrderError(SimError):
    """An order cannot be given: ``code`` says why for programs, ``detail`` for people."""

    def __init__(self, code: str, unit: str, detail: str) -> None:
        self.code, self.unit, self.detail = code, unit, detail
        super().__init__(f"{unit}: {detail}")


def refuse(code: str, unit: str, detail: str) -> NoReturn:
    """Raise the ``OrderError``."""
    raise OrderError(code, unit, detail)


class SaveError(SimError):
    """A saved game or replay cannot be read or does not agree with this engine."""


class BatchError(SimError):
    """A batch or study cannot run or be resumed."""


def nearest(name: object, known: Iterable[str]) -> str:
    """Return the known name most like ``name``, or an empty string.

    Example
    -------
    >>> nearest("harbinn", ["harbin", "mukden"])
    'harbin'
    """
    if len(str(name)) > LONGEST_NAME:
        return ""
    matches = get_close_matches(str(name), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def suggestion(name: object, known: Iterable[str]) -> str:
    """Return the hint ``did you mean 'x'?`` for the known name most like ``name``, or an empty string."""
    match = nearest(name, known)
    return f"did you mean {match!r}?" if match else ""
