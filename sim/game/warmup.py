"""Compiling every kernel of a campaign, on two cores where there are two, in steps that can be watched.

A helper process (``python -m sim.game.warmup``) compiles battles into the shared cache while this one compiles the
rest; what stands above both is compiled last. If the helper fails, its part is compiled here.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.kernels import codes, layout
from sim.kernels.jit import compile_for, kernel_cache

if TYPE_CHECKING:
    from sim.game.campaign import Campaign

Step = tuple[str, Callable[[], object]]
FINISHED = "complete"  # name of the file that says so in the cache


def is_warm() -> bool:
    """Return whether these kernels have been compiled before."""
    return (kernel_cache() / FINISHED).exists()


def steps(scenario_id: str = "august_storm") -> list[Step]:
    """Return what to call, each with a name, to compile every kernel of a campaign."""
    helper = _start_helper() if not is_warm() and _usable_cores() > 1 else None
    return [
        *_steps_of(_march_kernels()),
        ("battles", lambda: helper is not None and helper.wait()),
        *_steps_of(_battle_kernels()),
        ("commanders", lambda: _compile(_command_side())),
        ("forecasts", lambda: _forecast(scenario_id)),
        ("the whole campaign", lambda: _play_a_day(scenario_id)),
    ]


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_helper() -> "subprocess.Popen[bytes] | None":
    try:
        return subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _steps_of(kernels: list[tuple[str, Any]]) -> list[Step]:
    return [(title, lambda chosen=chosen: _compile(chosen)) for title, chosen in kernels]  # type: ignore[misc]


def _march_kernels() -> list[tuple[str, Any]]:
    from sim.kernels import advance, control, defence, movement, supply, tasks, turn, weather

    return [
        ("weather", weather.update_weather),
        ("movement", movement.begin_day_movement),
        ("supply", supply.update_supply),
        ("orders", tasks.assign_objectives),
        ("advance", advance.advance_side),
        ("defence", defence.defend_side),
        ("control", control.spread_control),
        ("the morning", turn.begin_day),
        ("a side's phase", turn.begin_phase),
    ]


def _battle_kernels() -> list[tuple[str, Any]]:
    from sim.kernels import assault, baseline, surrender, turn

    return [
        ("battles", assault.assault_side),
        ("the baseline commander", baseline.command_baseline),
        ("surrender and repair", surrender.end_of_day),
        ("the evening", turn.finish_day),
    ]


def _command_side() -> Any:
    from sim.kernels.commander import command_side

    return command_side


def _compile(chosen: Any) -> None:
    """Compile a kernel for a world, work space and a side: as many of them as it takes."""
    compile_for(chosen, world=layout.empty_world(), scratch=layout.new_scratch(0, 0), side=0)


def _forecast(scenario_id: str) -> None:
    from sim.game.forecast import warm_up

    warm_up(scenario_id)


def _play_a_day(scenario_id: str) -> None:
    """Compile what Python calls, by doing so."""
    from sim.game.campaign import Campaign

    campaign = Campaign.start(scenario_id)
    rehearse(campaign)
    campaign.step_day()
    (kernel_cache() / FINISHED).touch()


def rehearse(campaign: "Campaign") -> None:
    """Load or compile what orders and answers call, by giving and asking for some; the campaign stays as it is."""
    from sim.game import answers, forming, groups, idle, marches, orders, rails, standing
    from sim.kernels.control import front_line
    from sim.kernels.factors import works_of
    from sim.kernels.odds import can_assault
    from sim.kernels.stacking import can_stack
    from sim.kernels.support import support_power

    morning = campaign.snapshot()
    side = campaign.side_ids.index(str(campaign.lead(*campaign.side_ids).next_phase()))
    world, scratch, units = campaign.world, campaign.scratch, campaign.world.units
    ready = (units["side"] == side) & (units["hex"] >= 0) & (units["mp10"] > 0) & (units["mobility"] != codes.STATIC)
    row = int(np.flatnonzero(ready)[0])
    enemy = int(units["hex"][(units["side"] != side) & (units["hex"] >= 0)][0])
    front_line(world.hexes, world.neighbours, np.empty(6 * len(world.hexes), np.int32))
    answers.supply_answer(world, scratch, campaign.views, row)
    answers.battle_answer(world, campaign.views, enemy, np.array([row], np.int32), codes.HASTY)
    forming.candidates(campaign, enemy, "hasty")
    forming.supporters(campaign, enemy, [row], "hasty")
    can_assault(world, row, enemy)
    can_stack(world, row, enemy)
    support_power(world.rules[0], units[row], works_of(world.hexes[enemy]))
    marches.look_along_the_line(world, scratch, row)
    for hex in np.flatnonzero(world.edges["rail"].any(axis=1))[:1].tolist():
        rails.next_stop(campaign, row, hex)
    stops = list(marches.look_around(world, scratch, row).left_mp10)
    for target in stops[-1:]:
        groups.places_of_group(campaign, [row], target)
        standing.StandingOrders(campaign).plot(campaign.names.units[row], campaign.names.hex_label(target))
    idle.idle_units(campaign, standing.StandingOrders(campaign))
    campaign.give([orders.FollowPlan((campaign.names.units[row],))])
    campaign.next_phase()
    campaign.restore(morning)


if __name__ == "__main__":
    for _, compile_battle in _steps_of(_battle_kernels()):
        compile_battle()
