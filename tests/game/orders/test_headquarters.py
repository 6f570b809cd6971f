"""Attachment to another headquarters: who may take whom, and what changes with it."""

import pytest

from sim.game.orders.values import Attach
from sim.kernels.units.attach import army_above, axis_above
from sim.scenario import load
from tests.support import campaigns
from tests.support.sessions import opened, row

pytestmark = pytest.mark.engine


@pytest.mark.engine
def test_army_and_axis_above_are_those_that_the_builder_gives() -> None:
    static, world = campaigns.static(), campaigns.fresh(1)
    named = {name for plan in load(campaigns.SCENARIO).plans for axis in plan.axes for name in axis.formations}
    for name, record in zip(static.names.units, world.units, strict=True):
        assert army_above(world.formations, int(record.formation)) == record.army, name
        assert name in named or axis_above(world.formations, int(record.formation)) == record.axis, name


def test_attached_unit_gets_the_guns_the_name_and_the_plan_of_its_new_army() -> None:
    session = opened(first="h005001")
    first, guns, town = row(session, "first"), row(session, "guns"), session.campaign.names.hex_of("h006002")
    assert session.supporters(town, [first], "hasty") == []
    assert session.give(Attach("first", "army2")) == ""
    support = session.supporters(town, [first], "hasty")
    assert [one.unit for one in support] == [guns]
    assert support[0].adds_permille > 0
    assert session.campaign.views.army(first) == "Second Army"
    assert session.world.units["axis"][first] == -1
    assert session.undo()
    assert session.campaign.views.army(first) == "Army"


@pytest.mark.parametrize(
    ("formation", "why"),
    [
        ("corps", "it is already attached to that headquarters"),
        ("garrison", "that is an enemy headquarters"),
        ("front2", "that headquarters belongs to another front"),
        ("empty", "that headquarters has no troops in the field"),
        ("armi", "no such headquarters 'armi' did you mean 'army'?"),
    ],
)
def test_attachment_is_refused_with_its_reason(formation: str, why: str) -> None:
    assert opened().give(Attach("first", formation)) == why


def test_choices_are_the_headquarters_that_would_take_the_unit() -> None:
    session = opened()
    assert session.headquarters(row(session, "first")) == ["front", "army", "army2"]
    for formation in session.headquarters(row(session, "first")):
        assert session.give(Attach("first", formation)) == ""
