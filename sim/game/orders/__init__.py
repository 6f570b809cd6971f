"""Orders: what can be ordered, what makes it legal, what a step costs and why. Scripts import orders from here."""

from sim.game.orders.values import (
    ATTACK_POSTURES,
    POSTURES,
    Attach,
    Attack,
    FollowPlan,
    ForcedMarch,
    Move,
    Order,
    Posture,
    Rail,
    Standing,
    TakeCommand,
)

__all__ = [
    "ATTACK_POSTURES",
    "POSTURES",
    "Attach",
    "Attack",
    "FollowPlan",
    "ForcedMarch",
    "Move",
    "Order",
    "Posture",
    "Rail",
    "Standing",
    "TakeCommand",
]
