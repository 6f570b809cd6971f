"""The campaign screen driven through SDL's dummy driver, on the real campaign."""

import numpy as np
import pytest

from sim.game.campaign import Campaign
from sim.ui.panels.log import LogPanel
from sim.ui.player import intents
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.hand_over import HandOverScreen
from tests.support.windows import opened, settle


@pytest.fixture
def screen(window):
    return opened(("soviet",))


def end_turns(screen, number):
    for _ in range(number):
        screen.carry_out(intents.GiveCommand("end_turn"))
        screen.session.wait()
        screen.update()


def test_the_screen_opens_at_the_players_first_orders(screen, window):
    screen.draw(window)
    assert screen.session.side_to_move == "soviet"
    assert int(screen.session.world.clock["turn"][0]) == 1


def test_a_move_is_carried_out_and_taken_back(screen):
    unit = screen.session.campaign.unit("sov_46gtb")
    start = int(screen.session.world.units["hex"][unit])
    screen.selection.choose(unit)
    target = list(screen.selection.march.left_mp10)[-1]
    assert screen.selection.march.path(target)[0] == start
    screen.carry_out(intents.MoveTo(target))
    assert int(screen.session.world.units["hex"][unit]) == target
    screen.carry_out(intents.GiveCommand("undo"))
    assert int(screen.session.world.units["hex"][unit]) == start
    assert not screen.session.can_undo


def test_an_attack_is_shown_first_then_fought_and_cannot_be_undone(screen, window):
    units = screen.session.world.units
    for unit in np.flatnonzero((units["side"] == 0) & (units["hex"] >= 0)).tolist():
        screen.selection.choose(unit)
        if screen.selection.targets:
            break
    target = min(screen.selection.targets)
    before = len(screen.session.campaign.events())
    screen.carry_out(intents.Aim(target))
    screen.draw(window)
    assert len(screen.session.campaign.events()) == before
    screen.carry_out(intents.Aim(target))
    assert len(screen.session.campaign.events()) > before
    assert not screen.session.can_undo


def test_ending_the_turn_hands_over_and_comes_back_on_the_next_day(screen, window):
    screen.carry_out(intents.GiveCommand("end_turn"))
    screen.draw(window)
    screen.session.wait()
    screen.update()
    assert screen.session.side_to_move == "soviet"
    assert int(screen.session.world.clock["turn"][0]) == 2


def test_hot_seat_gives_each_side_its_phase(window):
    screen = opened(("soviet", "japan"))
    assert screen.session.side_to_move == "soviet"
    screen.update()
    screen.end_turn()
    screen.session.wait()
    screen.update()
    assert screen.session.side_to_move == "japan"
    assert isinstance(screen.stage.top, HandOverScreen)
    assert screen.session.viewer == "japan"


def test_a_watched_campaign_runs_to_its_end(window):
    screen = opened(())
    while not screen.session.campaign.is_over:
        screen.session.advance()
        screen.session.wait()
    screen.draw(window)
    assert screen.session.campaign.turns_played == 25
    assert screen.session.campaign.digest() == Campaign.start("august_storm").run().digest()


@pytest.mark.parametrize("sides", [("soviet",), ("japan",), ("soviet", "japan")])
def test_either_side_and_hot_seat_run_to_the_end(window, sides):
    screen = opened(sides)
    most = 25 * len(sides) + 2
    while not screen.session.campaign.is_over and most:
        screen.end_turn()
        screen.session.wait()
        screen.update()
        most -= 1
    settle(screen)
    screen.draw(window)
    assert screen.session.campaign.turns_played == 25
    assert isinstance(screen.stage.top, EndingScreen)


def test_the_window_cannot_write_the_world(screen):
    with pytest.raises(ValueError, match="read-only"):
        screen.session.world.units["men"][0] = 1


@pytest.mark.parametrize("size", [(1024, 640), (2560, 1440)])
def test_every_zoom_draws_at_any_size(screen, size):
    import pygame

    target = pygame.Surface(size)
    screen.resize(size)
    for _ in range(12):
        screen.draw(target)
        screen.carry_out(intents.Zoom(1, (size[0] / 2, size[1] / 2)))
    screen.carry_out(intents.GiveCommand("help"))
    screen.draw(target)


def test_a_line_of_the_log_leads_to_its_place(screen, window):
    import pygame

    end_turns(screen, 2)  # reinforcements arrive on the third morning
    screen.draw(window)
    log = screen.part(LogPanel)
    rect, hex = next((rect, line.hex) for rect, line in log._column.links if rect.bottom < log.box.height)
    at = (log.box.left + rect.centerx, log.box.top + rect.centery)
    screen.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=at), 0)
    assert screen.camera.shows(screen.camera.centre_of(hex), 0)
    assert screen.camera.level > 0


def test_the_wheel_over_the_log_scrolls_it_and_leaves_the_map_alone(screen, window):
    import pygame

    end_turns(screen, 2)
    screen.draw(window)
    before, camera = screen.part(LogPanel)._scroll, screen.camera
    wheel = pygame.event.Event(pygame.MOUSEWHEEL, y=-1, x=0, at=screen.part(LogPanel).box.center)
    screen.handle(wheel, 0)
    screen.draw(window)
    assert screen.part(LogPanel)._scroll > before
    assert screen.camera == camera


@pytest.mark.parametrize(("wished", "moved"), [(True, True), (False, False)])
def test_the_map_moves_at_the_windows_edge_where_the_settings_say_so(screen, monkeypatch, wished, moved):
    import pygame

    screen.stage.settings = screen.stage.settings.with_(edge_pan=wished)
    screen.show_hex(int(screen.session.world.units["hex"][screen.session.campaign.unit("sov_46gtb")]))
    monkeypatch.setattr(pygame.mouse, "get_focused", lambda: True)
    monkeypatch.setattr(pygame.mouse, "get_pos", lambda: (screen.size[0] - 1, screen.size[1] // 2))
    before = screen.camera
    screen.update()
    assert (screen.camera.x > before.x) == moved
    assert screen.camera.y == before.y
