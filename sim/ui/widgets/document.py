"""A text on the screen: headings, wrapped paragraphs, lists, tables and pictures, laid out once and scrolled.

Rows of text are laid out when the document is made; only those in view are drawn, so that a long text costs no more
than a short one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.widgets.blocks import Block, Heading, Paragraph, Picture, TableBlock, TextSpan, TextSpans

TEXT, SMALL = 15, 13
HEADINGS = {1: 26, 2: 20, 3: 17}
WHEEL_STEP = 60
WIDEST = 900  # longer lines are hard to follow
LEAST_COLUMN = 48
STEPS = {pygame.K_PAGEUP: -0.9, pygame.K_PAGEDOWN: 0.9}


@dataclass(frozen=True)
class Fragment:
    """Words, or a picture, or a line, at a place of the document."""

    box: pygame.Rect
    words: str = ""
    style: str = "Regular"
    size_px: int = 0
    is_quiet: bool = False
    surface: pygame.Surface | None = None
    is_band: bool = False


class Document:
    """Blocks laid out for a box of the window.

    Parameters
    ----------
    box : pygame.Rect
    blocks : sequence of Block

    Attributes
    ----------
    fragments : list of Fragment
        From the top; their places count from the upper left corner of the text.
    height_px : int
        Of the whole text.
    top_px : int
        How far the text is scrolled.
    """

    def __init__(self, box: pygame.Rect, blocks: Sequence[Block]) -> None:
        self.box = box
        self.fragments: list[Fragment] = []
        self.top_px = 0
        self.sought = ""
        self._dragged_from: int | None = None
        self.room_px = max(min(box.width - 2 * px(14) - px(12), px(WIDEST)), px(40))
        self._y = 0
        for block in blocks:
            self._lay_out(block)
        self.height_px = self._y

    # --- use

    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; return whether it was for the document."""
        if event.type == pygame.MOUSEWHEEL and self.box.collidepoint(pygame.mouse.get_pos()):
            self.scroll(-event.y * px(WHEEL_STEP))
            return True
        if event.type == pygame.KEYDOWN and event.key in STEPS:
            before = self.top_px
            self.scroll(STEPS[event.key] * self.box.height)
            return self.top_px != before  # at its end, the next text of the screen scrolls
        if (
            event.type == pygame.MOUSEBUTTONDOWN
            and event.button == 1
            and self._bar().inflate(px(8), 0).collidepoint(event.pos)
        ):
            self._dragged_from = event.pos[1]
            return True
        if event.type == pygame.MOUSEMOTION and self._dragged_from is not None:
            self.scroll((event.pos[1] - self._dragged_from) * (self.height_px + 2 * px(12)) / self.box.height)
            self._dragged_from = event.pos[1]
            return True
        if event.type == pygame.MOUSEBUTTONUP and self._dragged_from is not None:
            self._dragged_from = None
            return True
        return False

    def scroll(self, by_px: float) -> None:
        """Scroll down, or up where ``by_px`` is negative."""
        self.top_px = round(min(max(self.top_px + by_px, 0), self._most()))

    def seek(self, words: str) -> bool:
        """Mark every fragment with these words and scroll to the first; return whether there is one."""
        self.sought = words.casefold()
        found = next(
            (fragment for fragment in self.fragments if self.sought and self.sought in fragment.words.casefold()), None
        )
        if found is not None:
            self.top_px = 0
            self.scroll(found.box.top - self.box.height / 3)
        return found is not None

    def draw(self, target: pygame.Surface) -> None:
        """Draw the part of the text that is in view."""
        pygame.draw.rect(target, theme.HALO, self.box, border_radius=px(5))
        pygame.draw.rect(target, theme.PAPER_EDGE, self.box, 1, border_radius=px(5))
        held = target.get_clip()
        target.set_clip(self.box.inflate(-2, -2).clip(held))
        left, top = self.box.left + px(14), self.box.top + px(12) - self.top_px
        for fragment in self.fragments:
            at = fragment.box.move(left, top)
            if at.bottom >= self.box.top and at.top <= self.box.bottom:
                self._draw_fragment(target, fragment, at)
        target.set_clip(held)
        if self._most():
            pygame.draw.rect(target, theme.PAPER_EDGE, self._bar(), border_radius=px(3))

    def too_wide(self) -> list[str]:
        """Return the words that stand out of the box; there should be none."""
        return [fragment.words for fragment in self.fragments if fragment.box.right > self.room_px + px(2)]

    def _draw_fragment(self, target: pygame.Surface, fragment: Fragment, at: pygame.Rect) -> None:
        if fragment.surface is not None:
            target.blit(fragment.surface, at)
        elif fragment.is_band:
            pygame.draw.rect(target, theme.PAPER_EDGE, at)
        else:
            if self.sought and self.sought in fragment.words.casefold():
                pygame.draw.rect(target, theme.WARM, at)
                pygame.draw.rect(target, theme.ACCENT, at, 1)
            colour = theme.QUIET if fragment.is_quiet else theme.INK
            target.blit(theme.text(fragment.words, fragment.size_px, colour, fragment.style), at)

    def _most(self) -> int:
        return max(self.height_px + 2 * px(12) - self.box.height, 0)

    def _bar(self) -> pygame.Rect:
        whole = self.height_px + 2 * px(12)
        if not self._most():
            return pygame.Rect(0, 0, 0, 0)
        high = max(self.box.height * self.box.height // whole, px(24))
        down = self.top_px * (self.box.height - high) // self._most()
        return pygame.Rect(self.box.right - px(9), self.box.top + down, px(6), high)

    # --- layout

    def _lay_out(self, block: Block) -> None:
        if isinstance(block, Heading):
            size = HEADINGS.get(block.level, 15)
            self._y += px(14) if self._y else 0
            bold = [TextSpan(span.words, "Bold") for span in block.spans]
            self._y = self._flow(bold, 0, self._y, self.room_px, px(size)) + px(6)
        elif isinstance(block, Paragraph):
            inset = px(22) if block.mark else 0
            if block.mark.strip():
                self._put(block.mark, "Regular", px(TEXT), 0, self._y, False)
            size = px(SMALL if block.is_quiet else TEXT)
            bottom = self._flow(block.spans, inset, self._y, self.room_px - inset, size, block.is_quiet)
            self._y = bottom + px(0 if block.mark == " " else 4 if block.mark else 9)
        elif isinstance(block, TableBlock):
            self._table(block)
        else:
            self._picture(block)

    def _picture(self, block: Picture) -> None:
        surface = block.draw(self.room_px, max(self.box.height * 45 // 100, px(60)))
        box = surface.get_rect(topleft=(0, self._y))
        self.fragments.append(Fragment(box, surface=surface))
        if not block.spans:
            self._y = box.bottom + px(10)
            return
        beside = max(box.right + px(14), px(96))
        middle = max((box.height - round(px(TEXT) * 1.45)) // 2, 0)  # one line of words stands at half its height
        bottom = self._flow(block.spans, beside, self._y + middle, max(self.room_px - beside, px(60)), px(TEXT))
        self._y = max(box.bottom, bottom) + px(8)

    def _table(self, block: TableBlock) -> None:
        size, gap = px(SMALL), px(12)
        wide = _columns(block, size, self.room_px - gap * (len(block.rows[0]) - 1))
        if wide is None:
            self._records(block)
            return
        for number, row in enumerate(block.rows):
            x, bottom = 0, self._y
            for cell, width in zip(row, wide, strict=True):
                shown = [TextSpan(span.words, "Bold") for span in cell] if number == 0 else cell
                bottom = max(bottom, self._flow(shown, x, self._y, width, size))
                x += width + gap
            self._y = bottom + px(3)
            self.fragments.append(
                Fragment(pygame.Rect(0, self._y, self.room_px, 2 if number == 0 else 1), is_band=True)
            )
            self._y += px(4)
        self._y += px(8)

    def _records(self, block: TableBlock) -> None:
        """Lay a table out that is too wide for the box: its rows one after the other, each cell with its heading."""
        head, *rows = block.rows
        for row in rows:
            for title, cell in zip(head, row, strict=True):
                if cell:
                    words = "".join(span.words for span in title)
                    label = (TextSpan(f"{words}: ", "Bold"),) if words else ()
                    self._y = self._flow([*label, *cell], 0, self._y, self.room_px, px(SMALL))
            self._y += px(3)
            self.fragments.append(Fragment(pygame.Rect(0, self._y, self.room_px, 1), is_band=True))
            self._y += px(5)

    def _flow(self, spans: Iterable[TextSpan], left: int, top: int, width: int, size: int, quiet: bool = False) -> int:
        """Set spans into lines of a width; return where the next line would begin."""
        x, y, line = 0, top, round(size * 1.45)
        for span in spans:
            space = theme.font(size, span.style).size(" ")[0]
            for number, word in enumerate(span.words.split(" ")):
                x += space if number and x else 0
                for part in _broken(word, size, span.style, width):
                    wide = theme.font(size, span.style).size(part)[0]
                    if x and x + wide > width:
                        x, y = 0, y + line
                    self._put(part, span.style, size, left + x, y, quiet or span.is_code)
                    x = self.fragments[-1].box.right - left if part else x
        return y + line

    def _put(self, words: str, style: str, size: int, x: int, y: int, is_quiet: bool) -> None:
        """Add words, to those before them where they stand in one line and look alike."""
        if not words:
            return
        face = theme.font(size, style)
        last = self.fragments[-1] if self.fragments else None
        if last and last.words and (last.style, last.size_px, last.is_quiet, last.box.y) == (style, size, is_quiet, y):
            gap = x - last.box.right
            if 0 <= gap <= face.size(" ")[0] + 1:
                joined = f"{last.words}{' ' if gap else ''}{words}"
                box = pygame.Rect(last.box.topleft, face.size(joined))
                self.fragments[-1] = Fragment(box, joined, style, size, is_quiet)
                return
        self.fragments.append(Fragment(pygame.Rect((x, y), face.size(words)), words, style, size, is_quiet))


def _broken(word: str, size: int, style: str, width: int) -> list[str]:
    """Return a word in parts that are no wider than a line."""
    face = theme.font(size, style)
    if not word or face.size(word)[0] <= width:
        return [word]
    parts, part = [], ""
    for letter in word:
        if part and face.size(part + letter)[0] > width:
            parts.append(part)
            part = ""
        part += letter
    return [*parts, part]


def _columns(block: TableBlock, size: int, room: int) -> list[int] | None:
    """Return the widths of a table's columns; None where they do not fit beside one another."""
    faces = {style: theme.font(size, style) for style in ("Regular", "Bold", "Italic")}

    def width(cell: TextSpans, style: str = "") -> int:
        return sum(faces[style or span.style].size(span.words)[0] for span in cell) + px(4)

    def longest_word(cell: TextSpans) -> int:
        return max((faces["Bold"].size(word)[0] for span in cell for word in span.words.split()), default=0) + px(4)

    columns = list(zip(*block.rows, strict=True))
    most = [max(width(column[0], "Bold"), *map(width, column)) for column in columns]
    least = [min(max(map(longest_word, column)), px(150)) for column in columns]
    if sum(most) <= room:
        return most
    if sum(least) > room or room < px(LEAST_COLUMN) * len(columns):
        return None
    spare = room - sum(least)
    wanted = [max(most[row] - least[row], 0) for row in range(len(columns))]
    total = max(sum(wanted), 1)
    return [least[row] + spare * wanted[row] // total for row in range(len(columns))]
