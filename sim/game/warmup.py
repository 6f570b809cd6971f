"""The kernels of a campaign in the order in which a day calls them, so that compiling can be watched."""

from collections.abc import Callable

Step = tuple[str, Callable[[], object]]


def steps(scenario_id: str = "august_storm") -> list[Step]:
    """Return what to call, each with a name, to compile every kernel of a campaign; the world is thrown away."""
    from sim.game.campaign import Campaign
    from sim.kernels import campaign as loop
    from sim.kernels import commander, control, movement, supply, surrender, turn, victory, weather

    campaign = Campaign.start(scenario_id)
    world, scratch = campaign.world, campaign.scratch
    return [
        ("weather", lambda: weather.update_weather(world)),
        ("movement", lambda: movement.begin_day_movement(world, 0)),
        ("supply", lambda: supply.update_supply(world, scratch, 0)),
        ("commanders and combat", lambda: commander.command_side(world, scratch, 0)),
        ("surrender and repair", lambda: surrender.end_of_day(world, scratch)),
        ("control", lambda: control.spread_control(world)),
        ("victory", lambda: victory.count_points(world)),
        ("a day", lambda: turn.play_day(world, scratch)),
        ("a campaign", lambda: loop.run_campaign(world, scratch, 1)),
    ]
