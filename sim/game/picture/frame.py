"""Where a hex lies on paper."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
ROOT3 = 3.0**0.5

TALLEST, WIDEST = 2.5, 8  # height of a window over its width, and the other way round
FEWEST_SIDES = 5.0  # hex sides that a window is wide


@dataclass(frozen=True)
class Frame:
    """A window on the map: which hexes it shows and how large.

    Attributes
    ----------
    n_cols, n_rows : int
        Size of the whole map in hexes.
    side_px : float
        Length of a hex side.
    left_px, top_px : float
        Corner of the window in the plane of the whole map.
    width_px, height_px : int
    """

    n_cols: int
    n_rows: int
    side_px: float
    left_px: float
    top_px: float
    width_px: int
    height_px: int

    @classmethod
    def around(cls, hexes: NDArray[Any], n_cols: int, n_rows: int, width_px: int, margin_hexes: int = 4) -> "Frame":
        """Return the smallest window ``width_px`` wide that shows the given hexes and a margin around them.

        One that would be very narrow, or show a few huge hexes, shows more around them instead, beyond the map too.
        """
        col, row = np.asarray(hexes) % n_cols, np.asarray(hexes) // n_cols
        first_col, last_col = max(int(col.min()) - margin_hexes, 0), min(int(col.max()) + margin_hexes, n_cols - 1)
        first_row, last_row = max(int(row.min()) - margin_hexes, 0), min(int(row.max()) + margin_hexes, n_rows - 1)
        across, down = 1.5 * (last_col - first_col) + 0.5, ROOT3 * (last_row - first_row + 0.5)
        side = min(width_px / across, width_px * TALLEST / down, width_px / FEWEST_SIDES)
        height = max(side * down, width_px / WIDEST)
        left = (1.5 * first_col - 0.25) * side - (width_px - side * across) / 2
        top = ROOT3 * side * first_row - (height - side * down) / 2
        return cls(n_cols, n_rows, side, left, top, width_px, round(height))

    @property
    def zoom(self) -> float:
        """Return how much larger than on a picture 2,400 wide lines and letters are; they never shrink."""
        return max(1.0, self.width_px / 2400)

    def scaled(self, factor: float) -> "Frame":
        """Return the same window drawn ``factor`` times as large."""
        return Frame(
            self.n_cols,
            self.n_rows,
            self.side_px * factor,
            self.left_px * factor,
            self.top_px * factor,
            round(self.width_px * factor),
            round(self.height_px * factor),
        )

    def centres(self, hexes: NDArray[Any]) -> Points:
        """Return (..., 2) pixel positions of hex centres."""
        col, row = np.asarray(hexes) % self.n_cols, np.asarray(hexes) // self.n_cols
        x = 1.5 * self.side_px * col - self.left_px
        y = ROOT3 * self.side_px * (row + 0.5 * (col & 1)) - self.top_px
        return np.stack((x, y), axis=-1)

    def corners(self, hexes: NDArray[Any], directions: NDArray[Any]) -> Points:
        """Return (n, 2, 2): both ends of the hex side of each hex towards each direction (NE, N, NW, SW, S, SE)."""
        angles = -np.pi / 3 * np.stack((np.asarray(directions), np.asarray(directions) + 1), axis=-1)
        offsets = np.stack((np.cos(angles), np.sin(angles)), axis=-1) * self.side_px
        return self.centres(hexes)[:, None, :] + offsets

    def shows(self, hexes: NDArray[Any], slack_px: float = 0.0) -> NDArray[np.bool_]:
        """Return which hex centres lie inside the window, or at most ``slack_px`` outside."""
        points = self.centres(hexes)
        limits = np.array((self.width_px, self.height_px))
        return np.asarray(((points >= -slack_px) & (points <= limits + slack_px)).all(axis=-1))

    def hex_raster(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.int64]:
        """Return the hex under each pixel position; beyond the edge of the map, the nearest hex of the edge."""
        q = (x + self.left_px) / (1.5 * self.side_px)
        r = (y + self.top_px) / (ROOT3 * self.side_px) - q / 2
        s = -q - r
        rounded_q, rounded_r, rounded_s = np.rint(q), np.rint(r), np.rint(s)
        off_q, off_r, off_s = abs(rounded_q - q), abs(rounded_r - r), abs(rounded_s - s)
        q_worst = (off_q > off_r) & (off_q > off_s)
        r_worst = ~q_worst & (off_r > off_s)
        rounded_q = np.where(q_worst, -rounded_r - rounded_s, rounded_q)
        rounded_r = np.where(r_worst, -rounded_q - rounded_s, rounded_r)
        col = np.clip(rounded_q.astype(np.int64), 0, self.n_cols - 1)
        row = np.clip(rounded_r.astype(np.int64) + (col - (col & 1)) // 2, 0, self.n_rows - 1)
        return np.asarray(row * self.n_cols + col, np.int64)
