"""``warmup``: compile every kernel that a campaign calls, with a progress line."""

import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


def compile_kernels(console: Console | None = None, *, for_players: bool = True) -> float:
    """Compile or load all kernels, or those of campaigns without players, and return the seconds that it took."""
    from sim.game.warmup.compile_all import steps

    console = console or Console(stderr=True, highlight=False, markup=False)
    begun = time.perf_counter()
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<44}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        wanted: list[tuple[str, Callable[[], object]]] = steps(for_players=for_players)
        task = progress.add_task("Compiling the kernels", total=len(wanted))
        for title, compile_step in wanted:
            progress.update(task, description=f"Compiling the kernels: {title}")
            compile_step()
            progress.advance(task)
    seconds = time.perf_counter() - begun
    console.print(f"Kernels ready in {seconds:.1f} s.")
    return seconds
