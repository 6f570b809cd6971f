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


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (orders.Move(3, None), "Move: unit takes a text, not 3; to takes a text, not None"),
        (orders.Attack("first", "0201"), "Attack: units takes a tuple of texts, not 'first'"),
        (
            orders.Attack(("first", 5), 5, b"hasty"),
            "not ('first', 5); target takes a text, not 5; posture takes a text",
        ),
        (orders.Posture("first", ["defend"]), "posture takes a text, not ['defend']"),
        (orders.ForcedMarch({}), "unit takes a text, not {}"),
        (orders.Rail("first", 1.5), "to takes a text, not 1.5"),
        (orders.Attach("first", {"a"}), "formation takes a text"),
        (orders.FollowPlan("first"), "names takes a tuple of texts, not 'first'"),
        (orders.TakeCommand((None,)), "names takes a tuple of texts, not (None,)"),
        ("move", "str: it is no order; give Move(unit, to)"),
        (None, "NoneType: it is no order"),
        (orders.Move, "it is no order"),
    ],
)
def test_values_of_wrong_types_are_refused_by_what_is_due(order: Any, words: str) -> None:
    session = opened()
    for given in ([order], [order, order], (order,)):
        with pytest.raises(OrderError) as refused:
            session.campaign.give(given)
        assert words in str(refused.value)
        assert refused.value.code == "type"


@pytest.mark.parametrize("given", [None, 3, orders.Move("first", "0201"), {"first"}])
def test_what_is_no_list_of_orders_is_refused(given: Any) -> None:
    with pytest.raises(OrderError, match="give takes a list of orders"):
        opened().campaign.give(given)


def test_a_list_of_names_becomes_a_tuple_that_nobody_can_change() -> None:
    names = ["first"]
    order = orders.FollowPlan(names)
    names.clear()
    assert order == orders.FollowPlan(("first",))
    assert entry_of(plain(order)) == order
