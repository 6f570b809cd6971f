"""What a foreign text may hold before people see it: a control character can rewrite a terminal, an override a line.

A name is one line of printable text that shows something; prose may have several lines. What breaks the rule is shown
with its odd characters spelt out, and shortened.
"""

import unicodedata
from itertools import pairwise

LONGEST_SHOWN = 1_000
LONGEST_QUOTED = 80
# Controls, formats (bidirectional overrides, zero-width joiners, soft hyphens), surrogates, private use, line breaks.
_REFUSED = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
# Letters and marks that show nothing, though Unicode counts them among those that do.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0")
_BLANK = frozenset("\u2800")
_PROSE = frozenset("\n\t")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def objection(text: str, *, prose: bool = False) -> str:
    """Return why a text of a file is refused, in words; empty where it is not.

    Parameters
    ----------
    prose
        Whether it may have several lines.

    Example
    -------
    >>> objection("Hailar"), objection("Hai\\x1blar")
    ('', 'control character U+001B')
    >>> objection("several\\nlines", prose=True)
    ''
    """
    if text.isascii() and text.isprintable():
        return ""
    for before, character in pairwise(f" {text}"):
        if prose and character in _PROSE:
            continue
        if not _is_printable(character) or (_is_selector(character) and not _is_visible(before)):
            return _named(character)
    return ""


def is_blank(text: str) -> bool:
    """Return whether nothing of a text can be seen."""
    return not any(_is_visible(character) for character in text)


def harmless(text: str, most: int = LONGEST_SHOWN) -> str:
    """Return a text as one line that does nothing to a terminal, at most so many characters of it.

    Example
    -------
    >>> harmless("A \\x1b[31mred\\x1b[0m title")
    'A \\\\x1b[31mred\\\\x1b[0m title'
    >>> harmless("far too long", 7)
    'far too...'
    """
    if text.isascii() and text.isprintable() and len(text) <= most:
        return text
    shown = "".join(one if _is_printable(one) else _escaped(one) for one in text[:most])
    return shown if len(text) <= most else f"{shown}..."


def quoted(value: object, most: int = LONGEST_QUOTED) -> str:
    """Return a value as a problem names it: a text in quotes, harmless, and at most so many characters of it.

    Example
    -------
    >>> quoted("two\\nlines")
    "'two\\\\nlines'"
    """
    if isinstance(value, str):
        return harmless(repr(value if len(value) <= most else f"{value[:most]}..."))
    return harmless(repr(value), most)


def _is_printable(character: str) -> bool:
    if character.isascii():
        return character.isprintable()
    return unicodedata.category(character) not in _REFUSED and not _is_filler(character)


def _is_filler(character: str) -> bool:
    code = ord(character)
    return character in _FILLERS or 0x180B <= code <= 0x180F or 0xFFF0 <= code <= 0xFFF8 or _is_nothing(code)


def _is_nothing(code: int) -> bool:
    """Return whether a code will never be a character, or is a tag or other sign that never shows."""
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return True
    return 0xE0000 <= code <= 0xE0FFF and not _is_selector(chr(code))


def _is_selector(character: str) -> bool:
    """Return whether a character only chooses the form of the one before it, as in Japanese names."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _is_visible(character: str) -> bool:
    """Return whether something of a character can be seen: marks alone and spaces cannot."""
    return _is_printable(character) and unicodedata.category(character)[0] not in "ZM" and character not in _BLANK


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    if character == "\n":
        return "line break"
    name = unicodedata.name(character, "")
    if name:
        return f"{code} ({name.lower()})"
    return f"control character {code}" if unicodedata.category(character) == "Cc" else f"character {code}"


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
