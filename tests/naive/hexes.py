"""Hexes by plain geometry: points in the plane and breadth-first search."""

import math

ANGLES = (30, 90, 150, 210, 270, 330)  # degrees of NE, N, NW, SW, S, SE, north up


def centre(hex: int, n_cols: int) -> tuple[float, float]:
    """Return the centre of a hex, one unit of measure between neighbours, y to the north."""
    map_row, col = divmod(hex, n_cols)
    return col * math.sqrt(3) / 2, -(map_row + 0.5 * (col % 2))


def neighbours(hex: int, n_cols: int, n_rows: int) -> list[int]:
    """Return the neighbours by direction, -1 off the map."""
    x, y = centre(hex, n_cols)
    found = []
    for angle in ANGLES:
        point = x + math.cos(math.radians(angle)), y + math.sin(math.radians(angle))
        near = [other for other in range(n_cols * n_rows) if math.dist(centre(other, n_cols), point) < 0.1]
        found.append(near[0] if near else -1)
    return found


def distances(start: int, n_cols: int, n_rows: int) -> dict[int, int]:
    """Return the number of steps from ``start`` to every hex of the map."""
    steps = {start: 0}
    queue = [start]
    for hex in queue:
        for other in neighbours(hex, n_cols, n_rows):
            if other >= 0 and other not in steps:
                steps[other] = steps[hex] + 1
                queue.append(other)
    return steps


def line(a: int, b: int, n_cols: int, n_rows: int) -> list[set[int]]:
    """Return for each evenly spaced point of the straight line the hexes nearest to it, several on a tie."""
    steps = distances(a, n_cols, n_rows)[b]
    start, end = centre(a, n_cols), centre(b, n_cols)
    found = []
    for step in range(steps + 1):
        share = step / max(steps, 1)
        point = tuple(p + (q - p) * share for p, q in zip(start, end, strict=True))
        gaps = {hex: math.dist(centre(hex, n_cols), point) for hex in range(n_cols * n_rows)}
        found.append({hex for hex, gap in gaps.items() if gap < min(gaps.values()) + 1e-4})
    return found
