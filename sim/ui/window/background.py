"""Work that is done once, in a thread of its own, while the window shows something else."""

import threading


class Background:
    """Does its work in the background; subclasses say what it is.

    Attributes
    ----------
    thread : threading.Thread or None
        None before it is started.
    """

    def __init__(self) -> None:
        self.thread: threading.Thread | None = None

    @property
    def is_busy(self) -> bool:
        """Return whether it is at work."""
        return self.thread is not None and self.thread.is_alive()

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self.thread is None:
            self.thread = threading.Thread(target=self.work, daemon=True)
            self.thread.start()

    def work(self) -> None:
        """Do the work; called in the thread."""
        raise NotImplementedError
