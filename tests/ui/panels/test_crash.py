"""A failure in the window: the game is kept, told where, and the title comes back."""

import pygame
import pytest

from sim import paths
from sim.game.records.digests import state_digest
from sim.game.saves import kept_games
from sim.game.saves.player_saves import load_session
from sim.game.saves.resume import continue_game
from sim.ui.panels.log import LogPanel
from sim.ui.screens.notice import NoticeScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop
from sim.ui.window.stage import Stage
from tests.support.windows import opened, opened_window

pytestmark = pytest.mark.window


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    opened_window()
    yield opened(("soviet",))
    pygame.quit()


def fail(*_: object) -> None:
    raise ZeroDivisionError("the panel cannot count")


def run_until_told(stage: Stage) -> None:
    """Run frames as the loop does, until a notice stands there."""
    frames = iter(range(50))

    def enough(self: object, *_: object) -> None:
        if next(frames) > 20 or isinstance(stage.top, NoticeScreen):
            stage.screens.clear()

    stage_screens = stage.screens
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(NoticeScreen, "update", enough)
            shown: list[object] = []
            patch.setattr(NoticeScreen, "enter", lambda self: shown.extend([self, *stage_screens]))
            main_loop.loop(stage)
    finally:
        run_until_told.shown = shown  # type: ignore[attr-defined]


def test_the_game_is_kept_and_the_title_comes_back(screen, monkeypatch, tmp_path):
    unit = screen.session.campaign.unit("sov_46gtb")
    screen.session.plot(unit, max(screen.session.reach(unit).left_mp10))
    digest = state_digest(screen.session.campaign.world)
    monkeypatch.setattr(LogPanel, "draw", fail)
    run_until_told(screen.stage)
    notice, title = run_until_told.shown[0], run_until_told.shown[1]
    assert isinstance(notice, NoticeScreen)
    assert isinstance(title, TitleScreen)
    saves = list((tmp_path / "saves" / "autosaves").glob("emergency-*.save"))
    reports = list((tmp_path / "crashes").glob("crash-*.txt"))
    assert len(saves) == len(reports) == 1
    assert str(saves[0]) in notice.words
    assert str(reports[0]) in notice.words
    told = reports[0].read_text(encoding="utf-8")
    for word in ("August Storm", "numba", "sov_46gtb", "ZeroDivisionError: the panel cannot count", "CampaignScreen"):
        assert word in told
    assert state_digest(load_session(saves[0]).campaign.world) == digest
    assert state_digest(continue_game(kept_games.games()[0]).campaign.world) == digest


def test_where_nothing_can_be_written_the_title_still_comes_back(screen, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "file"))
    monkeypatch.setattr(LogPanel, "draw", fail)
    run_until_told(screen.stage)
    assert "could not be" in run_until_told.shown[0].words


def test_a_title_that_fails_at_once_ends_the_program(screen, monkeypatch):
    monkeypatch.setattr(LogPanel, "draw", fail)
    monkeypatch.setattr(NoticeScreen, "draw_ground", fail)
    with pytest.raises(ZeroDivisionError):
        main_loop.loop(screen.stage)
