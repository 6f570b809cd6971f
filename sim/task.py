"""Work in a thread of its own, whose result or failure goes to whoever asks for it.

Example
-------
>>> task = Task(lambda: 6 * 7)
>>> task.result()
42
>>> task.done
True
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Task(Generic[T]):
    """Does something in a thread of its own, from the moment that it is made.

    Parameters
    ----------
    work : callable
        Called once, in the thread.
    name : str, optional
        Of the thread.
    must_end : bool
        Whether the program waits for it as it ends, instead of breaking it off.
    """

    def __init__(self, work: Callable[[], T], name: str | None = None, *, must_end: bool = False) -> None:
        self._work = work
        self._result: T
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=not must_end)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Return whether it has ended, well or not; whoever waits for nothing asks this before ``result``."""
        return not self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, or for some seconds."""
        self._thread.join(seconds)

    def result(self) -> T:
        """Wait until it has ended and return what came of it, or raise what went wrong."""
        self.wait()
        if self._failure is not None:
            raise self._failure
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # handed to whoever asks for the result
            self._failure = error
