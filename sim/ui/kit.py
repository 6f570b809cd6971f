"""Widgets: a screen made of pygame_gui's elements in our colours, scaled, with tooltips, and led by keyboard alone.

A screen lays its widgets out in ``build``; it is called anew when the window or the scale changes. Every widget that
can be used is remembered in order, so that Tab goes from one to the next and Return presses it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import pygame
import pygame_gui
from pygame_gui.core import ObjectID, UIElement
from pygame_gui.elements import (
    UIButton,
    UIDropDownMenu,
    UIHorizontalSlider,
    UIImage,
    UILabel,
    UIPanel,
    UIScrollingContainer,
    UISelectionList,
    UITextBox,
    UITextEntryLine,
)

from sim import paths
from sim.ui import theme
from sim.ui.stage import Screen

Action = Callable[[], Any]
Told = Callable[[Any], Any]
STRONG, PLAIN, TITLE, HEADING, QUIET, ALARM = "#strong", "", "#title", "#heading", "#quiet", "#alarm"
POINTS = (14, 15, 16, 20, 28, 40)  # sizes of text in use
PREVIOUS, NEXT = -1, 1
UP_AND_DOWN = (pygame.K_UP, pygame.K_DOWN)
USES_UP_AND_DOWN = (UITextEntryLine, UISelectionList, UITextBox)
_TEXT_STEPS = {pygame.K_UP: -0.05, pygame.K_DOWN: 0.05, pygame.K_PAGEUP: -0.3, pygame.K_PAGEDOWN: 0.3}


def px(length: float) -> int:
    """Return a length of the interface in pixels."""
    return theme.px(length)


def manager(size: tuple[int, int]) -> pygame_gui.UIManager:
    """Return a manager of widgets in our fonts and colours, at the present scale."""
    made = pygame_gui.UIManager(size, theme_path=_looks())
    fonts = made.get_theme().get_font_dictionary()
    for points in POINTS:
        for bold, italic in ((False, False), (True, False), (False, True)):
            # Texts ask for these later, and the first would stall a frame; the theme has loaded some of them.
            if not fonts.check_font_preloaded(fonts.create_font_id(px(points), "noto", bold, italic, True)):
                fonts.preload_font(px(points), "noto", bold, italic, True)
    return made


class GuiScreen(Screen):
    """A screen made of widgets.

    Attributes
    ----------
    gui : pygame_gui.UIManager
    """

    gui: pygame_gui.UIManager

    def __init__(self) -> None:
        self._actions: dict[UIElement, Action] = {}
        self._told: dict[UIElement, Told] = {}
        self._order: list[UIElement] = []
        self._at = -1

    # --- the screen

    def enter(self) -> None:
        """Lay the widgets out."""
        self.resize(self.stage.size)

    def resize(self, size: tuple[int, int]) -> None:
        """Lay the widgets out anew."""
        self.rebuild()

    def rebuild(self) -> None:
        """Lay the widgets out anew, keeping the keyboard's place."""
        kept = self._at
        self.gui = manager(self.stage.size)
        self._actions, self._told, self._order = {}, {}, []
        self.build()
        if kept >= 0:
            self._at = min(kept, len(self._order) - 1)

    def build(self) -> None:
        """Lay the widgets out; screens say how."""

    def escape(self) -> None:
        """Leave by Esc; usually to the screen below."""
        self.stage.pop()

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take one event: keys walk through the widgets, widgets give their actions."""
        if event.type == pygame.KEYDOWN and self._key(event):
            return
        self.gui.process_events(event)
        element = getattr(event, "ui_element", None)
        if element is None:
            return
        if event.type == pygame_gui.UI_BUTTON_PRESSED and element in self._actions:
            self._actions[element]()
        elif event.type in _VALUES and element in self._told:
            self._told[element](_VALUES[event.type](event))

    def update(self, elapsed_s: float) -> None:
        """Let the widgets go on."""
        self.gui.update(elapsed_s)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the ground and the widgets, and a ring round the one that the keyboard is at."""
        self.draw_ground(target)
        self.gui.draw_ui(target)
        if 0 <= self._at < len(self._order) and self._order[self._at].alive():
            box = self._order[self._at].get_abs_rect().inflate(px(6), px(6))
            pygame.draw.rect(target, theme.FOCUS, box, max(px(2), 1), border_radius=px(6))

    def draw_ground(self, target: pygame.Surface) -> None:
        """Draw what lies under the widgets."""
        target.fill(theme.PAPER)

    def draw_sheet(self, target: pygame.Surface, box: pygame.Rect) -> None:
        """Dim the screen below and draw a sheet of paper."""
        veil = pygame.Surface(target.get_size(), pygame.SRCALPHA)
        veil.fill((*theme.INK, 120))
        target.blit(veil, (0, 0))
        pygame.draw.rect(target, theme.PAPER, box, border_radius=px(8))
        pygame.draw.rect(target, theme.PAPER_EDGE, box, 1, border_radius=px(8))

    # --- widgets

    def button(
        self, box: pygame.Rect, words: str, action: Action, hint: str, look: str = PLAIN, parent: Any = None
    ) -> UIButton:
        """Add a button; its tooltip is not optional."""
        made = UIButton(
            box, words, self.gui, container=parent, tool_tip_text=hint, object_id=ObjectID(object_id=look or None)
        )
        self._actions[made] = action
        self._order.append(made)
        return made

    def label(self, box: pygame.Rect, words: str, look: str = PLAIN, parent: Any = None) -> UILabel:
        """Add one line of words, left aligned."""
        return UILabel(box, words, self.gui, container=parent, object_id=ObjectID(object_id=look or "#plain"))

    def text(self, box: pygame.Rect, html: str, parent: Any = None) -> UITextBox:
        """Add a text that wraps, and scrolls where it is longer than its box (``<b> <i> <br> <a> <font>``)."""
        made = UITextBox(html, box, self.gui, container=parent)
        self._order.append(made)
        return made

    def choice(
        self, box: pygame.Rect, options: Sequence[str], chosen: str, told: Told, hint: str, parent: Any = None
    ) -> UIDropDownMenu:
        """Add a menu of which one option holds."""
        made = UIDropDownMenu(list(options), chosen, box, self.gui, container=parent)
        made.tool_tip_text = hint
        self._told[made] = told
        self._order.append(made)
        return made

    def slider(
        self, box: pygame.Rect, value: float, bounds: tuple[float, float], told: Told, parent: Any = None
    ) -> UIHorizontalSlider:
        """Add a slider."""
        made = UIHorizontalSlider(box, value, bounds, self.gui, container=parent)
        self._told[made] = told
        self._order.append(made)
        return made

    def entry(self, box: pygame.Rect, words: str, told: Told, parent: Any = None) -> UITextEntryLine:
        """Add a line to write in."""
        made = UITextEntryLine(box, self.gui, container=parent, initial_text=words)
        self._told[made] = told
        self._order.append(made)
        return made

    def list_(self, box: pygame.Rect, items: Sequence[str], told: Told, chosen: str | None = None) -> UISelectionList:
        """Add a list of which one line is chosen."""
        made = UISelectionList(box, list(items), self.gui, default_selection=chosen)
        self._told[made] = told
        self._order.append(made)
        return made

    def panel(self, box: pygame.Rect, parent: Any = None) -> UIPanel:
        """Add a sheet on which other widgets stand."""
        return UIPanel(box, manager=self.gui, container=parent, margins={"left": 0, "right": 0, "top": 0, "bottom": 0})

    def scroll(self, box: pygame.Rect, height_px: int) -> UIScrollingContainer:
        """Add an area that scrolls to show a height."""
        made = UIScrollingContainer(box, self.gui, allow_scroll_x=False)
        made.set_scrollable_area_dimensions((box.width - px(20), height_px))
        return made

    def image(self, box: pygame.Rect, surface: pygame.Surface, parent: Any = None) -> UIImage:
        """Add a picture."""
        return UIImage(box, surface, self.gui, container=parent)

    # --- the keyboard

    def _key(self, event: pygame.event.Event) -> bool:
        at = self._order[self._at] if 0 <= self._at < len(self._order) else None
        if event.key == pygame.K_ESCAPE:
            self.escape()
        elif event.key == pygame.K_TAB or (event.key in UP_AND_DOWN and not isinstance(at, USES_UP_AND_DOWN)):
            back = event.key == pygame.K_UP or (event.key == pygame.K_TAB and event.mod & pygame.KMOD_SHIFT)
            self._walk(PREVIOUS if back else NEXT)
        elif at is None:
            return False
        elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE) and at in self._actions:
            self._actions[at]()
        elif event.key in (pygame.K_LEFT, pygame.K_RIGHT, *UP_AND_DOWN) and at in self._told:
            return self._turn(at, PREVIOUS if event.key in (pygame.K_LEFT, pygame.K_UP) else NEXT)
        elif event.key in _TEXT_STEPS and isinstance(at, UITextBox):
            _scroll_text(at, event.key)
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        for _ in range(len(self._order)):
            self._at = (self._at + step) % len(self._order)
            element = self._order[self._at]
            if element.alive() and element.is_enabled and element.visible and _can_be_used(element):
                self.gui.set_focus_set(element.get_focus_set())
                return

    def _turn(self, element: UIElement, step: int) -> bool:
        """Go to the next value of a menu, a slider or a list; return whether there is such a thing."""
        if isinstance(element, UIDropDownMenu):
            options = [option[0] for option in element.options_list]
            now = element.selected_option[0]
            self._told[element](options[(options.index(now) + step) % len(options)])
            return True
        if isinstance(element, UIHorizontalSlider):
            low, high = element.value_range
            value = min(max(element.get_current_value() + step * (high - low) / 20, low), high)
            element.set_current_value(value)
            self._told[element](value)
            return True
        if isinstance(element, UISelectionList):
            lines = [str(item["text"]) for item in element.item_list]
            now = str(element.get_single_selection())
            row = lines.index(now) + step if now in lines else 0
            if lines:
                choose_line(element, row % len(lines))
                self._told[element](lines[row % len(lines)])
            return True
        return False


