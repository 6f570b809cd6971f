"""Where the window looks: the plane of the map, where a hex side is 1 long, against pixels."""

from dataclasses import dataclass, replace

import numpy as np

ROOT3 = 3.0**0.5
# Lengths of a hex side in pixels: from the whole theatre on one screen to 110 px a hex.
LADDER = (2.4, 3.3, 4.6, 6.6, 9.5, 13.5, 18.0, 24.0, 32.0, 42.0, 54.0, 64.0)

Point = tuple[float, float]


@dataclass(frozen=True)
class Camera:
    """A view of the map.

    Attributes
    ----------
    x, y : float
        Point of the plane in the middle of the view; the centre of hex 0 is at (1, root(3) / 2).
    level : int
        Step on the ladder of zooms.
    width_px, height_px : int
    n_cols, n_rows : int
    """

    x: float
    y: float
    level: int
    width_px: int
    height_px: int
    n_cols: int
    n_rows: int

    @property
    def side_px(self) -> float:
        """Return the length of a hex side in pixels."""
        return LADDER[self.level]

    @property
    def plane_width(self) -> float:
        """Return the width of the whole map."""
        return 1.5 * (self.n_cols - 1) + 2

    @property
    def plane_height(self) -> float:
        """Return the height of the whole map."""
        return ROOT3 * (self.n_rows + 0.5)

    @property
    def left_px(self) -> int:
        """Return the left edge of the view in pixels of the whole map at this zoom."""
        return round(self.x * self.side_px - self.width_px / 2)

    @property
    def top_px(self) -> int:
        """Return the upper edge of the view in pixels of the whole map at this zoom."""
        return round(self.y * self.side_px - self.height_px / 2)

    def plane_at(self, pixel: Point) -> Point:
        """Return the point of the plane under a pixel."""
        return (pixel[0] + self.left_px) / self.side_px, (pixel[1] + self.top_px) / self.side_px

    def hex_at(self, pixel: Point) -> int:
        """Return the hex under a pixel, -1 off the map.

        Example
        -------
        >>> camera = Camera(1.0, 0.87, 9, 100, 100, 20, 10)
        >>> camera.hex_at((50, 50)), camera.hex_at((50, 50 + 73))
        (0, 20)
        """
        x, y = self.plane_at(pixel)
        q = (x - 1) / 1.5
        r = (y - ROOT3 / 2) / ROOT3 - q / 2
        s = -q - r
        rounded = [round(q), round(r), round(s)]
        off = [abs(rounded[0] - q), abs(rounded[1] - r), abs(rounded[2] - s)]
        if off[0] > off[1] and off[0] > off[2]:
            rounded[0] = -rounded[1] - rounded[2]
        elif off[1] > off[2]:
            rounded[1] = -rounded[0] - rounded[2]
        col = rounded[0]
        row = rounded[1] + (col - (col & 1)) // 2
        inside = 0 <= col < self.n_cols and 0 <= row < self.n_rows
        return row * self.n_cols + col if inside else -1

    def centre_of(self, hex: int) -> tuple[int, int]:
        """Return the pixel of a hex centre."""
        x, y = plane_of(hex, self.n_cols)
        return round(x * self.side_px) - self.left_px, round(y * self.side_px) - self.top_px

    def shows(self, pixel: Point, slack_px: float = 0) -> bool:
        """Return whether a pixel lies in the view or not far outside."""
        inside = -slack_px <= pixel[0] <= self.width_px + slack_px
        return inside and -slack_px <= pixel[1] <= self.height_px + slack_px

    def panned(self, dx_px: float, dy_px: float) -> "Camera":
        """Return the view moved over the map by some pixels."""
        return replace(self, x=self.x + dx_px / self.side_px, y=self.y + dy_px / self.side_px).kept_in()

    def zoomed(self, steps: int, at: Point) -> "Camera":
        """Return the view some steps nearer, with the same point of the map under the pixel ``at``."""
        level = min(max(self.level + steps, 0), len(LADDER) - 1)
        x, y = self.plane_at(at)
        side = LADDER[level]
        middle = (x - (at[0] - self.width_px / 2) / side, y - (at[1] - self.height_px / 2) / side)
        return replace(self, level=level, x=middle[0], y=middle[1]).kept_in()

    def centred(self, hex: int) -> "Camera":
        """Return the view with a hex in its middle."""
        x, y = plane_of(hex, self.n_cols)
        return replace(self, x=x, y=y).kept_in()

    def at_plane(self, x: float, y: float) -> "Camera":
        """Return the view with a point of the plane in its middle."""
        return replace(self, x=x, y=y).kept_in()

    def resized(self, width_px: int, height_px: int) -> "Camera":
        """Return the view in a window of another size."""
        return replace(self, width_px=width_px, height_px=height_px).kept_in()

    def kept_in(self) -> "Camera":
        """Return the view with no more beyond the edge of the map than must be."""
        half_x, half_y = self.width_px / 2 / self.side_px, self.height_px / 2 / self.side_px
        x = _clamped(self.x, half_x, self.plane_width - half_x)
        return replace(self, x=x, y=_clamped(self.y, half_y, self.plane_height - half_y))


def plane_of(hex: int, n_cols: int) -> Point:
    """Return the centre of a hex in the plane."""
    col, row = hex % n_cols, hex // n_cols
    return 1 + 1.5 * col, ROOT3 * (row + 0.5 + 0.5 * (col & 1))


def corners(side_px: float) -> list[Point]:
    """Return the corners of a hex around its centre."""
    angles = np.arange(6) * np.pi / 3
    return [(float(np.cos(a)) * side_px, float(np.sin(a)) * side_px) for a in angles]


def _clamped(value: float, low: float, high: float) -> float:
    return (low + high) / 2 if low > high else min(max(value, low), high)
