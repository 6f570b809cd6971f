"""The strip of buttons that put layers on and away, and the legend of those that are on."""

from collections.abc import Callable
from functools import partial

import pygame

from sim.ui.layers.icons import icon
from sim.ui.layers.legend import legend, samples
from sim.ui.layers.sources import LAYERS, LayerSources
from sim.ui.layers.stack import LayerStack
from sim.ui.look import theme
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.part import EDGE, Part
from sim.ui.player import intents
from sim.ui.player.table import Table
from sim.ui.widgets import paper as panels
from sim.ui.widgets.paper import draw_hint
from sim.ui.window.commands import BY_NAME, keys_in_words

BUTTON, GAP = 34, 3
LEGEND_WIDTH = 240
BUTTONS = (*(spec.command for spec in LAYERS), "legend")
FOLD = "fold"  # stands for all buttons where they would take more than two columns
MOST_COLUMNS = 2
FOLD_HINT = "Layers: show their buttons, or put them away; each has its key all the same (1 to 9, 0 for none)"
PAGES = {pygame.K_PAGEUP: -0.8, pygame.K_PAGEDOWN: 0.8}
WHEEL_PX = 40


class LayerBar(Part):
    """Buttons, layers and legend.

    Attributes
    ----------
    stack : LayerStack
    shows_legend : bool
    is_unfolded : bool
        Whether all buttons are shown where there is hardly room for them.
    """

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        clock = table.session.world.clock[0]
        self.stack = LayerStack(LayerSources(table), int(clock["n_cols"]), int(clock["n_rows"]))
        self.shows_legend = True
        self.is_unfolded = False
        self._scroll = 0
        self._samples = samples()
        table.view.under.append(self.stack.draw_under)

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return one command for each layer, one that puts all away, one for the legend."""
        found: dict[str, Callable[[], None]] = {
            spec.command: partial(self.stack.toggle, spec.command) for spec in LAYERS
        }
        return {**found, "layers_off": self.stack.clear, "legend": self._toggle_legend}

    def resize(self) -> None:
        """Fit the window's new size, or other settings."""
        super().resize()
        self._samples = samples()

    def rest(self) -> None:
        """Use the end of a frame to draw the next sample that a legend may need."""
        next(self._samples, None)

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether a button or the legend is there."""
        return self.legend_box().collidepoint(at) or any(box.collidepoint(at) for box in self.boxes().values())

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Take clicks on the buttons; the legend lets none through."""
        if event.type == pygame.MOUSEWHEEL:
            over = self.legend_box().collidepoint(getattr(event, "at", None) or pygame.mouse.get_pos())
            self._scroll -= event.y * theme.px(WHEEL_PX) if over else 0
            return over
        if event.type == pygame.KEYDOWN and event.key in PAGES and self._is_too_long():
            self._scroll += round(PAGES[event.key] * self.legend_box().height)
            return True
        if event.type != pygame.MOUSEBUTTONDOWN or event.button not in (1, 3):
            return False
        for name, box in self.boxes().items():
            if box.collidepoint(event.pos):
                if event.button == 1:
                    self._press(name)
                return True
        return self.legend_box().collidepoint(event.pos)

    def update(self) -> None:
        """Bring the layers up to date."""
        self.stack.update()

    def draw_map(self, area: pygame.Surface) -> None:
        """Draw the signs that stand over the counters."""
        self.stack.draw_over(area, self.table.camera)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the buttons, the legend and the tooltip of the button under the pointer."""
        boxes = self.boxes()
        mouse = pygame.mouse.get_pos()
        strip = next(iter(boxes.values())).unionall(list(boxes.values())).inflate(theme.px(6), theme.px(6))
        pygame.draw.rect(target, theme.BAR, strip, border_radius=theme.px(6))
        for name, box in boxes.items():
            self._draw_button(target, name, box, box.collidepoint(mouse))
        self._draw_legend(target)
        for name, box in boxes.items():
            if box.collidepoint(mouse):
                draw_hint(target, self.hint(name), mouse)

    def boxes(self) -> dict[str, pygame.Rect]:
        """Return where each button stands: down the left edge, in as many columns as it takes.

        Where two columns are not enough, one button stands for all, until it is pressed.
        """
        side, step = theme.px(BUTTON), theme.px(BUTTON) + theme.px(GAP)
        top = self.table.map_top + EDGE
        rows = max((self.table.part(MiniMap).box().top - top - EDGE) // step, 1)
        names = BUTTONS
        if rows * MOST_COLUMNS < len(BUTTONS):
            names = (FOLD, *BUTTONS) if self.is_unfolded else (FOLD,)
        return {
            name: pygame.Rect(EDGE + index // rows * step, top + index % rows * step, side, side)
            for index, name in enumerate(names)
        }

    def box_of(self, name: str) -> pygame.Rect | None:
        """Return where the button of a layer stands, or the one for all; None where there is no such layer."""
        boxes = self.boxes()
        return boxes.get(name, boxes.get(FOLD)) if name in BUTTONS else None

    def _press(self, name: str) -> None:
        if name == FOLD:
            self.is_unfolded = not self.is_unfolded
        else:
            self.table.carry_out(intents.GiveCommand(name))

    def legend_box(self) -> pygame.Rect:
        """Return where the legend stands, cut to the room there is; empty where there is none."""
        sheet = self._sheet()
        right = max(box.right for box in self.boxes().values())
        wide, high = (0, 0) if sheet is None else sheet.get_size()
        return pygame.Rect(right + EDGE, self.table.map_top + EDGE, wide, min(high, self._legend_room()[1]))

    def hint(self, name: str) -> str:
        """Return the tooltip of a button: what it does, and its keys."""
        if name == FOLD:
            return FOLD_HINT
        keys = keys_in_words(name, self.table.stage.settings.keys)
        return f"{BY_NAME[name].words}: {BY_NAME[name].hint} ({keys})"

    def _toggle_legend(self) -> None:
        self.shows_legend = not self.shows_legend

    def _sheet(self) -> pygame.Surface | None:
        overlays = self.stack.overlays
        if not self.shows_legend or not overlays:
            return None
        most = self._legend_room()
        key = (self.stack.revision, self.stack.on, most, theme.px(100))
        return self.kept("legend", key, lambda: legend(overlays, theme.px(LEGEND_WIDTH), most))

    def _legend_room(self) -> tuple[int, int]:
        """Return the greatest width and height of the legend: beside the buttons, above the small map."""
        left = max(box.right for box in self.boxes().values()) + EDGE
        high = self.table.part(MiniMap).box().top - self.table.map_top - 2 * EDGE
        return self.table.size[0] - left - 3 * EDGE - self.panel_width, high

    def _is_too_long(self) -> bool:
        sheet = self._sheet()
        return sheet is not None and sheet.get_height() > self._legend_room()[1]

    def _draw_legend(self, target: pygame.Surface) -> None:
        """Draw the part of the legend that is scrolled to, and how much of it that is."""
        face, box = self._sheet(), self.legend_box()
        if face is None:
            return
        self._scroll = max(min(self._scroll, face.get_height() - box.height), 0)
        paper = self.kept("paper", box.size, lambda: panels.sheet(box.size).convert_alpha())
        if paper is not None:
            target.blit(paper, box)
        target.blit(face, box, (0, self._scroll, *box.size))
        panels.draw_scroll_bar(target, box, face.get_height(), self._scroll)

    def _draw_button(self, target: pygame.Surface, name: str, box: pygame.Rect, hovered: bool) -> None:
        is_on = {"legend": self.shows_legend, FOLD: bool(self.stack.on)}.get(name, name in self.stack.on)
        face = theme.ACCENT if is_on else (74, 70, 68)
        if hovered:
            face = (min(face[0] + 22, 255), min(face[1] + 22, 255), min(face[2] + 22, 255))
        pygame.draw.rect(target, face, box, border_radius=theme.px(5))
        picture = icon(name, round(box.height * 0.62))
        target.blit(picture, picture.get_rect(center=(box.centerx, box.centery + theme.px(1))))
        if is_on:  # not by colour alone
            pygame.draw.rect(target, (250, 238, 210), box, max(theme.px(2), 1), border_radius=theme.px(5))
        key = "" if name == FOLD else keys_in_words(name, self.table.stage.settings.keys).partition(",")[0]
        if len(key) == 1:
            words = theme.text(key, theme.px(10), (250, 244, 228), "Bold")
            target.blit(words, words.get_rect(topright=(box.right - theme.px(3), box.top)))
