"""Settings: taken into use and kept as soon as they are chosen."""

import pygame

from sim.ui.look.theme import px
from sim.ui.screens.keys import KeysScreen
from sim.ui.screens.notice import change
from sim.ui.widgets.form import Form
from sim.ui.widgets.gui_screen import STRONG, GuiScreen
from sim.ui.window import sounds
from sim.ui.window.display import show_window
from sim.ui.window.settings import AUTOSAVES, NAMES_OF, PALETTES, SCALES, SPEEDS, Settings

WINDOWS = ((1024, 640), (1280, 800), (1600, 900), (1920, 1080), (2560, 1440))
VOLUMES = (0.0, 0.25, 0.5, 0.75, 1.0)
YES_NO = {"Yes": True, "No": False}
WIDEST = 760


class SettingsScreen(GuiScreen):
    """Window, interface, game, sound, keys."""

    def build(self) -> None:
        """Lay the choices out, one under the other."""
        width, height = self.stage.size
        edge, bar = px(14), px(36)
        wide = min(width - 2 * edge, px(WIDEST))
        left = (width - wide) // 2
        self.label(pygame.Rect(left, edge, wide, bar), "Settings", "#heading")
        form = Form(self, pygame.Rect(left, edge + bar, wide, height - 2 * edge - 2 * bar - px(8)))
        self._window(form)
        self._interface(form)
        self._game(form)
        form.finish()
        half = (wide - px(10)) // 2
        foot = pygame.Rect(left, height - edge - bar, half, bar)
        self.button(foot, "Defaults", self._reset, "Restore all default settings, keys included")
        self.button(foot.move(half + px(10), 0), "Done", self.stage.pop, "Back (Esc); changes are saved", STRONG)

    def _window(self, form: Form) -> None:
        now = self.stage.settings
        form.heading("Window")
        sizes = {f"{wide} x {high}": (wide, high) for wide, high in sorted({*WINDOWS, now.size_px})}
        form.pick("Size", sizes, now.size_px, lambda size: self._set(size_px=size), "size of the window")
        form.pick("Full screen", YES_NO, now.full_screen, lambda full: self._set(full_screen=full), "fill the screen")

    def _interface(self, form: Form) -> None:
        now = self.stage.settings
        form.heading("Interface")
        scales = {f"{round(scale * 100)} %": scale for scale in SCALES}
        form.pick("Scale", scales, now.scale, lambda scale: self._set(scale=scale), "size of text and buttons")
        colours = {name.capitalize(): name for name in PALETTES}
        form.pick(
            "Colours", colours, now.palette, lambda name: self._set(palette=name), "colours that are easy to tell apart"
        )
        names = {"As in 1945": NAMES_OF[0], "As today": NAMES_OF[1]}
        form.pick("Names on the map", names, now.names, lambda name: self._set(names=name), "spelling of the places")
        form.pick(
            "Scroll at the window's edge",
            YES_NO,
            now.edge_pan,
            lambda pan: self._set(edge_pan=pan),
            "scroll the map when the pointer touches the edge",
        )

    def _game(self, form: Form) -> None:
        now = self.stage.settings
        form.heading("Game")
        speeds = {name.capitalize(): name for name in SPEEDS}
        words = "playback speed of the other side's turn"
        form.pick(
            "Playback of the other side's turn", speeds, now.animation, lambda name: self._set(animation=name), words
        )
        words = "the situation report opens as a turn begins"
        form.pick("Morning report", YES_NO, now.morning_report, lambda on: self._set(morning_report=on), words)
        saves = {name.capitalize(): name for name in AUTOSAVES}
        form.pick("Autosave", saves, now.autosave, lambda name: self._set(autosave=name), "when the game saves itself")
        loud = {"Off" if not volume else f"{round(volume * 100)} %": volume for volume in VOLUMES}
        form.pick("Sound", loud, now.volume, lambda volume: self._set(volume=volume), "how loud sounds are")
        form.heading("Keys")
        form.button("Change the keys", lambda: self.stage.push(KeysScreen()), "Change the keys of the commands")

    def _set(self, **changes: object) -> None:
        self._use(self.stage.settings.with_(**changes))

    def _reset(self) -> None:
        self._use(Settings())

    def _use(self, settings: Settings) -> None:
        before = self.stage.settings
        change(self.stage, settings)
        sounds.use_volume(settings.volume)
        if (before.size_px, before.full_screen) != (settings.size_px, settings.full_screen):
            self.stage.resize(show_window(settings).get_size())
