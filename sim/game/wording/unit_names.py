"""How units are spoken of in running text: short names, the right number of the verb."""

import re

LONGEST_NAME = 44
_TAIL = re.compile(r"[,:].*$")
_COMMON_FIRST_WORDS = frozenset(("Tank", "Group", "Front"))
_SINGULAR_ENDINGS = ("corps", "headquarters")

# What an attack came to: (one, several) by the subject of the sentence.
THROWS_BACK = ("repulses", "repulse")
HOLDS = ("holds out against", "hold out against")
DRIVES_BACK = ("drives back", "drive back")
ROUTS = ("routs", "rout")
DESTROYS = ("destroys", "destroy")
TAKES = ("forces the surrender of", "force the surrender of")


def brief(name: str) -> str:
    """Return a unit's name without the list of what else belongs to it.

    Example
    -------
    >>> brief("48th Tank Regiment, heavy SPG regiments 335th, 338th"), brief("Tank school, tankette companies")
    ('48th Tank Regiment', 'tank school')
    """
    text = _TAIL.sub("", name).strip()
    if len(text) > LONGEST_NAME:
        text = text.partition(" and ")[0]
    first, space, rest = text.partition(" ")
    return first.lower() + space + rest if first in _COMMON_FIRST_WORDS and space else text


def is_plural(name: str) -> bool:
    """Return whether a name takes the plural.

    Example
    -------
    >>> is_plural("Seishin and Nanam garrisons"), is_plural("39th Rifle Corps")
    (True, False)
    """
    last = name.rsplit(" ", 1)[-1].lower()
    return " and " in name or (last.endswith("s") and last not in _SINGULAR_ENDINGS)


def verb(forms: tuple[str, str], subject: str) -> str:
    """Return the form of a verb that fits its subject."""
    return forms[is_plural(subject)]


def sentence_case(text: str) -> str:
    """Return a text that begins with a capital."""
    return text[:1].upper() + text[1:]
