"""The header of a scenario, its forces, plans, events and record, as models; ``references`` checks their names."""

from typing import Annotated, Literal

from pydantic import Field

from sim.kernels import codes
from sim.scenario.models.limits import MOST_LORRIES10
from sim.scenario.models.values import (
    Among,
    Count,
    Date,
    DrawnShare,
    FileNames,
    Flag,
    Format,
    HexLabel,
    Id,
    Line,
    Model,
    Note,
    Permille,
    Pieces,
    Points,
    Sentence,
    Share,
    Start,
    Text,
    Tons,
    Whole,
)

Nation = Annotated[str, Among(codes.NATIONS)]
SideName = Literal["soviet", "japan"]
Confidence = Literal["sourced", "recalled", "estimate", "guess"]


# --- scenario.yaml


class Side(Model):
    """One of the two sides."""

    name: Text
    nations: Annotated[tuple[Nation, ...], Field(min_length=1)]


class Sides(Model):
    """Both sides."""

    soviet: Side
    japan: Side


class Files(Model):
    """Files of the scenario, relative to this one; each has a default name."""

    map: FileNames = ("map.yaml",)
    forces: FileNames = ("forces/*.yaml",)
    rules: FileNames = ("rules.yaml",)
    events: FileNames = ("events.yaml",)
    plans: FileNames = ("plans/*.yaml",)
    history: FileNames = ("history.yaml",)


class DefaultPlans(Model):
    """The plan that each computer commander follows by default."""

    soviet: Id
    japan: Id


class VictoryPlace(Model):
    """Points for holding a place, and when it fell in the record."""

    soviet: Points = Field(0, description="Points for the Soviet side.")
    japan: Points = Field(0, description="Points for the Japanese side.")
    pace: Date | None = Field(None, description="Historical date of capture: earlier scores more, later less.")
    confidence: Confidence | None = Field(None, description="Confidence in the date of the record.")
    note: Note = ""


class VictoryLosses(Model):
    """Points to the enemy for 1,000 men of each side permanently lost."""

    soviet_per_1000_men: Points = Field(0, description="Japanese points for 1,000 men of the Soviet side.")
    japan_per_1000_men: Points = Field(0, description="Soviet points for 1,000 men of the Japanese side.")
    note: Note = ""


class VictoryLevel(Model):
    """A result, and the lowest score (Soviet minus Japanese points) that earns it."""

    name: Text
    winner: Literal["soviet", "japan", "none"]
    at_least: Whole | None = Field(None, description="Lowest score for this result; the last level has none.")
    note: Note = ""


class Victory(Model):
    """Victory conditions."""

    objectives: dict[Id, VictoryPlace] = Field(description="Place id to points.")
    early_permille: Permille = Field(0, description="Bonus on a place's points per day ahead of the record.")
    late_permille: Permille = Field(0, description="Penalty on a place's points per day behind the record.")
    losses: VictoryLosses = VictoryLosses()
    levels: Annotated[tuple[VictoryLevel, ...], Field(min_length=1, max_length=8)]
    decided_score: Count = Field(0, description="Score at which the campaign ends at once; 0: never.")
    note: Note = ""


class Source(Model):
    """A source of supply."""

    id: Id
    place: Id | None = None
    hex: HexLabel | None = None
    side: SideName
    kind: Annotated[str, Among(codes.SOURCE_KINDS)]
    tons_per_day: Tons
    serves: Id | None = Field(None, description="Front that it supplies; the whole side by default.")
    source: Note = ""
    note: Note = ""


class Difficulty(Model):
    """How hard each side is to play, for the list of scenarios."""

    soviet: Line = ""
    japan: Line = ""


class Header(Model):
    """The file scenario.yaml."""

    format: Format
    id: Id
    title: Text
    description: Note = ""
    start_date: Date
    end_date: Date
    turn_hours: Literal[24] = Field(24, description="Length of a turn in hours: always a day.")
    first_side: SideName = "soviet"
    sides: Sides
    files: Files = Field(default_factory=Files)
    default_plans: DefaultPlans
    victory: Victory
    sources: tuple[Source, ...] = Field(description="Supply sources of both sides.")
    difficulty: Difficulty = Difficulty()
    picture: Line = Field(
        "", description="Picture for the list of scenarios, in this folder; one is drawn if none is given."
    )
    frame: tuple[Id, ...] = Field((), description="Places in view when the window opens; the whole map by default.")
    credits: tuple[Line, ...] = ()


