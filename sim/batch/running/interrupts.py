"""Ctrl-C while campaigns are fought: the first asks for a clean end, the second ends at once."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Stop:
    """A wish that nothing more be begun; a wish of the one ``above`` counts as well.

    Example
    -------
    >>> study = Stop()
    >>> point, other = Stop(study), Stop(study)
    >>> point.set()
    >>> point.is_set(), other.is_set(), study.is_set()
    (True, False, False)
    >>> study.set()
    >>> other.is_set()
    True
    """

    def __init__(self, above: "Stop | None" = None) -> None:
        self.above = above
        self._event = threading.Event()

    def set(self) -> None:
        """Ask for the end."""
        self._event.set()

    def is_set(self) -> bool:
        """Return whether the end was asked for."""
        return self._event.is_set() or (self.above is not None and self.above.is_set())


@contextmanager
def interruptible(stop: Stop) -> Iterator[None]:
    """Let the first Ctrl-C (or SIGTERM) set ``stop``, and a second one raise KeyboardInterrupt.

    Signals reach the main thread only: what runs in another hears of them through the stop above its own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = threading.Event()

    def interrupt(*_: object) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        stop.set()

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
