"""Games on the tiny map for tests of orders: two Soviet armies in the west of a plain, a brigade in Hailar."""

import tempfile
from functools import cache
from pathlib import Path

from sim.game.campaign import Campaign
from sim.game.play.session import Session
from sim.scenario import Scenario, load
from tests.support import tiny

FORMATIONS = """\
  - {id: army2, name: "Second Army", level: army, side: soviet, parent: front}
  - {id: empty, name: "Third Army", level: army, side: soviet, parent: front}
  - {id: front2, name: "Second Front", level: front, side: soviet}
"""
UNITS = """\
  - {id: guns, name: "Guns", parent: army2, nation: soviet, branch: artillery, kind: artillery_brigade,
     mobility: motorised, men: 900, guns: 60, stacking: 5, start: h005002}
  - {id: tanks, name: "Tanks", parent: army2, nation: soviet, branch: tank, kind: tank_brigade,
     mobility: tracked, men: 1300, guns: 4, tanks: {medium: 60}, stacking: 3, start: h000000}
  - {id: far, name: "Far Division", parent: front2, nation: soviet, branch: infantry, kind: rifle_division,
     mobility: foot, men: 8000, start: h000003}
"""


@cache
def scenario(first: str = "h001001", second: str = "h001002", brigade: str = "hailar") -> Scenario:
    """Return the tiny scenario with these units in these hexes; all of it but the town is Soviet."""
    forces = tiny.FORCES.replace("start: h002001", f"start: {first}").replace("start: otpor", f"start: {second}")
    forces = forces.replace("start: hailar", f"start: {brigade}").replace("    arrives: 1945-08-11\n", "")
    forces = forces.replace("units:\n", f"{FORMATIONS}units:\n").replace("  - id: rear\n", f"{UNITS}  - id: rear\n")
    kept = ("6,2,", "7,")
    rows = [row if row.startswith(kept) else row.replace("manchukuo", "ussr") for row in tiny.hexes().splitlines()]
    header = tiny.SCENARIO.replace("end_date: 1945-08-12", "end_date: 1945-08-25")
    folder = Path(tempfile.mkdtemp()) / "tiny"
    return load(tiny.write_scenario(folder, scenario=header, forces=forces, hexes="\n".join(rows) + "\n"))


def opened(sides: tuple[str, ...] = ("soviet",), **starts: str) -> Session:
    """Return a game on its first morning, with the Soviet phase open."""
    session = Session(Campaign.start(scenario(**starts), seed=1), sides)
    next_phase(session)
    assert session.side_to_move == "soviet"
    return session


def next_phase(session: Session) -> None:
    """End the phase and wait for the next one of a side that people lead."""
    session.advance()
    session.wait()


def row(session: Session, unit: str) -> int:
    """Return the row of a unit."""
    return session.campaign.unit(unit)


def hex_of(session: Session, label: str) -> int:
    """Return the hex of a label."""
    return session.campaign.names.hex_of(label)


def where(session: Session, unit: str) -> str:
    """Return the label of the hex in which a unit stands."""
    return session.campaign.names.hex_label(int(session.world.units["hex"][row(session, unit)]))
