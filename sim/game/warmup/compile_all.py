"""Compiling every kernel of a campaign, on two cores where there are two, in steps that can be watched.

A helper process (``python -m sim.game.warmup``) compiles battles into the shared cache while this one compiles the
rest; what stands above both is compiled last. If the helper fails, its part is compiled here.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.kernels.compiler.cache_folder import is_finished, kernel_cache, mark_finished
from sim.kernels.compiler.cached_code import forget_damaged
from sim.kernels.compiler.kernel import compile_for
from sim.kernels.state import layout
from sim.paths import CACHE_VARIABLE

Step = tuple[str, Callable[[], object]]


def is_warm() -> bool:
    """Return whether the kernels of a campaign without players have been compiled before."""
    return is_finished(kernel_cache())


def steps(scenario_id: str = "august_storm", *, for_players: bool = True) -> list[Step]:
    """Return what to call, each with a name, to compile every kernel of a campaign, and what players' orders call."""
    forget_damaged()
    helper = _start_helper() if not is_warm() and _usable_cores() > 1 else None
    campaign = [
        *_steps_of(_march_kernels()),
        ("battles", lambda: helper is not None and helper.wait()),
        *_steps_of(_battle_kernels()),
        ("commanders", lambda: _compile(_command_side())),
        ("the whole campaign", lambda: _play_a_day(scenario_id)),
    ]
    players: list[Step] = [
        ("forecasts and looks ahead", lambda: _forecast(scenario_id)),
        ("the orders of players", lambda: _rehearse(scenario_id)),
    ]
    return [*campaign, *players] if for_players else campaign


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _start_helper() -> "subprocess.Popen[bytes] | None":
    try:
        return subprocess.Popen(
            [sys.executable, "-m", __name__],
            # The same folder as here, also where that is one of this session.
            env={**os.environ, CACHE_VARIABLE: str(kernel_cache().parent.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _steps_of(kernels: list[tuple[str, Any]]) -> list[Step]:
    return [(title, lambda chosen=chosen: _compile(chosen)) for title, chosen in kernels]  # type: ignore[misc]


def _march_kernels() -> list[tuple[str, Any]]:
    from sim.kernels.commander import advance, defence, objectives
    from sim.kernels.control import evening
    from sim.kernels.ground import weather
    from sim.kernels.movement import movement
    from sim.kernels.supply import phase
    from sim.kernels.turn import turn

    return [
        ("weather", weather.update_weather),
        ("movement", movement.begin_day_movement),
        ("supply", phase.update_supply),
        ("orders", objectives.assign_objectives),
        ("advance", advance.advance_side),
        ("defence", defence.defend_side),
        ("control", evening.spread_control),
        ("the morning", turn.begin_day),
        ("a side's phase", turn.begin_phase),
    ]


def _battle_kernels() -> list[tuple[str, Any]]:
    from sim.kernels.commander import assault, baseline
    from sim.kernels.turn import end_of_day, turn

    return [
        ("battles", assault.assault_side),
        ("the baseline commander", baseline.command_baseline),
        ("surrender and repair", end_of_day.end_of_day),
        ("the evening", turn.finish_day),
    ]


def _command_side() -> Any:
    from sim.kernels.commander.command_side import command_side

    return command_side


def _compile(chosen: Any) -> None:
    """Compile a kernel for a world, what is known of it, work space and a side: as many of them as it takes."""
    world = layout.empty_world()
    compile_for(chosen, world=world, known=world, scratch=layout.new_scratch(0, 0), side=0)


def _forecast(scenario_id: str) -> None:
    from sim.game.campaign import Campaign
    from sim.game.forecasts.lookahead import load_kernels

    load_kernels(Campaign.start(scenario_id))


def _play_a_day(scenario_id: str) -> None:
    """Compile what Python calls, by doing so."""
    from sim.game.campaign import Campaign
    from sim.kernels.turn import evening_record

    Campaign.start(scenario_id).step_day()
    evening_record.count_holders(evening_record.NO_RECORD, 0, np.zeros((2, 0, 0), np.int32))
    mark_finished()


def _rehearse(scenario_id: str) -> None:
    from sim.game.campaign import Campaign
    from sim.game.warmup.every_call import rehearse

    rehearse(Campaign.start(scenario_id))


if __name__ == "__main__":
    for _, compile_battle in _steps_of(_battle_kernels()):
        compile_battle()
