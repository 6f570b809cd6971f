"""The bars of the campaign screen and their lists; what the keyboard reaches; what a held key does not do."""

import pygame
import pytest

from sim.game.telling.situation_report import pace_points
from sim.game.telling.victory_pace import Pace, pace, pace_sentences
from sim.ui.look import theme
from sim.ui.panels.keyboard_walk import PanelWalk
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.order_bar import MORE_ORDERS, OrderBar
from sim.ui.panels.overflow import MoreCommands, MoreOrders
from sim.ui.panels.sheet import PaperPart
from sim.ui.panels.top_bar import LED, MORE, TopBar
from sim.ui.panels.top_signs import weather_sign
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.player import intents
from sim.ui.startup import main_loop
from sim.ui.widgets import paper
from sim.ui.window.commands import BY_NAME, ON_BAR, bindings
from sim.ui.window.navigator import GameOptions
from tests.support.windows import opened


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    yield
    theme.use_scale(1.0)


@pytest.fixture
def screen(window):
    return opened(("soviet",))


@pytest.fixture
def tight(window):
    return opened(("soviet",), (1024, 640), 2.0)


def draw(screen):
    screen.stage.draw(pygame.Surface(screen.size))


def click(screen, at):
    main_loop.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=at, button=1))
    main_loop.take(screen.stage, pygame.event.Event(pygame.MOUSEBUTTONUP, pos=at, button=1))


def press(screen, key, mod=0):
    main_loop.take(screen.stage, pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))
    main_loop.take(screen.stage, pygame.event.Event(pygame.KEYUP, key=key, mod=mod))


# --- what the bar says


@pytest.mark.parametrize(("places", "words"), [(60, "20 ahead of 1945"), (10, "30 behind 1945"), (40, "as in 1945")])
def test_the_lead_over_the_record_is_told_in_words(places, words):
    assert Pace(70, 600, places, 40).words == words


def test_points_are_compared_with_what_had_fallen_by_then(screen):
    for _ in range(6):
        screen.session.advance()
        screen.session.wait()
    now, sides = pace(screen.session), screen.session.world.sides
    assert now.record == pace_points(screen.session) > 0
    assert now.lead == int(sides["objective_points"][0]) - now.record
    told = " ".join(pace_sentences(screen.session))
    assert f"objectives worth {now.record:,} points" in told
    assert f"{now.soviet:,} points" in told


@pytest.mark.parametrize(("size", "scale"), [((1920, 1080), 1.0), ((1280, 800), 1.0), ((1024, 640), 2.0)])
def test_the_bar_tells_date_move_points_and_weather_with_tooltips_in_any_window(window, size, scale):
    hints = " ".join(chip.hint for _, chip in opened(("soviet",), size, scale).part(TopBar).chips())
    for words in ("9 August 1945", "turn 1 of 25", "Soviet side to move", "By this date in 1945", "west: ", "north: "):
        assert words in hints


def test_weather_signs_differ_by_shape():
    faces = {pygame.mask.from_surface(weather_sign(sky, ground, 48)).count() for sky in range(3) for ground in range(3)}
    assert len(faces) == 9


# --- lists of what there is no room for


def test_every_command_of_the_bar_is_in_the_bar_or_in_its_list(window):
    for size, scale in (((1920, 1080), 1.0), ((1280, 800), 1.5), ((1024, 640), 2.0)):
        bar = opened(("soviet",), size, scale).part(TopBar)
        shown = {button.command for button in bar.buttons()} - {MORE}
        assert shown | {button.command for button in bar.rest} == set(LED)


def test_a_click_in_the_list_gives_the_command_and_closes_it(tight):
    draw(tight)
    more = next(button for button in tight.part(TopBar).buttons() if button.command == MORE)
    click(tight, more.box.center)
    draw(tight)
    part = tight.part(MoreCommands)
    row = next(row for row, line in part.links if line.action == "menu")
    part.bring_into_view(row)
    draw(tight)
    click(tight, part.on_screen(row).center)
    assert type(tight.stage.top).__name__ == "MenuScreen"
    assert not part.is_open


def test_a_second_click_on_the_button_closes_the_list(tight):
    draw(tight)
    more = next(button for button in tight.part(TopBar).buttons() if button.command == MORE)
    for wanted in (True, False):
        click(tight, more.box.center)
        draw(tight)
        assert tight.part(MoreCommands).is_open == wanted


def test_orders_without_room_are_listed(tight):
    tight.selection.choose(tight.session.campaign.unit("sov_46gtb"))
    draw(tight)
    bar = tight.part(OrderBar)
    assert {one.command for one in (*bar.buttons(), *bar.rest)} - {MORE_ORDERS} == set(ON_BAR)
    press(tight, pygame.K_F8)
    draw(tight)
    assert tight.part(MoreOrders).is_open
    press(tight, pygame.K_ESCAPE)
    assert not tight.part(MoreOrders).is_open
    assert tight.selection.chosen >= 0


# --- tooltips and keys


