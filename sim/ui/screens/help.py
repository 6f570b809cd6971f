"""Help: keys in force, signs, and the rules."""

from collections.abc import Callable
from functools import lru_cache, partial

import pygame

from sim import paths
from sim.ui.screens.reader import ReaderScreen
from sim.ui.widgets.blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Section,
    TableBlock,
    TextSpan,
    plain,
    read_markdown,
    sections,
)
from sim.ui.window.commands import COMMANDS, keys_in_words
from sim.ui.window.settings import Settings
from sim.ui.window.stage import Stage

MOUSE = (
    ("wheel", "zoom in or out at the pointer"),
    ("drag", "move the map; with the middle button from anywhere"),
    ("double click", "centre on a hex"),
    ("click on a unit", "select it; again for the next in its stack"),
    ("Ctrl+click on a unit", "add it to the selection, or remove it"),
    ("Shift+drag", "select all your units in a box"),
    ("click on a highlighted hex", "march there"),
    ("click on a red hex", "forecast of an attack; again to attack"),
    (
        "right click on a hex",
        "send the selection there: an attack, a march, or a march of several days",
    ),
    ("drag from a selected unit", "send it there, as with a right click"),
    ("right click on a selected unit", "clear the selection"),
)


def help_screen(stage: Stage) -> ReaderScreen:
    """Return the help: keys, signs, rules, words."""
    return ReaderScreen("Help", [keys_section(stage.settings), signs_section(), *documents()])


def signs_section() -> Section:
    """Return every sign and colour of the map with its picture and meaning."""
    from sim.ui.map.sign_catalogue import SIGNS  # slow to import, and the title opens this page only when asked

    blocks: list[Block] = [Heading(plain("Signs of the map"), 1)]
    for heading in dict.fromkeys(sign.heading for sign in SIGNS):
        blocks.append(Heading(plain(heading), 3))
        blocks += [Picture(partial(_drawn, sign.draw), plain(sign.words)) for sign in SIGNS if sign.heading == heading]
    return Section("Signs of the map", tuple(blocks))


def _drawn(draw: Callable[[], pygame.Surface], width: int, height: int) -> pygame.Surface:
    """Return a sign as large as the map has it; signs are small enough for any page."""
    return draw()


def keys_section(settings: Settings) -> Section:
    """Return every command with the keys that the settings give it, and what the mouse does."""
    blocks: list[Block] = [Heading(plain("Keys and mouse"), 1)]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        rows = [
            (plain(command.words), plain(keys_in_words(command.name, settings.keys) or "none"), plain(command.hint))
            for command in COMMANDS
            if command.group == group
        ]
        blocks += [
            Heading(plain(group), 3),
            TableBlock(((plain("command"), plain("keys"), plain("what it does")), *rows)),
        ]
    blocks += [Heading(plain("Mouse"), 3)]
    blocks.append(
        TableBlock(((plain("mouse"), plain("what it does")), *((plain(how), plain(what)) for how, what in MOUSE)))
    )
    everywhere = "Tab, Shift+Tab and the arrow keys move between buttons, Return presses one, Esc goes back."
    blocks.append(Paragraph((TextSpan(everywhere),)))
    return Section("Keys and mouse", tuple(blocks))


@lru_cache(maxsize=1)
def documents() -> tuple[Section, ...]:
    """Return the sections of the rules and the glossary that come with this copy; they are read once."""
    found: list[Section] = []
    for name in ("rules.md", "glossary.md"):
        file = paths.docs_root() / name
        if file.is_file():
            found += sections(read_markdown(file.read_text(encoding="utf-8")), deepest=3)
    return tuple(found)
