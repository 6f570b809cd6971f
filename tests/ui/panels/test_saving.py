"""Saves from the window: what is kept by hand and by itself comes back as it stood."""

import pytest

from sim.errors import SaveError
from sim.game.saves import kept_games, player_saves
from sim.game.saves.journal import GameJournal, journal_path
from sim.game.saves.journal_file import read_journal
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.panels.saving import Saving
from sim.ui.player import intents
from sim.ui.screens.loading import LoadingScreen
from sim.ui.screens.saves import LoadScreen
from sim.ui.startup import main_loop
from tests.support.windows import frames, opened, settle


@pytest.fixture
def screen(window, tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    return opened(("soviet",))


def press(stage, key, mod=0):
    import pygame

    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        main_loop.take(stage, pygame.event.Event(kind, key=key, mod=mod))
    for event in pygame.event.get():
        main_loop.take(stage, event)


def test_a_quick_save_is_listed_and_loaded_as_it_stood(screen, window):
    import pygame

    screen.stage.settings = screen.stage.settings.with_(autosave="never")  # it would be listed, too
    unit = screen.session.campaign.unit("sov_46gtb")
    screen.selection.choose(unit)
    target = list(screen.selection.march.left_mp10)[-1]
    screen.carry_out(intents.MoveTo(target))
    screen.carry_out(intents.GiveCommand("quick_save"))
    screen.part(Saving).finish()
    stage = screen.stage
    press(stage, pygame.K_l, pygame.KMOD_LCTRL)
    assert isinstance(stage.top, LoadScreen)
    assert [(info.name, info.turn, info.sides) for info in stage.top.saves] == [("Quick save", 1, ("soviet",))]
    assert stage.top.saves[0].picture.startswith(b"\x89PNG")
    stage.top.take()
    frames(stage, window, lambda: isinstance(stage.top, CampaignScreen))
    assert stage.top is not screen
    assert int(stage.top.session.world.units["hex"][unit]) == target
    assert stage.top.session.side_to_move == "soviet"
    assert stage.top.session.campaign.digest() == screen.session.campaign.digest()


def test_return_loads_the_save_that_is_shown(screen):
    import pygame

    screen.part(Saving).save(player_saves.path_for("good"))
    screen.part(Saving).finish()
    press(screen.stage, pygame.K_l, pygame.KMOD_LCTRL)
    press(screen.stage, pygame.K_RETURN)
    assert isinstance(screen.stage.top, LoadingScreen)


def test_every_turn_is_kept_but_only_the_last_few(screen, window):
    for _ in range(kept_games.SAVES_OF_A_GAME + 2):
        screen.carry_out(intents.GiveCommand("end_turn"))
        screen.session.wait()
        settle(screen)
        screen.part(Saving).finish()
    found, problems = player_saves.list_saves()
    assert not problems
    assert {info.name for info in found} == {"Autosave"}
    assert sorted(info.turn for info in found) == list(range(4, 4 + kept_games.SAVES_OF_A_GAME))


def test_leaving_keeps_the_game(screen):
    screen.stage.quit()
    found, _ = player_saves.list_saves()
    assert [info.turn for info in found] == [1]


def test_a_name_is_asked_for_and_a_file_is_not_replaced_unasked(screen):
    import pygame

    stage = screen.stage
    for _ in range(2):
        press(stage, pygame.K_s, pygame.KMOD_LCTRL | pygame.KMOD_LSHIFT)
        press(stage, pygame.K_RETURN)
        screen.part(Saving).finish()
    assert [info.name for info in player_saves.list_saves()[0]] == ["9 August"]
    assert stage.top.heading == "Overwrite the save?"


def test_a_damaged_save_is_told_and_the_others_are_listed(screen, tmp_path):
    screen.part(Saving).save(player_saves.path_for("good"))
    screen.part(Saving).finish()
    player_saves.path_for("bad").write_bytes(b"PK nothing")
    found, problems = player_saves.list_saves()
    assert [info.name for info in found] == ["good"]
    assert len(problems) == 1
    assert "bad.save is not a save of this game" in problems[0]


def test_a_name_without_letters_is_refused():
    with pytest.raises(SaveError, match="needs a name"):
        player_saves.path_for("//..")


def test_orders_that_cannot_be_kept_are_told_once_and_kept_later(screen, monkeypatch):
    session = screen.session
    settle(screen)
    full = SaveError("error: cannot keep the orders: No space left on device")

    def refuse(_: object) -> None:
        raise full

    unit = next(idle.unit for idle in session.idle_units())
    with monkeypatch.context() as patch:
        patch.setattr(GameJournal, "note", refuse)
        session.hold([unit])
        screen.update()
        assert screen.selection.message == str(full)
        screen.selection.message = ""
        session.cancel([unit])
        settle(screen)
        assert screen.selection.message == ""
    session.hold([unit])
    kept = read_journal(journal_path(session)).record.entries
    assert len(kept) == len(session.campaign.order_log.entries)