def choose_line(element: UISelectionList, row: int) -> None:
    """Choose a line of a list, and no other."""
    for index, item in enumerate(element.item_list):
        item["selected"] = index == row
        if item["button_element"] is not None:
            (item["button_element"].select if index == row else item["button_element"].unselect)()
    if element.scroll_bar is not None:
        above = row * element.list_item_height - element.get_abs_rect().height / 2
        element.scroll_bar.set_scroll_from_start_percentage(max(above, 0) / max(element.total_height_of_list, 1))
    element.rebuild_from_changed_theme_data()


def _can_be_used(element: UIElement) -> bool:
    return not isinstance(element, UITextBox) or element.scroll_bar is not None


def _scroll_text(element: UITextBox, key: int) -> None:
    if element.scroll_bar is None:
        return
    start = element.scroll_bar.start_percentage + _TEXT_STEPS[key]
    start = min(start, 1 - element.scroll_bar.visible_percentage)
    element.scroll_bar.set_scroll_from_start_percentage(max(start, 0.0))


_VALUES: dict[int, Callable[[Any], Any]] = {
    pygame_gui.UI_DROP_DOWN_MENU_CHANGED: lambda event: event.text,
    pygame_gui.UI_HORIZONTAL_SLIDER_MOVED: lambda event: event.value,
    pygame_gui.UI_TEXT_ENTRY_CHANGED: lambda event: event.text,
    pygame_gui.UI_SELECTION_LIST_NEW_SELECTION: lambda event: event.text,
    pygame_gui.UI_TEXT_BOX_LINK_CLICKED: lambda event: event.link_target,
}


