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

from sim.ui.look import theme
from sim.ui.look.gui_theme import manager
from sim.ui.look.theme import px
from sim.ui.widgets.blocks import Block
from sim.ui.widgets.document import Document
from sim.ui.window import sounds
from sim.ui.window.stage import Screen

Action = Callable[[], Any]
Told = Callable[[Any], Any]
STRONG, PLAIN, TITLE, HEADING, QUIET, ALARM = "#strong", "", "#title", "#heading", "#quiet", "#alarm"
PREVIOUS, NEXT = -1, 1
ENTER = (pygame.K_RETURN, pygame.K_KP_ENTER)
UP_AND_DOWN = (pygame.K_UP, pygame.K_DOWN)
USES_UP_AND_DOWN = (UITextEntryLine, UISelectionList, UITextBox)
_TEXT_STEPS = {pygame.K_UP: -0.05, pygame.K_DOWN: 0.05, pygame.K_PAGEUP: -0.3, pygame.K_PAGEDOWN: 0.3}


class GuiScreen(Screen):
    """A screen made of widgets.

    Attributes
    ----------
    gui : pygame_gui.UIManager
    documents : list of Document
        Texts that stand beside the widgets.
    main : UIButton or None
        What Return presses before the keyboard has gone to any widget, and from a list.
    """

    gui: pygame_gui.UIManager

    def __init__(self) -> None:
        self._actions: dict[UIElement, Action] = {}
        self._told: dict[UIElement, Told] = {}
        self._order: list[UIElement] = []
        self._scrolls: list[UIScrollingContainer] = []
        self.documents: list[Document] = []
        self.main: UIButton | None = None
        self._at = -1

    # --- the screen

    def enter(self) -> None:
        """Lay the widgets out."""
        self.resize(self.stage.size)

    def resize(self, size: tuple[int, int]) -> None:
        """Lay the widgets out anew."""
        self.rebuild()

    def rebuild(self) -> None:
        """Lay the widgets out anew, keeping the keyboard's place and what is scrolled."""
        kept, scrolled = self._at, [_share(scroll) for scroll in self._scrolls]
        tops = [(document.box.size, document.top_px) for document in self.documents]
        self.gui = manager(self.stage.size)
        self._actions, self._told, self._order, self._scrolls = {}, {}, [], []
        self.documents = []
        self.main = None
        self.build()
        for scroll, share in zip(self._scrolls, scrolled, strict=False):
            if share > 0:
                _scroll_to(scroll, share)
        for document, (size, top) in zip(self.documents, tops, strict=False):
            if document.box.size == size:
                document.scroll(top)
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
        if any(document.handle(event) for document in self.documents):
            return
        self.gui.process_events(event)
        element = getattr(event, "ui_element", None)
        if element is None:
            return
        if event.type == pygame_gui.UI_BUTTON_PRESSED and element in self._actions:
            sounds.play(sounds.CLICK)
            self._actions[element]()
        elif event.type in _VALUES and element in self._told:
            self._told[element](_VALUES[event.type](event))

    def update(self, elapsed_s: float) -> None:
        """Let the widgets go on; lines of lists come and go as they are scrolled."""
        self.gui.update(elapsed_s)
        for made in self._order:
            if isinstance(made, UISelectionList):
                lines = [item["button_element"] for item in made.item_list if item["button_element"] is not None]
                for line in lines:
                    if line.tool_tip_text is None:
                        line.set_tooltip(made.tool_tip_text)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the ground and the widgets, and a ring round the one that the keyboard is at."""
        self.draw_ground(target)
        for document in self.documents:
            document.draw(target)
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
        self,
        box: pygame.Rect,
        value: float,
        bounds: tuple[float, float],
        told: Told,
        parent: Any = None,
        hint: str = "",
    ) -> UIHorizontalSlider:
        """Add a slider."""
        made = UIHorizontalSlider(box, value, bounds, self.gui, container=parent)
        if hint and made.sliding_button is not None:
            made.sliding_button.set_tooltip(hint)
        self._told[made] = told
        self._order.append(made)
        return made

    def entry(
        self, box: pygame.Rect, words: str, told: Told, hint: str, parent: Any = None, empty: str | None = None
    ) -> UITextEntryLine:
        """Add a line to write in; ``empty`` stands in it, pale, while nothing is written."""
        made = UITextEntryLine(box, self.gui, container=parent, initial_text=words, placeholder_text=empty)
        made.set_tooltip(hint)
        self._told[made] = told
        self._order.append(made)
        return made

    def list_(
        self, box: pygame.Rect, items: Sequence[str], told: Told, hint: str, chosen: str | None = None
    ) -> UISelectionList:
        """Add a list of which one line may be chosen, if it is there; each of its lines has the tooltip."""
        made = UISelectionList(box, list(items), self.gui, default_selection=chosen if chosen in items else None)
        made.set_tooltip(hint)
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
        self._scrolls.append(made)
        return made

    def document(self, box: pygame.Rect, blocks: Sequence[Block]) -> Document:
        """Add a text with headings, lists, tables and pictures; the wheel and Page Up and Page Down scroll it."""
        self.documents.append(Document(box, blocks))
        return self.documents[-1]

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
        elif event.key in ENTER and self.main is not None and self.main.is_enabled and _leaves_enter(at):
            sounds.play(sounds.CLICK)
            self._actions[self.main]()
        elif at is None:
            return False
        elif event.key in (*ENTER, pygame.K_SPACE) and at in self._actions:
            sounds.play(sounds.CLICK)
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
                self._bring_into_view(element)
                return

    def _bring_into_view(self, element: UIElement) -> None:
        """Scroll the area that holds a widget until the widget can be seen."""
        for scroll in self._scrolls:
            if scroll.vert_scroll_bar is None or element.ui_container is not scroll.get_container():
                continue
            whole, seen = scroll.scrollable_container.get_abs_rect(), scroll.get_abs_rect()
            box = element.get_abs_rect()
            if box.top < seen.top or box.bottom > seen.bottom:
                above = box.centery - whole.top - seen.height / 2
                share = min(max(above, 0), max(whole.height - seen.height, 0)) / max(whole.height, 1)
                _scroll_to(scroll, share)

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


def _leaves_enter(at: UIElement | None) -> bool:
    """Return whether Return goes to the main button: where the keyboard is nowhere yet, or at a list."""
    return at is None or isinstance(at, UISelectionList)


def _share(scroll: UIScrollingContainer) -> float:
    """Return how far an area is scrolled, as a share of its height."""
    return scroll.vert_scroll_bar.start_percentage if scroll.vert_scroll_bar is not None else 0.0


def _scroll_to(scroll: UIScrollingContainer, share: float) -> None:
    if scroll.vert_scroll_bar is not None:
        scroll.vert_scroll_bar.set_scroll_from_start_percentage(share)
        scroll.vert_scroll_bar.has_moved_recently = True
        scroll.update(0.0)


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
