"""A study file -> a checked study: every path tried on its scenario, every problem at its place, all at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sim import paths
from sim.errors import ERROR, Problem, ScenarioError, suggestion
from sim.scenario.checking.models_to_problems import check, describe
from sim.scenario.loading.load import Scenario, load
from sim.scenario.models.study import SAMPLED, Change, Input, Study
from sim.scenario.reading.marked_yaml import read
from sim.scenario.reading.node import Mark, Node, Path_, Plain
from sim.scenario.studies.vary import QUANTILE, ROUNDED, SET, VariedValue, numbers_at, resolve, vary

STUDIES = "studies"


@dataclass(frozen=True, eq=False)
class StudyFile:
    """A study that can be run.

    Attributes
    ----------
    scenario : Scenario
        With the mods of the study, nothing varied yet.
    variants : tuple of Scenario
        The scenario of each variant, in order.
    """

    study: Study
    node: Node
    scenario: Scenario
    variants: tuple[Scenario, ...]

    def changes(self, values: Iterable[Plain]) -> list[VariedValue]:
        """Return what a point does to the scenario; ``values`` has a value (or quantile) for each input."""
        return [
            change
            for row, value in enumerate(values)
            for change in _input_changes(self.node, ("inputs", row), self.study.inputs[row], value)
        ]


def shipped_studies() -> dict[str, Path]:
    """Return the studies that come with this copy, by id."""
    return {file.stem: file for file in sorted((paths.scenarios_root() / STUDIES).glob("*.yaml"))}


def locate_study(name: str | Path) -> Path:
    """Return the file of a study given by its path or by the id of one that is shipped.

    Raises
    ------
    ScenarioError
        There is none.
    """
    known = shipped_studies()
    if Path(name).is_file():
        return Path(name)
    if str(name) in known:
        return known[str(name)]
    hint = suggestion(name, known) or f"known: {', '.join(known) or 'none'}"
    raise ScenarioError([Problem(str(name), 1, 1, "", "no such study", hint)])


def load_study_file(name: str | Path, known_outcomes: Callable[[Scenario], tuple[str, ...]]) -> StudyFile:
    """Return a study, checked against its scenario.

    Parameters
    ----------
    known_outcomes
        Gives the names of the measures that a scenario has.

    Raises
    ------
    ScenarioError
        With everything wrong in it.
    """
    problems: list[Problem] = []
    node = read(locate_study(name), problems)
    if node is None:
        raise ScenarioError(problems)
    if not isinstance(node.value, dict):
        raise ScenarioError([Problem(*node.mark, "", f"a mapping expected, not {describe(node.plain())}")])
    study = check(Study, node, (), node, problems)
    if study is None:
        raise ScenarioError(problems)
    _design_fits(study, node, problems)
    scenario = _loaded(study, (), node, ("scenario",), problems)
    if scenario is None:
        raise ScenarioError(problems)
    _plans_exist(study.plans, scenario, node, ("plans",), problems)
    _outcomes_exist(study, known_outcomes(scenario), node, problems)
    variants = [_variant(study, row, scenario, node, problems) for row in range(len(study.variants))]
    _inputs_fit(study, scenario, node, problems)
    if any(problem.severity == ERROR for problem in problems):
        raise ScenarioError(sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.column)))
    return StudyFile(study, node, scenario, tuple(made for made in variants if made is not None))


def _loaded(study: Study, mods: tuple[str, ...], node: Node, path: Path_, problems: list[Problem]) -> Scenario | None:
    try:
        return load(study.scenario, (*study.mods, *mods))
    except ScenarioError as error:
        for problem in error.problems:  # a name that is nowhere to be found stands in the study file
            unknown = problem.message.startswith("no such")
            named = Problem(*node.find(path), node.label(path), f"{problem.message}: {problem.file!r}", problem.hint)
            problems.append(named if unknown else problem)
        return None


def _design_fits(study: Study, node: Node, problems: list[Problem]) -> None:
    """Report a design without what it varies, or with what it does not know."""

    def error(path: Path_, message: str, hint: str = "", *, key: bool = False) -> None:
        problems.append(Problem(*node.find(path, key=key), node.label(path), message, hint))

    kind, points = study.design.kind, study.design.points
    if kind == "variants":
        if len(study.variants) < 2:
            error(("variants",), "at least two variants expected: the first is the baseline")
        if study.inputs:
            error(("inputs",), "a design of variants has no inputs", "kind: grid varies them", key=True)
    else:
        if not study.inputs:
            error(("inputs",), f"a design of kind {kind} needs inputs")
        if study.variants:
            error(("variants",), f"a design of kind {kind} has no variants", "kind: variants takes them", key=True)
    for name in ("variants", "inputs"):
        seen: dict[str, int] = {}
        for row, item in enumerate(getattr(study, name)):
            if item.id in seen:
                error((name, row, "id"), f"id {item.id!r} appears twice", f"first in item {seen[item.id] + 1}")
            seen.setdefault(item.id, row)
    if kind in SAMPLED and points is None:
        error(("design",), "key 'points' is missing")
    if kind not in SAMPLED and points is not None:
        error(("design", "points"), f"a design of kind {kind} counts its points itself", "take it out")
    if kind == "sobol" and points is not None and points & (points - 1):
        error(("design", "points"), f"the base of a Sobol' design is a power of two, not {points}", _powers(points))
    if kind == "latin_hypercube" and points is not None and points < len(study.inputs) + 4:
        error(("design", "points"), f"{len(study.inputs)} inputs need at least {len(study.inputs) + 4} points")
    for row, item in enumerate(study.inputs):
        if kind == "grid" and item.values is None:
            error(("inputs", row), "a grid needs values", "values: [0.5, 1.0, 1.5]")
        if kind in SAMPLED and item.values is not None:
            error(("inputs", row, "values"), "a sample needs a range", "range: {low: 0.5, high: 1.5}", key=True)


def _powers(points: int) -> str:
    return f"{1 << (points.bit_length() - 1)} or {1 << points.bit_length()}"


def _plans_exist(plans: tuple[str, ...], scenario: Scenario, node: Node, path: Path_, problems: list[Problem]) -> None:
    known = [plan.id for plan in scenario.plans]
    for row, name in enumerate(plans):
        if name not in known:
            where = (*path, row)
            problems.append(Problem(*node.find(where), node.label(where), f"no plan {name!r}", suggestion(name, known)))


def _outcomes_exist(study: Study, known: tuple[str, ...], node: Node, problems: list[Problem]) -> None:
    for row, name in enumerate(study.outcomes or ()):
        if name not in known:
            where = ("outcomes", row)
            hint = suggestion(name, known) or f"known: {', '.join(known)}"
            problems.append(Problem(*node.find(where), node.label(where), f"no outcome {name!r}", hint))


def _variant(study: Study, row: int, base: Scenario, node: Node, problems: list[Problem]) -> Scenario | None:
    """Return the scenario of a variant."""
    spec, path = study.variants[row], ("variants", row)
    scenario = _loaded(study, spec.mods, node, (*path, "mods"), problems) if spec.mods else base
    if scenario is None:
        scenario = base  # what else is wrong shows there too
    _plans_exist(spec.plans, scenario, node, (*path, "plans"), problems)
    changes = [_variant_change(node, (*path, "changes", at), change) for at, change in enumerate(spec.changes)]
    return vary(scenario, changes, problems)


def _variant_change(node: Node, path: Path_, spec: Change) -> VariedValue:
    how = next(name for name in ("set", "scale", "add") if name in spec.model_fields_set)
    place = node.find((*path, how))
    return VariedValue(
        spec.path, how, getattr(spec, how), place, node.find((*path, "path")), spec.at_least, spec.at_most
    )


def _input_changes(node: Node, path: Path_, spec: Input, value: Plain, place: Mark | None = None) -> list[VariedValue]:
    """Return what one value of an input does; ``place`` is where that value stands in the file."""
    how = QUANTILE if spec.draw is not None else ROUNDED if spec.range is not None and spec.apply == SET else spec.apply
    mark = place or node.find((*path, "range"))
    return [
        VariedValue(where, how, value, mark, node.find((*path, "paths", row)), spec.at_least, spec.at_most)
        for row, where in enumerate(spec.paths)
    ]


def _inputs_fit(study: Study, scenario: Scenario, node: Node, problems: list[Problem]) -> None:
    """Try each input at both ends, or at each level, all other values as they are."""
    for row, spec in enumerate(study.inputs):
        path: Path_ = ("inputs", row)
        if spec.values is not None:
            tried = [(value, node.find((*path, "values", at))) for at, value in enumerate(spec.values)]
        elif spec.range is not None:
            tried = [
                (spec.range.low, node.find((*path, "range", "low"))),
                (spec.range.high, node.find((*path, "range", "high"))),
            ]
        else:
            tried = [(0.0, node.find((*path, "draw"))), (1.0, node.find((*path, "draw")))]
        if spec.apply != SET:
            wrong = [(value, mark) for value, mark in tried if isinstance(value, bool) or not _is_number(value)]
            for value, mark in wrong:
                problems.append(
                    Problem(*mark, node.label(path), f"a number to {spec.apply} expected, not {describe(value)}")
                )
            if wrong:
                continue
        for value, mark in tried:
            before = len(problems)
            vary(scenario, _input_changes(node, path, spec, value, mark), problems)
            if len(problems) > before and problems[-1].line == node.find((*path, "paths", 0)).line:
                break  # a path that leads nowhere does so at every level


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def present_values(file: StudyFile) -> list[float | None]:
    """Return what each input is in the scenario as it stands: 1 for a factor, 0 for a shift, else the value there."""
    found: list[float | None] = []
    for row, spec in enumerate(file.study.inputs):
        if spec.apply != SET:
            found.append(1.0 if spec.apply == "scale" else 0.0)
            continue
        change = _input_changes(file.node, ("inputs", row), spec, 0.0)[0]
        numbers = {
            number
            for path in resolve(file.scenario.tree, change, [])
            for number in numbers_at(file.scenario.tree, path)
        }
        found.append(numbers.pop() if len(numbers) == 1 else None)
    return found
