"""The tutorial played through by events, as a stranger would play it, and its sheet at every size."""

import pygame
import pytest

from sim.game.campaign import Campaign
from sim.game.maps import basemap
from sim.game.play.session import Session
from sim.game.saves import player_saves
from sim.game.tutorial import tutorial
from sim.game.tutorial.tutorial import STEPS
from sim.ui.campaign.campaign_screen import CampaignScreen
from sim.ui.panels.playback import Playback
from sim.ui.panels.tutorial import RING, LessonPart
from sim.ui.screens.ending import EndingScreen
from sim.ui.screens.title import ENTRIES, TitleScreen
from sim.ui.startup import main_loop, start_game
from sim.ui.startup.navigation import new_stage
from sim.ui.window import commands
from sim.ui.window.navigator import GameOptions
from sim.ui.window.settings import Settings
from tests.support.windows import SIZE, frames, settle


class Player:
    """Plays by events; looks at the window only to know where to click."""

    def __init__(self, size=SIZE, scale=1.0):
        campaign = Campaign.start(tutorial.SCENARIO)
        self.stage = new_stage(Settings(size_px=size, scale=scale), size)
        ground = basemap.prepare(campaign.world, campaign.scenario.base)
        self.screen = start_game.show(self.stage, start_game.Game(Session(campaign, ("soviet",)), ground, lesson=True))
        self.target = pygame.Surface(size)
        self.frame()

    @property
    def course(self):
        return self.screen.part(LessonPart).course

    def label(self, place):
        """Return the label of a place's hex."""
        campaign = self.screen.session.campaign
        return campaign.names.hex_label(int(campaign.world.places["hex"][campaign.names.place_rows[place]]))

    def frame(self):
        self.screen.session.wait()
        self.stage.update(1 / 60)
        self.stage.draw(self.target)

    def press(self, name):
        key, modifiers = commands.key_of(commands.BY_NAME[name].keys[0])
        self.strike(key, modifiers)
        self.frame()

    def strike(self, key, modifiers=0):
        for kind in (pygame.KEYDOWN, pygame.KEYUP):
            main_loop.take(self.stage, pygame.event.Event(kind, key=key, mod=modifiers, unicode=""))

    def escape(self):
        self.strike(pygame.K_ESCAPE)
        self.frame()

    def lead_cursor_to(self, label):
        """Bring the cursor to a hex by its keys."""
        goal = self.screen.session.campaign.names.hex_of(label)
        n_cols = self.screen.camera.n_cols
        self.press("cursor_north")
        while self.screen.selection.hovered != goal:
            at = self.screen.selection.hovered
            if at % n_cols != goal % n_cols:
                self.press("cursor_east" if at % n_cols < goal % n_cols else "cursor_west")
            else:
                self.press("cursor_south" if at < goal else "cursor_north")

    def choose(self, unit):
        """Go from unit to unit until this one is chosen."""
        row = self.screen.session.campaign.unit(unit)
        for _ in range(40):
            if self.screen.selection.chosen == row:
                return
            self.press("next_unit")
        raise AssertionError(f"{unit} never came")

    def attack(self, unit, label, posture):
        self.choose(unit)
        self.lead_cursor_to(label)
        self.press("act")
        while self.screen.selection.attack is not None and self.screen.selection.attack.posture != posture:
            self.press("posture")
        self.press("act")

    def end_turn(self):
        turn = self.screen.session.campaign.turn
        while self.screen.session.campaign.turn == turn and not self.screen.session.campaign.is_over:
            self.press("end_turn")
        settle(self.screen)
        self.frame()
        self.screen.part(Playback).queue.clear()
        if self.stage.top is not self.screen and not isinstance(self.stage.top, EndingScreen):
            self.escape()


def first_day(player, shown=lambda: None):
    """Do what the steps ask for, by keys alone, to the last day; ``shown`` is called at every step."""
    titles = []

    def at(title):
        titles.append(player.course.step.title)
        assert titles[-1] == title
        shown()

    at("Look around")
    player.press("zoom_in")
    player.press("pan_left")
    at("The whole theatre")
    player.press("theatre")
    player.press("next_unit")
    at("Select a unit")
    player.choose(tutorial.TANKS)
    at("March")
    player.lead_cursor_to(tutorial.STEP_TO)
    player.press("act")
    at("Fuel")
    player.choose("sov_72tb")
    at("Beyond today")
    player.lead_cursor_to(player.label("muleng"))
    player.press("act")
    at("Undo")
    player.press("undo")
    at("Supply")
    player.press("layer_supply")
    at("Where supply ends")
    player.lead_cursor_to(player.label("suiyang"))
    at("Plan an attack")
    player.press("layers_off")
    player.choose("sov_97rd")
    player.lead_cursor_to("h133073")
    player.press("act")
    at("Attackers and attack type")
    player.press("posture")
    at("Attack")
    player.press("act")
    at("Dig in")
    player.choose("sov_371rd")
    player.press("rest")
    at("End the turn")
    player.end_turn()
    at("What happened")
    player.press("report")
    player.escape()
    at("Victory points")
    player.press("layer_plans")
    at("Your turn")
    return titles


