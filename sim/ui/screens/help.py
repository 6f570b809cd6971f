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
    Span,
    Table,
    plain,
    read_markdown,
    sections,
)
from sim.ui.window.commands import COMMANDS, keys_in_words
from sim.ui.window.settings import Settings
from sim.ui.window.stage import Stage

MOUSE = (
    ("wheel", "go nearer to the pointer, or farther away"),
    ("drag", "move the map; with the middle button from anywhere"),
    ("double click", "bring a hex to the middle"),
    ("click on a unit", "choose it; again for the next of its stack"),
    ("Ctrl+click on a unit", "choose it beside the others, or let it go"),
    ("Shift+drag", "choose all your units in a box"),
    ("click on a lit hex", "march there"),
    ("click on a red hex", "forecast of an attack; again to attack"),
    (
        "right click on a hex",
        "send what is chosen there: an attack, a march, or a march over days beyond the lit hexes",
    ),
    ("drag from a chosen unit", "send it, as by a right click where the drag ends"),
    ("right click on a chosen unit", "let go of what is chosen"),
)


def help_screen(stage: Stage) -> ReaderScreen:
    """Return the help: keys, signs, rules, words."""
    return ReaderScreen("Help", [keys_section(stage.settings), signs_section(), *documents()])


def signs_section() -> Section:
    """Return every sign and colour of the map with its picture and meaning."""
    from sim.ui.map.sign_catalogue import SIGNS

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
        blocks += [Heading(plain(group), 3), Table(((plain("command"), plain("keys"), plain("what it does")), *rows))]
    blocks += [Heading(plain("Mouse"), 3)]
    blocks.append(Table(((plain("mouse"), plain("what it does")), *((plain(how), plain(what)) for how, what in MOUSE))))
    everywhere = (
        "Tab, Shift+Tab and the arrows walk through the buttons of a screen, Return presses them, Esc goes back."
    )
    blocks.append(Paragraph((Span(everywhere),)))
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
