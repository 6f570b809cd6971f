"""The window of a picture keeps a sensible shape, whatever the map's."""

import numpy as np
import pytest

from sim.game.picture.frame import FEWEST_SIDES, ROOT3, TALLEST, WIDEST, Frame

SHAPES = [(1, 1), (1, 6), (6, 1), (1, 300), (300, 1), (999, 1), (1, 999), (40, 30), (202, 128)]


@pytest.mark.parametrize(("n_cols", "n_rows"), SHAPES)
def test_window_of_any_map_shows_all_of_it_and_is_no_strip(n_cols, n_rows):
    hexes = np.arange(n_cols * n_rows)
    frame = Frame.around(hexes, n_cols, n_rows, 1000)
    assert frame.width_px == 1000
    assert 1000 / WIDEST - 1 <= frame.height_px <= 1000 * TALLEST + 1
    assert frame.side_px <= 1000 / FEWEST_SIDES
    assert frame.shows(hexes, slack_px=frame.side_px).all()


def test_usual_window_fits_its_hexes():
    frame = Frame.around(np.array([0, 39, 40 * 29]), 40, 30, 1000)
    side = 1000 / (1.5 * 39 + 0.5)
    assert (frame.side_px, frame.left_px, frame.top_px) == pytest.approx((side, -0.25 * side, 0.0), abs=0.5)
    assert frame.height_px == round(ROOT3 * side * 29.5)
