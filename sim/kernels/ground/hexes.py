"""Hexes in kernels: neighbours, distance, lines, areas and railways. The grid itself is described in ``grid``."""

from sim.kernels.codes import RAIL_NONE
from sim.kernels.compiler.kernel import kernel


@kernel
def neighbour(world, hex, direction):
    """Return the hex next to ``hex`` in a direction, -1 off the map."""
    return world.neighbours[hex, direction]


@kernel
def cube_q_r(hex, n_cols):
    """Return the first two cube coordinates of a hex; the third is minus their sum."""
    map_row = hex // n_cols
    col = hex - map_row * n_cols
    return col, map_row - (col - (col & 1)) // 2


@kernel
def distance(a, b, n_cols):
    """Return the number of steps between two hexes over open ground."""
    q_a, r_a = cube_q_r(a, n_cols)
    q_b, r_b = cube_q_r(b, n_cols)
    return max(abs(q_a - q_b), abs(r_a - r_b), abs(q_a + r_a - q_b - r_b))


@kernel
def direction_to(world, hex, other):
    """Return the direction from ``hex`` to the adjacent ``other``, -1 if they do not touch."""
    for direction in range(6):
        if world.neighbours[hex, direction] == other:
            return direction
    return -1


@kernel
def line(a, b, n_cols, out):
    """Write the hexes on the straight line from ``a`` to ``b``, both included; return how many.

    Parameters
    ----------
    out : (distance + 1 or more,) int32
    """
    q_a, r_a = cube_q_r(a, n_cols)
    q_b, r_b = cube_q_r(b, n_cols)
    steps = distance(a, b, n_cols)
    for step in range(steps + 1):
        share = step / max(steps, 1)
        # The small shift keeps the line off the corners, where rounding could go either way.
        q = q_a + (q_b - q_a) * share + 1e-6
        r = r_a + (r_b - r_a) * share + 2e-6
        s = -q_a - r_a + (q_a + r_a - q_b - r_b) * share - 3e-6
        q_round, r_round, s_round = int((q + 0.5) // 1), int((r + 0.5) // 1), int((s + 0.5) // 1)
        q_off, r_off, s_off = abs(q_round - q), abs(r_round - r), abs(s_round - s)
        if q_off >= r_off and q_off >= s_off:
            q_round = -r_round - s_round
        elif r_off >= s_off:
            r_round = -q_round - s_round
        map_row = r_round + (q_round - (q_round & 1)) // 2
        # On a tie the nearer row counts that lies between the ends: the other one may be off the map.
        map_row = min(max(map_row, min(a // n_cols, b // n_cols)), max(a // n_cols, b // n_cols))
        out[step] = map_row * n_cols + q_round
    return steps + 1


@kernel
def hexes_within(centre, radius, n_cols, n_rows, out):
    """Write the hexes at most ``radius`` steps from ``centre``, by column, then row; return how many.

    Parameters
    ----------
    out : (3 * radius * (radius + 1) + 1 or more,) int32
    """
    q_centre, r_centre = cube_q_r(centre, n_cols)
    found = 0
    for q in range(max(q_centre - radius, 0), min(q_centre + radius, n_cols - 1) + 1):
        shift = (q - (q & 1)) // 2
        first = r_centre + max(-radius, q_centre - q - radius) + shift
        last = r_centre + min(radius, q_centre - q + radius) + shift
        for map_row in range(max(first, 0), min(last, n_rows - 1) + 1):
            out[found] = map_row * n_cols + q
            found += 1
    return found


@kernel
def has_railway(world, hex):
    """Return whether any railway runs through ``hex``."""
    for direction in range(6):
        if world.edges[hex, direction].rail != RAIL_NONE:
            return True
    return False
