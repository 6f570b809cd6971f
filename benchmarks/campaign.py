"""One whole campaign of August 1945 in kernels: milliseconds on one core, memory, and the cost of a cold compile."""

import os
import resource
import subprocess
import sys
import tempfile
import time

from benchmarks.table import Row

RUNS = 12


def rows() -> list[Row]:
    """Return the rows of the campaign's table."""
    from sim.kernels import codes
    from sim.kernels.state import layout
    from sim.kernels.turn.turn import run_campaign
    from sim.scenario import load
    from sim.scenario.building import build

    static = build.static(load("august_storm"))
    times = []
    events = 0
    for run in range(RUNS + 1):
        world = build.start(static, build.run_key(1945, run))
        world.sides.commander = codes.COMMANDER_ADAPTIVE
        scratch = layout.new_scratch(len(world.hexes), len(world.units))
        start = time.perf_counter()
        run_campaign(world, scratch, int(world.clock.last_turn[0]))
        times.append(time.perf_counter() - start)
        events = int(world.clock.n_events[0])
    times = sorted(times[1:])  # the first run loads the compiled kernels
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Row("one campaign, 25 days, median", 1000 * times[len(times) // 2], "ms", f"goal 40 ms; {events} events"),
        Row("one campaign, slowest", 1000 * times[-1], "ms", f"of {RUNS} keys"),
        Row("memory of the whole process", memory_mb, "MB", "goal under 500 MB"),
        Row("run, warm, whole process", 1000 * _run_command(), "ms", "goal 3,000 ms: august-storm run --json"),
    ]


def cold_rows() -> list[Row]:
    """Return how long it takes to compile every kernel into an empty cache."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        environment = {**os.environ, "AUGUST_STORM_CACHE": folder}
        subprocess.run([sys.executable, "-m", "sim", "warmup"], env=environment, check=True, capture_output=True)
        return [Row("cold compile of everything", time.perf_counter() - start, "s", "goal 60 s: august-storm warmup")]


def _run_command() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "sim", "run", "--json", "-"], check=True, capture_output=True)
    return time.perf_counter() - start
