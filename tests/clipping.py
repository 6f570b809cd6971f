"""Whether everything of a screen can be seen: no words wider than their box, no widget outside the window.

Use: ``assert cut_off(screen) == []`` after the screen has been built; ``every_size()`` gives sizes and scales to try.
"""

from itertools import product

from pygame_gui.core import UIElement
from pygame_gui.elements import UIButton, UIDropDownMenu, UILabel, UIScrollingContainer, UISelectionList

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
