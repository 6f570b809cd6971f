"""Every kind of order and question once, so that whatever they call is compiled or loaded before a player clicks."""

from collections.abc import Callable

import numpy as np

from sim.game import orders
from sim.game.campaign import Campaign
from sim.game.forecasts.lookahead import load_kernels
from sim.game.orders import answers, marches
from sim.game.orders.step_cost_why import why_step
from sim.game.overlays.enemy import threats
from sim.game.play import attack_forming, groups, idle_units, rail_journeys, standing_orders
from sim.game.saves.soundness import check_world
from sim.kernels import codes
from sim.kernels.combat.factors import works_of
from sim.kernels.combat.odds import can_assault
from sim.kernels.combat.support import support_power
from sim.kernels.commander.defence import is_paralysed
from sim.kernels.control.ownership import front_line
from sim.kernels.units.stacking import can_stack
from sim.scenario import digest


def prepare(campaign: Campaign, report: Callable[[str], None]) -> None:
    """Do what a game needs once, so that no click waits for it: kernels, the scenario's digest for saves.

    The campaign stays as it is.
    """
    report("the commanders")
    rehearse(campaign)
    digest(campaign.scenario)
    report("forecasts")
    load_kernels(campaign)


def rehearse(campaign: Campaign) -> None:
    """Give orders, ask why and play the rest of the day; the campaign stays as it is."""
    before = campaign.snapshot()
    campaign.lead(*campaign.side_ids)
    if campaign.phase_side is None:
        campaign.next_phase()
    world, units = campaign.world, campaign.world.units
    there = (units["status"] == codes.ACTIVE) & (units["hex"] >= 0)
    mine = units["side"] == campaign.order_rules().side
    ready = np.flatnonzero(there & mine & (units["mp10"] > 0) & (units["mobility"] != codes.STATIC)).tolist()
    front_line(world.holder, world.hexes, world.neighbours, np.empty(6 * len(world.hexes), np.int32))
    for row, enemy in zip(ready[:1], units["hex"][there & ~mine][:1].tolist(), strict=False):
        campaign.give([orders.TakeCommand((campaign.names.units[row],))])
        _form_an_attack(campaign, row, enemy)
        _move(campaign, row)
        _look_round(campaign, row)
        campaign.give([orders.FollowPlan((campaign.names.units[row],))])
    while campaign.phase_side is not None:
        campaign.next_phase()
    campaign.restore(before)
    check_world(campaign.world, campaign.world)  # what loading a save calls


def _look_round(campaign: Campaign, row: int) -> None:
    """Ask what a step costs on every side, and what threatens."""
    world, unit = campaign.world, campaign.world.units[row]
    for direction in range(6):
        why_step(world, row, int(unit["hex"]), direction)
    threats(world, campaign.scratch, int(unit["side"]))


def _form_an_attack(campaign: Campaign, row: int, enemy: int) -> None:
    """Ask about an attack on a hex, and call what that does not for want of guns or contact."""
    world = campaign.world
    answers.supply_answer(world, campaign.scratch, campaign.views, row)
    answers.battle_answer(world, campaign.views, enemy, np.array([row], np.int32), codes.HASTY)
    attack_forming.candidates(campaign, enemy, "hasty")
    attack_forming.supporters(campaign, enemy, [row], "hasty")
    can_assault(world, row, enemy)
    is_paralysed(world, row)
    can_stack(world, row, enemy)
    support_power(world.rules[0], world.units[row], works_of(world.hexes[enemy]))


def _move(campaign: Campaign, row: int) -> None:
    """Look along a railway and plot a march."""
    world, scratch = campaign.world, campaign.scratch
    plotted = standing_orders.StandingOrders(campaign)
    marches.look_along_the_line(world, scratch, row)
    for hex in np.flatnonzero(world.edges["rail"].any(axis=1))[:1].tolist():
        rail_journeys.next_stop(campaign, row, hex)
    for target in list(marches.look_around(world, scratch, row).left_mp10)[-1:]:
        groups.places_of_group(campaign, [row], target)
        plotted.plot(campaign.names.units[row], campaign.names.hex_label(target))
    idle_units.idle_units(campaign, plotted)
