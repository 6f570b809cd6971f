"""A study file as models: what is varied, by path, and by which design; references are checked in ``study_file``."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.models.limits import MOST_VARIED
from sim.scenario.models.values import Format, Id, Model, Note, Number, Seed, Sentence, Text, Whole


def _given(value: Any) -> Any:
    """Refuse a key that is there without a number."""
    if value is None:
        raise ValueError("a number expected")
    return value


GivenNumber = Annotated[Number | None, BeforeValidator(_given)]  # None where the key is left out
Runs = Annotated[Whole, Field(ge=4, le=1_000_000)]
ScalarValue = Any  # any value the path may hold; the scenario's own models check it once it is set
DesignKind = Literal["variants", "grid", "latin_hypercube", "sobol"]
SAMPLED: tuple[DesignKind, ...] = ("latin_hypercube", "sobol")


class Limits(Model):
    """Limits on a scaled or shifted value."""

    at_least: Number | None = Field(None, description="Smaller results are raised to this.")
    at_most: Number | None = Field(None, description="Larger results are lowered to this.")


class Change(Limits):
    """One value, or all that match a path with ``*``, changed in one of three ways."""

    path: Text = Field(description="Path of the value, such as rules.supply.pocket_hexes or forces.units.ID.men.")
    set: ScalarValue = Field(None, description="Replace it with this.")
    scale: GivenNumber = Field(None, description="Multiply every number there by this.")
    add: GivenNumber = Field(None, description="Add this to every number there.")

    @model_validator(mode="after")
    def _one_way(self) -> "Change":
        if len({"set", "scale", "add"} & self.model_fields_set) != 1:
            raise ValueError("one of set, scale and add expected")
        return self


class Variant(Model):
    """A named what-if: mods, plans and changed values together."""

    id: Id
    title: Text
    note: Note = ""
    mods: tuple[Sentence, ...] = ()
    plans: tuple[Id, ...] = ()
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST_VARIED)] = ()


class Span(Model):
    """A range that a design samples: uniform, or triangular around ``mode``."""

    low: Number
    mode: Number | None = None
    high: Number

    @model_validator(mode="after")
    def _rising(self) -> "Span":
        middle = self.low if self.mode is None else self.mode
        if not self.low <= middle <= self.high or self.low == self.high:
            raise ValueError("low, mode and high expected in ascending order")
        return self


class Input(Limits):
    """An input that a grid or a sample varies; one number may move many values at once."""

    id: Id
    title: Text
    note: Note = ""
    paths: Annotated[tuple[Text, ...], Field(min_length=1, max_length=MOST_VARIED)]
    apply: Literal["set", "scale", "add"] = Field(
        "set", description="How the number is applied to the values at the paths."
    )
    values: Annotated[tuple[ScalarValue, ...], Field(min_length=2, max_length=MOST_VARIED)] | None = Field(
        None, description="Levels of a grid."
    )
    range: Span | None = Field(None, description="Range of a sample.")
    draw: Literal["scenario"] | None = Field(
        None, description="Sample from the scenario's own {low, mode, high} at the paths."
    )

    @model_validator(mode="after")
    def _one_source(self) -> "Input":
        if sum(source is not None for source in (self.values, self.range, self.draw)) != 1:
            raise ValueError("one of values, range and draw expected")
        if self.draw is not None and self.apply != "set":
            raise ValueError("a value drawn from the scenario is set; apply must be set")
        return self


class Design(Model):
    """How points are chosen."""

    kind: DesignKind = Field(description="Named variants, all combinations, or a sample.")
    points: Annotated[Whole, Field(ge=4, le=100_000)] | None = Field(
        None, description="Points of a Latin hypercube; base sample, a power of two, of a Sobol' design."
    )
    seed: Seed = Field(1, description="Seed of the sample, not of the campaigns.")


class Study(Model):
    """The file of a study."""

    format: Format
    id: Id
    title: Text
    description: Note = ""
    scenario: Sentence = "august_storm"
    mods: tuple[Sentence, ...] = ()
    plans: tuple[Id, ...] = ()
    runs: Runs = Field(description="Campaigns per point; all points run the same keys.")
    seed: Seed = 1945
    design: Design
    variants: Annotated[tuple[Variant, ...], Field(max_length=MOST_VARIED)] = Field(
        (), description="The first is the baseline for the others."
    )
    inputs: Annotated[tuple[Input, ...], Field(max_length=MOST_VARIED)] = ()
    outcomes: Annotated[tuple[Text, ...], Field(min_length=1)] | None = Field(
        None, description="Measures shown in charts and tables, most important first; all by default."
    )
