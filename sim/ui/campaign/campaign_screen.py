"""The campaign screen: the map on which a game is played, and what each order of the pointer and the keys does."""

from collections.abc import Callable
from typing import ClassVar

import pygame

from sim.game.play.session import Session
from sim.ui.campaign.map_screen import MapScreen
from sim.ui.look import theme
from sim.ui.map.camera import Point
from sim.ui.map.map_view import MapView
from sim.ui.panels.attack import AttackPanel
from sim.ui.panels.edge_pan import EdgePan
from sim.ui.panels.hot_seat import HotSeat
from sim.ui.panels.keyboard_walk import PanelWalk
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.log import LogPanel, Message
from sim.ui.panels.lookahead import Prospects
from sim.ui.panels.menu_and_help import AbovePart
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.order_bar import OrderBar
from sim.ui.panels.order_of_battle import OrderOfBattle
from sim.ui.panels.overflow import MoreCommands, MoreOrders
from sim.ui.panels.part import Part
from sim.ui.panels.playback import STAY_MS, Playback
from sim.ui.panels.reports import Reporting
from sim.ui.panels.route_preview import Routes
from sim.ui.panels.saving import Saving
from sim.ui.panels.side import SidePanel
from sim.ui.panels.stack_fan import StackFan
from sim.ui.panels.top_bar import TopBar
from sim.ui.panels.turn_end import TurnEnd
from sim.ui.panels.tutorial import LessonPart, LessonRing
from sim.ui.panels.why_tooltip import WhyPanel
from sim.ui.player import intents
from sim.ui.player.player_selection import PlayerSelection
from sim.ui.window import sounds

PARTS: tuple[type[Part], ...] = (
    LayerBar, MiniMap, Routes, StackFan, SidePanel, AttackPanel, LogPanel, OrderBar, Message, WhyPanel, OrderOfBattle,
    Prospects, LessonPart, TurnEnd, TopBar, MoreOrders, MoreCommands, PanelWalk, LessonRing, Saving, Reporting,
    AbovePart, HotSeat, Playback, EdgePan,
)  # fmt: skip


class CampaignScreen(MapScreen):
    """One window's game.

    Parameters
    ----------
    session : Session
    view : MapView

    Attributes
    ----------
    selection : PlayerSelection
    box : Rect or None
        A selection that is being drawn, in pixels of the map.
    listeners : list of callable
        Told the name of every command that the player gives.
    """

    session: Session
    selection: PlayerSelection
    kinds: ClassVar[tuple[type[Part], ...]] = PARTS

    def __init__(self, session: Session, view: MapView) -> None:
        self.box: pygame.Rect | None = None
        self.listeners: list[Callable[[str], None]] = []
        self._evening_since_ms = 0.0
        super().__init__(session, view, PlayerSelection(session))
        self.watching = not session.sides

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that the screen carries out itself, by name."""
        return {
            **super().commands(),
            "undo": self.selection.undo,
            "redo": self.selection.redo,
            "act": self.selection.act,
            "next_unit": lambda: self._step_unit(1),
            "previous_unit": lambda: self._step_unit(-1),
            "posture": self.selection.next_posture,
            "pause": self._pause,
        }

    @property
    def map_foot(self) -> int:
        """Return where the order bar begins, or the lower edge where it is not shown."""
        return self.part(OrderBar).top

    def carry_out(self, meant: intents.Intent, pixel: tuple[int, int] | None = None) -> None:
        """Do what was meant."""
        match meant:
            case intents.MoveTo(hex):
                self.selection.go_to(hex)
            case intents.Aim(hex):
                self.selection.aim(hex)
            case intents.Send(hex):
                self.selection.hovered = hex
                self.selection.act()
            case intents.Add(hex):
                self.selection.add_in(hex)
            case intents.Box(start, end, done):
                self._draw_box(start, end, done)
            case intents.GiveCommand(name):
                for told in self.listeners:
                    told(name)
                super().carry_out(meant, pixel)
            case _:
                super().carry_out(meant, pixel)

    def _draw_box(self, start: Point, end: Point, done: bool) -> None:
        """Draw the box of a selection; once it is done, choose the player's units in it."""
        left, top = min(start[0], end[0]), min(start[1], end[1])
        self.box = pygame.Rect(left, top, abs(end[0] - start[0]), abs(end[1] - start[1]))
        if done:
            units = self.session.world.units
            there = (units["hex"] >= 0).nonzero()[0].tolist()
            inside = [unit for unit in there if self.box.collidepoint(self.camera.centre_of(int(units["hex"][unit])))]
            self.box = None
            self.selection.choose_all(inside)

    def draw_selected(self, area: pygame.Surface) -> None:
        """Draw marks on the other units of the group, and the box of a selection."""
        for unit in self.selection.group[1:]:
            self.view.mark_unit(area, self.camera, unit, self.selection.chosen)
        if self.box is not None:
            pygame.draw.rect(area, theme.INK, self.box, max(theme.px(2), 1))

    def _step_unit(self, by: int) -> None:
        if self.selection.step(by):
            self.centre()

    def end_turn(self) -> None:
        """Hand over to the other side; in a game that is watched, play one day."""
        if not self.session.is_thinking:
            self.selection.choose(-1)
            self.session.advance()
            sounds.play(sounds.TURN)

    def _pause(self) -> None:
        self.watching = not self.watching

    def update(self, elapsed_s: float = 0.0) -> None:
        """Notice that the computer has finished; go on by itself where the game is watched."""
        if self.session.poll():
            self.selection.choose(-1)
        super().update(elapsed_s)
        if not self.session.sides and self._has_seen_the_day():
            self._evening_since_ms = self.part(Playback).clock()
            self.session.advance()

    def _has_seen_the_day(self) -> bool:
        """Return whether the day that is watched was played back and has stood for a while; it stands while paused."""
        playback, now = self.part(Playback), self.part(Playback).clock()
        if not self.watching or self.session.is_thinking or playback.queue or not self.is_uppermost:
            self._evening_since_ms = now
        return now - self._evening_since_ms >= STAY_MS[self.stage.settings.animation]
