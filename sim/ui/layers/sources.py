"""The layers that there are, and what each shows of a session at present."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.game.overlays import enemy, ground, movement, plans, record, supply
from sim.game.overlays.shapes import Overlay, Stroke
from sim.game.terms import codes
from sim.ui.player.table import Table


@dataclass(frozen=True)
class LayerSpec:
    """A layer: the name of its command, and what it shows of a screen's session.

    Attributes
    ----------
    command : str
    make : callable
    follows_choice : bool
        Whether it changes with the chosen unit.
    needs_rest : bool
        Whether it asks kernels, which must wait while the computer moves.
    """

    command: str
    make: Callable[["LayerSources"], Overlay]
    follows_choice: bool = False
    needs_rest: bool = False


class LayerSources:
    """What the layers of one campaign screen show.

    Parameters
    ----------
    table : Table
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._first_front: tuple[Stroke, ...] | None = None
        self._ways: plans.Ways = {}
        self._work_space = enemy.work_space(table.session.world)

    @property
    def viewer(self) -> int:
        """Return the side that looks: the one that is led here, in hot seat the one to move; ``NEITHER`` sees all."""
        session = self.table.session
        if len(session.sides) > 1:
            return int(session.world.clock["phase_side"][0])
        return codes.NEITHER if session.viewer is None else codes.SIDES.index(session.viewer)

    @property
    def own(self) -> int:
        """Return the side whose affairs are shown: the viewer's; where all is seen, the chosen unit's."""
        if self.viewer != codes.NEITHER:
            return self.viewer
        chosen = self.table.selection.chosen
        return int(self.table.session.world.units["side"][chosen]) if chosen >= 0 else codes.SOVIET

    def key(self, spec: LayerSpec) -> tuple[object, ...]:
        """Return what a layer depends on: while this stays the same, so does the layer."""
        session = self.table.session
        chosen = self.table.selection.chosen if spec.follows_choice or self.viewer == codes.NEITHER else -1
        return session.version, self.viewer, chosen

    def movement(self) -> Overlay:
        """Return the range of the chosen unit."""
        return movement.movement(self.table.session.world, self.table.selection.march)

    def supply(self) -> Overlay:
        """Return the supply of the side that looks."""
        return supply.supply(self.table.session.world, self.own, self.table.selection.chosen)

    def zones(self) -> Overlay:
        """Return the zones of control."""
        return ground.zones(self.table.session.world, self.viewer)

    def control(self) -> Overlay:
        """Return who holds what."""
        world = self.table.session.world
        if self._first_front is None:
            self._first_front = ground.first_front(world)
        return ground.control(world, self._first_front)

    def weather(self) -> Overlay:
        """Return sky and ground."""
        return ground.weather(self.table.session.world)

    def plans(self) -> Overlay:
        """Return the plan of the side that looks; both where all is seen."""
        session = self.table.session
        sides = (codes.SOVIET, codes.JAPANESE) if self.viewer == codes.NEITHER else (self.viewer,)
        return plans.plans(session.world, session.campaign.names, sides, self._ways)

    def strength(self) -> Overlay:
        """Return how strong the enemy is where."""
        world, known = self.table.session.world, self.table.session.knowledge()
        if known.sees_all:
            return enemy.strength(world, self.own)
        guessed = np.zeros(len(world.hexes), bool)
        guessed[[seen.hex for seen in known.sightings() if seen.hex >= 0 and not seen.is_identified]] = True
        return enemy.strength(world, self.own, world.layers, guessed)

    def threats(self) -> Overlay:
        """Return what the enemy could do on his next turn."""
        return enemy.threats(self.table.session.known, self._work_space, self.own)

    def record(self) -> Overlay:
        """Return what the record says of this day."""
        session = self.table.session
        campaign = session.campaign
        day = campaign.names.date_of(int(session.world.clock["turn"][0]))
        return record.record(
            session.world, campaign.names, campaign.scenario.history.captures, day, campaign.views.hex_km
        )


LAYERS = (
    LayerSpec("layer_movement", LayerSources.movement, follows_choice=True),
    LayerSpec("layer_supply", LayerSources.supply, follows_choice=True),
    LayerSpec("layer_zones", LayerSources.zones),
    LayerSpec("layer_control", LayerSources.control),
    LayerSpec("layer_weather", LayerSources.weather),
    LayerSpec("layer_plans", LayerSources.plans),
    LayerSpec("layer_strength", LayerSources.strength),
    LayerSpec("layer_threats", LayerSources.threats, needs_rest=True),
    LayerSpec("layer_record", LayerSources.record),
)
