"""The order of battle beside the map: a tree to open, filter and search; a click leads to the troops."""

from collections.abc import Callable

import pygame

from sim.game.telling.order_of_battle import FILTERS, Figures, FormationNode, Roster
from sim.game.terms import codes
from sim.ui.look import theme
from sim.ui.panels.layer_bar import LayerBar
from sim.ui.panels.minimap import MiniMap
from sim.ui.panels.part import EDGE, Part
from sim.ui.widgets import paper

ROW, HEAD = 24, 84
WIDTH, LEAST_WIDTH, LEAST_HEIGHT = 640, 440, 260
SUPPLY_LOOKS = (theme.GOOD, (196, 150, 30), (204, 110, 30), theme.ALARM)
SUPPLY_LETTERS = ("", "S", "O", "I")
COLUMNS = {"men": 64, "lost": 50, "tanks": 44, "supply": 52, "orders": 112}  # widths at scale 1
GIVEN_UP = ("lost", "tanks", "supply")  # in this order, where names would have no room
NAME_WIDTH = 190


class OrderOfBattle(Part):
    """The tree of formations and units.

    Attributes
    ----------
    is_open : bool
    picked : tuple of int
        Units of the node that is chosen: the map marks them.
    """

    is_open = False
    picked: tuple[int, ...] = ()
    _roster: Roster | None = None
    _listed: tuple[str, ...] = ()
    _at = 0
    _scroll = 0
    _search = ""
    _typing = False
    _only = 0
    _opened: frozenset[int] = frozenset()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Return the command that opens and closes it."""
        return {"order_of_battle": self.toggle}

    @property
    def is_typing(self) -> bool:
        """Return whether keys write into the search."""
        return self.is_open and self._typing

    def toggle(self) -> None:
        """Open or close the tree."""
        self.is_open, self._typing = not self.is_open, False
        self.picked = ()

    @property
    def roster(self) -> Roster:
        """Return the tree of the sides whose affairs are shown."""
        session = self.table.session
        if self._roster is None or self._listed != session.eyes:
            start = session.campaign.scenario.header.start_date
            self._roster, self._listed = (
                Roster(session.world, session.campaign.views, start, session.eyes),
                session.eyes,
            )
            self._opened = frozenset(row for row, node in enumerate(self._roster.nodes) if node.depth <= 1)
            self._at, self._scroll, self.picked = 0, 0, ()
        return self._roster

    def box(self) -> pygame.Rect:
        """Return where it stands: beside the layers, above the small map; over others where there is little room."""
        table = self.table
        left = max(box.right for box in table.part(LayerBar).boxes().values()) + EDGE
        top = table.map_top + EDGE
        wide = table.size[0] - self.panel_width - 2 * EDGE - left
        if wide < theme.px(LEAST_WIDTH):
            wide = table.size[0] - EDGE - left
        high = table.part(MiniMap).box().top - EDGE - top
        if high < theme.px(LEAST_HEIGHT):
            high = table.size[1] - EDGE - top
        return pygame.Rect(left, top, min(theme.px(WIDTH), wide), high)

    def rows(self) -> list[int]:
        """Return the rows of the tree that are shown now."""
        return self.roster.visible(self.table.session.world, self._opened, self._search, FILTERS[self._only])

    # --- events

    def covers(self, at: tuple[int, int]) -> bool:
        """Return whether the open list is there."""
        return self.is_open and self.box().collidepoint(at)

    def handle(self, event: pygame.event.Event, now_ms: int) -> bool:
        """Take clicks, the wheel and, where the tree is open, the keys that walk through it."""
        if not self.is_open:
            return False
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        if event.type == pygame.MOUSEWHEEL:
            over = self.box().collidepoint(getattr(event, "at", None) or pygame.mouse.get_pos())
            if over:
                self._scroll_by(-3 * event.y)
            return over
        if event.type != pygame.MOUSEBUTTONDOWN or not self.box().collidepoint(event.pos):
            return False
        if event.button == 1:
            self._click(event.pos)
        return True

    def _click(self, at: tuple[int, int]) -> None:
        for button in self._buttons():
            if button.box.collidepoint(at):
                self._press(button.command)
                return
        box = self.box()
        line = (at[1] - box.top - theme.px(HEAD)) // theme.px(ROW)
        rows = self.rows()
        if line < 0 or self._scroll + line >= len(rows):
            return
        self._at = self._scroll + line
        row = rows[self._at]
        if at[0] < box.left + self._indent(self.roster.nodes[row]) + theme.px(8) and self.roster.nodes[row].unit < 0:
            self._open_or_close(row)
        else:
            self.pick(row)

    def _press(self, command: str) -> None:
        if command == "close":
            self.toggle()
        elif command == "search":
            self._typing = True
        elif command == "filter":
            self._only = (self._only + 1) % len(FILTERS)
            self._at = self._scroll = 0

    def _key(self, event: pygame.event.Event) -> bool:
        rows = self.rows()
        row = rows[self._at] if self._at < len(rows) else -1
        if event.key == pygame.K_ESCAPE:
            self._escape()
        elif self._typing:
            self._type(event)
        elif event.key == pygame.K_SLASH:
            self._typing = True
        elif event.key in (pygame.K_UP, pygame.K_DOWN, pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            steps = {pygame.K_UP: -1, pygame.K_DOWN: 1, pygame.K_PAGEUP: -10, pygame.K_PAGEDOWN: 10}
            self._at = min(max(self._at + steps[event.key], 0), max(len(rows) - 1, 0))
            self._keep_in_view()
        elif event.key in (pygame.K_LEFT, pygame.K_RIGHT) and row >= 0:
            if (row in self._opened) != (event.key == pygame.K_RIGHT):
                self._open_or_close(row)
        elif event.key == pygame.K_RETURN and row >= 0:
            self.pick(row)
        else:
            return False
        return True

    def _escape(self) -> None:
        if self._typing or self._search:
            self._typing, self._search = False, ""
        else:
            self.toggle()

    def _type(self, event: pygame.event.Event) -> None:
        if event.key == pygame.K_BACKSPACE:
            self._search = self._search[:-1]
        elif event.key == pygame.K_RETURN:
            self._typing = False
        elif event.unicode and event.unicode.isprintable():
            self._search += event.unicode
        self._at = self._scroll = 0

    def _open_or_close(self, row: int) -> None:
        self._opened = self._opened ^ {row}

    def pick(self, row: int) -> None:
        """Choose a node: its units are marked, and the map goes to them."""
        node = self.roster.nodes[row]
        self.picked = node.units
        world = self.table.session.world
        there = [unit for unit in node.units if int(world.units["hex"][unit]) >= 0]
        if node.unit >= 0 and there:
            self.table.selection.choose(node.unit)
        elif node.unit < 0 and row not in self._opened:
            self._open_or_close(row)
        if there:
            hexes = world.units["hex"][there]
            middle = int(sorted(hexes.tolist())[len(there) // 2])
            self.table.show_hex(middle, 13.5)

    def _scroll_by(self, lines: int) -> None:
        most = max(len(self.rows()) - self._lines(), 0)
        self._scroll = min(max(self._scroll + lines, 0), most)

    def _keep_in_view(self) -> None:
        if self._at < self._scroll:
            self._scroll = self._at
        elif self._at >= self._scroll + self._lines():
            self._scroll = self._at - self._lines() + 1

    def _lines(self) -> int:
        return max((self.box().height - theme.px(HEAD) - theme.px(8)) // theme.px(ROW), 1)

    def _indent(self, node: FormationNode) -> int:
        return theme.px(12 + 12 * node.depth)

    # --- drawing

    def _buttons(self) -> list[paper.Button]:
        box, high = self.box(), theme.px(28)
        top = box.top + theme.px(12)
        close = pygame.Rect(box.right - theme.px(12) - high, top, high, high)
        wide = (close.left - box.left - theme.px(12) - 3 * theme.px(8)) // 3
        search = pygame.Rect(close.left - 2 * (wide + theme.px(8)), top, wide, high)
        only = search.move(wide + theme.px(8), 0)
        words = f"{self._search}▏" if self._typing else self._search or "Search"
        return [
            paper.Button(close, "×", "close", "Close (Esc)"),
            paper.Button(search, words, "search", "Search by name (/)"),
            paper.Button(only, f"Show: {FILTERS[self._only]}", "filter", "Filter the units shown"),
        ]

    def draw_map(self, area: pygame.Surface) -> None:
        """Mark the units of the chosen node on the map."""
        if not self.is_open:
            return
        camera, world = self.table.camera, self.table.session.world
        radius = max(round(camera.side_px * 0.9), theme.px(7))
        for hex in {int(world.units["hex"][unit]) for unit in self.picked}:
            if hex >= 0 and camera.shows(camera.centre_of(hex), radius):
                pygame.draw.aacircle(area, theme.INK, camera.centre_of(hex), radius + 2, 2)
                pygame.draw.aacircle(area, (252, 226, 96), camera.centre_of(hex), radius, max(theme.px(3), 2))

    def draw(self, target: pygame.Surface) -> None:
        """Draw the tree."""
        if not self.is_open:
            return
        box, rows = self.box(), self.rows()
        self._scroll_by(0)
        key = (self.table.session.version, tuple(rows), self._scroll, self._at, box.size, self._search, self._only)
        face = self.kept("tree", key, lambda: self._sheet(rows))
        if face is not None:
            target.blit(face, box)
        seen = pygame.Rect(box.left, box.top + theme.px(HEAD), box.width, self._lines() * theme.px(ROW))
        paper.draw_scroll_bar(target, seen, len(rows) * theme.px(ROW), self._scroll * theme.px(ROW))
        mouse = pygame.mouse.get_pos()
        for button in self._buttons():
            paper.draw_button(target, button, button.box.collidepoint(mouse))
        for button in self._buttons():
            if button.box.collidepoint(mouse):
                paper.draw_hint(target, button.hint, mouse)
        hint = self._hint_at(mouse, rows)
        if hint:
            paper.draw_hint(target, hint, mouse)

    def _sheet(self, rows: list[int]) -> pygame.Surface:
        box = self.box()
        out = paper.sheet(box.size, 250)
        out.blit(theme.text("Forces", theme.px(17), theme.INK, "Bold"), (theme.px(14), theme.px(14)))
        ends = self._column_ends(box.width)
        for name, right in ends.items():
            head = theme.text(name, theme.px(12), theme.QUIET)
            out.blit(head, head.get_rect(topright=(right, theme.px(HEAD - 26))))
        under, edge = theme.px(HEAD - 4), theme.px(10)
        pygame.draw.line(out, theme.PAPER_EDGE, (edge, under), (box.width - edge, under))
        for line, row in enumerate(rows[self._scroll : self._scroll + self._lines()]):
            top = theme.px(HEAD) + line * theme.px(ROW)
            if self._scroll + line == self._at:
                shade = pygame.Rect(theme.px(6), top, box.width - theme.px(12), theme.px(ROW))
                pygame.draw.rect(out, theme.WARM, shade, border_radius=theme.px(4))
            self._draw_row(out, row, top, ends)
        if not rows:
            out.blit(theme.text("No matches.", theme.px(14), theme.QUIET), (theme.px(14), theme.px(HEAD + 4)))
        return out.convert_alpha()

    def _column_ends(self, width: int) -> dict[str, int]:
        """Return the columns for which there is room beside the names, with the right end of each."""
        shown = list(COLUMNS)
        for name in GIVEN_UP:
            if width - theme.px(28) - sum(theme.px(COLUMNS[one]) for one in shown) < theme.px(NAME_WIDTH):
                shown.remove(name)
        right, ends = width - theme.px(14), {}
        for name in reversed(shown):
            ends[name] = right
            right -= theme.px(COLUMNS[name])
        return ends

    def _draw_row(self, out: pygame.Surface, row: int, top: int, ends: dict[str, int]) -> None:
        node, figures = self.roster.nodes[row], self.roster.figures(self.table.session.world, row)
        x, size = self._indent(node), theme.px(14)
        if node.unit < 0:
            _draw_arrow(out, (x, top + theme.px(ROW) // 2), row in self._opened)
        gone = not figures.on_map and figures.men == 0
        colour = theme.QUIET if gone else theme.INK
        style = "Regular" if node.unit >= 0 else "Bold"
        name = theme.text(self._shown_name(node, ends), size, colour, style)
        out.blit(name, (x + theme.px(12), top + theme.px(1)))
        state = theme.shortened(figures.state, theme.px(13), theme.px(COLUMNS["orders"] - 4))
        cells = {"men": f"{figures.men:,}", "lost": f"{figures.lost:,}" if figures.lost else "",
                 "tanks": str(figures.tanks or ""), "orders": state}  # fmt: skip
        for column in cells.keys() & ends.keys():
            face = theme.text(cells[column], theme.px(13), colour)
            out.blit(face, face.get_rect(topright=(ends[column], top + theme.px(2))))
        if "supply" in ends:
            _draw_supply(out, figures, ends["supply"], top + theme.px(ROW) // 2)

    def _shown_name(self, node: FormationNode, ends: dict[str, int]) -> str:
        """Return the name of a node, cut to its column."""
        room = ends["men"] - theme.px(COLUMNS["men"] + 8) - self._indent(node)
        return theme.shortened(node.name, theme.px(14), room, "Regular" if node.unit >= 0 else "Bold")

    def _hint_at(self, at: tuple[int, int], rows: list[int]) -> str:
        """Return the tooltip of the row under the pointer: all that its columns say, and its whole name."""
        box = self.box()
        line = self._scroll + (at[1] - box.top - theme.px(HEAD)) // theme.px(ROW)
        inside = box.collidepoint(at) and at[1] >= box.top + theme.px(HEAD)
        if not inside or not self._scroll <= line < min(len(rows), self._scroll + self._lines()):
            return ""
        node, figures = self.roster.nodes[rows[line]], self.roster.figures(self.table.session.world, rows[line])
        supply = ", ".join(
            f"{number} {state}" for number, state in zip(figures.supply, codes.SUPPLY_STATES, strict=True) if number
        )
        told = [f"{figures.men:,} men", f"{figures.lost:,} lost", f"{figures.tanks:,} tanks", supply, figures.state]
        return "\n".join((node.name, "; ".join(words for words in told if words)))


def _draw_arrow(out: pygame.Surface, at: tuple[int, int], is_open: bool) -> None:
    x, y, half = *at, theme.px(4)
    shape = [(x - half, y - half // 2), (x + half, y - half // 2), (x, y + half)]
    if not is_open:
        shape = [(x - half // 2, y - half), (x - half // 2, y + half), (x + half, y)]
    pygame.draw.polygon(out, theme.QUIET, shape)


def _draw_supply(out: pygame.Surface, figures: Figures, right: int, middle: int) -> None:
    """Draw how many units are in each state of supply: a bar in parts, and a letter where it is one unit."""
    total = sum(figures.supply)
    if not total:
        return
    wide, high = theme.px(40), theme.px(9)
    x = float(right - wide)
    for part, colour in zip(figures.supply, SUPPLY_LOOKS, strict=True):
        share = part / total * wide
        pygame.draw.rect(out, colour, (x, middle - high / 2, share, high))
        x += share
    worst = max(state for state in range(4) if figures.supply[state])
    if total == 1 and worst:
        letter = theme.text(SUPPLY_LETTERS[worst], theme.px(11), theme.HALO, "Bold")
        out.blit(letter, letter.get_rect(center=(right - wide // 2, middle)))
