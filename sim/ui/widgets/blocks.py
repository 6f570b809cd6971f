"""Texts as blocks: headings, paragraphs, lists, tables, pictures; and Markdown read into them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pygame

_FENCE = re.compile(r"^```")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_HEADING = re.compile(r"^(#+) (.+)$")
_ITEM = re.compile(r"^\s*(?:[-*]|(\d+)\.) (.+)$")
_RULE = re.compile(r"^\|[\s:|-]+\|$")
_CELL = re.compile(r"(?<!\\)\|")
_SPAN = re.compile(r"\*\*(.+?)\*\*|\*([^*\s][^*]*?)\*|`([^`]+)`|\[([^\]]+)\]\([^)]*\)|<(https?://[^>]+)>")


@dataclass(frozen=True)
class TextSpan:
    """Words in one style of the shipped font: ``Regular``, ``Bold`` or ``Italic``; names of the files are quiet."""

    words: str
    style: str = "Regular"
    is_code: bool = False


TextSpans = tuple[TextSpan, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the largest."""

    spans: TextSpans
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``mark`` stands before it and it is set in, as an item of a list."""

    spans: TextSpans
    mark: str = ""
    is_quiet: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table; the first row is its head."""

    rows: tuple[tuple[TextSpans, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture, with words beside it or, without any, alone.

    Attributes
    ----------
    draw : callable
        Called with the width and the height that there is room for, in pixels.
    """

    draw: Callable[[int, int], pygame.Surface] = field(compare=False)
    spans: TextSpans = ()


Block = Heading | Paragraph | TableBlock | Picture


@dataclass(frozen=True)
class Section:
    """A part of a text with its heading: what a contents list names."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 2

    @property
    def words(self) -> str:
        """Return all words of the section, for searching."""
        return " ".join(words_of(block) for block in self.blocks)


def plain(words: str) -> TextSpans:
    """Return words without any marks in them."""
    return (TextSpan(words),)


def spans(text: str) -> TextSpans:
    """Return a line of Markdown as spans; of a link only its words are kept."""
    found: list[TextSpan] = []
    at = 0
    for match in _SPAN.finditer(text):
        if match.start() > at:
            found.append(TextSpan(text[at : match.start()]))
        bold, italic, code, link, address = match.groups()
        if bold:
            found += [TextSpan(inner.words, "Bold") for inner in spans(bold)]
        elif italic:
            found.append(TextSpan(italic, "Italic"))
        elif code:
            found.append(TextSpan(code, is_code=True))
        elif link:
            found += spans(link)
        else:
            found.append(TextSpan(address))
        at = match.end()
    if at < len(text):
        found.append(TextSpan(text[at:]))
    return tuple(found)


def words_of(block: Block) -> str:
    """Return the words of a block without their styles."""
    if isinstance(block, TableBlock):
        return " ".join(span.words for row in block.rows for cell in row for span in cell)
    return "".join(span.words for span in block.spans)


def read_markdown(text: str) -> list[Block]:
    """Return the blocks of a Markdown text: the part of the language that our documents use."""
    blocks: list[Block] = []
    pending: list[str] = []
    mark = ""

    def close() -> None:
        nonlocal mark
        if pending:
            blocks.append(Paragraph(spans(" ".join(pending)), mark))
        pending.clear()
        mark = ""

    lines = _COMMENT.sub("", text).splitlines()
    at = 0
    while at < len(lines):
        line = lines[at].rstrip()
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if _FENCE.match(line):
            close()
            last = next((row for row in range(at + 1, len(lines)) if _FENCE.match(lines[row])), len(lines))
            blocks += [Paragraph((TextSpan(code or " ", is_code=True),), " ") for code in lines[at + 1 : last]]
            at = last
        elif heading:
            close()
            blocks.append(Heading(spans(heading[2]), len(heading[1])))
        elif line.startswith("|"):
            close()
            last = next((row for row in range(at, len(lines)) if not lines[row].startswith("|")), len(lines))
            blocks.append(_table(lines[at:last]))
            at = last - 1
        elif item:
            close()
            mark = f"{item[1]}." if item[1] else "•"
            pending.append(item[2])
        elif line.strip():
            pending.append(line.strip())
        else:
            close()
        at += 1
    close()
    return blocks


def _table(lines: Iterable[str]) -> TableBlock:
    rows = [
        tuple(spans(cell.strip().replace("\\|", "|")) for cell in _CELL.split(line.strip().strip("|")))
        for line in lines
        if not _RULE.match(line.strip())
    ]
    width = max(len(row) for row in rows)
    return TableBlock(tuple((*row, *((),) * (width - len(row))) for row in rows))


def sections(blocks: Iterable[Block], deepest: int = 2) -> list[Section]:
    """Return blocks cut at their headings down to a level; each section begins with its heading."""
    found: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level <= deepest:
            found.append((block, [block]))
        elif found:
            found[-1][1].append(block)
    return [Section(words_of(heading), tuple(inside), heading.level) for heading, inside in found]
