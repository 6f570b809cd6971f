"""Standard output and standard error as they are found: closed, full, cut off by ``head``, or without our letters.

``prepare`` puts writers in their place that never raise in the middle of a story; all that commands print passes there.
"""

import codecs
import errno
import io
import json
import os
import sys
import time
import unicodedata
from contextlib import suppress
from typing import Any, NoReturn, TextIO

EXIT_FULL = 1
PATIENCE_SECONDS = 0.01
PLAIN = "august-storm-plain"  # name of our way with letters that an encoding lacks
NEAR = dict(zip("–—−‘’“”·•×─━═╌┄┅│┃║", "---''\"\"-*x--=---|||", strict=True))
NEAR |= {"…": "...", "±": "+-", "≥": ">=", "≤": "<=", "→": "->", "½": "1/2", "°": "deg"}


def prepare() -> None:
    """Make both streams safe to print to; to be called once, before anything is printed."""
    _fill_closed_places()
    codecs.register_error(PLAIN, plain)
    sys.stdout = _safe(sys.stdout, 1)
    sys.stderr = _safe(sys.stderr, 2)


def finish() -> None:
    """Write what is still held back, while there is somebody to say that it cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError):  # closed by somebody
            stream.flush()


def say(text: str, *, err: bool = False) -> None:
    """Print a line."""
    print(text, file=sys.stderr if err else sys.stdout, flush=True)


def say_json(data: Any) -> None:
    """Print plain data as JSON; whatever the encoding, a program reads the same from it."""
    is_plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    say(json.dumps(data, indent=1, ensure_ascii=is_plain))


def plain(error: UnicodeError) -> tuple[str, int]:
    """Return ASCII that comes near to letters which an encoding lacks: a rule of hyphens, letters without accents."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_near, error.object[error.start : error.end])), error.end


def _near(letter: str) -> str:
    if letter in NEAR:
        return NEAR[letter]
    if "\u2500" <= letter <= "\u257f":  # corners and crossings of lines
        return "+"
    if "\u2580" <= letter <= "\u259f":
        return "#"
    return unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode() or "?"


def _fill_closed_places() -> None:
    """Open nothing in the place of a closed stream, lest the next file that is opened takes its number."""
    for place in (0, 1, 2):
        try:
            os.fstat(place)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _safe(stream: TextIO | None, place: int) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8", errors=PLAIN)
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # somebody else's, as in tests
    if sys.platform == "win32" and stream.isatty():  # a console takes its letters another way
        stream.reconfigure(errors=PLAIN)
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Outlet(place)),
        encoding=stream.encoding,
        errors=PLAIN,
        line_buffering=stream.line_buffering or stream.write_through,
    )


class _Outlet(io.FileIO):
    """The way out: once nobody reads, it leads nowhere; where there is no room, the program ends with a word."""

    def __init__(self, place: int) -> None:
        super().__init__(place, "w", closefd=False)
        self._place = place

    def write(self, data: Any) -> int:
        """Write; what nobody takes counts as written."""
        try:
            while (taken := super().write(data)) is None:  # a pipe that does not wait for its reader
                time.sleep(PATIENCE_SECONDS)
            return taken
        except OSError as error:
            _lead_nowhere(self._place)
            # A reader that has gone, as head does, has what it wanted. Windows calls that EINVAL.
            if self._place == 1 and error.errno not in (errno.EPIPE, errno.EINVAL):
                _leave(error)
            return len(data)


def _lead_nowhere(place: int) -> None:
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, place)
        os.close(nowhere)


def _leave(error: OSError) -> NoReturn:
    say(f"error: standard output cannot be written: {(error.strerror or str(error)).lower()}", err=True)
    raise SystemExit(EXIT_FULL)
