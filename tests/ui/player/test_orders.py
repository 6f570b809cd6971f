"""Orders given in the window: by click, drag, box and keys, each through the same session."""

import numpy as np
import pygame
import pytest

from sim.game.orders import ForcedMarch
from sim.game.play.standing_orders import DIG_IN, HOLD
from sim.game.terms import codes
from sim.ui.map.stacks import stack_in
from sim.ui.panels.attack import STRIKE, UNIT, AttackPanel
from sim.ui.panels.order_bar import OrderBar
from sim.ui.panels.stack_fan import StackFan
from sim.ui.panels.turn_end import END, TurnEnd
from sim.ui.player import intents
from sim.ui.window import commands
from tests.support.windows import opened


@pytest.fixture
def screen(window):
    return opened(("soviet",))


def chosen(screen, name="sov_46gtb"):
    unit = screen.session.campaign.unit(name)
    screen.selection.choose(unit)
    screen.show_hex(hex_of(screen, unit))
    return unit


def hex_of(screen, unit):
    return int(screen.session.world.units["hex"][unit])


def pixel(screen, hex):
    x, y = screen.camera.centre_of(hex)
    return x, y + screen.map_top


def mouse(screen, kind, at, button=1, **more):
    screen.handle(pygame.event.Event(kind, pos=at, button=button, **more), 1000)


def attackable(screen):
    units = screen.session.world.units
    for unit in np.flatnonzero((units["side"] == codes.SOVIET) & (units["hex"] >= 0)).tolist():
        screen.selection.choose(unit)
        if screen.selection.targets:
            return unit, min(screen.selection.targets)
    raise AssertionError("nobody can attack")


def test_a_right_click_beyond_todays_range_plots_a_march(screen):
    unit = chosen(screen)
    far = screen.session.campaign.names.hex_of("h085040")
    assert far not in screen.selection.march.left_mp10
    screen.carry_out(intents.Send(far))
    order = screen.session.standing_orders()["sov_46gtb"]
    assert (order.kind, order.to) == ("march", "h085040")
    screen.update()
    assert screen.view.knowledge.orders[unit] == "plotted"


def test_a_drag_from_the_unit_sends_it(screen):
    unit = chosen(screen)
    start, target = (
        hex_of(screen, unit),
        next(
            hex
            for hex, left in screen.selection.march.left_mp10.items()
            if left > 0 and hex != screen.selection.march.start
        ),
    )
    mouse(screen, pygame.MOUSEBUTTONDOWN, pixel(screen, start))
    mouse(screen, pygame.MOUSEMOTION, pixel(screen, target), rel=(9, 9), buttons=(1, 0, 0))
    mouse(screen, pygame.MOUSEBUTTONUP, pixel(screen, target))
    assert hex_of(screen, unit) == target


def test_a_box_chooses_the_units_in_it_and_a_group_moves_and_comes_back_together(screen):
    chosen(screen)
    screen.carry_out(intents.Box((0, 0), (screen.camera.width_px, screen.camera.height_px), True))
    group = screen.selection.group
    assert len(group) > 3
    before = {unit: hex_of(screen, unit) for unit in group}
    target = max(screen.selection.march.left_mp10)
    screen.carry_out(intents.Send(target))
    assert {unit: hex_of(screen, unit) for unit in group} != before
    screen.carry_out(intents.GiveCommand("undo"))
    assert {unit: hex_of(screen, unit) for unit in group} == before


def test_orders_of_the_bar_stand_until_dropped(screen):
    chosen(screen)
    screen.carry_out(intents.GiveCommand("hold"))
    assert screen.session.standing_orders()["sov_46gtb"].kind == HOLD
    screen.carry_out(intents.GiveCommand("rest"))
    assert screen.session.standing_orders()["sov_46gtb"].kind == DIG_IN
    screen.carry_out(intents.GiveCommand("cancel_orders"))
    assert "sov_46gtb" not in screen.session.standing_orders()