def _looks() -> dict[str, Any]:
    """Return pygame_gui's theme: paper, ink and one strong colour."""
    fonts = paths.assets_root() / "fonts"
    face = {
        "name": "noto",
        "regular_path": str(fonts / "NotoSans-Regular.ttf"),
        "bold_path": str(fonts / "NotoSans-Bold.ttf"),
        "italic_path": str(fonts / "NotoSans-Italic.ttf"),
        "bold_italic_path": str(fonts / "NotoSans-Bold.ttf"),
    }

    def font(points: int, **more: str) -> dict[str, Any]:
        return {**face, "size": str(px(points)), **more}

    ink, paper, edge = theme.hexed(theme.INK), theme.hexed(theme.PAPER), theme.hexed(theme.PAPER_EDGE)
    accent, quiet, light = theme.hexed(theme.ACCENT), theme.hexed(theme.QUIET), theme.hexed(theme.HALO)
    warm = theme.hexed(theme.WARM)
    colours = {
        "normal_bg": light, "hovered_bg": warm, "active_bg": warm, "selected_bg": warm, "disabled_bg": paper,
        "dark_bg": paper, "normal_text": ink, "hovered_text": ink, "active_text": ink, "selected_text": ink,
        "disabled_text": quiet, "normal_border": edge, "hovered_border": accent, "active_border": accent,
        "selected_border": accent, "disabled_border": edge, "text_shadow": paper, "link_text": accent,
        "link_hover": ink, "link_selected": ink, "filled_bar": accent, "unfilled_bar": edge,
    }  # fmt: skip
    round_ = {"shape": "rounded_rectangle", "shape_corner_radius": str(px(5)), "border_width": "1", "shadow_width": "0"}
    left = {"text_horiz_alignment": "left", "text_vert_alignment": "center"}

    def words(points: int, colour: str = ink, **more: str) -> dict[str, Any]:
        return {"font": font(points, **more), "colours": {"normal_text": colour, "dark_bg": "#00000000"}, "misc": left}

    strong = {
        "normal_bg": accent, "hovered_bg": theme.hexed(theme.INK), "active_bg": ink, "normal_text": light,
        "hovered_text": light, "active_text": light, "normal_border": accent,
    }  # fmt: skip
    return {
        "defaults": {"colours": colours, "font": font(15), "misc": round_},
        "button": {"misc": {**round_, "tool_tip_delay": "0.4"}, "font": font(15)},
        "#strong": {"colours": strong, "font": font(16, bold="1"), "misc": round_},
        "#left": {"misc": {**round_, **left, "text_horiz_alignment_padding": str(px(10))}},
        "label": {"misc": left, "colours": {"dark_bg": "#00000000"}},
        "#plain": words(15),
        "#title": words(40, bold="1"),
        "#heading": words(20, bold="1"),
        "#large": words(28, bold="1"),
        "#quiet": words(14, quiet),
        "#alarm": words(15, theme.hexed(theme.ALARM), bold="1"),
        "text_box": {"font": font(15), "misc": {**round_, "padding": f"{px(12)},{px(10)}", "line_spacing": "1.25"}},
        "tool_tip": {"misc": {"rect_width": str(px(260))}},
        "selection_list": {"misc": {**round_, "list_item_height": str(px(28))}},
        "@selection_list_item": {
            "misc": {**round_, **left, "border_width": "0", "text_horiz_alignment_padding": str(px(8))}
        },
        "drop_down_menu": {"misc": {**round_, "expand_direction": "down"}},
        "horizontal_slider": {"misc": {**round_, "enable_arrow_buttons": "0"}},
    }
