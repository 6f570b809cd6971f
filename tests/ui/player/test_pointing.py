"""What the pointer offers: ways and reasons over free map only, and selections that are not lost."""

import dataclasses

import numpy as np
import pygame
import pytest

from sim.game.orders import FollowPlan, TakeCommand
from sim.game.terms import codes
from sim.ui.map.stacks import stack_in
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.route_preview import Routes
from sim.ui.panels.side import SidePanel
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.panels.why_tooltip import WhyPanel
from sim.ui.player import intents
from tests.support.windows import opened
from tests.ui.player.test_orders import attackable, chosen, hex_of, mouse, pixel

pytestmark = pytest.mark.window
GROUND = (1, 2, 3)


@pytest.fixture
def screen(window):
    return opened(("soviet",))


def move_to(screen, at):
    mouse(screen, pygame.MOUSEMOTION, at)
    screen.update()


def previewed(screen):
    """Return whether a way is drawn on the map."""
    area = pygame.Surface((screen.size[0], screen.size[1] - screen.map_top))
    area.fill(GROUND)
    screen.part(Routes).draw_map(area)
    return pygame.mask.from_threshold(area, GROUND, (1, 1, 1)).count() < area.get_width() * area.get_height()


def somewhere_in_range(screen):
    return max(screen.selection.march.left_mp10)


def test_a_way_is_offered_over_free_map_and_not_through_a_panel(screen):
    chosen(screen)
    target = somewhere_in_range(screen)
    move_to(screen, pixel(screen, target))
    assert previewed(screen)
    screen.draw(pygame.display.get_surface())
    move_to(screen, screen.part(MiniMap).box().center)
    assert not previewed(screen)
    move_to(screen, screen.part(SidePanel).box.center)
    assert not previewed(screen)
    assert screen.part(WhyPanel).table.is_pointing is False


def test_the_words_of_a_route_stand_beside_the_panels(screen, monkeypatch):
    chosen(screen)
    written = (9, 8, 7)
    label = pygame.Surface((300, 20))
    label.fill(written)
    monkeypatch.setattr("sim.ui.look.theme.haloed", lambda *_: label)
    screen.draw(pygame.display.get_surface())
    edge = screen.part(SidePanel).box.left
    n_cols = screen.camera.n_cols
    east = screen.camera.hex_at((edge + 60, 300))  # below the panel
    screen.selection.hovered = east
    assert screen.selection.route(east).steps[-1] % n_cols > east % n_cols - 2
    area = pygame.Surface((screen.size[0], screen.size[1] - screen.map_top))
    area.fill(GROUND)
    screen.part(Routes).draw_map(area)
    mask = pygame.mask.from_threshold(area, written, (1, 1, 1))
    assert mask.count()
    assert max(box.right for box in mask.get_bounding_rects()) <= edge


def test_no_way_is_offered_for_a_unit_that_the_computer_leads(screen):
    unit = chosen(screen)
    screen.session.give(FollowPlan((screen.session.campaign.names.units[unit],)))
    screen.selection.choose(unit)
    move_to(screen, (640, 420))
    assert screen.selection.march is None
    assert not previewed(screen)


def test_a_way_is_not_offered_again_where_the_order_was_just_given(screen):
    chosen(screen)
    left = screen.selection.march.left_mp10
    target = max(left, key=left.get)  # the nearest: it can go on from there
    move_to(screen, pixel(screen, target))
    screen.carry_out(intents.MoveTo(target))
    screen.update()
    assert not previewed(screen)
    elsewhere = next(iter(screen.selection.march.left_mp10))
    move_to(screen, pixel(screen, elsewhere))
    assert previewed(screen)


def test_the_tooltip_of_a_target_says_that_it_can_be_attacked(screen):
    unit, target = attackable(screen)
    screen.selection.choose(unit)
    screen.show_hex(target)
    screen.selection.hovered = target
    assert [line.text for line in screen.part(WhyPanel).lines()] == ["Click to plan an attack on this hex."]
    screen.selection.aim(target)
    assert screen.part(WhyPanel).lines() == []  # the forecast says it all


