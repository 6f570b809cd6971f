"""Orders of a script: legal ones do what the kernels do, the others are refused with the reason."""

from contextlib import suppress
from datetime import date

import numpy as np
import pytest

from sim.errors import OrderError, SimError
from sim.game.campaign import Campaign
from sim.game.orders.values import Attack, ForcedMarch, Move, Order, Posture, Rail
from sim.game.records.digests import state_digest
from sim.kernels import codes
from sim.kernels.combat.battle import resolve_attack
from sim.kernels.movement.movement import move_unit
from sim.kernels.state import layout
from sim.scenario import Scenario, load
from tests.support import tiny

pytestmark = pytest.mark.engine

GUNS = """\
  - {id: guns, name: "Guns", parent: army, nation: soviet, branch: artillery, kind: artillery_brigade,
     mobility: motorised, men: 900, guns: 60, start: h005002}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """Two Soviet divisions in different hexes before Hailar, guns with one of them."""
    forces = tiny.FORCES.replace("start: h002001", "start: h006001").replace("start: otpor", "start: h005002")
    forces = forces.replace("    arrives: 1945-08-11\n", "").replace("  - id: rear\n", f"{GUNS}  - id: rear\n")
    rows = [row if row.startswith("7,") else row.replace("manchukuo", "ussr") for row in tiny.hexes().splitlines()]
    folder = tmp_path_factory.mktemp("orders") / "tiny"
    return load(tiny.write_scenario(folder, forces=forces, hexes="\n".join(rows) + "\n"))


@pytest.fixture
def campaign(scenario: Scenario) -> Campaign:
    """The first morning, with the Soviet phase open."""
    begun = Campaign.start(scenario, seed=1).lead("soviet", "japan")
    assert begun.next_phase() == "soviet"
    return begun


def twin(campaign: Campaign) -> tuple[layout.World, layout.Scratch]:
    """Return a copy of the world and work space for it."""
    return layout.copy_world(campaign.world), layout.new_scratch(len(campaign.world.hexes), len(campaign.world.units))


def test_move_does_what_the_kernel_does(campaign: Campaign) -> None:
    world, scratch = twin(campaign)
    row = campaign.unit("first")
    left = campaign.reach("first")
    assert left["h006001"] == campaign.world.units.mp10[row] / 10
    campaign.give([Move("first", "h006000")])
    assert move_unit(world, scratch, row, campaign.names.hex_of("h006000")) == 1
    assert state_digest(campaign.world) == state_digest(world)
    assert campaign.world.units.mp10[row] == round(left["h006000"] * 10)


def test_joint_attack_does_what_the_kernel_does(campaign: Campaign) -> None:
    world, scratch = twin(campaign)
    target = campaign.names.hex_of("h006002")
    rows = np.array([campaign.unit("first"), campaign.unit("second")], np.int32)
    result = resolve_attack(world, scratch, target, rows, 2, codes.PREPARED)
    events = campaign.give([Attack(("first", "second"), "hailar")])
    assert state_digest(campaign.world) == state_digest(world)
    battles = events[events["kind"] == codes.EVENT_BATTLE]
    assert battles["b"].tolist() == [result]
    assert campaign.world.units.attacks_today[rows].tolist() == [1, 1]


def test_posture_and_forced_march(campaign: Campaign) -> None:
    row = campaign.unit("first")
    before = int(campaign.world.units.mp10[row])
    campaign.give([Posture("first", "delay"), ForcedMarch("first")])
    assert campaign.world.units.posture[row] == codes.DELAY
    assert campaign.world.units.mp10[row] > before


def refused(campaign: Campaign, *given: Order) -> str:
    """Return the code with which orders are refused; the world must stay as it was."""
    before = state_digest(campaign.world)
    with pytest.raises(OrderError) as caught:
        campaign.give(given)
    assert state_digest(campaign.world) == before
    assert str(caught.value) == f"{caught.value.unit}: {caught.value.detail}"
    return caught.value.code


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Move("frist", "hailar"), "unknown_unit"),
        (Move("brigade", "h005001"), "other_side"),
        (Move("rear", "h005001"), "off_map"),
        (Move("first", "hailr"), "unknown_hex"),
        (Move("first", "h999999"), "unknown_hex"),
        (Move("first", "h006001"), "same_hex"),
        (Move("first", "hailar"), "enemy"),
        (Move("first", "h000003"), "out_of_range"),
        (Rail("first", "otpor"), "no_train"),
        (Attack((), "hailar"), "no_units"),
        (Attack(("first",), "hailar", "defend"), "posture"),
        (Attack(("first",), "h005001"), "nobody_there"),
        (Attack(("first", "first"), "hailar"), "twice"),
        (Attack(("first", "guns"), "hailar"), "cannot_assault"),
        (Posture("first", "siege"), "posture"),
    ],
)
def test_order_that_cannot_be_given_is_refused(campaign: Campaign, order: Order, code: str) -> None:
    assert refused(campaign, order) == code


def test_what_was_done_today_forbids_more(campaign: Campaign) -> None:
    assert refused(campaign, ForcedMarch("first"), ForcedMarch("first")) == "forced_already"
    campaign.world.units.fatigue_permille[campaign.unit("second")] = 1000
    assert refused(campaign, ForcedMarch("second")) == "too_tired"
    assert refused(campaign, Move("second", "h004002"), Attack(("second",), "hailar")) == "not_beside"
    campaign.give([Attack(("first",), "hailar", "hasty")])
    assert refused(campaign, Attack(("first", "second"), "hailar")) == "fought_today"
    assert refused(campaign, Rail("first", "otpor")) == "busy_today"
    campaign.world.units.mp10[campaign.unit("second")] = 0
    assert refused(campaign, Move("second", "h004002")) == "no_movement"
    assert refused(campaign, Attack(("second",), "hailar")) == "no_movement"


def test_full_hex_is_refused(campaign: Campaign) -> None:
    campaign.world.known.stack10[:, campaign.names.hex_of("h006000")] = 1000
    assert refused(campaign, Move("first", "h006000")) == "no_room"


def test_phases_follow_each_other_and_close_the_day(campaign: Campaign) -> None:
    with pytest.raises(SimError, match="soviet phase"):
        campaign.step_day()
    morning = campaign.snapshot()
    assert campaign.next_phase() == "japan"
    assert refused(campaign, Move("first", "h006000")) == "other_side"
    assert campaign.next_phase() is None
    assert (campaign.turns_played, campaign.today, campaign.phase_side) == (1, date(1945, 8, 10), None)
    with pytest.raises(SimError, match="no phase is open"):
        campaign.give([])
    campaign.restore(morning)
    assert (campaign.turns_played, campaign.phase_side) == (0, "soviet")


def test_phases_without_orders_are_the_days_that_the_computer_plays(scenario: Scenario) -> None:
    whole, parts = (Campaign.start(scenario, seed=2) for _ in range(2))
    led = Campaign.start(scenario, seed=2).lead("soviet").lead()
    while not whole.is_over:
        whole.step_day()
        assert parts.next_phase() is None
        assert led.next_phase() is None
        assert whole.digest() == parts.digest() == led.digest()
    with pytest.raises(SimError, match="decided"):
        parts.next_phase()
    with pytest.raises(SimError, match="no side"):
        led.lead("china")


def test_script_leads_a_side_through_a_campaign(scenario: Scenario) -> None:
    def play() -> Campaign:
        led = Campaign.start(scenario, seed=5).lead("soviet")
        while not led.is_over:
            while led.next_phase():
                ready = [name for name in ("first", "second") if led.world.units.hex[led.unit(name)] >= 0]
                with suppress(OrderError):  # the town may have fallen
                    led.give([Attack(tuple(ready), "hailar", "siege")])
        return led

    one = play()
    assert one.digest() == play().digest()
    assert codes.EVENT_BATTLE in one.events()["kind"]


def test_why_supply_order_and_battle(campaign: Campaign) -> None:
    answer = campaign.why_supply("first")
    assert answer.state == codes.SUPPLY_STATES[int(campaign.world.units.supply_state[campaign.unit("first")])]
    assert answer.reason in codes.SUPPLY_REASONS
    assert answer.sentence.startswith(f"1st Division is {answer.state}")
    assert campaign.why_order("first") == "1st Division has no orders."
    battle = campaign.why_battle("hailar", ["first", "second"], "siege")
    factors = {factor.name: factor for factor in battle.factors}
    assert factors["works"].defence > 1.5
    assert factors["several directions"].attack >= 1
    assert "at Hailar" in battle.sentence
    assert "works (defence" in battle.sentence
    assert campaign.why_battle("hailar", ["first"]).odds < campaign.why_battle("hailar", ["first", "second"]).odds
    with pytest.raises(SimError, match="neither a hex"):
        campaign.why_battle("nowhere", ["first"])
    with pytest.raises(SimError, match="an attack is"):
        campaign.why_battle("hailar", ["first"], "march")


def test_cut_off_unit_is_told_where_its_line_breaks(campaign: Campaign) -> None:
    campaign.world.sources.hex[:] = -1
    campaign.next_phase()
    campaign.next_phase()
    campaign.next_phase()
    answer = campaign.why_supply("first")
    assert answer.state in ("out of supply", "isolated")
    assert answer.reason == "no_route"
    assert answer.shortfall_tons > 0
    assert "no supply line" in answer.sentence
