"""Designs: where in the space of inputs campaigns are fought. Samples lie in the unit cube until quantiles map them."""

import itertools
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import BatchError
from sim.scenario.building.rules import triangular
from sim.scenario.checking.rules import Draw
from sim.scenario.models.study import Input, Span

LATIN_HYPERCUBE, SOBOL = "latin_hypercube", "sobol"


def unit_sample(kind: str, n_input: int, points: int, seed: int) -> NDArray[np.float64]:
    """Return a sample of the unit cube.

    Parameters
    ----------
    points : int
        Points of a Latin hypercube; base sample N of a Sobol' design, which has N (n_input + 2) points.

    Returns
    -------
    (n_point, n_input) float64
        In [0, 1). The rows of a Sobol' design stand as Saltelli (2002) orders them: for each base point A, then A with
        one input of B at a time, then B.
    """
    if kind == LATIN_HYPERCUBE:
        cube = needed("scipy.stats").qmc.LatinHypercube(n_input, rng=np.random.default_rng(seed))
        return np.asarray(cube.random(points))
    sampler = needed("SALib.sample.sobol")
    drawn = sampler.sample(unit_problem(n_input), points, calc_second_order=False, scramble=True, seed=seed)
    return np.asarray(drawn, np.float64)


def unit_problem(n_input: int) -> dict[str, Any]:
    """Return the unit cube as SALib describes a space of inputs."""
    return {"num_vars": n_input, "names": [f"x{row}" for row in range(n_input)], "bounds": [[0.0, 1.0]] * n_input}


def independent_rows(kind: str, n_point: int, n_input: int) -> NDArray[np.bool_]:
    """Return (n_point,) which points are draws of their own: all but the mixed ones of a Sobol' design."""
    if kind != SOBOL:
        return np.ones(n_point, bool)
    place = np.arange(n_point) % (n_input + 2)
    return np.asarray((place == 0) | (place == n_input + 1))


def quantile(span: Span, level: float) -> float:
    """Return the value of a range below which a share ``level`` lies: uniform, or triangular around its mode.

    Example
    -------
    >>> quantile(Span(low=1.0, high=3.0), 0.25)
    1.5
    >>> quantile(Span(low=0.0, mode=1.0, high=2.0), 0.5)
    1.0
    """
    if span.mode is None:
        return span.low + level * (span.high - span.low)
    return triangular(Draw(span.low, span.mode, span.high), level)


def sampled_values(inputs: Sequence[Input], sample: NDArray[np.float64]) -> list[tuple[float, ...]]:
    """Return the value of each input at each point of a sample; a scenario's own distribution keeps the quantile."""
    return [
        tuple(
            quantile(spec.range, float(level)) if spec.range is not None else float(level)
            for spec, level in zip(inputs, row, strict=True)
        )
        for row in sample
    ]


def grid_values(inputs: Sequence[Input]) -> list[tuple[Any, ...]]:
    """Return every combination of the levels of a grid, the last input changing fastest."""
    return list(itertools.product(*(spec.values or () for spec in inputs)))


def needed(name: str) -> ModuleType:
    """Return a module of the extra ``study``.

    Raises
    ------
    BatchError
        It is not installed.
    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError:
        raise BatchError("error: a sampled design needs scipy and SALib: pip install 'august-storm[study]'") from None