def test_a_tooltip_beyond_the_range_says_what_a_right_click_does(screen):
    chosen(screen, "sov_46gtb")
    screen.selection.hovered = screen.session.campaign.names.hex_of("h085040")
    said = " ".join(line.text for line in screen.part(WhyPanel).lines())
    assert said.startswith("Right-click to march here: ")
    assert "arriving on" in said


def test_a_tooltip_keeps_off_the_panels_and_its_hex(screen):
    chosen(screen)
    screen.draw(pygame.display.get_surface())
    part, panel = screen.part(WhyPanel), screen.part(SidePanel).box
    part._at = (panel.left - 30, panel.top + 120)
    sheet = pygame.Surface((200, 90))
    box = part._place(sheet, pygame.display.get_surface().get_rect())
    assert not box.colliderect(panel)
    assert not box.collidepoint(part._at)


def test_a_click_on_an_enemy_out_of_reach_keeps_the_selection_and_says_why(screen):
    unit = chosen(screen)
    units = screen.session.world.units
    enemies = {int(hex) for hex, side in zip(units["hex"], units["side"], strict=True) if side == codes.JAPANESE}
    far = next(hex for hex in enemies if hex >= 0 and stack_in(screen.session.world, hex))
    screen.carry_out(intents.Select(far))
    assert screen.selection.chosen == unit
    assert "No attack from here" in screen.selection.message
    screen.selection.let_go()
    screen.carry_out(intents.Select(far))
    assert screen.selection.chosen in stack_in(screen.session.world, far)  # where nothing is selected it can be read


def test_a_right_click_of_a_group_on_its_own_hex_keeps_the_group(screen):
    unit = chosen(screen)
    screen.selection.choose_army()
    group = screen.selection.group
    assert len(group) > 1
    mouse(screen, pygame.MOUSEBUTTONDOWN, pixel(screen, hex_of(screen, unit)), 3)
    assert screen.selection.group == group
    assert "The group is here" in screen.selection.message


def test_a_whole_army_is_counted_once_and_long_lists_say_how_many_more(screen):
    unit = chosen(screen)
    screen.selection.choose_army()
    units = screen.session.world.units
    mine = int(((units["army"] == units["army"][unit]) & (units["hex"] >= 0)).sum())
    assert screen.selection.message.startswith(f"{mine} units selected")
    said = [line.text for line in screen.part(SidePanel).lines()]
    if mine - 1 > 12:
        assert f"and {mine - 13} more" in said
    everyone = np.flatnonzero((units["side"] == codes.SOVIET) & (units["hex"] >= 0)).tolist()
    screen.selection.choose_all([*everyone, *everyone])
    assert f"and {len(everyone) - 13} more" in [line.text for line in screen.part(SidePanel).lines()]


def test_a_mixed_selection_is_handed_over_and_a_led_one_taken_back(screen):
    unit = chosen(screen)
    screen.selection.choose_army()
    group, names = screen.selection.group, screen.session.campaign.names.units
    screen.session.give(FollowPlan((names[group[0]],)))
    screen.selection.choose(unit, group)
    screen.selection.follow_plan()
    led_by = screen.session.world.units["led_by"]
    assert {int(led_by[one]) for one in group} == {codes.LED_BY_COMMANDER}
    screen.selection.follow_plan()
    led_by = screen.session.world.units["led_by"]
    assert codes.LED_BY_COMMANDER not in {int(led_by[one]) for one in group}
    assert isinstance(screen.session.campaign.order_log.entries[-1], TakeCommand)


def test_the_list_of_idle_units_follows_what_is_ordered(screen):
    part = screen.part(TurnEnd)
    screen.stage.settings = dataclasses.replace(screen.stage.settings, turn_warning=True)
    part.ask()
    before = {one.unit for one in part.waiting}
    unit = min(before)
    screen.session.hold([unit])
    screen.update()
    assert {one.unit for one in part.waiting} == before - {unit}
