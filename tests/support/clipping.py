"""Whether everything of a screen can be seen: no words wider than their box, no widget outside the window.

Use: ``assert cut_off(screen) == []`` after the screen has been built, ``cut_off_map(screen)`` for the campaign;
``every_size()`` gives sizes and scales to try.
"""

from itertools import product

import pygame
from pygame_gui.core import UIElement
from pygame_gui.elements import UIButton, UIDropDownMenu, UILabel, UIScrollingContainer, UISelectionList

from sim.ui.look import theme
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.order_bar import OrderBar
from sim.ui.panels.order_of_battle import OrderOfBattle
from sim.ui.panels.sheet import PaperPart
from sim.ui.panels.top_bar import TopBar
from sim.ui.widgets import paper

SIZES = ((1024, 640), (1280, 800), (1920, 1080), (2560, 1440))
SCALES = (0.8, 1.0, 1.5, 2.0)
SLACK_PX = 1


def every_size() -> list[tuple[tuple[int, int], float]]:
    """Return every size of the window with every scale of the interface at which screens must be whole."""
    return list(product(SIZES, SCALES))


def cut_off(screen) -> list[str]:
    """Return what cannot be seen of a screen made of widgets, in words; nothing where all is well."""
    found = [f"{words!r} stands out of its page" for page in screen.documents for words in page.too_wide()]
    found += [f"page {page.box} stands out of the window" for page in screen.documents if not _inside(screen, page.box)]
    for element in screen.gui.get_sprite_group().sprites():
        if not isinstance(element, UIElement) or not element.visible:
            continue
        found += _of_words(element)
        area = _area_of(screen, element)
        if area is not None:
            found += _of_scrolled(element, area)
        elif not _inside(screen, element.get_abs_rect()):
            found.append(f"{_named(element)} stands out of the window: {element.get_abs_rect()}")
    return found


def _inside(screen, box) -> bool:
    width, height = screen.stage.size
    return box.left >= 0 and box.top >= 0 and box.right <= width and box.bottom <= height


def _of_words(element) -> list[str]:
    if isinstance(element, UISelectionList):
        lines = [item["button_element"] for item in element.item_list if item["button_element"] is not None]
        return [words for line in lines for words in _of_words(line)]
    if isinstance(element, UIDropDownMenu) or not isinstance(element, UIButton | UILabel) or not element.text:
        return []
    wide, high = element.font.size(element.text)
    box = element.get_abs_rect()
    if wide > box.width + SLACK_PX or high > box.height + SLACK_PX:
        return [f"{_named(element)} is {wide} x {high} in a box of {box.width} x {box.height}"]
    return []


def _area_of(screen, element):
    """Return the scrolling area that holds an element, if one does."""
    areas = [each for each in screen.gui.get_sprite_group().sprites() if isinstance(each, UIScrollingContainer)]
    moved = {area.scrollable_container: area for area in areas}
    for _ in range(8):
        if element in moved:
            return moved[element]
        element = element.ui_container
        if element is None:
            return None
    return None


def _of_scrolled(element, scrolling) -> list[str]:
    """Return whether an element of a scrolling area stands out of it sideways, where nobody can scroll to."""
    area, box = scrolling.get_abs_rect(), element.get_abs_rect()
    if box.left < area.left - SLACK_PX or box.right > area.right + SLACK_PX:
        return [f"{_named(element)} stands out of its area sideways: {box} of {area}"]
    return []


def _named(element) -> str:
    return f"{type(element).__name__} {getattr(element, 'text', '')!r}"


# --- the campaign screen, whose bars and sheets are drawn by themselves


def cut_off_map(screen) -> list[str]:
    """Return what cannot be seen, or lies over something else, of a campaign screen that has been drawn; in words."""
    window = pygame.Rect((0, 0), screen.size)
    top, orders, layers = screen.part(TopBar), screen.part(OrderBar), screen.part(LayerBar)
    bar = [*((box, "what the bar says") for box, _ in top.chips()), *_buttons(top.buttons())]
    low = _buttons(orders.buttons()) if orders.height else []
    strip = [(box, name) for name, box in layers.boxes().items()]
    sheets = [(part.box, type(part).__name__) for part in screen.parts if isinstance(part, PaperPart)]
    beside = [(box, name) for box, name in sheets if name in STANDING and box.height]
    legend = [(layers.legend_box(), "legend")] if layers.legend_box().height else []
    still = [*bar, *low, *strip, *beside, *legend, (screen.part(MiniMap).box(), "the small map")]
    found = [f"{name} stands out of the window: {box}" for box, name in [*still, *sheets] if not window.contains(box)]
    found += [
        f"{one} lies over {other}: {box}, {where}"
        for index, (box, one) in enumerate(still)
        for where, other in still[index + 1 :]
        if box.colliderect(where)
    ]
    for button in [*top.buttons(), *(orders.buttons() if orders.height else ())]:
        found += _of_button(button)
    for part in screen.parts:
        if isinstance(part, PaperPart) and part.box.height:
            found += _of_sheet(part)
    tree = screen.part(OrderOfBattle)
    return found + (_of_tree(tree, window) if tree.is_open else [])


STANDING = ("SidePanel", "AttackPanel", "LogPanel", "Message")  # sheets that lie over nothing but the map


def _buttons(buttons):
    return [(button.box, f"button {button.words!r}") for button in buttons]


def _of_button(button) -> list[str]:
    wide = theme.font(theme.px(14), "Bold" if button.strong else "Regular").size(button.words)[0]
    return [] if wide <= button.box.width else [f"{button.words!r} is {wide} px wide on {button.box.width}"]


def _of_sheet(part) -> list[str]:
    """Return the lines of a sheet that are wider than it, and whether too little of it is seen to be read."""
    name, found, room = type(part).__name__, [], part.panel_width - 2 * theme.px(paper.PAD)
    for line in part.lines():
        points, _, style = paper.LOOKS.get(line.style, paper.PLAIN_LOOK)
        size = theme.px(points)
        for row in theme.wrapped(line.text, size, room, style):
            if theme.font(size, style).size(row)[0] > room:
                found.append(f"{name}: {row!r} is wider than {room} px")
    whole = part._column.surface.get_height()
    if part.box.height < min(whole, theme.px(48)):
        found.append(f"{name}: {part.box.height} px of {whole} are seen")
    if part.box.width < part._column.surface.get_width():
        found.append(f"{name}: {part.box.width} px for {part._column.surface.get_width()}")
    return found


def _of_tree(tree, window) -> list[str]:
    box, found = tree.box(), []
    if not window.contains(box):
        found.append(f"the order of battle stands out of the window: {box}")
    if tree._lines() < 4:
        found.append(f"the order of battle shows {tree._lines()} lines")
    ends = tree._column_ends(box.width)
    for row in tree.rows()[:40]:
        if len(tree._shown_name(tree.roster.nodes[row], ends)) < 8:
            found.append(f"the order of battle has no room for {tree.roster.nodes[row].name!r}")
    return found + [words for button in tree._buttons() for words in _of_button(button)]
