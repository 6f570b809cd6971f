"""A book on the screen: a contents list, one section at a time, and a search through all of them."""

from collections.abc import Sequence

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.widgets.blocks import Section
from sim.ui.widgets.gui_screen import GuiScreen, choose_line


class ReaderScreen(GuiScreen):
    """Shows sections of a text.

    Parameters
    ----------
    title : str
    sections : sequence of Section
    """

    def __init__(self, title: str, sections: Sequence[Section]) -> None:
        super().__init__()
        self.title, self.sections = title, tuple(sections)
        self.at = 0
        self.sought = ""

    def build(self) -> None:
        """Lay out the contents on the left, the section on the right, the search above."""
        width, height = self.stage.size
        edge, bar = px(14), px(36)
        search = pygame.Rect(0, edge, min(px(260), width // 2 - edge), bar)
        search.right = width - edge
        head = pygame.Rect(edge, edge, search.left - 2 * edge, bar)
        self.label(head, theme.shortened(self.title, px(20), head.width - px(8), "Bold"), "#heading")
        hint = "Show only sections with these words, highlighted"
        self.entry(search, self.sought, self.seek, hint, empty="Search")
        top, bottom = head.bottom + px(8), height - edge - bar - px(8)
        left = min(max(width // 4, px(150)), px(280))
        self._list_box = pygame.Rect(edge, top, left, bottom - top)
        self._page_box = pygame.Rect(edge + left + px(10), top, width - 2 * edge - left - px(10), bottom - top)
        self.contents = self.list_(
            self._list_box, self._lines(), self._chosen, "Open this section", self._line(self.at)
        )
        back = pygame.Rect(0, height - edge - bar, min(px(180), width // 3), bar)
        back.right = width - edge
        self.button(back, "Back", self.stage.pop, "Back (Esc)")
        found = pygame.Rect(edge, back.top, back.left - 2 * edge, bar)
        self.found = self.label(found, "", "#quiet")
        self._open()

    def seek(self, words: str) -> None:
        """Show the sections with these words, the first of them open."""
        self.sought = words.strip()
        rows = self._rows()
        if rows and self.at not in rows:
            self.at = rows[0]
        self.contents.set_item_list([*self._lines()])
        if rows:
            choose_line(self.contents, rows.index(self.at))
        self._open()

    def open(self, title: str) -> None:
        """Open the section of this title, if there is one."""
        rows = [row for row, section in enumerate(self.sections) if section.title == title]
        if rows:
            self.at = rows[0]

    def _rows(self) -> list[int]:
        words = self.sought.casefold()
        return [
            row
            for row, section in enumerate(self.sections)
            if words in section.title.casefold() or words in section.words.casefold()
        ]

    def _lines(self) -> list[str]:
        return [self._line(row) for row in self._rows()]

    def _line(self, row: int) -> str:
        section = self.sections[row]
        inset = "    " if section.level > 2 else ""
        return theme.shortened(f"{inset}{section.title}", px(15), self._list_box.width - px(40))

    def _chosen(self, line: str) -> None:
        rows = [row for row in self._rows() if self._line(row) == line]
        if rows and rows[0] != self.at:
            self.at = rows[0]
            self._open()

    def _open(self) -> None:
        self.documents = []
        rows = self._rows()
        page = self.document(self._page_box, self.sections[self.at].blocks if rows else ())
        words = ""
        if self.sought:
            page.seek(self.sought)
            words = f"{len(rows)} sections with “{self.sought}”" if rows else f"Nothing says “{self.sought}”."
        self.found.set_text(theme.shortened(words, px(14), self.found.rect.width - px(8)))
