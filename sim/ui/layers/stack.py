"""The layers that are on: their data kept up to date a layer at a time, and drawn below and above the counters."""

from dataclasses import dataclass, field

import pygame

from sim.game.overlays.shapes import Overlay
from sim.ui.layers.placed_signs import Marks
from sim.ui.layers.sources import LAYERS, LayerSources, LayerSpec
from sim.ui.layers.tiles import LayerTiles, Rasters
from sim.ui.map.camera import Camera

TILES_MS = 4.0  # time for new tiles in a frame, all layers together


@dataclass
class Shown:
    """A layer that is on."""

    spec: LayerSpec
    tiles: LayerTiles
    key: tuple[object, ...] | None = None
    overlay: Overlay | None = None
    marks: Marks = field(default_factory=lambda: Marks(Overlay("")))


class LayerStack:
    """The layers that are on.

    Parameters
    ----------
    sources : LayerSources
    n_cols, n_rows : int
        Size of the map in hexes.
    """

    def __init__(self, sources: LayerSources, n_cols: int, n_rows: int) -> None:
        self.sources = sources
        self._rasters = Rasters(n_cols, n_rows)
        self._known: dict[str, Shown] = {}
        self._on: list[str] = []
        self.revision = 0  # grows whenever the legend may have changed

    @property
    def on(self) -> tuple[str, ...]:
        """Return the commands of the layers that are on, in their usual order."""
        return tuple(spec.command for spec in LAYERS if spec.command in self._on)

    @property
    def overlays(self) -> list[Overlay]:
        """Return what the layers that are on show."""
        return [shown.overlay for shown in self._shown() if shown.overlay is not None]

    def toggle(self, command: str) -> None:
        """Put a layer on, or away."""
        if command in self._on:
            self._on.remove(command)
        else:
            self._on.append(command)
            if command not in self._known:
                spec = next(one for one in LAYERS if one.command == command)
                self._known[command] = Shown(spec, LayerTiles(self._rasters))
        self.revision += 1

    def clear(self) -> None:
        """Put every layer away."""
        self._on.clear()
        self.revision += 1

    def update(self) -> None:
        """Bring one layer up to date, the one that has waited longest; the others follow in the next frames."""
        resting = not self.sources.table.session.is_thinking
        for shown in self._shown():
            key = self.sources.key(shown.spec)
            if shown.key != key and (resting or not shown.spec.needs_rest):
                shown.key, shown.overlay = key, shown.spec.make(self.sources)
                shown.tiles.see(shown.overlay)
                shown.marks = Marks(shown.overlay)
                self.revision += 1
                return

    def draw_under(self, target: pygame.Surface, camera: Camera) -> None:
        """Draw fills, lines and those marks that belong on the ground."""
        waiting = [shown for shown in self._shown() if shown.overlay is not None]
        for shown in waiting:
            shown.tiles.draw(target, camera, TILES_MS / len(waiting))
        for shown in waiting:
            shown.marks.draw(target, camera, above=False)

    def draw_over(self, target: pygame.Surface, camera: Camera) -> None:
        """Draw the marks that stand over the counters."""
        for shown in self._shown():
            shown.marks.draw(target, camera, above=True)

    def _shown(self) -> list[Shown]:
        return [self._known[command] for command in self.on]
