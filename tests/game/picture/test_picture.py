"""The situation map: geometry, lines, and that everything it promises is drawn."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sim.game.picture import counters, labels, legend, lines
from sim.game.picture.frame import Frame
from sim.game.picture.ground import blur
from sim.game.picture.situation_map import draw_situation, save_situation, theatre
from sim.game.wording.views import Views
from sim.kernels import codes
from sim.kernels.state import layout
from tests.support.worlds import small_world

pytestmark = pytest.mark.slow

ROW = "~" * 4 + "." * 12 + "h" * 8 + "M" * 8
WIDTH_PX = 900


@pytest.fixture
def world() -> layout.World:
    """Return a coast, a plain and a mountain range, half of it taken, with two units, a river and a railway."""
    made = small_world(
        "\n".join([ROW] * 24),
        units=[
            {"side": codes.SOVIET, "hex": (12, 10), "branch": codes.TANK},
            {"side": codes.SOVIET, "hex": (12, 10), "branch": codes.HEADQUARTERS, "stack10": 0},
            {"side": codes.JAPANESE, "hex": (26, 14)},
        ],
        n_places=2,
    )
    col = np.arange(len(made.hexes)) % 32
    made.hexes.country = np.where(col < 4, codes.NOWHERE, np.where(col < 10, codes.USSR, codes.MANCHUKUO))
    made.hexes.holder_start = np.where(col < 4, codes.NEITHER, np.where(col < 10, codes.SOVIET, codes.JAPANESE))
    made.holder[:] = np.where((col >= 10) & (col < 18), codes.SOVIET, made.hexes.holder_start)
    made.places.hex = (10 * 32 + 12, 14 * 32 + 26)
    made.places.town_size = (4, 5)
    made.places.points = 50
    for hex in range(5 * 32 + 4, 5 * 32 + 30):
        beyond = made.neighbours[hex, 1]
        made.edges["river"][hex, 1] = made.edges["river"][beyond, 4] = codes.RIVER_GREAT
    for hex in range(10 * 32 + 12, 10 * 32 + 25):
        direction = next(d for d in range(6) if made.neighbours[hex, d] == hex + 1)
        made.edges["rail"][hex, direction] = made.edges["rail"][hex + 1, (direction + 3) % 6] = codes.RAIL_STANDARD
    return made


@pytest.fixture
def views(world: layout.World) -> Views:
    """Return names for that world."""
    names: Any = SimpleNamespace(
        units=("a", "b", "c"),
        unit_names=("A", "B", "C"),
        formations=("sov", "jap"),
        formation_names=("6th Guards Tank Army", "1st Army"),
        places=("west", "east"),
        place_names=("Westville", "Easton"),
    )
    return Views(world, names, 15.0)


def test_hex_raster_finds_the_hex_of_each_centre() -> None:
    frame = Frame(32, 24, 13.0, 40.0, 25.0, 700, 500)
    hexes = np.arange(32 * 24)
    centres = frame.centres(hexes)
    assert (frame.hex_raster(centres[:, 0], centres[:, 1]) == hexes).all()
    nudged = frame.hex_raster(centres[:, 0] + 9.0, centres[:, 1] - 4.0)
    assert (nudged == hexes).all()


def test_both_hexes_of_a_side_draw_it_in_the_same_place(world: layout.World) -> None:
    frame = Frame(32, 24, 13.0, 0.0, 0.0, 700, 500)
    hexes, directions = np.nonzero(world.neighbours >= 0)
    here = frame.corners(hexes, directions)
    there = frame.corners(world.neighbours[hexes, directions], (directions + 3) % 6)
    assert np.allclose(here, there[:, ::-1])


def test_chains_join_sides_into_one_line_and_split_at_forks() -> None:
    straight = np.array([[[0, 0], [10, 0]], [[20, 0], [10, 0]], [[20, 0], [30, 0]]], float)
    assert [len(line) for line in lines.chains(straight)] == [4]
    fork = np.concatenate((straight, [[[10.0, 0.0], [10.0, 10.0]]]))
    assert sorted(len(line) for line in lines.chains(fork)) == [2, 2, 3]
    ring = np.array([[[0, 0], [10, 0]], [[10, 0], [10, 10]], [[10, 10], [0, 0]]], float)
    assert [len(line) for line in lines.chains(ring)] == [4]


def test_smoothing_keeps_the_ends() -> None:
    zigzag = np.array([[0, 0], [10, 5], [20, 0], [30, 5]], float)
    for line in (lines.smooth(zigzag), lines.straighten(zigzag)):
        assert (line[0] == zigzag[0]).all()
        assert (line[-1] == zigzag[-1]).all()


def test_dashes_cover_their_share_of_the_line() -> None:
    pieces = lines.dashes(np.array([[0, 0], [100, 0]], float), (6, 4))
    assert sum(piece[-1, 0] - piece[0, 0] for piece in pieces) == pytest.approx(60)


def test_blur_keeps_the_mean_and_a_constant() -> None:
    assert np.allclose(blur(np.full((20, 30), 3.0), 4), 3.0)
    spot = np.zeros((61, 61))
    spot[30, 30] = 1
    assert blur(spot, 3).sum() == pytest.approx(1.0, abs=1e-4)


def test_the_strongest_fighting_unit_lies_on_top(world: layout.World) -> None:
    found = counters.stacks(world, Frame.around(theatre(world), 32, 24, WIDTH_PX))
    assert sorted((stack.unit, stack.n_units) for stack in found) == [(0, 2), (2, 1)]


def test_every_branch_has_a_symbol_and_every_nation_a_colour() -> None:
    assert set(counters.SYMBOLS) == set(range(len(codes.BRANCHES)))
    assert set(counters.COLOURS) == set(range(len(codes.NATIONS)))


def test_names_do_not_lie_over_each_other() -> None:
    taken = labels.Taken()
    taken.add((0, 0, 10, 10), 2.0)
    assert taken.cost((5, 5, 15, 15)) == 50
    assert taken.cost((10, 0, 20, 10)) == 0


def test_picture_shows_ground_units_front_and_taken_ground(world: layout.World, views: Views, tmp_path: Path) -> None:
    frame = Frame.around(theatre(world), 32, 24, WIDTH_PX)
    picture = np.asarray(draw_situation(world, views, "Title", "Day 1", WIDTH_PX), int)
    assert picture.shape[1] > WIDTH_PX
    red = (abs(picture - np.array(lines.FRONT_COLOUR)) < 12).all(axis=-1)
    water = (abs(picture - np.array(lines.RIVER_COLOUR)) < 12).all(axis=-1)
    assert np.count_nonzero(red) > 300
    assert np.count_nonzero(water) > 300
    assert frame.width_px == WIDTH_PX

    path = tmp_path / "map.png"
    save_situation(path, world, views, "Title", "Day 1")
    with Image.open(path) as saved:
        assert saved.width > 3000
    assert path.stat().st_size < 3_000_000


def test_the_line_is_bold_only_where_defenders_stand(world: layout.World) -> None:
    frame = Frame.around(theatre(world), 32, 24, WIDTH_PX)

    def red() -> int:
        picture = Image.new("RGB", (frame.width_px, frame.height_px), "white")
        lines.draw_front(ImageDraw.Draw(picture, "RGBA"), world, frame, 1.0)
        return int(np.count_nonzero((abs(np.asarray(picture, int) - np.array(lines.FRONT_COLOUR)) < 12).all(axis=-1)))

    world.units[2].hex = 14 * 32 + 20
    manned = red()
    world.units[2].hex = 14 * 32 + 31
    assert manned > 1.2 * red() > 0


def test_a_small_country_with_troops_is_shown_whole(world: layout.World) -> None:
    world.hexes.country[:3] = codes.KARAFUTO
    assert not np.isin([0, 1, 2], theatre(world)).any()
    world.units[2].hex = 1
    assert np.isin([0, 1, 2], theatre(world)).all()


def test_no_name_is_clipped_at_the_edge(world: layout.World) -> None:
    frame = Frame.around(theatre(world), 32, 24, WIDTH_PX)
    draw = ImageDraw.Draw(Image.new("RGB", (frame.width_px, frame.height_px)))
    corners = (0.0, 0.0), (WIDTH_PX - 1.0, 5.0), (3.0, frame.height_px - 1.0)
    for x, y in corners:
        text = labels._name(draw, "Vladivostok", labels.font("Bold", 25), x, y, 7, labels.Taken(), frame)
        assert text is not None
        assert 0 <= text.x <= frame.width_px - draw.textlength(text.text, font=text.font)
        assert 12 <= text.y <= frame.height_px - 12


def test_legend_and_title_hide_nothing_of_the_map(world: layout.World, views: Views) -> None:
    frame = Frame.around(theatre(world), 32, 24, WIDTH_PX)
    page = draw_situation(world, views, "Title", "Day 1", WIDTH_PX)
    assert page.height >= frame.height_px + legend.HEADER_PX + legend.FOOTER_PX


def test_attackers_are_dark_plates_and_defenders_light_ones() -> None:
    def lightness(nation: int) -> float:
        return float(np.dot(counters.COLOURS[nation][:3], (0.299, 0.587, 0.114)))

    ours = [lightness(nation) for nation in (codes.NATION_SOVIET, codes.NATION_MONGOLIA)]
    theirs = [lightness(n) for n in (codes.NATION_JAPAN, codes.NATION_MANCHUKUO, codes.NATION_MENGJIANG)]
    assert min(theirs) - max(ours) > 80


def test_the_same_world_gives_the_same_picture(world: layout.World, views: Views) -> None:
    first, second = (draw_situation(world, views, "Title", "Day 1", WIDTH_PX) for _ in range(2))
    assert first.tobytes() == second.tobytes()


def test_film_shows_every_evening_in_one_frame(tmp_path: Path) -> None:
    from sim.game.campaign import Campaign
    from sim.game.picture.film import Film

    campaign = Campaign.start("august_storm", seed=7)
    film = Film(campaign)
    for _ in campaign.days(date(1945, 8, 10)):
        film.add()
    film.save(tmp_path / "film.webp")
    with Image.open(tmp_path / "film.webp") as picture:
        assert picture.format == "WEBP"
        assert getattr(picture, "n_frames", 1) == 3
        assert picture.width >= 900
