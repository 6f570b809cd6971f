"""How the battle of the tutorial comes out in different hands: the table of docs/tutorial.md.

Run with ``python -m benchmarks.tutorial [SEEDS]``.
"""

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from sim.errors import OrderError
from sim.game.campaign import Campaign
from sim.game.orders.values import Attack
from sim.game.play.attack_forming import candidates
from sim.game.play.standing_orders import StandingOrders
from sim.game.tutorial.tutorial import SCENARIO
from sim.kernels import codes

ROAD = ("suifenho", "suiyang", "machiaoho", "hsiachengtzu", "muleng", "taimakou")
Player = Callable[[Campaign, StandingOrders], None]


def besiege_and_drive(campaign: Campaign, standing: StandingOrders) -> None:
    """Fight with all who stand beside an enemy, by siege against works; send everyone else down the road."""
    _attack(campaign, ("siege", "prepared", "hasty"), alone=False)
    _drive(campaign, standing)


def rush(campaign: Campaign, standing: StandingOrders) -> None:
    """Attack in haste, unit by unit, then send everyone down the road."""
    _attack(campaign, ("hasty",), alone=True)
    _drive(campaign, standing)


def lose_two_days(campaign: Campaign, standing: StandingOrders) -> None:
    """Give no order on the first two days, and then do as ``besiege_and_drive``."""
    if campaign.turn > 2:
        besiege_and_drive(campaign, standing)


def do_nothing(campaign: Campaign, standing: StandingOrders) -> None:
    """Give no order."""


def _attack(campaign: Campaign, kinds: tuple[str, ...], *, alone: bool) -> None:
    rules, names = campaign.order_rules(), campaign.names
    for target in np.flatnonzero(rules.known.layers["occupant"] == codes.JAPANESE).tolist():
        works = campaign.world.hexes["fort_permille"][target] > 0
        for kind in kinds if works else [kind for kind in kinds if kind != "siege"]:
            able = [names.units[one.unit] for one in candidates(campaign, target, kind) if one.can]
            if able:
                for group in [[unit] for unit in able] if alone else [able]:
                    _try(campaign, Attack(tuple(group), names.hex_label(target), kind))
                break


def _try(campaign: Campaign, order: Attack) -> None:
    with suppress(OrderError):  # the target has gone, or the unit has fought
        campaign.give([order])


def _drive(campaign: Campaign, standing: StandingOrders) -> None:
    places, rows = campaign.world.places, campaign.names.place_rows
    goal = next((one for one in ROAD if int(places["holder"][rows[one]]) == codes.JAPANESE), ROAD[-1])
    hex = campaign.names.hex_label(int(places["hex"][rows[goal]]))
    units = campaign.world.units
    ready = (units["side"] == codes.SOVIET) & (units["hex"] >= 0) & (units["mp10"] > 0)
    ready &= (units["mobility"] != codes.STATIC) & (units["status"] == codes.ACTIVE) & (units["attacks_today"] == 0)
    for row in sorted(np.flatnonzero(ready).tolist(), key=lambda row: -int(units["mp10"][row])):
        with suppress(OrderError):
            standing.plot(campaign.names.units[row], hex)


def played(seed: int, player: Player | None) -> tuple[int, str, dict[str, int]]:
    """Play a campaign with the Soviet side in these hands; return score, level and the days of the captures."""
    campaign = Campaign.start(SCENARIO, seed=seed)
    if player is not None:
        campaign.lead("soviet")
    standing = StandingOrders(campaign)
    while not campaign.is_over:
        while campaign.next_phase():
            assert player is not None
            player(campaign, standing)
    result = campaign.result()
    days = {row["place"]: row["turn"] for row in result["captures"] if row["side"] == "soviet"}
    return int(campaign.world.clock["score"][0]), result["outcome"]["level"], days


def main(seeds: int) -> None:
    """Print a row for each kind of player."""
    players: dict[str, Player | None] = {
        "the computer": None,
        "besieges works, drives on": besiege_and_drive,
        "the same, two days late": lose_two_days,
        "attacks in haste, one by one": rush,
        "nobody": do_nothing,
    }
    for name, player in players.items():
        runs = [played(seed, player) for seed in range(seeds)]
        scores = sorted(score for score, _, _ in runs)
        levels = Counter(level for _, level, _ in runs)
        print(f"| {name} | {scores[0]} / {int(np.median(scores))} / {scores[-1]} | {dict(levels)} |", flush=True)
        for place in ROAD:
            days = Counter(days.get(place, 0) for _, _, days in runs)
            print(f"    {place}: {dict(sorted(days.items()))}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
