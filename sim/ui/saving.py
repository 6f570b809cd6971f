"""Saving from the campaign screen: quick, under a name, and by itself each turn and on leaving.

The state is taken at once, and written in a thread of its own, so that no frame waits for the disk.
"""

import io
import threading
from collections.abc import Callable
from pathlib import Path

import pygame

from sim.errors import SaveError
from sim.game import savegames
from sim.game.save import PreparedSave
from sim.ui.parts import Part
from sim.ui.screens.saves import LoadScreen, SaveScreen
from sim.ui.tiles import OFF_MAP

PICTURE_SIZE = (480, 300)


class Saving(Part):
    """Keeps the game: on request, at the beginning of each turn, and when the window closes."""

    _thread: threading.Thread | None = None
    _said = ""
    _kept_turn = (-1, "")

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands for saves."""
        return {
            "quick_save": lambda: self.save(savegames.saves_root() / f"{savegames.QUICK}{savegames.SUFFIX}"),
            "save_as": self._ask_name,
            "load": lambda: self.screen.stage.push(LoadScreen()),
        }

    def save(self, path: Path, *, quietly: bool = False) -> None:
        """Write the game to a file in the background; say so, unless quietly."""
        self.finish()
        try:
            prepared = savegames.prepare(self.screen.session)
        except SaveError as error:
            self._said = str(error)
            return
        picture = self._picture()
        self._thread = threading.Thread(target=self._write, args=(prepared, path, picture, quietly))
        self._thread.start()

    def _write(self, prepared: PreparedSave, path: Path, picture: bytes, quietly: bool) -> None:
        try:
            savegames.write(prepared, path, picture)
            self._said = "" if quietly else f"Saved as {savegames.name_of(path)}."
        except SaveError as error:
            self._said = str(error)

    def finish(self) -> None:
        """Wait until the last save is written."""
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def leave(self) -> None:
        """Keep the game as the window closes, where the settings say so."""
        session, wish = self.screen.session, self.screen.stage.settings.autosave
        if wish != "never" and session.sides and not session.campaign.is_over:
            session.wait()
            self.save(savegames.autosave_path(session), quietly=True)
        self.finish()

    def update(self) -> None:
        """Keep each turn as it begins; pass on what there is to say."""
        session, wish = self.screen.session, self.screen.stage.settings.autosave
        if self._said:
            self.screen.desk.message, self._said = self._said, ""
        if wish != "every turn" or session.is_thinking or session.side_to_move is None:
            return
        turn = (session.campaign.turn, str(session.side_to_move))
        if turn != self._kept_turn:
            first, self._kept_turn = self._kept_turn[0] < 0, turn
            if not first:
                self.save(savegames.autosave_path(session), quietly=True)

    def _ask_name(self) -> None:
        self.screen.stage.push(SaveScreen(self.screen.session, self.save))

    def _picture(self) -> bytes:
        """Return the whole theatre, small, as a PNG."""
        view = self.screen.view
        large = pygame.Surface((PICTURE_SIZE[0] * 2, PICTURE_SIZE[1] * 2))  # the whole theatre needs so much room
        large.fill(OFF_MAP)
        view.draw(large, view.theatre(*large.get_size()), -1, None, frozenset())
        small = pygame.transform.smoothscale(large, PICTURE_SIZE)
        buffer = io.BytesIO()
        pygame.image.save(small, buffer, "save.png")
        return buffer.getvalue()
