"""Slow and obvious twins of the weather kernels."""

from sim.kernels import codes
from sim.kernels.state import layout


def sky_of(heavy_permille: int, rain_permille: int, draw: float) -> int:
    """Return the sky that a draw in [0, 1) stands for."""
    bounds = [(heavy_permille / 1000, codes.HEAVY_RAIN), ((heavy_permille + rain_permille) / 1000, codes.RAIN)]
    return next((sky for bound, sky in bounds if draw < bound), codes.CLEAR)


def grounds(world: layout.World, region: int, skies: list[int]) -> list[int]:
    """Return the ground of ``region`` after each day of ``skies``, from the start of the campaign."""
    rule = world.rules[0]
    wetness = int(rule.wetness_start[region])
    found = []
    for sky in skies:
        wetness = max(0, min(int(rule.wetness_max[region]), wetness + int(rule.wetness_gain[sky])))
        wet, flooded = wetness >= rule.wetness_wet[region], wetness >= rule.wetness_flooded[region]
        found.append(codes.FLOODED if flooded else codes.WET if wet else codes.DRY)
    return found
