"""Saving from the campaign screen: quick, under a name, and by itself each turn and on leaving.

The state is taken at once. Its picture is drawn a step a frame, and compressed and written in a thread of its own, so
that no frame waits for either.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pygame
from PIL import Image

from sim.errors import SaveError
from sim.game.saves import player_saves
from sim.game.saves.campaign_save import PreparedSave
from sim.game.saves.journal import GameJournal
from sim.task import Task
from sim.ui.map.map_tiles import OFF_MAP
from sim.ui.map.map_view import MapView
from sim.ui.panels.part import Part
from sim.ui.player.table import PlayerTable
from sim.ui.screens.saves import LoadScreen, SaveScreen

PICTURE_SIZE = (480, 300)
TILES_MS = 4.0  # for tiles of the picture that were not drawn before, in a frame
QUIET_FRAMES = 6  # from the beginning of a turn until it is kept: what it brings is drawn first


@dataclass
class _Waiting:
    """A save whose picture is being drawn."""

    prepared: PreparedSave
    path: Path
    quietly: bool
    picture: Iterator[pygame.Surface | None]


class Saving(Part):
    """Keeps the game: on request, at the beginning of each turn, and when the window closes."""

    table: PlayerTable
    _journal: GameJournal | None = None
    _keeps_orders = False
    _refusal = ""  # why the orders could not be written last
    _writing: Task[str] | None = None
    _waiting: _Waiting | None = None
    _said = ""
    _kept_turn = (-1, "")
    _quiet = 0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands for saves."""
        return {
            "quick_save": lambda: self.save(player_saves.quick_save_path(self.table.session)),
            "save_as": self._ask_name,
            "load": lambda: self.table.stage.push(LoadScreen()),
        }

    def save(self, path: Path, *, quietly: bool = False) -> None:
        """Write the game as it stands to a file, in the background; say so, unless quietly."""
        self.finish()
        try:
            prepared = player_saves.prepare(self.table.session)
        except SaveError as error:
            self._said = str(error)
            return
        self._waiting = _Waiting(prepared, path, quietly, picture(self.table.view))

    @property
    def is_drawing(self) -> bool:
        """Return whether the picture of a save is being drawn; it is not while another screen hides this one."""
        return self._waiting is not None

    def _go_on(self) -> None:
        """Do the next step of the picture; once it is drawn, begin to write."""
        waiting = self._waiting
        if waiting is None:
            return
        face = next(waiting.picture)
        if face is not None:
            self._waiting = None
            pixels = pygame.image.tobytes(face, "RGB")
            self._writing = Task(lambda: _write(waiting, pixels), must_end=True)

    def _take_word(self) -> None:
        """Wait until the file is written, and take over what there is to say of it."""
        if self._writing is not None:
            writing, self._writing = self._writing, None
            self._said = writing.result()

    def finish(self) -> None:
        """Wait until the last save is written."""
        while self._waiting is not None:
            self._go_on()
        self._take_word()

    def keep_orders(self) -> None:
        """Write down what was ordered since the last call; say so once where that fails, the game goes on."""
        try:
            self._journal = self._journal or GameJournal(self.table.session)
            self._journal.note()
            self._refusal = ""
        except SaveError as error:
            if self._refusal != str(error):
                self._refusal = self._said = str(error)

    def leave(self) -> None:
        """Keep the game as the window closes, where the settings say so."""
        session, wish = self.table.session, self.table.stage.settings.autosave
        if wish != "never" and session.sides and not session.campaign.is_over:
            session.wait()
            self.keep_orders()
            self.save(player_saves.autosave_path(session), quietly=True)
        self.finish()
        if self._journal is not None:
            self._journal.close()

    def update(self) -> None:
        """Keep each turn as it begins; go on with what is being kept; pass on what there is to say."""
        session, wish = self.table.session, self.table.stage.settings.autosave
        if self._writing is not None and self._writing.done:
            self._take_word()
        if self._said:
            self.table.selection.message, self._said = self._said, ""
        self._go_on()
        if session.is_thinking or session.side_to_move is None:
            self._quiet = 0
            return
        if wish != "never" and not self._keeps_orders:
            self._keeps_orders = True
            session.listeners.append(self.keep_orders)
            self.keep_orders()
        turn = (session.campaign.turn, str(session.side_to_move))
        if wish != "every turn" or turn == self._kept_turn:
            return
        self._quiet += 1
        if self._quiet > QUIET_FRAMES:
            self._kept_turn, self._quiet = turn, 0
            self.save(player_saves.autosave_path(session), quietly=True)

    def _ask_name(self) -> None:
        self.table.stage.push(SaveScreen(self.table.session, self.save))


def _write(waiting: _Waiting, pixels: bytes) -> str:
    """Compress the picture and write the file; return what there is to say of it."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", PICTURE_SIZE, pixels).save(buffer, "PNG")
    try:
        player_saves.write(waiting.prepared, waiting.path, buffer.getvalue())
    except SaveError as error:
        return str(error)
    return "" if waiting.quietly else f"Saved as {player_saves.name_of(waiting.path)}."


def picture(view: MapView) -> Iterator[pygame.Surface | None]:
    """Draw the whole theatre small, a step for each None; the picture comes last."""
    large = pygame.Surface((PICTURE_SIZE[0] * 2, PICTURE_SIZE[1] * 2))  # the whole theatre needs so much room
    camera = view.theatre(*large.get_size())
    yield from (None for _ in view.made_ready(camera))
    large.fill(OFF_MAP)
    while not view.tiles.draw(large, camera, TILES_MS):
        yield None
    view.draw(large, camera, -1, None, frozenset())
    yield None
    yield pygame.transform.smoothscale(large, PICTURE_SIZE)