class WrongFooted(Player):
    """Does what the sheet says only after having done something else."""

    def click_hex(self, label, button=1):
        hex = self.screen.session.campaign.names.hex_of(label)
        x, y = self.screen.camera.centre_of(hex)
        at = (x, y + self.screen.map_top)
        main_loop.take(self.stage, pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
        for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            main_loop.take(self.stage, pygame.event.Event(kind, button=button, pos=at))
        self.frame()

    def wait(self):
        """Let so much time pass that the sheet says what is wrong."""
        self.course._began_ms -= tutorial.WARN_AFTER_MS
        self.frame()

    def told(self):
        """Return what the sheet says in all."""
        return " ".join(line.text for line in self.screen.part(LessonPart).lines())


def later_days(player, shown=lambda: None):
    """Besiege Suifenho until it falls, look how far supply has come, and see the end."""
    player.press("layers_off")
    suifenho = player.screen.session.campaign.names.hex_of("h133073")
    while not player.screen.session.campaign.is_over:
        if player.screen.session.world.layers["occupant"][suifenho] == 1:
            player.attack("sov_97rd", "h133073", "siege")
        if player.course.step.title == "Supply follows":
            player.press("layer_supply")
            player.press("layers_off")
        shown()
        player.end_turn()


def test_a_stranger_plays_the_tutorial_through_by_keys_alone_and_sees_the_end(window):
    player = Player()
    titles = first_day(player)
    later_days(player)
    assert isinstance(player.stage.top, EndingScreen)
    assert player.screen.session.campaign.turns_played == 6
    player.escape()
    assert player.course.is_last
    passed = ["Supply follows", "On to Muleng"]
    assert [*titles, *passed, player.course.step.title] == [step.title for step in STEPS]
    player.press("lesson_next")
    assert player.course is None
    assert "suifenho" in {row["place"] for row in player.screen.session.campaign.result()["captures"]}


def test_who_lets_go_of_the_unit_is_led_back_to_it(window):
    player = WrongFooted()
    player.course.go(3)
    player.choose("sov_97rd")
    assert player.course.step.title == "March"
    player.wait()
    assert tutorial.OTHER_UNIT in player.told()
    names, units = player.screen.session.campaign.names, player.screen.session.world.units
    ringed = player.screen.part(LessonPart)._marked_hex()
    assert ringed == units["hex"][names.unit_rows[tutorial.TANKS]]
    player.choose(tutorial.TANKS)
    assert tutorial.OTHER_UNIT not in player.told()
    assert player.screen.part(LessonPart)._marked_hex() == names.hex_of(tutorial.STEP_TO)


def test_the_wheel_leads_to_the_whole_theatre_as_well(window):
    player = WrongFooted()
    player.course.go(1)
    for _ in range(12):
        main_loop.take(player.stage, pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=-1, flipped=False))
        player.frame()
    player.press("next_unit")
    assert player.course.step.title == "Select a unit"


def test_who_aims_with_a_unit_far_away_is_told_what_to_choose(window):
    player = WrongFooted()
    while player.course.step.title != "Plan an attack":
        player.course.go(1)
    player.choose("sov_371rd")
    player.wait()
    assert "is not adjacent to the town" in player.told()
    player.click_hex("h133073", button=3)
    assert player.course.step.title == "Plan an attack"
    player.choose("sov_97rd")
    player.click_hex("h133073")
    assert player.course.step.title == "Attackers and attack type"


def test_who_attacks_alone_or_loses_the_forecast_is_told_so(window):
    player = WrongFooted()
    while player.course.step.title != "Attack":
        player.course.go(1)
    player.choose("sov_97rd")
    player.click_hex("h133073")
    selection = player.screen.selection
    while selection.attack.posture != "siege":
        player.press("posture")
    for unit in selection.attackers()[1:]:
        selection.toggle_attacker(unit)
    player.wait()
    assert "Only one unit takes part" in player.told()
    player.escape()
    player.escape()
    player.wait()
    assert "None of your units is selected" in player.told()
    player.attack("sov_97rd", "h133073", "siege")
    assert player.course.step.title == "Dig in"


def test_who_ends_the_turn_early_finds_the_same_step_next_morning(window):
    player = WrongFooted()
    player.course.go(3)
    player.end_turn()
    assert player.course.step.title == "March"
    player.choose(tutorial.TANKS)
    player.lead_cursor_to(tutorial.STEP_TO)
    player.press("act")
    assert player.course.step.title == "Fuel"
    player.end_turn()
    player.choose("sov_72tb")
    assert player.course.step.title == "Beyond today"


def test_who_drags_the_map_away_sees_the_ring_at_its_edge(window):
    player = WrongFooted()
    player.course.go(2)
    player.screen.camera = player.screen.camera.panned(-5_000, -5_000)
    player.frame()
    colours = pygame.surfarray.pixels3d(player.target)
    assert (colours == RING).all(axis=2).sum() > 50


