"""One run of a batch: from its key to its rows."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.batch.storage.columns import Finished, run_values
from sim.batch.storage.tables import DONE, FAILED, Ids, RunRows
from sim.errors import SimError
from sim.kernels import codes
from sim.kernels.state import layout
from sim.kernels.state.layout import World
from sim.kernels.turn import evening_record as record
from sim.kernels.turn.turn import run_recorded
from sim.scenario import Scenario
from sim.scenario.building import build


@dataclass(frozen=True, eq=False)
class Setup:
    """What all runs of a batch share on one machine."""

    static: build.Static
    seed: int
    ids: Ids
    slot: NDArray[np.int16]  # (n_formation,) row of each formation among the recorded ones, -1 none
    n_turn: int
    n_hex: int


@dataclass(frozen=True, eq=False)
class Workspace:
    """Work space of one thread."""

    scratch: layout.Scratch
    record: record.Record
    room: World  # the arrays of one campaign after another: new memory for each would cost a millisecond


def make_setup(scenario: Scenario, plans: tuple[str, ...], seed: int) -> Setup:
    """Return what all runs of a batch share: the first morning, and the names of what is written down."""
    static = build.static(scenario, plans)
    template, names = static.template, static.names
    recorded = recorded_formations(template)
    slot = np.full(len(template.formations), -1, np.int16)
    slot[recorded] = np.arange(len(recorded))
    ids = Ids(
        sides=pa.array(codes.SIDES),
        places=pa.array(names.places, pa.string()),
        formations=pa.array(names.formations, pa.string()),
        armies=pa.array(names.formations + names.units, pa.string()),
        n_formation=len(names.formations),
        recorded=recorded,
        recorded_side=np.asarray(template.formations["side"])[recorded],
        first_day=np.datetime64(scenario.header.start_date, "D"),
    )
    return Setup(static, seed, ids, slot, int(template.clock["last_turn"][0]), len(template.hexes))


def recorded_formations(world: World) -> NDArray[np.int16]:
    """Return the rows of theatres, fronts, armies, and of the formations that stand for an army."""
    large = np.asarray(world.formations["level"]) <= codes.LEVEL_ARMY
    army = world.units["army"]
    large[army[army >= 0]] = True
    return np.flatnonzero(large).astype(np.int16)


def new_workspace(setup: Setup) -> Workspace:
    """Return work space for one thread."""
    n_unit = len(setup.static.template.units)
    return Workspace(
        scratch=layout.new_scratch(setup.n_hex, n_unit),
        record=record.new_record(setup.slot, setup.n_turn, setup.n_hex, n_unit),
        room=layout.copy_world(setup.static.template),
    )


def run_one(setup: Setup, run_id: int, workspace: Workspace, counts: NDArray[np.int32]) -> RunRows:
    """Fight one campaign to its end and return its rows; a run that fails says why in its row.

    Parameters
    ----------
    counts : (2, n_turn, n_hex) int32
        How often each side held each hex; added to unless the run fails.
    """
    key = build.run_key(setup.seed, run_id)
    head = {"run_id": run_id, "key": f"{key:016x}"}
    try:
        world, turns = fight(setup, key, workspace)
        figures = workspace.record.figures[:turns].copy()
        row = head | {"status": DONE} | run_values(Finished(setup.static.scenario, world, turns))
        rows = RunRows(row, captures(setup, world), figures)
    except Exception as error:  # whatever it is, it belongs to this run alone
        reason = str(error) if isinstance(error, SimError) else f"{type(error).__name__}: {error}"
        return RunRows(
            head | {"status": FAILED, "reason": reason},
            np.zeros((0, 4), np.int32),
            np.zeros((0, len(setup.ids.recorded), record.N_FIGURE), np.int32),
        )
    record.count_holders(workspace.record, turns, counts)
    return rows


def fight(setup: Setup, key: int, workspace: Workspace) -> tuple[World, int]:
    """Return a run's world after its last day, and its days; the next run in this workspace writes over it."""
    world = build.start(setup.static, key, room=workspace.room)
    turns = int(run_recorded(world, workspace.scratch, setup.n_turn, workspace.record))
    lost = int(world.clock["lost_events"][0])
    if lost:
        raise SimError(f"the event log is full: {lost} events lost")
    return world, turns


def captures(setup: Setup, world: World) -> NDArray[np.int32]:
    """Return the captures of a campaign as ``RunRows.captures``."""
    events = world.events[: int(world.clock["n_events"][0])]
    taken = events[events["kind"] == codes.EVENT_CAPTURE]
    units = taken["subject"]
    army = world.units["army"][units].astype(np.int32)
    by = np.where(army >= 0, army, setup.ids.n_formation + units)
    return np.stack([taken["object"], taken["turn"], world.units["side"][units], by], axis=1).astype(np.int32)
