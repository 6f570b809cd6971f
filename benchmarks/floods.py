"""Ranges and floods of the kernels against scipy, networkx and tcod, on one map of the size of the campaign's.

Every rival gets the same hexes, the same steps and the same costs, built beforehand and untimed; distances are compared
before anything is timed. ``python -m benchmarks.floods`` prints the table and fails where the ratios are missed.
"""

import sys
import time
from collections.abc import Callable
from functools import partial

import networkx
import numpy as np
import tcod.path
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from benchmarks.table import Row, show
from sim.kernels import codes
from sim.kernels.compiler.kernel import kernel
from sim.kernels.movement import movement
from sim.kernels.state import layout
from tests.support.worlds import small_world

N_COLS, N_ROWS = 202, 128
BUDGET_MP10 = 240
N_SOURCE = 20
RANGE_RATIO, FLOOD_RATIO = 10.0, 5.0


def benchmark_world() -> layout.World:
    """Return a map of mixed country, fixed by a seed, with a tank brigade in the middle."""
    draw = np.random.default_rng(1945)
    symbols = list("ss...hhffFmMwd")
    coarse = draw.choice(symbols, (N_ROWS // 4 + 1, N_COLS // 4 + 1))
    picked = np.repeat(np.repeat(coarse, 4, axis=0), 4, axis=1)[:N_ROWS, :N_COLS]
    middle = N_ROWS // 2 * N_COLS + N_COLS // 2
    picked[N_ROWS // 2 - 12 : N_ROWS // 2 + 12, N_COLS // 2 - 12 : N_COLS // 2 + 12] = "s"
    tank = {
        "hex": middle,
        "side": codes.SOVIET,
        "mobility": codes.TRACKED,
        "branch": codes.TANK,
        "tanks": [0, 65, 0, 0, 0],
    }
    return small_world("\n".join("".join(line) for line in picked), [tank])


@kernel
def many_ranges(world, scratch, budget_mp10, times):
    """Repeat a range inside compiled code, as the commanders do."""
    found = 0
    for _ in range(times):
        found = movement.reach(world, scratch, 0, budget_mp10)
    return found


@kernel
def many_floods(world, scratch, sources, n, mobility, out, times):
    """Repeat a flood of the whole map inside compiled code."""
    for _ in range(times):
        movement.flood_cost(world, scratch, sources, n, codes.DRY, mobility, out)


def best_seconds(call: Callable[[], object], budget_s: float = 0.4, times: int = 1) -> float:
    """Return the shortest run of ``call`` within a time budget, divided by the ``times`` it repeats its task.

    The shortest, because other work on the machine only ever adds; all rivals get the same budget.
    """
    best = np.inf
    stop = time.perf_counter() + budget_s
    while best == np.inf or time.perf_counter() < stop:
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best / times


class Rivals:
    """The same graph in the form that each library wants."""

    def __init__(self, world: layout.World) -> None:
        steps = world.step_cost[codes.DRY, codes.TRACKED]
        hexes, directions = np.nonzero(steps > 0)
        others = world.neighbours[hexes, directions]
        costs = steps[hexes, directions].astype(float)
        n_hex = len(steps)
        self.matrix = csr_matrix((costs, (hexes, others)), shape=(n_hex, n_hex))
        self.graph = networkx.DiGraph()
        self.graph.add_weighted_edges_from(zip(hexes.tolist(), others.tolist(), costs.tolist(), strict=True))
        # tcod knows square grids only: in axial coordinates every hex direction is one square step.
        map_row, col = np.divmod(np.arange(n_hex), N_COLS)
        self.axial = (map_row - (col - (col & 1)) // 2 + N_COLS // 2, col)
        shape = (int(self.axial[0].max()) + 1, N_COLS)
        entering = np.zeros(n_hex, np.int64)
        entering[others] = costs  # on this map a step costs what the hex entered costs
        self.cost = np.zeros(shape, np.int32)
        self.cost[self.axial] = entering
        self.tcod_graph = tcod.path.CustomGraph(shape)
        for edge in ((-1, 1), (-1, 0), (0, -1), (1, -1), (1, 0), (0, 1)):
            self.tcod_graph.add_edge(edge, 1, cost=self.cost)

    def scipy(self, sources: list[int], limit: float) -> np.ndarray:
        """Return costs by scipy's Dijkstra."""
        return dijkstra(self.matrix, indices=sources, limit=limit, min_only=True)

    def networkx(self, sources: list[int], limit: float | None) -> dict[int, float]:
        """Return costs by networkx."""
        return networkx.multi_source_dijkstra_path_length(self.graph, set(sources), cutoff=limit)

    def tcod(self, sources: list[int], goal: int | None = None) -> np.ndarray:
        """Return costs by tcod; it knows no budget, but can stop at a goal: the dearest hex of the range."""
        finder = tcod.path.Pathfinder(self.tcod_graph)
        for hex in sources:
            finder.add_root((int(self.axial[0][hex]), int(self.axial[1][hex])))
        finder.resolve(None if goal is None else (int(self.axial[0][goal]), int(self.axial[1][goal])))
        return finder.distance


def compare(world: layout.World) -> list[tuple[str, float, dict[str, float], float]]:
    """Time each task; return (task, our seconds, rivals' seconds, ratio that must be reached)."""
    scratch = layout.new_scratch(len(world.hexes), len(world.units))
    rivals = Rivals(world)
    start = int(world.units[0].hex)
    draw = np.random.default_rng(9)
    sources = draw.choice(len(world.hexes), N_SOURCE, replace=False).astype(np.int32)
    sources[0] = start
    out = np.zeros(len(world.hexes), np.int32)
    result = []

    n = many_ranges(world, scratch, BUDGET_MP10, 1)
    ours = {int(hex): int(scratch.cost[hex]) for hex in scratch.found[:n]}
    assert ours == rivals.networkx([start], BUDGET_MP10), "the range differs from networkx"
    dearest = int(scratch.found[n - 1])
    seconds = best_seconds(lambda: many_ranges(world, scratch, BUDGET_MP10, 100), times=100)
    others = {
        "scipy": best_seconds(lambda: rivals.scipy([start], BUDGET_MP10)),
        "networkx": best_seconds(lambda: rivals.networkx([start], BUDGET_MP10)),
        "tcod": best_seconds(lambda: rivals.tcod([start], dearest)),
    }
    result.append((f"range of one unit ({n} hexes)", seconds, others, RANGE_RATIO))

    for count in (1, N_SOURCE):
        chosen = sources[:count].tolist()
        many_floods(world, scratch, sources, count, codes.TRACKED, out, 1)
        check(out, rivals, chosen)

        def flood(count: int = count) -> None:
            many_floods(world, scratch, sources, count, codes.TRACKED, out, 4)

        others = {
            "scipy": best_seconds(partial(rivals.scipy, chosen, np.inf)),
            "networkx": best_seconds(partial(rivals.networkx, chosen, None)),
            "tcod": best_seconds(partial(rivals.tcod, chosen)),
        }
        name = "flood from one source" if count == 1 else f"flood from {count} sources"
        result.append((name, best_seconds(flood, times=4), others, FLOOD_RATIO))
    return result


def check(out: np.ndarray, rivals: Rivals, sources: list[int]) -> None:
    """Stop if a rival finds other costs than ours."""
    ours = np.where(out == codes.BLOCKED, np.inf, out)
    assert np.array_equal(ours, rivals.scipy(sources, np.inf)), "a flood differs from scipy"
    assert np.array_equal(out, rivals.tcod(sources)[rivals.axial]), "a flood differs from tcod"


def rows() -> list[Row]:
    """Return the table of ``make bench``: each task with the ratio to the best rival and all the rivals' times."""
    found = []
    for name, seconds, others, wanted in compare(benchmark_world()):
        ratio = min(others.values()) / seconds
        rivals = ", ".join(f"{rival} {value * 1e6:,.0f} us" for rival, value in others.items())
        verdict = "" if ratio >= wanted else ", MISSED"
        note = f"{ratio:.1f} times the best of {rivals} (wanted {wanted:.0f}{verdict})"
        found.append(Row(name, seconds * 1e6, "us", note))
    return found


def main() -> int:
    """Print the table; return 1 if a ratio is missed."""
    table = rows()
    show(f"Ranges and floods, {N_COLS} x {N_ROWS} = {N_COLS * N_ROWS:,} hexes", table)
    return int(any("MISSED" in row.note for row in table))


if __name__ == "__main__":
    sys.exit(main())
