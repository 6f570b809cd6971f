"""Reconnaissance: what each side sees when its phase begins, what a march uncovers, what was known before the war."""

from sim.kernels.codes import (
    ACTIVE,
    AIR,
    ESTIMATED,
    FLAG_FORTRESS,
    OFF_MAP,
    UNSEEN,
)
from sim.kernels.compiler.kernel import kernel
from sim.kernels.ground.hex_tags import REGION_MASK, REGION_SHIFT, TERRAIN_MASK
from sim.kernels.ground.hexes import cube_q_r
from sim.kernels.recon.air_reconnaissance import look_down
from sim.kernels.recon.sight import recall_hex, remember_unit, see, watch_beside


@kernel
def open_reconnaissance(world):
    """Give the sides what they knew before the war: what stands beside their own posts, and which works are manned."""
    rule = world.rules[0]
    if rule.fog == 0:
        return
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        viewer = 1 - int(row.side)
        if row.status != ACTIVE or row.hex < 0:
            continue
        watch_beside(world, int(row.side), int(row.hex))
        if world.sight[viewer, row.hex] > UNSEEN or rule.knows_works[viewer] == 0:
            continue
        if world.hexes[row.hex].features & FLAG_FORTRESS != 0:
            remember_unit(world, viewer, unit, int(row.hex), ESTIMATED)
            row.seen_turn = 0
            recall_hex(world, viewer, int(row.hex))


@kernel
def reconnoitre(world, side):
    """Let a side look anew from where its troops stand this morning, and go over what it remembers of the enemy."""
    rule = world.rules[0]
    if rule.fog == 0:
        return
    for hex in range(world.hexes.shape[0]):
        world.sight[side, hex] = UNSEEN
    air_hexes = int(rule.air_hexes[side]) if has_aircraft(world, side) else 0
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.side != side or row.status != ACTIVE or row.hex < 0 or world.layers[row.hex].first_unit != unit:
            continue
        hex = int(row.hex)
        watch_beside(world, side, hex)
        look_from(world, side, hex, stack_watch_hexes(world, hex))
    if air_hexes > 1:  # what is beside them they see anyway
        look_down(world, side, air_hexes)
    for unit in range(world.units.shape[0]):
        if world.units[unit].side != side and world.units[unit].seen_hex >= 0:
            review_sighting(world, side, unit)


@kernel
def stack_watch_hexes(world, hex):
    """Return how far the best eyes of the stack in a hex see over open ground, in hexes."""
    reach = 0
    unit = int(world.layers[hex].first_unit)
    while unit >= 0:
        reach = max(reach, int(world.rules[0].watch_hexes[world.units[unit].branch]))
        unit = int(world.units[unit].next_in_hex)
    return reach


@kernel
def has_aircraft(world, side):
    """Return whether a side has an air formation with aircraft, on the map or off it."""
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if (
            row.side == side
            and row.branch == AIR
            and row.aircraft > 0
            and (row.status == ACTIVE or row.status == OFF_MAP)
        ):
            return True
    return False


@kernel
def look_from(world, side, hex, reach):
    """Let a side see from the ground of a hex what terrain and sky do not hide.

    Parameters
    ----------
    reach : int
        Range over open ground under a clear sky, in hexes.
    """
    hide, sky_hide = world.rules[0].hide_hexes, world.rules[0].sky_hide_hexes
    clock, tags, sight, layers, known = world.clock[0], world.tags, world.sight, world.layers, world.known
    n_cols, n_rows = int(clock.n_cols), int(clock.n_rows)
    q_own, r_own = cube_q_r(hex, n_cols)
    for q in range(max(q_own - reach, 0), min(q_own + reach, n_cols - 1) + 1):
        shift = (q - (q & 1)) // 2
        away_q = q - q_own
        first = max(r_own + max(-reach, -away_q - reach) + shift, 0)
        last = min(r_own + min(reach, reach - away_q) + shift, n_rows - 1)
        for map_row in range(first, last + 1):
            other = map_row * n_cols + q
            if sight[side, other] > UNSEEN:
                continue
            away_r = map_row - shift - r_own
            away = max(abs(away_q), abs(away_r), abs(away_q + away_r))
            tag = int(tags[other])
            hidden = int(hide[tag & TERRAIN_MASK]) + int(sky_hide[clock.sky[tag >> REGION_SHIFT & REGION_MASK]])
            if away + hidden <= reach:
                see(world, sight, layers, known, side, other, ESTIMATED)


@kernel
def review_sighting(world, side, unit):
    """Go over what a side remembers of an enemy unit that it may no longer see."""
    row = world.units[unit]
    hex = int(row.seen_hex)
    if world.sight[side, hex] > UNSEEN:
        return
    fixed = world.hexes[hex].features & FLAG_FORTRESS != 0  # works stay where they are
    if not fixed and int(world.clock[0].turn) - int(row.seen_turn) > int(world.rules[0].memory_days):
        row.seen_hex = -1
        recall_hex(world, side, hex)
    else:
        world.known[side, hex].first_unit = -1


@kernel
def look_about(world, unit):
    """Let a unit see what it can from where it stands."""
    rule = world.rules[0]
    if rule.fog == 0:
        return
    row = world.units[unit]
    side, hex = int(row.side), int(row.hex)
    watch_beside(world, side, hex)
    look_from(world, side, hex, int(rule.watch_hexes[row.branch]))