class ModHeader(Model):
    """The scenario.yaml of a mod: what it extends, and any header value it changes."""

    format: Format
    id: Id
    title: Text
    description: Note = ""
    extends: Id = Field(description="Scenario or mod that this one changes.")
    keep: tuple[Id, ...] = Field((), description="Keep only these formations and everything under them.")
    files: Files = Field(default_factory=Files)
    credits: tuple[Line, ...] = ()


# --- forces/*.yaml


class Formation(Model):
    """A headquarters in the chain of command."""

    id: Id
    name: Text
    commander: Text | None = None
    level: Annotated[str, Among(codes.LEVELS)]
    side: SideName
    parent: Id | None = None
    hq: Start | None = None
    arrives: Date | None = None
    trucks_range10: Annotated[Count, Field(le=MOST_LORRIES10)] = Field(
        0,
        description="Supply range added by its own lorries, as transport cost. 0 in the shipped campaign: "
        "the range of the side includes them.",
    )
    theatre: Id | None = None
    source: Note = ""
    confidence: Confidence | None = None
    note: Note = ""


class Tanks(Model):
    """Tanks and self-propelled guns by armour class."""

    light: Pieces = 0
    medium: Pieces = 0
    heavy: Pieces = 0
    japanese_light: Pieces = 0
    japanese_medium: Pieces = 0


class Unit(Model):
    """A division, brigade, fortified region, garrison or other unit."""

    id: Id
    name: Text
    parent: Id = Field(description="Formation it belongs to.")
    nation: Nation
    branch: Annotated[str, Among(codes.BRANCHES)] = Field(description="Arm of service under the rules.")
    kind: Text = Field(description="Type of unit in the order of battle.")
    mobility: Annotated[str, Among(codes.MOBILITIES)]
    men: Count
    guns: Pieces = Field(0, description="Guns and mortars.")
    launchers: Pieces = 0
    tanks: Tanks = Tanks()
    aircraft: Pieces = 0
    readiness: DrawnShare = Field(1.0, description="Combat effectiveness: 1 is a full division of its kind.")
    at_guns: Pieces = Field(0, description="Guns that can stop a light tank.")
    assault: Share = Field(0.0, description="Share of its infantry trained for close assault on tanks.")
    stacking: Permille = Field(10, description="Stacking size, in tenths of a division.")
    start: Start | None = Field(None, description="Hex label, place id, or {box: id}.")
    arrives: Date | None = Field(None, description="Day it arrives, if not the first of the campaign.")
    on_map: Flag = True
    in_front_total: Flag = Field(True, description="Counted in the published totals of its front.")
    rear_services: Flag = Field(False, description="Rear services of the front, which count for supply only.")
    theatre: Id | None = None
    estimate: Flag = False
    source: Note = ""
    confidence: Confidence | None = None
    note: Note = ""


class Forces(Model):
    """All files in the forces folder, combined."""

    format: Format = 1
    formations: tuple[Formation, ...] = ()
    units: tuple[Unit, ...] = ()
    note: Note = ""


# --- plans/*.yaml


class Objective(Model):
    """A place that an axis of a plan is to take or hold."""

    place: Id
    by: Date | None = Field(None, description="Date by which to take it, or until which to hold it.")
    weight: Annotated[Whole, Field(ge=1, le=100)] = 10
    strongpoint: Flag = Field(False, description="Besiege or hold it rather than pass through.")
    note: Note = ""


class Axis(Model):
    """An axis of advance, a position to hold, or a line of withdrawal."""

    id: Id
    title: Text
    role: Annotated[str, Among(codes.ROLES)]
    formations: Annotated[tuple[Id, ...], Field(min_length=1)]
    release: Date | None = Field(None, description="Day on which it is released.")
    boldness: Share = Field(0.5, description="0: waits for every unit; 1: stakes everything on speed.")
    objectives: Annotated[tuple[Objective, ...], Field(min_length=1)]
    note: Note = ""


class Plan(Model):
    """An operational plan for one side."""

    format: Format = 1
    id: Id
    side: SideName
    title: Text
    note: Note = ""
    axes: Annotated[tuple[Axis, ...], Field(min_length=1)]


# --- events.yaml and history.yaml


class Event(Model):
    """A dated event of the record, told on its day."""

    id: Id
    date: Date
    side: Line | None = None
    place: Id | None = None
    category: Text
    text: Sentence
    confidence: Confidence | None = None
    source: Note | None = None
    note: Note = ""


class Events(Model):
    """The file events.yaml."""

    format: Format = 1
    events: tuple[Event, ...] = ()
    note: Note = ""