def test_a_plain_order_of_the_table_is_given_by_its_command_alone(screen):
    unit = chosen(screen)
    before = int(screen.session.world.units["mp10"][unit])
    assert commands.BY_NAME["force_march"].order is ForcedMarch
    screen.carry_out(intents.GiveCommand("force_march"))
    assert int(screen.session.world.units["forced"][unit]) == 1
    assert int(screen.session.world.units["mp10"][unit]) > before


def test_a_unit_handed_to_the_plan_is_taken_back_by_the_same_key(screen):
    unit = chosen(screen)
    screen.carry_out(intents.GiveCommand("follow_plan"))
    assert int(screen.session.world.units["led_by"][unit]) == codes.LED_BY_COMMANDER
    screen.carry_out(intents.GiveCommand("follow_plan"))
    assert int(screen.session.world.units["led_by"][unit]) == codes.LED_BY_HAND


def test_the_whole_army_is_chosen_by_a_key(screen):
    unit = chosen(screen)
    screen.carry_out(intents.GiveCommand("choose_army"))
    army = int(screen.session.world.units["army"][unit])
    assert len(screen.selection.group) > 5
    assert {int(screen.session.world.units["army"][one]) for one in screen.selection.group} == {army}


def test_an_attack_is_formed_forecast_and_struck_by_its_panel(screen, window):
    _, target = attackable(screen)
    screen.carry_out(intents.Aim(target))
    before = len(screen.session.campaign.events())
    everyone = screen.selection.attackers()
    panel = screen.part(AttackPanel)
    lines = panel.lines()
    forecast = screen.selection.forecast()
    assert forecast.battles == 1000
    assert any(line.text == f"{name}: {effect}" for name, effect in forecast.acting_factors for line in lines)
    panel.follow(next(line for line in lines if line.action == f"{UNIT}{everyone[0]}"))
    assert everyone[0] not in screen.selection.attackers()
    panel.follow(next(line for line in lines if line.action == f"{UNIT}{everyone[0]}"))
    assert len(screen.session.campaign.events()) == before
    panel.follow(next(line for line in panel.lines() if line.action == STRIKE))
    assert len(screen.session.campaign.events()) > before
    assert not screen.session.can_undo


def test_the_end_of_a_turn_lists_who_waits_and_jumps_there(screen):
    screen.stage.settings = screen.stage.settings.with_(turn_warning=True)
    screen.carry_out(intents.GiveCommand("end_turn"))
    part = screen.part(TurnEnd)
    assert not screen.session.is_thinking
    line = next(line for line in part.lines() if line.hex >= 0)
    part.follow(line)
    assert screen.selection.chosen == int(line.action)
    part.follow(next(line for line in part.lines() if line.action == END))
    screen.session.wait()
    assert int(screen.session.world.clock["turn"][0]) == 2


def test_a_clicked_stack_fans_out_and_any_unit_of_it_can_be_chosen(screen, window):
    world = screen.session.world
    hexes = world.units["hex"][(world.units["hex"] >= 0) & (world.units["side"] == codes.SOVIET)]
    stacked = next(int(hex) for hex in hexes if len(stack_in(world, int(hex))) > 1)
    screen.show_hex(stacked)
    screen.selection.choose(-1)
    screen.carry_out(intents.Select(stacked), None)
    fan = screen.part(StackFan)._fan()
    last = fan.slots[-1]
    mouse(screen, pygame.MOUSEBUTTONDOWN, (last.box.centerx, last.box.centery + screen.map_top))
    assert screen.selection.chosen == last.unit


def test_keys_alone_choose_and_march(screen):
    unit = chosen(screen)
    screen.selection.hovered = -1
    screen.carry_out(intents.GiveCommand("cursor_north"))
    goal = screen.selection.hovered
    assert goal in screen.selection.march.left_mp10
    screen.carry_out(intents.GiveCommand("act"))
    assert hex_of(screen, unit) == goal


def test_every_order_of_the_bar_is_drawn_inside_the_window(screen, window):
    chosen(screen)
    for size in ((1024, 640), (1280, 800), (2560, 1440)):
        screen.stage.resize(size)
        for button in screen.part(OrderBar).buttons():
            assert pygame.Rect(0, 0, *size).contains(button.box)
