"""Compiling ahead: the types it compiles for are those of a campaign, and a second process leaves nothing to do."""

import os
import subprocess
import sys

import numba
import pytest

from sim.game.campaign import Campaign
from sim.game.orders import Attach, Attack, FollowPlan, ForcedMarch
from sim.game.play.session import Session
from sim.game.warmup import compile_all
from sim.kernels.compiler.cached_code import CheckedCache
from sim.kernels.compiler.kernel import kernel
from sim.kernels.state import layout
from tests.support import campaigns
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

GAME = "__import__('tests.game.warmup.test_warmup', fromlist=['x']).play_a_turn()"


def test_empty_world_has_the_types_of_a_campaign() -> None:
    world = campaigns.fresh(0)
    assert numba.typeof(layout.empty_world()) == numba.typeof(world)
    full = layout.new_scratch(len(world.hexes), len(world.units))
    assert numba.typeof(layout.new_scratch(0, 0)) == numba.typeof(full)


def play_a_turn() -> None:
    """Do what a player does in a turn: look, ask why, march, ride, attach, attack, hand over, go on."""
    session = Session(Campaign.start("august_storm"), ("soviet",))
    session.advance()
    session.wait()
    campaign, units = session.campaign, session.campaign.world.units
    names = campaign.names
    tanks, town = campaign.unit("sov_46gtb"), int(campaign.world.places.hex[names.place_rows["lupei"]])
    assert session.plot(tanks, town) == ""
    assert session.move_group([campaign.unit("sov_44tb")], town) == ""
    trains = [row for row in range(len(units)) if units.side[row] == 0 and not session.can_rail(row)]
    assert session.rail_reach(trains[0]).left_mp10
    assert session.plot_rail(trains[0], max(session.rail_reach(trains[0]).left_mp10)) == ""
    assert session.give(ForcedMarch("sov_46gtb")) == ""
    assert session.give(Attach("sov_46gtb", "sov_39a")) == ""
    assert session.give(FollowPlan(("sov_36a",))) == ""
    beside = {hex: session.attackers(hex, "hasty") for hex in set(units.hex[units.side == 1].tolist()) - {-1}}
    target, attackers = next((hex, rows) for hex, rows in sorted(beside.items()) if rows)
    session.supporters(target, attackers, "hasty")
    fighters = tuple(names.units[row] for row in attackers)
    campaign.why_battle(names.hex_label(target), fighters)
    campaign.why_supply("sov_46gtb")
    assert session.give(Attack(fighters, names.hex_label(target), "hasty")) == ""
    assert session.idle_units()
    session.advance()
    session.wait()


def test_campaign_after_warmup_compiles_nothing() -> None:
    script = (
        "from sim.game.warmup import compile_all\n"
        "for _, step in compile_all.steps():\n    step()\n"
        "assert compile_all.is_warm()\n"
    )
    once_more = (
        "from numba.core import event\n"
        "from sim.game.campaign import Campaign\n"
        "with event.install_recorder('numba:compile') as seen:\n"
        "    Campaign.start('august_storm').step_day()\n"
        f"    {GAME}\n"
        "assert not seen.buffer, [when[1].data['dispatcher'] for when in seen.buffer]\n"
    )
    for text in (script, once_more):
        subprocess.run([sys.executable, "-c", text], cwd=ROOT, env=dict(os.environ), check=True)


def test_warmup_does_without_a_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compile_all, "is_warm", lambda: False)
    monkeypatch.setattr(sys, "executable", "no-such-interpreter")
    for _, step in compile_all.steps():
        step()


def test_cached_code_of_another_signature_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    @kernel
    def double(number):  # type: ignore[no-untyped-def]
        return number * 2

    double.compile((numba.int64,))
    wrong = double.overloads[(numba.int64,)]
    monkeypatch.setattr(CheckedCache.__bases__[0], "_load_overload", lambda *_: wrong)
    cache = CheckedCache(double.py_func)
    target = double.targetdescr.target_context
    assert cache.load_overload((numba.int64,), target) is wrong
    assert cache.load_overload((numba.float64,), target) is None