def test_a_window_of_another_size_keeps_the_step_and_its_sheet(window):
    player = WrongFooted()
    player.course.go(4)
    player.stage.resize((1024, 640))
    player.target = pygame.Surface((1024, 640))
    player.frame()
    assert player.course.step.title == "Fuel"
    assert player.target.get_rect().contains(player.screen.part(LessonPart).box)
    new_stage(Settings(), SIZE)


def test_the_title_leads_to_the_first_step(window):
    stage = new_stage(Settings(size_px=SIZE), SIZE)
    title = TitleScreen(GameOptions())
    stage.push(title)
    next(entry for entry in ENTRIES if entry.words == "Tutorial").action(title)
    frames(stage, pygame.Surface(SIZE), lambda: isinstance(stage.top, CampaignScreen))
    assert stage.top.session.campaign.scenario.id == tutorial.SCENARIO
    assert stage.top.part(LessonPart).course.step is STEPS[0]
    stage.quit()


def test_a_saved_tutorial_goes_on_as_a_game(window, tmp_path):
    player = Player()
    player.end_turn()
    player_saves.save_session(player.screen.session, tmp_path / "kept.save")
    session = player_saves.load_session(tmp_path / "kept.save")
    assert (session.campaign.scenario.id, session.campaign.turn) == (tutorial.SCENARIO, 2)


def test_steps_can_be_skipped_gone_back_to_and_left(window):
    player = Player()
    player.press("lesson_next")
    player.press("lesson_next")
    player.press("lesson_back")
    assert player.course.at == 1
    player.press("lesson_leave")
    assert player.course is None
    assert player.screen.session.side_to_move == "soviet"


def test_a_click_on_the_sheet_goes_on(window):
    player = Player()
    sheet = player.screen.part(LessonPart)
    rect, _ = next(link for link in sheet._column.links if link[1].action == "lesson_next")
    at = (sheet.box.left + rect.centerx, sheet.box.top + rect.centery)
    main_loop.take(player.stage, pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=at))
    assert player.course.at == 1


def test_whoever_goes_his_own_way_is_not_held_up(window):
    player = Player()
    player.end_turn()
    assert player.course.step.title == "Look around"
    assert player.screen.session.campaign.turn == 2


def test_a_game_without_lessons_shows_no_sheet(window):
    player = Player()
    player.press("lesson_leave")
    player.frame()
    assert player.screen.part(LessonPart).box.height == 0


@pytest.mark.parametrize(
    ("size", "scale"), [((1024, 640), 1.0), ((1024, 640), 1.5), ((1280, 800), 1.0), ((1920, 1080), 2.0)]
)
def test_the_sheet_of_every_step_is_shown_whole(window, size, scale):
    player = Player(size, scale)
    try:
        for _ in STEPS[:-1]:
            player.frame()
            sheet = player.screen.part(LessonPart)
            assert player.target.get_rect().contains(sheet.box)
            assert sheet._column.surface.get_height() <= sheet.box.height, player.course.step.title
            player.course.late = True
            player.press("lesson_next")
    finally:
        new_stage(Settings(), SIZE)  # back to the usual scale


def test_the_sheet_does_not_lie_over_what_a_step_speaks_of(window):
    player = Player()
    hex = player.screen.session.campaign.names.hex_of(tutorial.STEP_TO)
    sheet = player.screen.part(LessonPart)
    camera = player.screen.camera
    x, y = camera.centre_of(hex)
    player.screen.camera = camera.panned(x - sheet.box.centerx, y + player.screen.map_top - sheet.box.centery)
    while player.course.step.at != tutorial.STEP_TO:
        player.course.go(1)
    player.frame()
    x, y = player.screen.camera.centre_of(hex)
    assert not sheet.box.collidepoint(x, y + player.screen.map_top)


@pytest.mark.parametrize("command", ["end_turn", "layer_supply", "rest"])
def test_the_button_that_a_step_speaks_of_is_ringed(window, command):
    player = Player()
    player.choose("sov_97rd")
    while player.course.step.button != command:
        player.course.go(1)
    player.frame()
    box = player.screen.part(LessonPart)._marked_button().inflate(30, 30).clip(player.target.get_rect())
    rim = pygame.surfarray.pixels3d(player.target.subsurface(box))
    assert (rim == RING).all(axis=2).sum() > 100


def test_the_window_opens_on_the_ground_of_the_scenario(window):
    player = Player()
    names, camera = player.screen.session.campaign.names, player.screen.camera
    for label in ("h124072", "h135073"):
        assert camera.shows(camera.centre_of(names.hex_of(label)), 0)
    assert camera.side_px >= 18


def test_words_of_every_step_name_known_commands_and_known_ground(window):
    player = Player()
    sheet, session = player.screen.part(LessonPart), player.screen.session
    for number, step in enumerate(STEPS):
        player.course.at = number
        words = "".join((step.words, step.hint, *step.by_turn.values()))
        assert "{" not in sheet.worded(words)
        assert not step.at or 0 <= sheet._marked_hex() < len(session.world.hexes)
        assert not step.button or step.button in commands.BY_NAME
