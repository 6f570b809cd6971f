"""Orders: what can be ordered, what makes it legal, what a step costs and why. Scripts import orders from here."""

from sim.game.orders.values import *  # noqa: F403  # each order once, in ``values`` and its ``__all__``
