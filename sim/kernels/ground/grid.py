"""The hex grid in numpy alone: what builders, drawers and tests need before any kernel is compiled.

Hexes are flat-top on a full rectangle, "odd-q": ``hex = row * n_cols + col``, odd columns stand half a hex further
south, rows grow southwards. Cube coordinates ``(q, r, s)`` add up to zero.
"""

import numpy as np

# (column step, row step) by direction NE, N, NW, SW, S, SE, for even and for odd columns
OFFSETS = np.array(
    [
        [[1, -1], [0, -1], [-1, -1], [-1, 0], [0, 1], [1, 0]],
        [[1, 0], [0, -1], [-1, 0], [-1, 1], [0, 1], [1, 1]],
    ],
    np.int32,
)


def neighbour_table(n_cols: int, n_rows: int) -> np.ndarray:
    """Return the neighbours of every hex by direction, -1 off the map.

    Returns
    -------
    ndarray
        Shape (n_hex, 6), int32, contiguous.
    """
    map_row, col = np.divmod(np.arange(n_cols * n_rows, dtype=np.int32), np.int32(n_cols))
    steps = OFFSETS[col & 1]
    to_col = col[:, None] + steps[:, :, 0]
    to_row = map_row[:, None] + steps[:, :, 1]
    inside = (to_col >= 0) & (to_col < n_cols) & (to_row >= 0) & (to_row < n_rows)
    return np.ascontiguousarray(np.where(inside, to_row * n_cols + to_col, -1), np.int32)


def cube_coordinates(hexes: np.ndarray | int, n_cols: int) -> np.ndarray:
    """Return ``(..., 3)`` cube coordinates of hex numbers."""
    map_row, col = np.divmod(np.asarray(hexes, np.int64), n_cols)
    r = map_row - (col - (col & 1)) // 2
    return np.stack((col, r, -col - r), axis=-1)


def distance_hexes(a: np.ndarray | int, b: np.ndarray | int, n_cols: int) -> np.ndarray:
    """Return the number of steps between hexes, arrays broadcast."""
    return np.abs(cube_coordinates(a, n_cols) - cube_coordinates(b, n_cols)).max(axis=-1)
