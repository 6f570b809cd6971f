"""What aircraft see: all that lies near enough to any stack of their side, worked out for the whole map at once.

Stack by stack, the circles that aircraft overlook cover the same ground many times. So their nearness spreads over the
map from all stacks together, one hex farther with each sweep; a sweep has no branches, and one step of the processor
takes 32 hexes.
"""

import numpy as np
from numpy import uint8

from sim.kernels.codes import ACTIVE, ESTIMATED, UNSEEN
from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.ground.hex_tags import REGION_MASK, REGION_SHIFT, TERRAIN_MASK
from sim.kernels.recon.sight import see

N_TAG = (REGION_MASK + 1) << REGION_SHIFT  # terrain and region, the owner left out


@allocating_kernel
def look_down(world, side, reach):
    """Let a side see from the air what terrain and sky do not hide.

    Parameters
    ----------
    reach : int
        Hexes that aircraft overlook round every stack in the open and under a clear sky.
    """
    n_hex, n_cols = world.hexes.shape[0], int(world.clock[0].n_cols)
    hidden = np.zeros(N_TAG, uint8)
    least = fill_hidden(world, reach, hidden)
    if least >= reach:
        return
    # Every row of the map follows on the one above; a row of nothing lies above the first and below the last.
    near = np.zeros(n_hex + 2 * n_cols, uint8)
    farther, beside, odd = np.zeros_like(near), np.zeros_like(near), odd_columns(n_hex, n_cols)
    inside = near[n_cols : n_cols + n_hex]
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.side == side and row.status == ACTIVE and row.hex >= 0:
            inside[row.hex] = reach + 1
    for _ in range(reach - least):  # what lies beyond is hidden everywhere today
        spread_nearness(near, beside, odd, n_cols, farther)
        near, farther = farther, near
    see_near(world, side, near[n_cols : n_cols + n_hex], hidden)


@kernel
def fill_hidden(world, reach, out_hidden):
    """Fill by how many hexes terrain and today's sky shorten the view from the air; return the least of it.

    Parameters
    ----------
    out_hidden : (N_TAG,) uint8
        By tag without owner; ``reach`` stands for all that lets nothing be seen.
    """
    rule, clock = world.rules[0], world.clock[0]
    least = reach
    for tag in range(out_hidden.shape[0]):
        terrain, region = tag & TERRAIN_MASK, tag >> REGION_SHIFT & REGION_MASK
        if terrain >= rule.air_hide_hexes.shape[0] or region >= clock.sky.shape[0]:
            continue
        shorter = int(rule.air_hide_hexes[terrain]) + int(rule.air_sky_hide_hexes[clock.sky[region]])
        out_hidden[tag] = min(shorter, reach)
        least = min(least, shorter)
    return least


@allocating_kernel
def odd_columns(n_hex, n_cols):
    """Return 255 for every hex of an odd column, 0 for the others."""
    odd = np.zeros(n_hex, uint8)
    first = odd[:n_cols]
    for col in range(1, first.shape[0], 2):
        first[col] = 255
    for map_row in range(1, n_hex // n_cols):
        line = odd[map_row * n_cols : (map_row + 1) * n_cols]
        for col in range(line.shape[0]):
            line[col] = first[col]
    return odd


@kernel
def spread_nearness(near, beside, odd, n_cols, out_near):
    """Give each hex the best nearness of its neighbours less one, if that is more than its own.

    Parameters
    ----------
    near, out_near : (n_hex + 2 * n_cols,) uint8
        With a row of zeros before the first and after the last.
    beside : (n_hex + 2 * n_cols,) uint8
        Work space, of which those rows are zeros.
    odd : (n_hex,) uint8
        From ``odd_columns``.
    """
    n_hex = odd.shape[0]
    same, left, right = near[n_cols : n_cols + n_hex], near[n_cols - 1 :], near[n_cols + 1 :]
    sides = beside[n_cols : n_cols + n_hex]
    for hex in range(n_hex):
        sides[hex] = max(left[hex], right[hex])
    for map_row in range(n_hex // n_cols):  # rows do not go on with the one above or below
        first, last = map_row * n_cols, map_row * n_cols + n_cols - 1
        sides[first] = same[first + 1] if n_cols > 1 else 0
        sides[last] = same[last - 1] if n_cols > 1 else 0
    below, sides_below, out = near[2 * n_cols :], beside[2 * n_cols :], out_near[n_cols : n_cols + n_hex]
    for hex in range(n_hex):
        vertical = max(near[hex], below[hex])
        slanting = uint8(sides_below[hex] & odd[hex]) | uint8(beside[hex] & ~odd[hex])
        best = max(max(vertical, sides[hex]), uint8(slanting))
        out[hex] = max(same[hex], uint8(best - uint8(best > 0)))


@kernel
def see_near(world, side, near, hidden):
    """Let a side see every hex that is nearer than terrain and sky hide it."""
    tags, sight, layers, known = world.tags, world.sight, world.layers, world.known
    for hex in range(near.shape[0]):
        if near[hex] == 0 or sight[side, hex] > UNSEEN:
            continue
        if near[hex] > hidden[tags[hex] & (N_TAG - 1)]:
            see(world, sight, layers, known, side, hex, ESTIMATED)