def test_everything_that_can_be_pressed_over_the_map_has_a_tooltip_and_a_key(tight):
    tight.selection.choose(tight.session.campaign.unit("sov_46gtb"))
    keys = set(bindings({}).values())
    top, orders, layers = tight.part(TopBar), tight.part(OrderBar), tight.part(LayerBar)
    for button in (*top.buttons(), *top.rest, *orders.buttons(), *orders.rest):
        assert len(button.hint) > 10
        assert button.command in keys
    layers.is_unfolded = True
    for name in layers.boxes():
        assert len(layers.hint(name)) > 10
        assert name == "fold" or name in keys


def test_every_command_has_keys_of_its_own():
    keys = bindings({})
    for name, command in BY_NAME.items():
        assert any(found == name for found in keys.values()), command.words


def test_a_tooltip_lies_inside_the_window_wherever_the_pointer_is(window):
    theme.use_scale(2.0)
    target = pygame.Surface((1024, 640))
    for at in ((0, 0), (1023, 0), (1023, 639), (0, 639), (512, 320)):
        target.fill((0, 0, 0))
        paper.draw_hint(target, "One line of words that runs on. " * 6, at)
        drawn = pygame.mask.from_threshold(target, theme.PAPER, (2, 2, 2)).get_bounding_rects()
        assert pygame.Rect(0, 0, 1024, 640).contains(drawn[0].unionall(drawn[1:]))
        assert drawn[0].unionall(drawn[1:]).width <= theme.px(paper.HINT_WIDTH) + theme.px(16)


# --- walking through panels by keys


def test_the_arrows_walk_through_the_list_before_the_turn_ends(screen):
    screen.part(TurnEnd).waiting = None
    screen.stage.settings = screen.stage.settings.with_(turn_warning=True)
    press(screen, pygame.K_RETURN)
    draw(screen)
    for _ in range(2):
        press(screen, pygame.K_DOWN)
    unit = int(screen.part(TurnEnd).links[2][1].action)
    press(screen, pygame.K_RETURN)
    assert screen.selection.chosen == unit
    assert not screen.session.is_thinking
    press(screen, pygame.K_ESCAPE)
    assert screen.part(TurnEnd).waiting is None


def test_a_second_return_ends_the_turn(screen):
    screen.stage.settings = screen.stage.settings.with_(turn_warning=True)
    press(screen, pygame.K_RETURN)
    draw(screen)
    press(screen, pygame.K_RETURN)
    assert screen.session.is_thinking
    screen.session.wait()


def test_the_log_is_walked_by_keys_and_its_line_leads_to_the_place(screen):
    for _ in range(2):
        screen.end_turn()
        screen.session.wait()
        screen.stage.update(0.0)
    while screen.stage.top is not screen:
        screen.stage.pop()
    screen.part(PanelWalk).walked = None
    draw(screen)
    press(screen, pygame.K_F6)
    walk = screen.part(PanelWalk)
    assert isinstance(walk.walked, PaperPart)
    hex = walk.walked.links[0][1].hex
    press(screen, pygame.K_RETURN)
    assert screen.selection.hovered == hex
    press(screen, pygame.K_ESCAPE)
    assert walk.walked is None


# --- held keys


def hold(screen, key, times):
    """Hold a key: it is pressed again and again without being let go."""
    for _ in range(times):
        main_loop.take(screen.stage, pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
        screen.stage.update(0.0)
        draw(screen)
    main_loop.take(screen.stage, pygame.event.Event(pygame.KEYUP, key=key, mod=0))


def test_one_held_return_lists_who_waits_and_does_not_end_the_turn(screen):
    screen.stage.settings = screen.stage.settings.with_(turn_warning=True)
    hold(screen, pygame.K_RETURN, 5)
    assert screen.part(TurnEnd).waiting
    assert not screen.session.is_thinking
    assert screen.session.campaign.turn == 1


def test_one_held_return_presses_no_more_than_one_button(window):
    from sim.ui.screens.title import TitleScreen
    from sim.ui.startup.navigation import new_stage
    from sim.ui.window.settings import Settings

    stage = new_stage(Settings(), (1280, 800))
    stage.push(TitleScreen(GameOptions()))
    for _ in range(4):
        main_loop.take(stage, pygame.event.Event(pygame.KEYDOWN, key=pygame.K_RETURN, mod=0, unicode=""))
    assert [type(one).__name__ for one in stage.screens] == ["TitleScreen", "NewGameScreen"]
    stage.quit()


def test_a_held_arrow_goes_on_moving_the_map(screen):
    screen.camera = screen.camera.zoomed(6, (600, 400))
    before = screen.camera.x
    hold(screen, pygame.K_LEFT, 1)
    once = before - screen.camera.x
    hold(screen, pygame.K_RIGHT, 4)
    assert screen.camera.x == pytest.approx(before - once + 4 * once)


def test_a_held_key_aims_but_does_not_attack(screen):
    units, selection = screen.session.world.units, screen.selection
    for row in range(len(units)):
        selection.choose(row)
        if selection.targets:
            break
    selection.hovered = min(selection.targets)
    before = int(screen.session.campaign.world.clock["n_events"][0])
    screen.carry_out(intents.GiveCommand("drop")) if selection.attack else None
    hold(screen, pygame.K_m, 4)
    assert selection.attack is not None
    assert int(screen.session.campaign.world.clock["n_events"][0]) == before
