"""How widgets look: pygame_gui's theme in our fonts and colours, at the present scale."""

from typing import Any

import pygame_gui
from pygame_gui.core import UIAppearanceTheme

from sim import paths
from sim.ui.look import theme
from sim.ui.look.theme import px

POINTS = (14, 15, 16, 20, 28, 40)  # sizes of text in use


_themes: dict[float, UIAppearanceTheme] = {}
_spare: dict[tuple[float, tuple[int, int]], pygame_gui.UIManager] = {}  # made ahead, by scale and size of the window


class Manager(pygame_gui.UIManager):
    """A manager of widgets whose theme, with its fonts and drawn shapes, is shared by all screens of a scale."""

    def create_new_theme(self, theme_path: Any = None) -> UIAppearanceTheme:
        """Return the theme of the present scale; reading it anew for every screen would stall a frame."""
        if theme.scale not in _themes:
            _themes[theme.scale] = super().create_new_theme(theme_path)
        return _themes[theme.scale]


def forget_themes() -> None:
    """Forget what was drawn: fonts of a window that was closed cannot be drawn with any more."""
    _themes.clear()
    _spare.clear()


def prepare(size: tuple[int, int]) -> None:
    """Make the manager of the next screen ahead: it takes half a frame."""
    if (theme.scale, size) not in _spare:
        made = _made(size)
        _spare.clear()
        _spare[theme.scale, size] = made


def manager(size: tuple[int, int]) -> pygame_gui.UIManager:
    """Return a manager of widgets in our fonts and colours, at the present scale."""
    spare = _spare.pop((theme.scale, size), None)
    return spare if spare is not None else _made(size)


def _made(size: tuple[int, int]) -> pygame_gui.UIManager:
    is_first = theme.scale not in _themes
    made = Manager(size, theme_path=_looks() if is_first else None, enable_live_theme_updates=False)
    if not is_first:
        return made
    fonts = made.get_theme().get_font_dictionary()
    for points in POINTS:
        for bold, italic in ((False, False), (True, False), (False, True)):
            # Texts ask for these later, and the first would stall a frame; the theme has loaded some of them.
            if not fonts.check_font_preloaded(fonts.create_font_id(px(points), "noto", bold, italic, True)):
                fonts.preload_font(px(points), "noto", bold, italic, True)
    return made


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
    flat = {**round_, "shape": "rectangle"}  # large or many: rounding their corners would stall a frame
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
        "text_box": {"font": font(15), "misc": {**flat, "padding": f"{px(12)},{px(10)}", "line_spacing": "1.25"}},
        "text_entry_line": {"font": font(15), "misc": {**round_, "padding": f"{px(8)},{px(4)}"}},
        "tool_tip": {"misc": {"rect_width": str(px(260))}},
        "selection_list": {"misc": {**flat, "list_item_height": str(px(28))}},
        "@selection_list_item": {
            "misc": {**flat, **left, "border_width": "0", "text_horiz_alignment_padding": str(px(8))}
        },
        "drop_down_menu": {"misc": {**round_, "expand_direction": "down"}},
        "horizontal_slider": {"misc": {**round_, "enable_arrow_buttons": "0"}},
    }
