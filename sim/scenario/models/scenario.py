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
    """Where the parts of the scenario stand, relative to this file; a part left out has its usual name."""

    map: FileNames = ("map.yaml",)
    forces: FileNames = ("forces/*.yaml",)
    rules: FileNames = ("rules.yaml",)
    events: FileNames = ("events.yaml",)
    plans: FileNames = ("plans/*.yaml",)
    history: FileNames = ("history.yaml",)


class DefaultPlans(Model):
    """The plan that each computer commander follows unless told otherwise."""

    soviet: Id
    japan: Id


class VictoryPlace(Model):
    """What holding a place at the end is worth, and when it fell in the record."""

    soviet: Points = Field(0, description="Points for the Soviet side.")
    japan: Points = Field(0, description="Points for the Japanese side.")
    pace: Date | None = Field(None, description="Historical date of capture: earlier earns more, later less.")
    confidence: Confidence | None = Field(None, description="How sure the date of the record is.")
    note: Note = ""


class VictoryLosses(Model):
    """What 1,000 men lost for good are worth to the enemy of each side."""

    soviet_per_1000_men: Points = Field(0, description="Japanese points for 1,000 men of the Soviet side.")
    japan_per_1000_men: Points = Field(0, description="Soviet points for 1,000 men of the Japanese side.")
    note: Note = ""


class VictoryLevel(Model):
    """A result, reached when the score (Soviet points less Japanese points) is at least so much."""

    name: Text
    winner: Literal["soviet", "japan", "none"]
    at_least: Whole | None = Field(None, description="Score from which it holds; the last level has none.")
    note: Note = ""


class Victory(Model):
    """Who has won, and how well."""

    objectives: dict[Id, VictoryPlace] = Field(description="Place id to points.")
    early_permille: Permille = Field(0, description="More of a place's points for each day ahead of the record.")
    late_permille: Permille = Field(0, description="Less for each day behind it.")
    losses: VictoryLosses = VictoryLosses()
    levels: Annotated[tuple[VictoryLevel, ...], Field(min_length=1, max_length=8)]
    decided_score: Count = Field(0, description="Score at which the campaign ends at once; 0 never.")
    note: Note = ""


class Source(Model):
    """A point from which supply flows."""

    id: Id
    place: Id | None = None
    hex: HexLabel | None = None
    side: SideName
    kind: Annotated[str, Among(codes.SOURCE_KINDS)]
    tons_per_day: Tons
    serves: Id | None = Field(None, description="Front that it serves; all of the side without it.")
    source: Note = ""
    note: Note = ""


class Difficulty(Model):
    """How hard each side is to lead, in words for the list of scenarios."""

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
    turn_hours: Literal[24] = Field(24, description="Length of a turn; this engine plays days.")
    first_side: SideName = "soviet"
    sides: Sides
    files: Files = Field(default_factory=Files)
    default_plans: DefaultPlans
    victory: Victory
    sources: tuple[Source, ...] = Field(description="Supply sources of both sides.")
    difficulty: Difficulty = Difficulty()
    picture: Line = Field("", description="Picture of the list of scenarios, in this folder; drawn without one.")
    frame: tuple[Id, ...] = Field((), description="Places that the window shows at first; the whole map without any.")
    credits: tuple[Line, ...] = ()


class ModHeader(Model):
    """The scenario.yaml of a mod: what it extends, and any value of the header that it changes."""

    format: Format
    id: Id
    title: Text
    description: Note = ""
    extends: Id = Field(description="Scenario or mod that this one changes.")
    keep: tuple[Id, ...] = Field((), description="Take only these formations of it, with all that is below them.")
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
        description="What its own lorries add to the supply range, as transport cost. 0 in the shipped campaign: "
        "the range of its side has them in it.",
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
    parent: Id = Field(description="Formation that it belongs to.")
    nation: Nation
    branch: Annotated[str, Among(codes.BRANCHES)] = Field(description="What the rules take it for.")
    kind: Text = Field(description="What the order of battle calls it.")
    mobility: Annotated[str, Among(codes.MOBILITIES)]
    men: Count
    guns: Pieces = Field(0, description="Guns and mortars.")
    launchers: Pieces = 0
    tanks: Tanks = Tanks()
    aircraft: Pieces = 0
    readiness: DrawnShare = Field(1.0, description="Combat effectiveness: 1 is a full division of its kind.")
    at_guns: Pieces = Field(0, description="Guns that stop a light tank.")
    assault: Share = Field(0.0, description="Share of its infantry trained for close assault on tanks.")
    stacking: Permille = Field(10, description="Room that it takes in a hex, in tenths of a division.")
    start: Start | None = Field(None, description="Hex label, place id, or {box: id}.")
    arrives: Date | None = Field(None, description="First day on which it may act, if not the first of the campaign.")
    on_map: Flag = True
    in_front_total: Flag = Field(True, description="Counted in the published totals of its front.")
    rear_services: Flag = Field(False, description="Men of the front who matter to supply only.")
    theatre: Id | None = None
    estimate: Flag = False
    source: Note = ""
    confidence: Confidence | None = None
    note: Note = ""


class Forces(Model):
    """All files of the folder forces together."""

    format: Format = 1
    formations: tuple[Formation, ...] = ()
    units: tuple[Unit, ...] = ()
    note: Note = ""


# --- plans/*.yaml


class Objective(Model):
    """A place that an axis of a plan is to take or hold."""

    place: Id
    by: Date | None = Field(None, description="Date by which it is wanted, or until which it is held.")
    weight: Annotated[Whole, Field(ge=1, le=100)] = 10
    strongpoint: Flag = Field(False, description="Besiege or hold rather than pass through.")
    note: Note = ""


class Axis(Model):
    """An axis of advance, a position to hold, or a line of withdrawal."""

    id: Id
    title: Text
    role: Annotated[str, Among(codes.ROLES)]
    formations: Annotated[tuple[Id, ...], Field(min_length=1)]
    release: Date | None = Field(None, description="Day on which it is set free.")
    boldness: Share = Field(0.5, description="0 waits for everybody, 1 stakes all on speed.")
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
    """A dated event of the record, told where it fits."""

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
