"""Every command of the window by name: its words, its usual keys, its tooltip.

The settings can bind other keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pygame

from sim.game.orders import ForcedMarch, Order

MODIFIERS = (
    pygame.K_LCTRL, pygame.K_RCTRL, pygame.K_LSHIFT, pygame.K_RSHIFT, pygame.K_LALT, pygame.K_RALT, pygame.K_LMETA,
    pygame.K_RMETA, pygame.K_CAPSLOCK, pygame.K_NUMLOCK,
)  # fmt: skip
HELD = (
    "pan_left", "pan_right", "pan_up", "pan_down", "zoom_in", "zoom_out", "cursor_north", "cursor_south", "cursor_west",
    "cursor_east", "next_unit", "previous_unit", "next_attacker",
    "replay_back", "replay_forward",
)  # fmt: skip
MAP, ORDERS, TURN, LAYERS, READ, GAME, REPLAY = "Map", "Orders", "Turn", "Layers", "Read", "Game", "Replay"


@dataclass(frozen=True)
class Command:
    """A command.

    Attributes
    ----------
    name : str
        By which screens and settings know it.
    words : str
        On its button and in the help.
    keys : tuple of str
        Usual keys, as ``pygame.key.key_code`` knows them, with ``ctrl+`` and ``shift+`` before them.
    hint : str
        Its tooltip.
    group : str
        Where the help lists it.
    on_bar : bool
        Whether the bar of orders has a button for it, in the order of ``COMMANDS``.
    order : callable or None
        The order that it gives to the chosen unit, by the unit's id: all that a plain order needs in the window. Others
        are carried out by the part of the screen that knows how.
    """

    name: str
    words: str
    keys: tuple[str, ...]
    hint: str
    group: str
    on_bar: bool = False
    order: Callable[[str], Order] | None = None

    @property
    def goes_on(self) -> bool:
        """Return whether holding its key gives it again and again."""
        return self.name in HELD


COMMANDS = (
    Command("end_turn", "End turn", ("return",), "Hand over to the other side", TURN),
    Command("next_unit", "Next unit", ("n", "tab"), "Next unit that has not marched", ORDERS),
    Command("previous_unit", "Previous unit", ("p", "shift+tab"), "Previous unit that has not marched", ORDERS),
    Command("act", "Go there", ("m",), "March to the hex under the cursor, or attack it", ORDERS),
    Command("rail", "By rail", ("t",), "Show the stations a train can reach today", ORDERS, on_bar=True),
    Command(
        "force_march",
        "Forced march",
        ("f",),
        "March on into the night; costs fatigue",
        ORDERS,
        on_bar=True,
        order=ForcedMarch,
    ),
    Command("rest", "Dig in", ("space",), "Entrench until ordered otherwise", ORDERS, on_bar=True),
    Command("hold", "Hold", ("z",), "Stay put until ordered otherwise", ORDERS, on_bar=True),
    Command("attach", "Attach", ("b",), "Attach the unit to another headquarters", ORDERS, on_bar=True),
    Command(
        "follow_plan",
        "Computer leads",
        ("i",),
        "Let the computer lead the selected units, or take command back",
        ORDERS,
        on_bar=True,
    ),
    Command(
        "cancel_orders",
        "Cancel",
        ("backspace",),
        "Cancel the standing orders of the selected units",
        ORDERS,
        on_bar=True,
    ),
    Command("choose_army", "Whole army", ("j",), "Select every unit of this army", ORDERS, on_bar=True),
    Command("next_attacker", "Next attacker", ("]",), "Go to the next unit in the attack", ORDERS),
    Command("toggle_attacker", "Join or leave", ("[",), "Add the highlighted unit to the attack, or remove it", ORDERS),
    Command("redo", "Redo", ("y", "ctrl+y"), "Repeat the order just undone", ORDERS),
    Command("cursor_north", "Cursor north", ("ctrl+up",), "Move the cursor one hex", MAP),
    Command("cursor_south", "Cursor south", ("ctrl+down",), "Move the cursor one hex", MAP),
    Command("cursor_west", "Cursor west", ("ctrl+left",), "Move the cursor one hex", MAP),
    Command("cursor_east", "Cursor east", ("ctrl+right",), "Move the cursor one hex", MAP),
    Command("choose_here", "Select here", ("e",), "Select the unit at the cursor, then the next in its stack", MAP),
    Command("undo", "Undo", ("u", "ctrl+z"), "Undo the last order", ORDERS),
    Command("posture", "Type of attack", ("x",), "Switch between hasty, prepared and siege attack", ORDERS),
    Command("drop", "Cancel", ("escape",), "Clear the selection or close what is open", ORDERS),
    Command("centre", "Centre", ("c",), "Centre the map on the selected unit", MAP),
    Command("theatre", "Whole theatre", ("home",), "Show the whole map", MAP),
    Command("zoom_in", "Zoom in", ("+", "=", "[+]"), "Zoom in", MAP),
    Command("zoom_out", "Zoom out", ("-", "[-]"), "Zoom out", MAP),
    Command("pan_left", "West", ("left", "a"), "Move the map", MAP),
    Command("pan_right", "East", ("right", "d"), "Move the map", MAP),
    Command("pan_up", "North", ("up", "w"), "Move the map", MAP),
    Command("pan_down", "South", ("down", "s"), "Move the map", MAP),
    Command("order_of_battle", "Forces", ("o",), "Show or hide the order of battle", READ),
    Command("report", "Report", ("r",), "Situation report: the day against the record", READ),
    Command(
        "layer_movement", "Movement", ("1",), "Movement range of the selected unit, with the cost of each hex", LAYERS
    ),
    Command("layer_supply", "Supply", ("2",), "Supply range, supply lines, and where they are cut", LAYERS),
    Command("layer_zones", "Zones of control", ("3",), "Where enemy and friendly units hinder movement", LAYERS),
    Command("layer_control", "Control", ("4",), "Who holds each hex; the front line now and at the start", LAYERS),
    Command("layer_weather", "Weather", ("5",), "Weather and ground by region", LAYERS),
    Command("layer_plans", "Plan", ("6",), "Axes of advance, objectives and their dates", LAYERS),
    Command("layer_strength", "Enemy strength", ("7",), "How strong the enemy is, and where", LAYERS),
    Command("layer_threats", "Threats", ("8",), "What the enemy could attack next turn", LAYERS),
    Command("layer_record", "Record", ("9",), "What had fallen by this day in 1945", LAYERS),
    Command("layers_off", "No layers", ("0",), "Hide all layers", LAYERS),
    Command("legend", "Legend", ("k",), "Show or hide the legend", LAYERS),
    Command("look_ahead", "Look ahead", ("g",), "Simulate the campaign from here and show the likely outcomes", READ),
    Command("weigh_order", "Assess the order", ("shift+g",), "How the last order changes the likely outcome", READ),
    Command("log", "Log", ("l",), "Show or hide the log of the day", READ),
    Command("walk_panel", "Step through a panel", ("f6",), "Move through the next panel with the arrow keys", READ),
    Command("help", "Help", ("f1", "h"), "Keys, signs and rules", READ),
    Command("more", "More", ("f9",), "Commands that do not fit in the top bar", GAME),
    Command("more_orders", "More orders", ("f8",), "Orders that do not fit in the order bar", ORDERS),
    Command("menu", "Menu", ("f10",), "Save, load, settings, quit", GAME),
    Command("lesson_next", "Next step", ("f3",), "Next step of the tutorial, or skip one", READ),
    Command("lesson_back", "Step back", ("f2",), "Previous step of the tutorial", READ),
    Command("lesson_leave", "Leave the tutorial", ("f4",), "Close the tutorial and play on", READ),
    Command("pause", "Pause", ("ctrl+space",), "Pause or resume", TURN),
    Command("replay_back", "Previous day", (",",), "Show the previous evening", REPLAY),
    Command("replay_forward", "Next day", (".",), "Play the next day and show its evening", REPLAY),
    Command("replay_first", "First", ("shift+,",), "Show the situation before the first day", REPLAY),
    Command("replay_last", "Last", ("shift+.",), "Show the final evening", REPLAY),
    Command("replay_speed", "Speed", ("v",), "Cycle the playback speed", REPLAY),
    Command("replay_eyes", "Point of view", ("q",), "See it as either side saw it, or see everything", REPLAY),
    Command("replay_moves", "Moves", ("shift+m",), "Show or hide the day's moves", REPLAY),
    Command("replay_play_on", "Play on", ("shift+p",), "Start a new game from this evening", REPLAY),
    Command("replay_leave", "Leave", ("shift+q",), "Leave the replay", REPLAY),
    Command("quick_save", "Quick save", ("ctrl+s",), "Save the game now", GAME),
    Command("save_as", "Save as", ("ctrl+shift+s",), "Save the game under a name of your choice", GAME),
    Command("load", "Load", ("ctrl+l",), "Load a saved game", GAME),
    Command("full_screen", "Full screen", ("f11",), "Switch between full screen and window", GAME),
)
BY_NAME = {command.name: command for command in COMMANDS}
ON_BAR = tuple(command.name for command in COMMANDS if command.on_bar)


def bindings(changed: Mapping[str, tuple[str, ...]]) -> dict[tuple[int, int], str]:
    """Return (key, modifiers) -> command name.

    Parameters
    ----------
    changed : mapping
        Command name -> keys, where they differ from the usual ones.
    """
    found: dict[tuple[int, int], str] = {}
    for command in COMMANDS:
        for words in changed.get(command.name, command.keys):
            key = key_of(words)
            if key is not None:
                found.setdefault(key, command.name)
    return found


def key_of(words: str) -> tuple[int, int] | None:
    """Return the key and modifiers that words such as ``ctrl+z`` name; None where there is no such key."""
    modifiers = 0
    for prefix, flag in (("ctrl+", pygame.KMOD_CTRL), ("shift+", pygame.KMOD_SHIFT)):
        if words.startswith(prefix):
            modifiers |= flag
            words = words.removeprefix(prefix)
    try:
        return pygame.key.key_code(words), modifiers
    except ValueError:
        return None


def command_of(event: pygame.event.Event, keys: Mapping[tuple[int, int], str]) -> str | None:
    """Return the command that a pressed key asks for, if any."""
    modifiers = sum(flag for flag in (pygame.KMOD_CTRL, pygame.KMOD_SHIFT) if event.mod & flag)
    return keys.get((event.key, modifiers))


def pressed(event: pygame.event.Event) -> str | None:
    """Return the words of a pressed key, as ``key_of`` reads them; None for Ctrl, Shift and the like alone."""
    if event.key in MODIFIERS:
        return None
    prefixes = [
        words for words, flag in (("ctrl+", pygame.KMOD_CTRL), ("shift+", pygame.KMOD_SHIFT)) if event.mod & flag
    ]
    return "".join(prefixes) + pygame.key.name(event.key)


def taken_by(key: str, changed: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the command that a key belongs to, if any."""
    code = key_of(key)
    return bindings(changed).get(code) if code is not None else None


def in_words(key: str) -> str:
    """Return a key as a person reads it: ``Ctrl+Z``."""
    return "+".join(part.capitalize() for part in key.split("+")) if len(key) > 1 else key.upper()


def keys_in_words(name: str, changed: Mapping[str, tuple[str, ...]]) -> str:
    """Return the keys of a command as a person reads them: ``U, Ctrl+Z``."""
    return ", ".join(in_words(key) for key in changed.get(name, BY_NAME[name].keys))
