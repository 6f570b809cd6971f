"""Title, new game, settings, keys, help, notes, credits and menu: what they do, and that nothing of them is cut off."""

import sys
from datetime import date, datetime

import pytest

from sim.game import library
from sim.game.saves import kept_games
from sim.game.saves.kept_games import KeptGame
from sim.ui.screens import menu, title
from sim.ui.screens.credits import credits_screen
from sim.ui.screens.help import help_screen, keys_section, signs_section
from sim.ui.screens.keys import KeysScreen
from sim.ui.screens.loading import LoadingScreen
from sim.ui.screens.menu import MenuScreen
from sim.ui.screens.new_game import NewGameScreen
from sim.ui.screens.notes import notes_screen
from sim.ui.screens.notice import NoticeScreen, change
from sim.ui.screens.pick import PickScreen
from sim.ui.screens.scenario_shelf import Shelf
from sim.ui.screens.settings import SettingsScreen
from sim.ui.screens.title import TitleScreen
from sim.ui.startup import main_loop, start_game
from sim.ui.startup.navigation import new_stage
from sim.ui.window import sounds
from sim.ui.window.commands import COMMANDS, in_words
from sim.ui.window.navigator import WEAK, GameOptions
from sim.ui.window.settings import Settings, load_settings
from tests.support import tiny
from tests.support.clipping import cut_off, every_size
from tests.support.windows import SIZE, opened


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("AUGUST_STORM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def stage(window):
    made = new_stage(Settings(), SIZE)
    made.push(TitleScreen(GameOptions()))
    return made


class StillShelf(Shelf):
    """A shelf that was read before, and on which nothing is drawn."""

    def __init__(self):
        super().__init__(None)
        self.read()

    def start(self):
        """There is nothing left to read."""


def send(stage, *events):
    import pygame

    for event in events:
        main_loop.take(stage, event)
        for more in pygame.event.get():
            main_loop.take(stage, more)


def press(stage, *keys, mod=0):
    import pygame

    for key in keys:
        send(stage, *(pygame.event.Event(kind, key=key, mod=mod) for kind in (pygame.KEYDOWN, pygame.KEYUP)))


def buttons(screen):
    from pygame_gui.elements import UIButton

    return [each for each in screen.gui.get_sprite_group().sprites() if isinstance(each, UIButton) and each.alive()]


def click(stage, words):
    """Press a button by its words with the mouse."""
    import pygame

    found = next(each for each in buttons(stage.top) if each.text.removeprefix("• ") == words)
    at = found.get_abs_rect().center
    pygame.mouse.set_pos(at)
    stage.top.gui.mouse_position = at
    stage.top.update(0.01)
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        send(stage, pygame.event.Event(kind, button=1, pos=at))


SCREENS = {
    "title": lambda stage: TitleScreen(GameOptions()),
    "new game": lambda stage: NewGameScreen(GameOptions(), StillShelf()),
    "settings": lambda stage: SettingsScreen(),
    "keys": lambda stage: KeysScreen(),
    "help": help_screen,
    "notes": lambda stage: notes_screen(),
    "credits": lambda stage: credits_screen(),
    "menu": lambda stage: MenuScreen(None),
    "pick": lambda stage: PickScreen("Put it under", ["5th Army", "25th Army"], bool),
    "notice": lambda stage: NoticeScreen("Leave the game?", menu.UNSAVED, {"Quit to title": bool, "Stay": bool}),
}


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_at_any_size_and_scale(window, name):
    import pygame

    for size, scale in every_size():
        stage = new_stage(Settings(scale=scale), size)
        stage.push(SCREENS[name](stage))
        stage.update(0.02)
        stage.draw(pygame.Surface(size))
        assert cut_off(stage.top) == [], f"{size} at {scale}"


def test_no_section_of_a_book_is_cut_off_on_the_smallest_page(window):
    stage = new_stage(Settings(scale=2.0), (1024, 640))
    for screen in (help_screen(stage), notes_screen(), credits_screen()):
        stage.push(screen)
        for row in range(len(screen.sections)):
            screen.at = row
            screen._open()
            assert cut_off(screen) == [], screen.sections[row].title


@pytest.mark.parametrize("name", SCREENS)
def test_every_widget_has_a_tooltip(stage, name):
    stage.push(SCREENS[name](stage))
    stage.update(0.02)
    assert [each for each in stage.top._order if needs_tooltip(each) and not hint_of(each)] == []


def needs_tooltip(widget):
    """Return whether a widget does anything: texts only scroll."""
    from pygame_gui.elements import UITextBox

    return not isinstance(widget, UITextBox)


def hint_of(widget):
    """Return the tooltip of a widget, or of what is pressed of it."""
    from pygame_gui.elements import UIHorizontalSlider, UISelectionList

    if isinstance(widget, UISelectionList):
        lines = [item["button_element"] for item in widget.item_list if item["button_element"] is not None]
        return lines and all(line.tool_tip_text for line in lines)
    return (widget.sliding_button if isinstance(widget, UIHorizontalSlider) else widget).tool_tip_text


def test_what_is_too_wide_is_found(window):
    stage = new_stage(Settings(), SIZE)
    screen = NoticeScreen("A heading that cannot stand in its box " * 4, "words")
    stage.push(screen)
    assert any("A heading" in problem for problem in cut_off(screen))


# --- title and new game


def test_two_presses_lead_from_the_title_to_the_game_that_begins(stage, monkeypatch):
    begun = []
    monkeypatch.setattr(start_game, "begin", lambda _, options: begun.append(options))
    click(stage, "New game")
    click(stage, "Begin")
    assert begun == [GameOptions()]


def test_return_twice_does_the_same(stage, monkeypatch):
    import pygame

    begun = []
    monkeypatch.setattr(start_game, "begin", lambda _, options: begun.append(options))
    press(stage, pygame.K_RETURN, pygame.K_RETURN)
    assert begun == [GameOptions()]


def test_title_continues_the_game_played_last_and_names_it(stage, monkeypatch):
    assert not any(each.text.startswith("Continue") for each in buttons(stage.top))
    game = KeptGame("1", "August Storm", date(1945, 8, 12), 4, ("soviet",), datetime(2026, 1, 1), ())
    monkeypatch.setattr(kept_games, "games", lambda: [game])
    stage.top.back()
    button = next(each for each in buttons(stage.top) if each.text.startswith("Continue"))
    assert button.text == "Continue: turn 4"
    assert button.tool_tip_text == "August Storm: turn 4, 12 August 1945, Soviet"
    continued = []
    monkeypatch.setattr(start_game, "continue_kept", lambda _, kept: continued.append(kept))
    click(stage, "Continue: turn 4")
    assert continued == [game]


def test_entry_added_to_the_title_is_shown(stage, monkeypatch):
    monkeypatch.setattr(title, "ENTRIES", (*title.ENTRIES, title.TitleEntry("Chess", "Another game", lambda _: None)))
    stage.top.rebuild()
    assert "Chess" in [each.text for each in buttons(stage.top)]


def test_title_needs_no_kernel():
    import subprocess

    code = "import sys, sim.ui.startup.main_loop; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_choices_of_a_new_game_reach_its_options(stage):
    stage.push(NewGameScreen(GameOptions(), StillShelf()))
    for words in ("Japanese", "Weak", "On", "[  ] What if it had not rained"):
        click(stage, words)
    chosen = GameOptions(sides=("japan",), commander=WEAK, fog=True, mods=("no_rain",))
    assert stage.top.options == chosen
    click(stage, "[x] What if it had not rained")
    assert stage.top.options.mods == ()


def test_broken_scenario_can_be_looked_at_but_not_begun(stage, home, monkeypatch):
    tiny.write_scenario(home / "scenarios" / "broken", scenario=tiny.SCENARIO.replace("title:", "titel:"))
    stage.push(NewGameScreen(GameOptions(), StillShelf()))
    click(stage, "[  ] broken (broken)")
    words = " ".join(fragment.words for fragment in stage.top.documents[0].fragments)
    assert "is missing" in words
    begun = []
    monkeypatch.setattr(start_game, "begin", lambda _, options: begun.append(options))
    click(stage, "Begin")
    assert begun == []


def test_plans_are_offered_where_a_side_of_the_computer_has_several(stage, home):
    other = tiny.STAY.replace("id: stay", "id: stay_too", 1)
    tiny.write_scenario(home / "scenarios" / "tiny")
    (home / "scenarios" / "tiny" / "plans" / "other.yaml").write_text(other)
    shelf = StillShelf()
    entry = next(entry for entry in shelf.scenarios if entry.id == "tiny")
    assert entry.problem == ""
    screen = NewGameScreen(GameOptions(scenario="tiny"), shelf)
    stage.push(screen)
    screen._choose_plan(entry.plans["japan"], "stay", "stay_too")
    assert screen.options.plans == ("stay_too",)
    screen._choose_plan(entry.plans["japan"], "stay", "stay")
    assert screen.options.plans == ()


def test_seed_is_a_whole_number_that_fits(stage):
    screen = NewGameScreen(GameOptions(), StillShelf())
    stage.push(screen)
    for words, seed in (("7", 7), ("", 7), ("x1", 7), ("9" * 30, 2**32 - 1)):
        screen._choose_seed(words)
        assert screen.options.seed == seed


def test_weak_computer_and_fog_of_war_reach_the_campaign(window):
    from sim.game.terms import codes

    stage = new_stage(Settings(), SIZE)
    start_game.begin(stage, GameOptions(commander=WEAK, fog=True))
    assert isinstance(stage.top, LoadingScreen)
    stage.top.task.wait()
    stage.update(0.0)
    assert stage.top.session.world.sides["commander"].tolist() == [codes.COMMANDER_NONE, codes.COMMANDER_BASELINE]
    assert stage.top.session.campaign.fog


# --- settings and keys


def test_scale_takes_effect_at_once_and_is_kept(stage):
    stage.push(SettingsScreen())
    before = stage.top.gui
    click(stage, "125 %")
    assert load_settings().scale == stage.settings.scale == 1.25
    assert stage.top.gui is not before


def test_window_takes_the_chosen_size(stage):
    import pygame

    stage.push(SettingsScreen())
    click(stage, "1024 x 640")
    assert pygame.display.get_surface().get_size() == stage.size == (1024, 640)
    click(stage, "1280 x 800")


def test_usual_values_come_back(stage):
    stage.change(Settings(scale=1.25, volume=0.0))
    stage.push(SettingsScreen())
    click(stage, "Defaults")
    assert stage.settings == Settings()


def test_sounds_are_there_and_silence_is_no_error(monkeypatch):
    from sim import paths

    assert all((paths.assets_root() / "sounds" / f"{name}.wav").stat().st_size > 1000 for name in sounds.NAMES)
    monkeypatch.setattr(sounds, "_loaded", {})
    sounds.play(sounds.BATTLE)


def test_key_is_bound_by_pressing_it(stage):
    import pygame

    stage.push(KeysScreen())
    stage.top._asking("undo", 0)()
    press(stage, pygame.K_LCTRL, pygame.K_k, mod=pygame.KMOD_LCTRL)
    assert stage.settings.keys == {"undo": ("ctrl+k", "ctrl+z")}
    assert load_settings().keys == stage.settings.keys


def test_taken_key_is_told_and_changes_hands_only_if_wanted(stage):
    import pygame

    stage.push(KeysScreen())
    stage.top._asking("undo", 0)()
    press(stage, pygame.K_c)
    assert isinstance(stage.top, NoticeScreen)
    click(stage, "Keep it")
    assert stage.settings.keys == {}
    stage.top._asking("undo", 0)()
    press(stage, pygame.K_c)
    click(stage, "Change it")
    assert stage.settings.keys == {"centre": (), "undo": ("c", "ctrl+z")}


def test_delete_takes_a_key_away_and_escape_leaves_it(stage):
    import pygame

    stage.push(KeysScreen())
    stage.top._asking("undo", 1)()
    press(stage, pygame.K_ESCAPE)
    assert stage.settings.keys == {}
    assert isinstance(stage.top, KeysScreen)
    stage.top._asking("undo", 1)()
    press(stage, pygame.K_DELETE)
    assert stage.settings.keys == {"undo": ("u",)}
    click(stage, "Default keys")
    assert stage.settings.keys == {}


def test_what_is_scrolled_stays_where_it_is_when_something_changes(stage):
    stage.push(KeysScreen())
    bar = stage.top._scrolls[0].vert_scroll_bar
    bar.set_scroll_from_start_percentage(0.3)
    bar.has_moved_recently = True
    stage.top.update(0.02)
    stage.top._asking("full_screen", 0)()
    stage.top.update(0.02)
    assert stage.top._scrolls[0].vert_scroll_bar.start_percentage == pytest.approx(0.3, abs=0.02)


# --- help, notes, credits


def test_help_lists_every_command_with_the_keys_in_force():
    words = keys_section(Settings(keys={"undo": ("ctrl+k",)})).words
    assert all(command.words in words for command in COMMANDS)
    assert in_words("ctrl+k") in words


def test_help_explains_every_sign_of_the_map(stage):
    from sim.ui.map.sign_catalogue import SIGNS

    words = signs_section().words
    assert all(sign.words in words for sign in SIGNS)


def test_rules_are_read_whole_and_searched(stage):
    from sim import paths

    screen = help_screen(stage)
    stage.push(screen)
    shown = " ".join(section.words for section in screen.sections)
    rules = (paths.docs_root() / "rules.md").read_text(encoding="utf-8")
    heads = [line.lstrip("# ") for line in rules.splitlines() if line.startswith("## ")]
    assert all(head in [section.title for section in screen.sections] for head in heads)
    assert "wetness_gain" in shown
    screen.seek("wetness_gain")
    assert screen.sections[screen.at].title == "Weather"
    screen.seek("no such word")
    assert "Nothing" in screen.found.text
    screen.seek("")
    assert len(screen.contents.item_list) == len(screen.sections)


def test_contents_list_opens_a_section(stage):
    screen = notes_screen()
    stage.push(screen)
    row = [section.title for section in screen.sections].index("The settlers")
    screen._chosen(screen._line(row))
    assert "Gegenmiao" in " ".join(fragment.words for fragment in screen.documents[0].fragments)


def test_notes_speak_of_those_whom_the_game_leaves_out():
    words = " ".join(section.words for section in notes_screen().sections)
    for subject in ("labour camps", "settlers", "Pingfang", "Koreans", "Mongolia", "12,031", "83,737"):
        assert subject in words


def test_credits_name_fonts_ground_and_libraries(stage):
    words = " ".join(section.words for section in credits_screen().sections)
    for name in ("Noto Sans", "SIL Open Font License", "Natural Earth", "LGPL", "pygame-ce", "numba", "MIT"):
        assert name in words


# --- menu


@pytest.fixture
def game(window):
    return opened(("soviet",))


def test_menu_key_opens_the_menu_and_escape_closes_it(game):
    import pygame

    press(game.stage, pygame.K_F10)
    assert isinstance(game.stage.top, MenuScreen)
    press(game.stage, pygame.K_ESCAPE)
    assert game.stage.top is game


def test_help_key_opens_the_help_above_the_game(game):
    import pygame

    press(game.stage, pygame.K_F1)
    assert game.stage.top.title == "Help"
    press(game.stage, pygame.K_ESCAPE)
    assert game.stage.top is game


def test_leaving_to_the_title_is_asked_first(game):
    import pygame

    press(game.stage, pygame.K_F10)
    click(game.stage, "Quit to title")
    click(game.stage, "Stay")
    assert isinstance(game.stage.top, MenuScreen)
    click(game.stage, "Quit to title")
    click(game.stage, "Quit to title")
    assert [type(screen) for screen in game.stage.screens] == [TitleScreen]


def test_menu_saves_under_a_name(game):
    import pygame

    from sim.ui.screens.saves import SaveScreen

    press(game.stage, pygame.K_F10)
    click(game.stage, "Save")
    assert isinstance(game.stage.top, SaveScreen)
    assert game.stage.screens[0] is game


def test_entries_of_the_library_are_of_this_copy(home):
    assert library.user_folders() == (home / "scenarios", home / "mods")


def test_a_search_without_a_hit_outlives_a_resize(stage):
    screen = help_screen(stage)
    stage.push(screen)
    screen.seek("no page says this")
    assert screen.found.text.startswith("Nothing says")
    stage.resize((1024, 640))
    assert screen.found.text.startswith("Nothing says")
    screen.seek("")
    stage.resize(SIZE)


def test_settings_that_cannot_be_saved_hold_for_the_session_and_that_is_said_once(stage, monkeypatch):
    def refuse(_: object) -> None:
        raise OSError(30, "Read-only file system", "/home/settings.json")

    monkeypatch.setattr("sim.ui.window.stage.save_settings", refuse)
    change(stage, stage.settings.with_(edge_pan=False))
    assert isinstance(stage.top, NoticeScreen)
    assert stage.top.words == "They hold for this session only.\nRead-only file system: /home/settings.json"
    assert stage.settings.edge_pan is False
    stage.pop()
    change(stage, stage.settings.with_(edge_pan=True))
    assert not isinstance(stage.top, NoticeScreen)
    assert stage.settings.edge_pan is True
