"""``keep:`` in a mod: a small scenario out of a large one."""

import pytest

from sim import scenario
from sim.errors import ScenarioError


@pytest.fixture(scope="module")
def road():
    return scenario.load("muleng_road")


def test_only_units_of_the_kept_formations_are_left(road):
    armies = {formation.id: formation.parent for formation in road.forces.formations}
    assert {unit.id for unit in road.forces.units} >= {"sov_72tb", "jap_124d"}
    assert all("sov_5a" in (unit.parent, armies[unit.parent]) or unit.parent == "jap_5a" for unit in road.forces.units)


def test_headquarters_above_stay_as_the_chain_of_command(road):
    assert "sov_1fef" in {formation.id for formation in road.forces.formations}


def test_every_axis_leads_somebody_who_is_there(road):
    there = {row.id for row in (*road.forces.formations, *road.forces.units)}
    assert road.plans
    assert all(set(axis.formations) <= there for plan in road.plans for axis in plan.axes)


def test_keeping_an_unknown_formation_is_an_error(tmp_path):
    header = 'format: 1\nid: slip\ntitle: "A slip"\nextends: august_storm\nkeep: [sov_5aa]\n'
    (tmp_path / "scenario.yaml").write_text(header)
    with pytest.raises(ScenarioError, match="no formation 'sov_5aa'"):
        scenario.load(tmp_path)
