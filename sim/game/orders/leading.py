"""Who leads a side and its units: a person, or one of the engine's commanders."""

from sim.kernels import codes
from sim.kernels.commander.command_side import command_side
from sim.kernels.state.layout import Scratch, World


def is_led_by_hand(world: World, side: int) -> bool:
    """Return whether a side is not led by the computer."""
    return int(world.sides["commander"][side]) == codes.COMMANDER_NONE


def take_over(world: World, side: int) -> None:
    """Let a person lead a side with all of its units."""
    world.sides["commander"][side] = codes.COMMANDER_NONE
    world.units["led_by"][world.units["side"] == side] = codes.LED_BY_HAND


def leave_to_computer(world: World, side: int) -> None:
    """Let the engine's commander lead a side with all of its units."""
    world.sides["commander"][side] = codes.COMMANDER_ADAPTIVE
    world.units["led_by"][world.units["side"] == side] = codes.LED_BY_COMMANDER


def let_plan_be_followed(world: World, scratch: Scratch, side: int) -> None:
    """Let the engine's commander order those units of a side led by hand that follow the plan (``FollowPlan``)."""
    units = world.units
    if ((units["side"] == side) & (units["led_by"] == codes.LED_BY_COMMANDER)).any():
        world.sides["commander"][side] = codes.COMMANDER_ADAPTIVE
        command_side(world, scratch, side)
        world.sides["commander"][side] = codes.COMMANDER_NONE
