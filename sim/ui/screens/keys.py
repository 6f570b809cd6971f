"""Key bindings: press a button, then the key; conflicts are told before anything changes."""

from collections.abc import Callable

import pygame

from sim.ui.look import theme
from sim.ui.look.theme import px
from sim.ui.screens.notice import NoticeScreen, change
from sim.ui.widgets.form import Form
from sim.ui.widgets.gui_screen import PLAIN, QUIET, STRONG, GuiScreen
from sim.ui.window.commands import BY_NAME, COMMANDS, in_words, key_of, pressed, taken_by

ROW, WIDEST, MOST_KEYS = 36, 760, 3
NEW = -1
REMOVE = (pygame.K_DELETE, pygame.K_BACKSPACE)


class KeysScreen(GuiScreen):
    """Every command with its keys.

    Attributes
    ----------
    waiting : tuple or None
        Command and number of the key that the next key pressed takes the place of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.waiting: tuple[str, int] | None = None

    def build(self) -> None:
        """Lay out the commands by group, each with its keys."""
        width, height = self.stage.size
        edge, bar = px(14), px(36)
        wide = min(width - 2 * edge, px(WIDEST))
        left = (width - wide) // 2
        self.label(pygame.Rect(left, edge, wide, bar), "Keys", "#heading")
        form = Form(self, pygame.Rect(left, edge + bar, wide, height - 2 * edge - 2 * bar - px(8)))
        form.note("Click a key, then press the new one. Delete removes it, Esc keeps it.")
        for group in dict.fromkeys(command.group for command in COMMANDS):
            form.heading(group)
            for command in COMMANDS:
                if command.group == group:
                    self._row(form, command.name)
        form.finish()
        half = (wide - px(10)) // 2
        foot = pygame.Rect(left, height - edge - bar, half, bar)
        self.button(foot, "Default keys", self._reset, "Restore the default keys")
        self.button(foot.move(half + px(10), 0), "Done", self.stage.pop, "Back (Esc); changes are saved", STRONG)

    def _row(self, form: Form, name: str) -> None:
        command, keys = BY_NAME[name], self.keys_of(name)
        shown = [*keys, ""] if len(keys) < MOST_KEYS else list(keys)
        text = max(form.width - px(120) * len(shown), form.width // 3)
        words = theme.shortened(command.words, px(15), text - px(8))
        self.label(pygame.Rect(0, form.y, text, px(ROW - 4)), words, PLAIN, form.area)
        each = (form.width - text) // len(shown)
        for number, key in enumerate(shown):
            at = pygame.Rect(text + number * each, form.y, each - px(4), px(ROW - 4))
            slot = number if key else NEW
            label = "press …" if self.waiting == (name, slot) else in_words(key) if key else "add"
            hint = f"{command.words}: {command.hint}. Press to {'change this key' if key else 'add a key'}"
            look = STRONG if self.waiting == (name, slot) else PLAIN if key else QUIET
            label = theme.shortened(label, px(16), at.width - px(12))
            self.button(at, label, self._asking(name, slot), hint, PLAIN if look == QUIET else look, form.area)
        form.y += px(ROW)

    def keys_of(self, name: str) -> tuple[str, ...]:
        """Return the keys in force of a command."""
        return self.stage.settings.keys.get(name, BY_NAME[name].keys)

    def handle(self, event: pygame.event.Event, now_ms: int) -> None:
        """Take the awaited key, or else what any screen takes."""
        if self.waiting is None or event.type != pygame.KEYDOWN:
            super().handle(event, now_ms)
            return
        name, slot = self.waiting
        key = pressed(event)
        if key is None:
            return  # Ctrl or Shift alone: the key itself is still to come
        self.waiting = None
        if event.key == pygame.K_ESCAPE:
            self.rebuild()
        elif event.key in REMOVE:
            self._bind(name, slot, None)
        else:
            self._ask(name, slot, key)

    def _asking(self, name: str, slot: int) -> Callable[[], None]:
        def ask() -> None:
            self.waiting = (name, slot)
            self.rebuild()

        return ask

    def _ask(self, name: str, slot: int, key: str) -> None:
        """Bind a key; ask first where another command has it."""
        other = taken_by(key, self.stage.settings.keys)
        if other is None or other == name:
            self._bind(name, slot, key)
            return
        self.rebuild()
        words = f"{in_words(key)} is the key of “{BY_NAME[other].words}”. Give it to “{BY_NAME[name].words}” instead?"

        def take() -> None:
            code = key_of(key)
            left = tuple(old for old in self.keys_of(other) if key_of(old) != code)
            self._keep({other: left})
            self._bind(name, slot, key)

        self.stage.push(NoticeScreen("Key already in use", words, {"Change it": take, "Keep it": lambda: None}))

    def _bind(self, name: str, slot: int, key: str | None) -> None:
        keys = [old for row, old in enumerate(self.keys_of(name)) if row != slot and old != key]
        if key is not None:
            keys.insert(len(keys) if slot == NEW else slot, key)
        self._keep({name: tuple(keys)})

    def _keep(self, changed: dict[str, tuple[str, ...]]) -> None:
        settings = self.stage.settings
        keys = {name: bound for name, bound in {**settings.keys, **changed}.items() if bound != BY_NAME[name].keys}
        change(self.stage, settings.with_(keys=keys))

    def _reset(self) -> None:
        change(self.stage, self.stage.settings.with_(keys={}))
