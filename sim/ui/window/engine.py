"""The engine made ready in the background while the title shows: kernels loaded, or compiled the first time.

What it loads is slow to import, so nothing of it is imported before ``start``.
"""

from collections.abc import Callable

from sim.ui.window.background import Background

SCENARIO = "august_storm"


class Engine(Background):
    """Readies the engine in a thread of its own.

    Attributes
    ----------
    words : str
        How far it is; empty before it is started.
    is_ready : bool
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.is_ready = False

    def wait(self, report: Callable[[str], None]) -> None:
        """Wait until it is done, telling how far it is; nothing to wait for where it was never started.

        Raises
        ------
        BaseException
            What went wrong in its thread.
        """
        task = self.task
        if task is None:
            return
        while not task.done:
            report(self.words)
            task.wait(0.2)
        try:
            task.result()
        except BaseException:
            self.task = None  # told once; it can be started again
            raise

    def finished(self) -> bool:
        """Wait until it is done; return whether the engine is ready."""
        if self.task is not None:
            self.task.wait()
        return self.is_ready

    def work(self) -> None:
        """Load the kernels, or compile them."""
        try:
            self._load()
            self.is_ready, self.words = True, "The engine is ready."
        except BaseException:
            self.words = "The engine could not be made ready."
            raise

    def _load(self) -> None:
        self.words = "Loading the engine"
        from sim.game.warmup import compile_all

        if not compile_all.is_warm():
            steps = compile_all.steps(SCENARIO)
            for number, (title, compile_step) in enumerate(steps, 1):
                self.words = f"Compiling the engine, once, for a minute or two: {number} of {len(steps)}, {title}"
                compile_step()
        from sim.game.campaign import Campaign
        from sim.game.warmup.every_call import prepare

        prepare(Campaign.start(SCENARIO), self._say)

    def _say(self, words: str) -> None:
        self.words = f"Loading the engine: {words}"


ENGINE = Engine()
