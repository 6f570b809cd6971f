"""A new game: the scenario, the side, how it is played."""

from dataclasses import dataclass
from functools import lru_cache, partial

import pygame

from sim.game import library
from sim.game.library import ScenarioEntry
from sim.ui.look.theme import px
from sim.ui.screens.scenario_shelf import SHELF, Shelf
from sim.ui.widgets.blocks import Block, Heading, Paragraph, Picture, TableBlock, TextSpan, plain
from sim.ui.widgets.form import Form
from sim.ui.widgets.gui_screen import STRONG, GuiScreen
from sim.ui.window.navigator import NORMAL, WEAK, GameOptions

SIDES = {"Soviet": ("soviet",), "Japanese": ("japan",), "Hot seat": ("soviet", "japan"), "Watch": ()}
STRENGTHS = {"Normal": NORMAL, "Weak": WEAK}
FOGS = {"Scenario default": None, "On": True, "Off": False}
OWN_PLAN = ""
MOST_SEED = 2**32 - 1


@dataclass(frozen=True)
class _Sheet:
    """Where the parts of the screen stand."""

    head: pygame.Rect
    form: pygame.Rect
    about: pygame.Rect
    foot: pygame.Rect


class NewGameScreen(GuiScreen):
    """Choose and begin: what is chosen at first is the shipped campaign, so that two presses lead to the first orders.

    Parameters
    ----------
    options : games.GameOptions
    shelf : Shelf
        What there is to choose from.
    """

    def __init__(self, options: GameOptions, shelf: Shelf = SHELF) -> None:
        super().__init__()
        self.options, self.shelf = options, shelf
        self.seen = -1

    def enter(self) -> None:
        """Read the list, if nobody has begun to, and lay out."""
        self.shelf.start()
        super().enter()

    def build(self) -> None:
        """Lay out the choices on the left, the scenario on the right, the buttons below."""
        self.seen = self.shelf.version
        entry = self.shelf.scenario(self.options.scenario)
        sheet = self._sheet()
        self.label(sheet.head, "New game", "#heading")
        form = Form(self, sheet.form)
        self._lay_out_form(form, entry)
        form.finish()
        self.document(sheet.about, self._about(entry))
        wide = min(px(180), (sheet.foot.width - px(10)) // 2)
        begin = pygame.Rect(sheet.foot.right - wide, sheet.foot.top, wide, sheet.foot.height)
        self.main = self.button(begin, "Begin", self._begin, "Go to the first orders (Return)", STRONG)
        if entry is not None and entry.problem:
            self.main.disable()
        self.button(begin.move(-wide - px(10), 0), "Back", self.stage.pop, "Back to the title (Esc)")

    def _sheet(self) -> _Sheet:
        width, height = self.stage.size
        edge = px(16)
        whole = pygame.Rect(edge, px(8), width - 2 * edge, height - px(8) - edge)
        foot = pygame.Rect(whole.left, whole.bottom - px(40), whole.width, px(40))
        top = whole.top + px(36)
        high = foot.top - px(10) - top
        left = min(max(whole.width * 2 // 5, px(220)), px(480))
        form = pygame.Rect(whole.left, top, left, high)
        about = pygame.Rect(form.right + px(12), top, whole.right - form.right - px(12), high)
        return _Sheet(pygame.Rect(whole.left, whole.top, whole.width, px(32)), form, about, foot)

    def _lay_out_form(self, form: Form, entry: ScenarioEntry | None) -> None:
        options = self.options
        form.pick("You lead", SIDES, options.sides, lambda sides: self._change(sides=sides), "which side you lead")
        if len(options.sides) < 2:
            form.pick(
                "Computer commander",
                STRENGTHS,
                options.commander,
                lambda name: self._change(commander=name),
                "how strong the computer plays",
            )
        words = "whether each side knows only what it has seen"
        form.pick("Fog of war", FOGS, options.fog, lambda fog: self._change(fog=fog), words)
        self._pick_scenario(form)
        if entry is not None and not entry.problem:
            self._pick_plans(form, entry)
            self._pick_mods(form, entry)
        form.label("Random seed")
        form.entry(str(options.seed), self._choose_seed, "The same number gives the same luck again")

    def _pick_scenario(self, form: Form) -> None:
        form.label("Scenario")
        for entry in self.shelf.scenarios:
            chosen = self.options.scenario in (entry.id, str(entry.folder))
            words = f"{entry.title}{' (broken)' if entry.problem else ''}"
            form.tick(words, chosen, partial(self._choose, entry), entry.problem or entry.title)
        if not self.shelf.scenarios:
            form.note("Reading the scenarios …")

    def _pick_plans(self, form: Form, entry: ScenarioEntry) -> None:
        for side, plans in entry.plans.items():
            if side in self.options.sides or len(plans) < 2:
                continue
            chosen = next((plan for plan in self.options.plans if plan in plans), OWN_PLAN)
            own = next(iter(plans))
            form.pick(
                f"Plan of the computer: {entry.sides[side]}",
                _by_words(plans),
                chosen or own,
                partial(self._choose_plan, plans, own),
                "the plan that the computer follows",
            )

    def _pick_mods(self, form: Form, entry: ScenarioEntry) -> None:
        found = library.mods_for(entry, self.shelf.mods)
        if found:
            form.label("Mods")
        for mod in found:
            holds = mod.id in self.options.mods
            if mod.problem:
                form.note(f"{mod.title} cannot be used: {mod.problem}")
            else:
                form.tick(mod.title, holds, partial(self._lay_over, mod.id), mod.description or mod.title)

    # --- what is chosen

    def _change(self, **changes: object) -> None:
        self.options = self.options.with_(**changes)
        self.rebuild()

    def _choose(self, entry: ScenarioEntry, _: bool) -> None:
        self._change(scenario=entry.id if entry.id == entry.folder.name else str(entry.folder), mods=(), plans=())

    def _choose_plan(self, of_side: dict[str, str], own: str, plan: str) -> None:
        kept = tuple(other for other in self.options.plans if other not in of_side)
        self._change(plans=kept if plan == own else (*kept, plan))

    def _lay_over(self, mod_id: str, on: bool) -> None:
        kept = tuple(other for other in self.options.mods if other != mod_id)
        self._change(mods=(*kept, mod_id) if on else kept)

    def _choose_seed(self, words: str) -> None:
        if words.strip().isdigit():
            self.options = self.options.with_(seed=min(int(words), MOST_SEED))

    def _begin(self) -> None:
        self.stage.navigator.new_game(self.options)

    def update(self, elapsed_s: float) -> None:
        """Show what has been read or drawn meanwhile."""
        if self.seen != self.shelf.version:
            self.rebuild()
        super().update(elapsed_s)

    # --- the scenario

    def _about(self, entry: ScenarioEntry | None) -> list[Block]:
        if entry is None:
            return [Paragraph(plain("Reading the scenarios …"))]
        if entry.problem:
            where = Paragraph((TextSpan("In the folder: ", "Bold"), TextSpan(str(entry.folder))))
            return [
                Heading(plain(entry.title), 2),
                Paragraph(plain("Cannot be played:")),
                Paragraph(plain(entry.problem)),
                where,
            ]
        blocks: list[Block] = [Heading(plain(entry.title), 2)]
        picture = self.shelf.pictures.get(entry.id)
        if picture is not None:
            blocks.append(Picture(lambda width, height: _fitting(str(picture), width, height)))
        blocks += [
            Paragraph(plain(entry.description)),
            Paragraph((TextSpan("Length: ", "Bold"), TextSpan(_dates(entry)))),
        ]
        blocks += [Heading(plain("Forces"), 3), _forces(entry)]
        blocks += [Heading(plain("Difficulty"), 3)] if entry.difficulty else []
        for side, words in entry.difficulty.items():
            blocks.append(Paragraph((TextSpan(f"{entry.sides[side]}: ", "Bold"), TextSpan(words))))
        return blocks


def _by_words(plans: dict[str, str]) -> dict[str, str]:
    """Return title -> plan id; plans of one title are told apart by their ids."""
    titles = list(plans.values())
    return {title if titles.count(title) == 1 else f"{title} ({plan})": plan for plan, title in plans.items()}


def _dates(entry: ScenarioEntry) -> str:
    assert entry.start_date is not None
    assert entry.end_date is not None
    first, last = entry.start_date, entry.end_date
    return f"{entry.days} days, {first.day} {first:%B} to {last.day} {last:%B %Y}, a turn a day"


def _forces(entry: ScenarioEntry) -> TableBlock:
    """Return strengths by side, a row a kind, as a table."""
    head = (plain(""), *(plain(name) for name in entry.sides.values()))
    rows = [
        ("units", "units"),
        ("of these later", "later"),
        ("men", "men"),
        ("guns and mortars", "guns"),
        ("tanks", "tanks"),
    ]
    body = tuple(
        (plain(words), *(plain(f"{getattr(entry.forces[side], name):,}") for side in entry.sides))
        for words, name in rows
    )
    return TableBlock((head, *body))


@lru_cache(maxsize=8)
def _fitting(file: str, width: int, height: int) -> pygame.Surface:
    """Return a picture as large as there is room, but not larger than it is."""
    loaded = pygame.image.load(file).convert()
    share = min(width / loaded.get_width(), height / loaded.get_height(), 1.0)
    return pygame.transform.smoothscale(loaded, (round(loaded.get_width() * share), round(loaded.get_height() * share)))
