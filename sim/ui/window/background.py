"""Work that is done once, in a thread of its own, while the window shows something else."""

from sim.task import Task


class Background:
    """Does its work in the background; subclasses say what it is.

    Attributes
    ----------
    task : Task or None
        None before it is started.
    """

    def __init__(self) -> None:
        self.task: Task[None] | None = None

    @property
    def is_busy(self) -> bool:
        """Return whether it is at work."""
        return self.task is not None and not self.task.done

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self.task is None:
            self.task = Task(self.work)

    def work(self) -> None:
        """Do the work; called in the thread."""
        raise NotImplementedError
