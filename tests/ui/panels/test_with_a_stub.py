"""Parts at a table of a few lines: no campaign, no kernel, no window."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import pygame
import pytest

from sim.ui.panels.edge_pan import EdgePan
from sim.ui.panels.hot_seat import HotSeat
from sim.ui.player.intents import GiveCommand
from sim.ui.screens.menu import SAVED, UNSAVED, what_becomes_of

SIZE = (800, 600)


@dataclass
class StubTable:
    """As much of a ``Table`` as the parts below use."""

    session: Any = None
    camera: Any = None
    stage: Any = field(
        default_factory=lambda: SimpleNamespace(settings=SimpleNamespace(edge_pan=True, autosave="turn"))
    )
    size: tuple[int, int] = SIZE
    is_uppermost: bool = True
    selection: Any = field(default_factory=lambda: SimpleNamespace(choose=lambda unit: None))

    def carry_out(self, meant: Any) -> None:
        self.camera = meant


@pytest.fixture
def pointer_at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that puts the pointer somewhere in the window."""

    def put(x: int, y: int) -> None:
        monkeypatch.setattr(pygame.mouse, "get_pos", lambda: (x, y))

    monkeypatch.setattr(pygame.mouse, "get_focused", lambda: True)
    return put


class StubCamera:
    """Remembers by how much it was panned."""

    width_px = 1200.0

    def __init__(self) -> None:
        self.panned_by: list[tuple[float, float]] = []

    def panned(self, dx: float, dy: float) -> "StubCamera":
        self.panned_by.append((dx, dy))
        return self


@pytest.mark.parametrize(
    ("at", "moves"),
    [((0, 300), [(-10.0, 0.0)]), ((799, 0), [(10.0, -10.0)]), ((400, 599), [(0.0, 10.0)]), ((400, 300), [])],
)
def test_the_map_moves_while_the_pointer_is_at_an_edge(pointer_at: Any, at: tuple[int, int], moves: list[Any]) -> None:
    table = StubTable(camera=StubCamera())
    pointer_at(*at)
    EdgePan(table).update()  # type: ignore[arg-type]
    assert table.camera.panned_by == moves


@pytest.mark.parametrize(
    "change", [{"is_uppermost": False}, {"stage": SimpleNamespace(settings=SimpleNamespace(edge_pan=False))}]
)
def test_the_map_stays_below_another_screen_or_where_the_settings_say_so(
    pointer_at: Any, change: dict[str, Any]
) -> None:
    table = StubTable(camera=StubCamera(), **change)
    pointer_at(0, 0)
    EdgePan(table).update()  # type: ignore[arg-type]
    assert table.camera.panned_by == []


def hot_seat_game(side: str | None, sides: tuple[str, ...] = ("soviet", "japan")) -> Any:
    """Return a game in which a side is to move."""
    return SimpleNamespace(sides=sides, side_to_move=side, campaign=SimpleNamespace(today=date(1945, 8, 9)))


def test_the_map_is_covered_only_when_another_player_sits_down() -> None:
    pushed: list[Any] = []
    table = StubTable(hot_seat_game("soviet"), stage=SimpleNamespace(push=pushed.append))
    part = HotSeat(table)  # type: ignore[arg-type]
    for side, covers in (("soviet", 0), (None, 0), ("soviet", 0), ("japan", 1), ("japan", 1), ("soviet", 2)):
        table.session = hot_seat_game(side)
        part.update()
        assert len(pushed) == covers, side


def test_each_player_sees_the_map_as_that_player_left_it() -> None:
    chosen: list[int] = []
    table = StubTable(
        hot_seat_game("soviet"),
        "the whole theatre",
        SimpleNamespace(push=lambda screen: None),
        selection=SimpleNamespace(choose=chosen.append),
    )
    part = HotSeat(table)  # type: ignore[arg-type]
    part.update()
    table.camera = "the Soviet player's view"
    part.update()
    table.session = hot_seat_game("japan")
    part.update()
    assert table.camera == GiveCommand("theatre")  # not what the other one looked at
    assert chosen == [-1]
    table.camera = "the Japanese player's view"
    part.update()
    for side, view in (("soviet", "the Soviet player's view"), ("japan", "the Japanese player's view")):
        table.session = hot_seat_game(side)
        part.update()
        assert table.camera == view


def test_nothing_is_covered_where_one_player_leads() -> None:
    pushed: list[Any] = []
    table = StubTable(hot_seat_game("soviet", ("soviet",)), stage=SimpleNamespace(push=pushed.append))
    part = HotSeat(table)  # type: ignore[arg-type]
    part.update()
    table.session = hot_seat_game("japan", ("soviet",))
    part.update()
    assert pushed == []


def test_the_menu_says_what_becomes_of_a_game_that_is_left() -> None:
    table: Any = StubTable(SimpleNamespace(sides=("soviet",), campaign=SimpleNamespace(is_over=False)))
    assert what_becomes_of(table) == SAVED
    table.stage.settings.autosave = "never"
    assert what_becomes_of(table) == UNSAVED
    table.session.campaign.is_over = True
    assert what_becomes_of(table).startswith("Nothing will be lost")
