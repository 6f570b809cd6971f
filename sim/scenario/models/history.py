"""The file history.yaml as models: the dated record that outcomes are compared with."""

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.models.values import Date, Flag, Format, Id, Model, Note, Text, Whole

Confidence = Literal["sourced", "recalled", "estimate", "guess"]
Figure = Annotated[Whole, Field(ge=0)]


class Capture(Model):
    """A place that changed hands."""

    place: Id
    date: Date
    by: Text | None = Field(None, description="Id of the formation, or a plain name.")
    confidence: Confidence | None = None
    source: Note | None = None
    note: Note | None = None


class Loss(Model):
    """Losses of a side or formation in the record; a missing figure is unknown."""

    id: Id | None = None
    side: Text | None = None
    formation: Text | None = None
    killed: Figure | None = None
    wounded: Figure | None = None
    captured: Figure | None = None
    casualties: Figure | None = None
    tanks: Figure | None = None
    guns: Figure | None = None
    aircraft: Figure | None = None
    until: Date | None = None
    confidence: Confidence | None = None
    source: Note | None = None
    note: Note | None = None


class Milestone(Model):
    """A dated figure of the record other than a capture: an advance, prisoners taken, and so on."""

    id: Id
    date: Date
    kind: Text
    formation: Text | None = None
    place: Id | None = None
    distance_km: Figure | None = None
    prisoners: Figure | None = None
    generals: Figure | None = None
    cumulative: Figure | None = Field(None, description="Prisoners up to that day.")
    at_least: Flag = Field(False, description="The figure is a lower bound.")
    text: Note = ""
    confidence: Confidence | None = None
    source: Note | None = None
    note: Note | None = None


class History(Model):
    """The file history.yaml."""

    format: Format = 1
    captures: tuple[Capture, ...] = ()
    losses: tuple[Loss, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    note: Note = ""
