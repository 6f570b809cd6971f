"""The strip of buttons that put layers on and away, and the legend of those that are on."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pygame

from sim.ui import theme
from sim.ui.commands import BY_NAME, keys_in_words
from sim.ui.layers.icons import icon
from sim.ui.layers.legend import legend
from sim.ui.layers.sources import LAYERS, LayerSources
from sim.ui.layers.stack import LayerStack
from sim.ui.minimap import MiniMap
from sim.ui.panels import draw_hint
from sim.ui.parts import EDGE, Part

if TYPE_CHECKING:
    from sim.ui.screens.campaign import CampaignScreen

BUTTON, GAP = 34, 3
LEGEND_WIDTH = 240
BUTTONS = (*(spec.command for spec in LAYERS), "legend")


class LayerBar(Part):
    """Buttons, layers and legend.

    Attributes
    ----------
    stack : LayerStack
    shows_legend : bool
    """

    def __init__(self, screen: "CampaignScreen") -> None:
        super().__init__(screen)
        clock = screen.session.world.clock[0]
        self.stack = LayerStack(LayerSources(screen), int(clock["n_cols"]), int(clock["n_rows"]))
        self.shows_legend = True
        screen.view.under.append(self.stack.draw_under)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return one command for each layer, one that puts all away, one for the legend."""
        found: dict[str, Callable[[], None]] = {
            spec.command: partial(self.stack.toggle, spec.command) for spec in LAYERS
        }
        return {**found, "layers_off": self.stack.clear, "legend": self._toggle_legend}

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Take clicks on the buttons; the legend lets none through."""
        if event.type != pygame.MOUSEBUTTONDOWN or event.button not in (1, 3):
            return False
        for name, box in self.boxes().items():
            if box.collidepoint(event.pos):
                if event.button == 1:
                    self.commands()[name]()
                return True
        return self.legend_box().collidepoint(event.pos)

    def update(self) -> None:
        """Bring the layers up to date."""
        self.stack.update()

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw the signs that stand over the counters."""
        self.stack.draw_over(area, self.screen.camera)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the buttons, the legend and the tooltip of the button under the pointer."""
        boxes = self.boxes()
        mouse = pygame.mouse.get_pos()
        strip = next(iter(boxes.values())).unionall(list(boxes.values())).inflate(theme.px(6), theme.px(6))
        pygame.draw.rect(target, theme.BAR, strip, border_radius=theme.px(6))
        for name, box in boxes.items():
            self._draw_button(target, name, box, box.collidepoint(mouse))
        sheet = self._sheet()
        if sheet is not None:
            target.blit(sheet, self.legend_box())
        for name, box in boxes.items():
            if box.collidepoint(mouse):
                draw_hint(target, self.hint(name), mouse)

    def boxes(self) -> dict[str, pygame.Rect]:
        """Return where each button stands: down the left edge, in as many columns as it takes."""
        side, step = theme.px(BUTTON), theme.px(BUTTON) + theme.px(GAP)
        top = self.screen.map_top + EDGE
        rows = max((self.screen.part(MiniMap).box().top - top - EDGE) // step, 1)
        return {
            name: pygame.Rect(EDGE + index // rows * step, top + index % rows * step, side, side)
            for index, name in enumerate(BUTTONS)
        }

    def legend_box(self) -> pygame.Rect:
        """Return where the legend stands; empty where there is none."""
        sheet = self._sheet()
        right = max(box.right for box in self.boxes().values())
        size = (0, 0) if sheet is None else sheet.get_size()
        return pygame.Rect((right + EDGE, self.screen.map_top + EDGE), size)

    def hint(self, name: str) -> str:
        """Return the tooltip of a button: what it does, and its keys."""
        keys = keys_in_words(name, self.screen.stage.settings.keys)
        return f"{BY_NAME[name].words}: {BY_NAME[name].hint} ({keys})"

    def _toggle_legend(self) -> None:
        self.shows_legend = not self.shows_legend

    def _sheet(self) -> pygame.Surface | None:
        overlays = self.stack.overlays
        if not self.shows_legend or not overlays:
            return None
        left = max(box.right for box in self.boxes().values()) + EDGE
        most = (
            self.screen.size[0] - left - 3 * EDGE - self.panel_width,
            self.screen.part(MiniMap).box().top - self.screen.map_top - 2 * EDGE,
        )
        key = (self.stack.revision, self.stack.on, most, theme.px(100))
        return self.kept("legend", key, lambda: legend(overlays, theme.px(LEGEND_WIDTH), most))

    def _draw_button(self, target: pygame.Surface, name: str, box: pygame.Rect, hovered: bool) -> None:
        is_on = self.shows_legend if name == "legend" else name in self.stack.on
        face = theme.ACCENT if is_on else (74, 70, 68)
        if hovered:
            face = (min(face[0] + 22, 255), min(face[1] + 22, 255), min(face[2] + 22, 255))
        pygame.draw.rect(target, face, box, border_radius=theme.px(5))
        picture = icon(name, round(box.height * 0.62))
        target.blit(picture, picture.get_rect(center=(box.centerx, box.centery + theme.px(1))))
        if is_on:  # not by colour alone
            pygame.draw.rect(target, (250, 238, 210), box, max(theme.px(2), 1), border_radius=theme.px(5))
        key = keys_in_words(name, self.screen.stage.settings.keys).partition(",")[0]
        if len(key) == 1:
            words = theme.text(key, theme.px(10), (250, 244, 228), "Bold")
            target.blit(words, words.get_rect(topright=(box.right - theme.px(3), box.top)))
