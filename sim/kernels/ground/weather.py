"""Weather by region: the sky of the day, what it does to the ground, and whether aircraft fly."""

from sim.kernels.codes import (
    CLEAR,
    DRY,
    EVENT_WEATHER,
    FLOODED,
    HEAVY_RAIN,
    RAIN,
    STREAM_WEATHER,
    WET,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.events import log_event
from sim.kernels.rng import uniform
from sim.kernels.rulebook.weather import WEATHER_DAYS
from sim.kernels.state.layout import N_REGION


@kernel
def draw_sky(rule, key, turn, region):
    """Return the sky over ``region`` on ``turn``: one of CLEAR, RAIN, HEAVY_RAIN.

    Parameters
    ----------
    rule : RULES record
    key : uint64
        Key of the run.
    turn, region : int

    Notes
    -----
    One draw a region and turn, against the dated tables of the rules, so that the long-run frequency of each sky is
    the table's own.
    """
    day = min(max(turn - 1, 0), WEATHER_DAYS - 1)
    heavy_permille = rule.heavy_rain_permille[region, day]
    draw_permille = uniform(key, turn, region, STREAM_WEATHER, 0) * 1000.0
    if draw_permille < heavy_permille:
        return HEAVY_RAIN
    if draw_permille < heavy_permille + rule.rain_permille[region, day]:
        return RAIN
    return CLEAR


@kernel
def ground_of(rule, region, wetness):
    """Return DRY, WET or FLOODED for ground of ``region`` that carries ``wetness`` points."""
    if wetness >= rule.wetness_flooded[region]:
        return FLOODED
    if wetness >= rule.wetness_wet[region]:
        return WET
    return DRY


@kernel
def update_weather(world):
    """Draw today's sky for every region, let the ground soak or dry, and log what changed.

    Changes ``clock.sky``, ``clock.rain_days`` (points of wetness) and ``clock.ground``. On the first turn the ground
    starts from what fell before the campaign.
    """
    rule = world.rules[0]
    clock = world.clock[0]
    for region in range(N_REGION):
        sky = draw_sky(rule, clock.key, clock.turn, region)
        before = rule.wetness_start[region] if clock.turn <= 1 else clock.rain_days[region]
        wetness = min(max(before + rule.wetness_gain[sky], 0), rule.wetness_max[region])
        ground = ground_of(rule, region, wetness)
        if sky != clock.sky[region] or ground != clock.ground[region]:
            log_event(world, EVENT_WEATHER, region, -1, -1, sky, ground)
        clock.sky[region] = sky
        clock.rain_days[region] = wetness
        clock.ground[region] = ground


@kernel
def flying_permille(world, region):
    """Return the share of sorties that can be flown over ``region`` today, in thousandths."""
    return world.rules[0].flying_permille[world.clock[0].sky[region]]
