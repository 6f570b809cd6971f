"""The attack that is being formed: odds, what it may come to, who takes part, and every factor by name."""

from collections.abc import Callable, Hashable

import pygame

from sim.game.play.attack_forming import Support
from sim.game.telling.forecast_lines import factor_lines, promise_lines
from sim.game.wording.report_lines import ALARM, HEADING, LABEL, QUIET, Line
from sim.ui.panels.part import EDGE
from sim.ui.panels.sheet import PaperPart
from sim.ui.player.table import PlayerTable

STRIKE, KIND, LEAVE, UNIT = "strike", "kind", "leave", "unit "
KIND_WORDS = {"hasty": "Hasty attack", "prepared": "Prepared attack", "siege": "Siege"}


class AttackPanel(PaperPart):
    """Shows the forecast of the attack that is being formed; clicks on units take them in or leave them out."""

    table: PlayerTable
    _at = 0

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the commands that form the attack by keys."""
        return {"next_attacker": self._next, "toggle_attacker": self._toggle}

    def _next(self) -> None:
        self._at += 1

    def _toggle(self) -> None:
        able = [one.unit for one in self.table.selection.candidates() if one.can]
        if able:
            self.table.selection.toggle_attacker(able[self._at % len(able)])

    def key(self) -> Hashable:
        """Return what the panel depends on."""
        attack, session = self.table.selection.attack, self.table.session
        if attack is None or session.is_thinking:
            return None
        return session.version, attack.hex, attack.posture, attack.left_out, self._at

    def place(self, width_px: int, height_px: int) -> pygame.Rect:
        """Stand below the bar at the right, as high as the window allows."""
        room = self.table.size[1] - self.table.map_top - 2 * EDGE
        return pygame.Rect(
            self.table.size[0] - width_px - EDGE, self.table.map_top + EDGE, width_px, min(height_px, room)
        )

    def follow(self, line: Line) -> None:
        """Attack, change the kind, let go, or take a unit in or leave it out."""
        selection = self.table.selection
        if line.action == STRIKE:
            selection.strike()
        elif line.action == KIND:
            selection.next_posture()
        elif line.action == LEAVE:
            selection.let_go()
        elif line.action.startswith(UNIT):
            selection.toggle_attacker(int(line.action.removeprefix(UNIT)))

    def lines(self) -> list[Line]:
        """Return the whole forecast."""
        selection, session = self.table.selection, self.table.session
        if selection.attack is None or session.is_thinking:
            return []
        attack, attackers = selection.attack, selection.attackers()
        where = session.campaign.views.where(attack.hex)
        found = [Line(f"{KIND_WORDS[attack.posture]} {where}", HEADING)]
        forecast = selection.forecast()
        if forecast is not None and forecast.battles:
            found += promise_lines(forecast)
            found.append(Line("› Attack! (click the target again, or M)", LABEL, action=STRIKE))
        else:
            found.append(Line(forecast.sentence if forecast else "No unit can make this attack now.", ALARM))
        found.append(Line(f"› Change the type of attack (X): {_kinds(attack.posture)}", action=KIND))
        found.append(Line("› Cancel (Esc)", action=LEAVE))
        found.append(Line("Attacking units", HEADING))
        found += self._takers(attackers)
        found += self._support(session.supporters(attack.hex, attackers, attack.posture))
        if forecast is not None and forecast.acting_factors:
            found.append(Line("Factors", HEADING))
            found += factor_lines(forecast)
        return found

    def _takers(self, attackers: list[int]) -> list[Line]:
        views, found = self.table.session.campaign.views, []
        able = [one for one in self.table.selection.candidates() if one.can]
        for place, one in enumerate(able):
            mark = "[x]" if one.unit in attackers else "[  ]"
            cursor = "› " if place == self._at % len(able) else ""
            found.append(Line(f"{cursor}{mark} {views.unit(one.unit)}", action=f"{UNIT}{one.unit}"))
        barred = [one for one in self.table.selection.candidates() if not one.can]
        return found + [Line(f"{views.unit(one.unit)}: {one.why_not}", QUIET) for one in barred]

    def _support(self, guns: list[Support]) -> list[Line]:
        views = self.table.session.campaign.views
        return [
            Line(f"+ {views.unit(gun.unit)} fires in support: +{gun.adds_permille / 10:.0f} %", QUIET) for gun in guns
        ]


def _kinds(posture: str) -> str:
    return ", ".join(f"[{kind}]" if kind == posture else kind for kind in KIND_WORDS)
