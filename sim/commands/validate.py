"""``validate``: check scenario folders without running, or compiling, anything."""

from sim import scenario
from sim.commands.streams import say, say_json
from sim.errors import ERROR, Problem
from sim.printable import harmless
from sim.scenario.loading import folders


def validate_paths(names: list[str], as_json: bool) -> bool:
    """Print every problem of the named scenarios (of all shipped ones if none) and return whether all is right."""
    wanted = names or [str(folder) for folder in (*folders.shipped().values(), *folders.mods().values())]
    found: dict[str, list[Problem]] = {name: scenario.validate([name]) for name in wanted}
    wrong = any(problem.severity == ERROR for problems in found.values() for problem in problems)
    if as_json:
        report = {
            "ok": not wrong,
            "scenarios": {name: [problem.as_dict() for problem in problems] for name, problems in found.items()},
        }
        say_json(report)
        return not wrong
    for name, problems in found.items():
        for problem in problems:
            say(str(problem))
        errors = sum(problem.severity == ERROR for problem in problems)
        say(f"{harmless(name)}: " + (f"{errors} error{'s' * (errors != 1)}" if errors else "OK"))
    return not wrong
