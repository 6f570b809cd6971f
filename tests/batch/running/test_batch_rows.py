"""The rows of a batch say what the campaigns of the same keys were."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from sim.batch import BatchResult, run_batch
from sim.batch.storage.chunks import FILES
from sim.cli import app
from sim.game.campaign import Campaign
from sim.game.records.outcome import day_of, formations, membership
from sim.kernels import codes
from sim.scenario import load
from tests.naive import hexes as naive
from tests.support.campaigns import SCENARIO
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

RUNS = 3
MEN = ("killed", "wounded", "captured", "deserted")


@cache
def batch() -> BatchResult:
    """Return a batch of the shipped scenario."""
    return run_batch(load(SCENARIO), runs=RUNS, seed=21, jobs=2)


@cache
def evenings(run_id: int) -> tuple[Campaign, list[dict[str, Any]]]:
    """Return the campaign of a run, played day by day in Python, and what its evenings looked like."""
    key = int(batch().runs["key"].to_pylist()[run_id], 16)
    campaign = Campaign.start(load(SCENARIO), key=key)
    seen = []
    for _ in campaign.days():
        world = campaign.world
        seen.append(
            {
                "holder": world.holder.copy(),
                "captured_by": world.captured_by.copy(),
                "units": world.units.copy(),
                "formations": formations(world, campaign.names),
            }
        )
    return campaign, seen


def test_files_are_those_of_the_contract() -> None:
    assert sorted(path.name for path in batch().folder.iterdir()) == sorted([*FILES, "manifest.json"])


def test_parquet_says_where_it_comes_from() -> None:
    about = batch().daily.schema.metadata
    assert about[b"seed"] == b"21"
    assert {b"scenario_digest", b"engine", b"engine_digest", b"mods", b"plans"} < set(about)


def test_manifest_says_how_it_was_made() -> None:
    facts = batch().manifest
    assert (facts["runs"], facts["failed"], facts["seed"], facts["scenario"]) == (RUNS, 0, 21, SCENARIO)
    assert facts["wall_seconds"] > 0
    assert facts["campaigns_per_second"] > 0


@pytest.mark.parametrize("run_id", range(RUNS))
def test_run_of_the_key_is_that_campaign(run_id: int) -> None:
    row = batch().runs.to_pylist()[run_id]
    result = evenings(run_id)[0].result()
    assert row["digest"] == result["state_digest"]
    assert (row["winner"], row["level"]) == (result["outcome"]["winner"], result["outcome"]["level"])
    assert {side: row[f"points_{side}"] for side in codes.SIDES} == result["outcome"]["points"]
    assert (row["turns"], row["end_date"].isoformat()) == (result["turns"], result["end_date"])
    told = {nation: {name: row[f"{nation}_{name}"] for name in lost} for nation, lost in result["losses"].items()}
    assert told == result["losses"]


@pytest.mark.parametrize("run_id", range(RUNS))
def test_captures_are_those_of_the_campaign(run_id: int) -> None:
    rows = [row for row in batch().captures.to_pylist() if row.pop("run_id") == run_id]
    expected = evenings(run_id)[0].result()["captures"]
    assert [{**row, "date": row["date"].isoformat()} for row in rows] == expected


def test_evenings_have_the_strengths_and_losses_of_every_army() -> None:
    _, seen = evenings(0)
    rows = [row for row in batch().daily.to_pylist() if row["run_id"] == 0]
    assert len(rows) == len(seen) * len({row["formation"] for row in rows})
    for row in rows:
        figures = seen[row["turn"] - 1]["formations"][row["formation"]]
        assert row["men"] == figures["men_end"]
        assert row["tanks"] == figures["tanks_end"]
        assert [row[name] for name in MEN] == [figures[name] for name in MEN]


def test_every_army_and_front_has_its_evenings() -> None:
    forces = load(SCENARIO).forces
    led = {spec.id for spec in forces.formations if spec.level in ("front", "army")}
    recorded = set(batch().daily["formation"].to_pylist())
    assert led <= recorded
    assert set(batch().captures["by"].to_pylist()) <= recorded


def test_ground_and_fuel_of_an_army_are_those_of_its_units() -> None:
    campaign, seen = evenings(0)
    names, world = campaign.names, campaign.world
    belongs = membership(world.units.formation, world.formations.parent).astype(bool)
    for row in (row for row in batch().daily.to_pylist() if row["run_id"] == 0 and row["turn"] in (1, 8, 25)):
        evening = seen[row["turn"] - 1]
        units, mine = evening["units"], belongs[names.formations.index(row["formation"])]
        here = mine & (units.status == codes.ACTIVE) & (units.hex >= 0)
        assert row["hexes_held"] == sum(mine[unit] for unit in _keepers(evening).values())
        most = int(units.fuel_max10[here].sum())
        assert row["fuel_permille"] == (int(units.fuel10[here].sum()) * 1000 // most if most else None)


def _keepers(evening: dict[str, Any]) -> dict[int, int]:
    """Return the unit for which each held hex counts: the first that stands there, else the last that took it."""
    units, holder = evening["units"], evening["holder"]
    keepers = {hex: int(unit) for hex, unit in enumerate(evening["captured_by"]) if unit >= 0}
    for unit in reversed(np.flatnonzero((units.status == codes.ACTIVE) & (units.hex >= 0)).tolist()):
        keepers[int(units.hex[unit])] = unit
    return {hex: unit for hex, unit in keepers.items() if units.side[unit] == holder[hex]}


def test_advance_of_the_tank_army_is_that_of_its_furthest_unit() -> None:
    names = evenings(0)[0].names
    army = names.formations.index("sov_6gta")
    rows = [row for row in batch().daily.to_pylist() if row["run_id"] == 0 and row["formation"] == "sov_6gta"]
    furthest = []
    for evening in evenings(0)[1]:
        units = evening["units"]
        here = np.flatnonzero((units.army == army) & (units.status == codes.ACTIVE) & (units.hex >= 0))
        furthest.append(max(_steps(int(units.arrival_hex[unit]), int(units.hex[unit])) for unit in here))
    assert [row["advance_hexes"] for row in rows] == furthest
    assert furthest[0] < furthest[9]


def _steps(start: int, end: int) -> int:
    """Return the steps between two hexes: each step sideways is worth half a step up or down as well."""
    n_cols = evenings(0)[0].names.n_cols
    up_start, up_end = (naive.centre(hex, n_cols)[1] for hex in (start, end))
    sideways = abs(end % n_cols - start % n_cols)
    height = abs(naive.centre(0, n_cols)[1] - naive.centre(n_cols, n_cols)[1])
    return sideways + round(max(abs(up_end - up_start) / height - sideways / 2, 0))


@pytest.mark.parametrize("side", codes.SIDES)
def test_control_counts_the_runs_in_which_a_side_held_a_hex(side: str) -> None:
    held = np.array([[evening["holder"] for evening in evenings(run_id)[1]] for run_id in range(RUNS)])
    expected = (held == codes.SIDES.index(side)).sum(axis=0)
    assert (batch().control[side] == expected).all()


def test_dates_belong_to_turns() -> None:
    start = load(SCENARIO).header.start_date
    rows = batch().captures.to_pylist()
    assert rows
    assert all(row["date"] == day_of(start, row["turn"]) for row in rows)


def test_table_of_runs_prints_a_key_that_run_takes() -> None:
    key = batch().runs["key"].to_pylist()[1]
    done = CliRunner().invoke(app, ["run", SCENARIO, "--key", key, "--json", "-"])
    assert json.loads(done.stdout)["state_digest"] == batch().runs["digest"].to_pylist()[1]


def test_batch_after_warmup_compiles_nothing() -> None:
    script = (
        "from numba.core import event\n"
        "from sim.batch import run_batch\n"
        "from sim.game.warmup import compile_all\n"
        "for _, step in compile_all.steps():\n    step()\n"
        "with event.install_recorder('numba:compile') as seen:\n"
        "    run_batch('august_storm', runs=1)\n"
        "assert not seen.buffer, [when[1].data['dispatcher'] for when in seen.buffer]\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_example_answers_its_question() -> None:
    script = ROOT / "docs" / "examples" / "question.py"
    done = subprocess.run(
        [sys.executable, str(script), "4"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"Mukden falls by 20 August in \d of 4 campaigns: \d+% \(\d+% to \d+%\)", lines[0])
    assert [line.partition(":")[0] for line in lines[1:]] == ["in time", "late"]
