"""A class is all that an order needs: its name, its rows and its subject are what the rest of the game goes by."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sim.errors import OrderError, refuse
from sim.game import orders
from sim.game.orders.values import UnitOrder
from sim.game.records.order_log import entry_of, plain
from sim.kernels import codes
from sim.kernels.orders import ORDER_KINDS
from tests.support.sessions import opened, row

pytestmark = pytest.mark.engine


@pytest.fixture
def stand_fast() -> Iterator[Any]:
    """Add an order to the game: one class."""

    @dataclass(frozen=True)
    class StandFast(UnitOrder, name="stand_fast", kind="posture"):
        """Defend to the last; refused to units that have marched."""

        def rows(self, rules: Any) -> list[dict[str, int]]:
            unit = rules.unit(self.unit)
            if rules.row(unit)["hexes_today"] > 0:
                refuse("marched", self.unit, "it has marched today")
            return [{"unit": unit, "posture": codes.DELAY}]

    yield StandFast
    del orders.ORDERS["stand_fast"]


def test_a_new_order_is_one_class(stand_fast: Any) -> None:
    session = opened()
    mine = "first"
    order = stand_fast(mine)
    assert session.give(order) == ""
    assert int(session.campaign.world.units["posture"][row(session, mine)]) == codes.DELAY
    assert session.campaign.order_log.today[-1] == order
    assert plain(order) == ["stand_fast", mine]
    assert entry_of(["stand_fast", mine]) == order
    session.campaign.world.units["hexes_today"][row(session, mine)] = 1
    with pytest.raises(OrderError, match="it has marched today"):
        session.campaign.give([order])


def test_every_order_is_known_to_kernels_and_scripts() -> None:
    assert len(orders.ORDERS) >= 8
    for name, kind in orders.ORDERS.items():
        assert kind.name == name
        assert kind.kind in ORDER_KINDS[1:]
        assert getattr(orders, kind.__name__) is kind


def test_every_kind_of_the_kernels_is_ordered_by_somebody() -> None:
    assert {kind.kind for kind in orders.ORDERS.values()} == set(ORDER_KINDS[1:])
