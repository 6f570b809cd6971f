"""The command line: what can be asked for; the work is in ``sim.commands`` and below.

Nothing heavy is imported at the top, so that ``--help`` answers at once. Exit codes: 0 done, 1 the input is wrong
(every problem is listed), 2 the command was called wrongly, 130 a batch was interrupted and can be resumed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sim import __version__
from sim.commands import streams
from sim.commands.streams import say
from sim.errors import ScenarioError, SimError

DEFAULT_SCENARIO = "august_storm"
EXIT_DONE, EXIT_WRONG_INPUT, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="august-storm",
    help="August Storm: the Soviet invasion of Manchuria, August 1945. A wargame and the simulator under it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
map_app = typer.Typer(help="Make a hex map from geographic data, or draw one.", no_args_is_help=True)
app.add_typer(map_app, name="map")

ScenarioArgument = Annotated[str, typer.Argument(help="Name of a shipped scenario, or its folder.", metavar="SCENARIO")]
ModOption = Annotated[
    list[str] | None, typer.Option("--mod", metavar="MOD", help="Mod to apply; repeat for several, in order.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, metavar="N", help="The same seed gives the same campaign.")]

SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", metavar="ADDRESS|local:N", help="Run on a dask cluster, or start one here."),
]


def main() -> None:
    """Run the command line and leave with its exit code."""
    streams.prepare()
    try:
        app()
    finally:
        streams.finish()


@contextmanager
def problems_shown() -> Iterator[None]:
    """Turn a SimError, and a file that cannot be read or written, into its message and exit code 1."""
    try:
        yield
    except ScenarioError as error:
        for problem in error.problems:
            # A name that is no file has no line and column to point at.
            known = Path(problem.file).is_file() or not problem.message.startswith("no such")
            hint = f" ({problem.hint})" if problem.hint else ""
            say(str(problem) if known else f"error: {problem.file}: {problem.message}{hint}", err=True)
        raise typer.Exit(EXIT_WRONG_INPUT) from None
    except SimError as error:
        say(str(error), err=True)
        raise typer.Exit(EXIT_WRONG_INPUT) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"error: {where}{error.strerror or error}", err=True)
        raise typer.Exit(EXIT_WRONG_INPUT) from None


def _version(wanted: bool) -> None:
    if wanted:
        say(f"august-storm {__version__}")
        raise typer.Exit(EXIT_DONE)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date like 1945-08-20") from None


def _key(text: str) -> int:
    try:
        key = int(text, 16)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a hexadecimal number") from None
    if not 0 <= key < 2**64:
        raise typer.BadParameter(f"{text!r} does not fit in 64 bits")
    return key


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options that stand before a command."""


@app.command()
def play(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    mod: ModOption = None,
    side: Annotated[
        str | None,
        typer.Option(
            "--side", metavar="soviet|japan|both|none", help="Start at once, playing these sides; none to watch."
        ),
    ] = None,
    seed: SeedOption = 1945,
    load: Annotated[
        Path | None, typer.Option("--load", metavar="FILE", help="Load a saved game.", dir_okay=False)
    ] = None,
) -> None:
    """Play in the window; without --side or --load the title screen opens first."""
    from sim.commands.play import SIDES, play_campaign

    if side is not None and side not in SIDES:
        raise typer.BadParameter(f"{side!r} is none of {', '.join(SIDES)}", param_hint="--side")
    with problems_shown():
        raise typer.Exit(EXIT_DONE if play_campaign(scenario, tuple(mod or ()), side, seed, load) else EXIT_USAGE)


@app.command()
def run(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    mod: ModOption = None,
    seed: SeedOption = 1945,
    until: Annotated[
        date | None, typer.Option(parser=_date, metavar="DATE", help="Stop at the end of this day, e.g. 1945-08-20.")
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="FILE|-", help="Write the outcome as JSON; - prints it alone.")
    ] = None,
    map: Annotated[
        Path | None, typer.Option("--map", metavar="PNG", help="Draw the final situation map.", dir_okay=False)
    ] = None,
    animate: Annotated[
        Path | None,
        typer.Option("--animate", metavar="WEBP", help="Animate the campaign, one frame an evening.", dir_okay=False),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="FILE", help="Save the final state of the campaign.", dir_okay=False),
    ] = None,
    key: Annotated[
        int | None, typer.Option(parser=_key, metavar="HEX", help="Key of one run (from a result), instead of --seed.")
    ] = None,
    plan: Annotated[
        list[str] | None,
        typer.Option("--plan", metavar="PLAN", help="Plan of a side, by name; at most one for each side."),
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Print strengths by front and army, then exit.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Omit the day-by-day story.")] = False,
) -> None:
    """Run one campaign, computer against computer, and tell its story."""
    from sim.commands.run import RunOptions, run_campaign, show_strengths

    options = RunOptions(
        scenario, tuple(mod or ()), tuple(plan or ()), seed, key, until, json, map, animate, save, quiet
    )
    with problems_shown():
        if table:
            show_strengths(options)
        else:
            run_campaign(options)


@app.command()
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Save of a game, or of run --save.")],
    verify: Annotated[
        bool, typer.Option("--verify", help="Replay it and compare the digest of every day; print OK.")
    ] = False,
) -> None:
    """Replay a saved campaign day by day from the orders in its file."""
    from sim.commands.replay import replay_file

    with problems_shown():
        replay_file(file, verify=verify)


@app.command()
def batch(
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    runs: Annotated[int, typer.Option("--runs", min=1, metavar="N", help="Campaigns to run.")] = 1000,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results.")] = Path("out/batch"),
    mod: ModOption = None,
    plan: Annotated[
        list[str] | None,
        typer.Option("--plan", metavar="PLAN", help="Plan of a side, by name; at most one for each side."),
    ] = None,
    seed: SeedOption = 1945,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Threads; default: all cores.")
    ] = None,
    scheduler: SchedulerOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Resume the batch in DIR.")] = False,
    until_ci: Annotated[
        float | None,
        typer.Option(
            "--until-ci", metavar="W", help="Stop when the interval of a probability is this narrow, e.g. 0.01."
        ),
    ] = None,
    until_ci_of: Annotated[
        str,
        typer.Option(
            "--until-ci-of", metavar="NAME", help="That probability: victory, taken_PLACE, or a result level."
        ),
    ] = "victory",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Run many campaigns and keep their results."""
    from sim.commands.batch import BatchOptions
    from sim.commands.batch import run as run_campaigns

    options = BatchOptions(
        scenario,
        tuple(mod or ()),
        tuple(plan or ()),
        runs,
        seed,
        out,
        jobs,
        scheduler,
        resume,
        until_ci,
        until_ci_of,
        quiet,
        json,
    )
    with problems_shown():
        raise typer.Exit(EXIT_DONE if run_campaigns(options) else EXIT_INTERRUPTED)


@app.command()
def study(
    study: Annotated[str, typer.Argument(help="Study file, or the name of a shipped study.", metavar="STUDY")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results.")] = Path("out/study"),
    runs: Annotated[
        int | None,
        typer.Option("--runs", min=4, metavar="N", help="Campaigns per point; default: as in the study."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Threads; default: all cores.")
    ] = None,
    scheduler: SchedulerOption = None,
    resume: Annotated[bool, typer.Option("--resume", help="Resume the study in DIR.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the effects as JSON.")] = False,
) -> None:
    """Vary inputs of a scenario and measure the effect of each."""
    from sim.commands.study import StudyOptions
    from sim.commands.study import run as run_points

    with problems_shown():
        done = run_points(StudyOptions(study, out, runs, jobs, scheduler, resume, quiet, json))
        raise typer.Exit(EXIT_DONE if done else EXIT_INTERRUPTED)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(help="Results of a batch.", metavar="DIR_A")],
    second: Annotated[Path, typer.Argument(help="Results of another, with the same seed.", metavar="DIR_B")],
    json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Compare two batches as paired samples."""
    from sim.commands.compare import show

    with problems_shown():
        show(first, second, as_json=json)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a batch or of a study.")],
    open: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the report on a batch or a study as one HTML page, report.html in DIR."""
    from sim.commands.report import make_report

    with problems_shown():
        make_report(folder, open)


@app.command()
def validate(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]...", help="Scenario folders; default: all shipped scenarios.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the problems as JSON.")] = False,
) -> None:
    """Check scenarios and mods; list every problem with its file, line and column."""
    from sim.commands.validate import validate_paths

    with problems_shown():
        raise typer.Exit(EXIT_DONE if validate_paths(paths or [], as_json=json) else EXIT_WRONG_INPUT)


@app.command()
def warmup() -> None:
    """Compile the kernels ahead of time, so that the first campaign starts at once."""
    from sim.commands.warmup import compile_kernels

    with problems_shown():
        compile_kernels()


@app.command()
def doctor() -> None:
    """Check this installation: versions, data, folders, the edition of pygame."""
    from sim.commands.doctor import examine

    with problems_shown():
        raise typer.Exit(EXIT_DONE if examine() else EXIT_WRONG_INPUT)


@map_app.command("build")
def map_build(
    geo: Annotated[Path, typer.Option(metavar="DIR", help="Folder of elevation, coast, river and other data.")],
    config: Annotated[Path, typer.Option(metavar="MAP.YAML", help="Projection, hex size and layers.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Output folder; default: the scenario around MAP.YAML."),
    ] = None,
) -> None:
    """Make a hex map from geographic data."""
    from sim.commands.maps import build

    with problems_shown():
        build(geo, config, out)


@map_app.command("show")
def map_show(
    out: Annotated[Path, typer.Option(metavar="PNG", help="Picture to write.")],
    scenario: ScenarioArgument = DEFAULT_SCENARIO,
    mod: ModOption = None,
) -> None:
    """Draw the map of a scenario as it stands on the first morning."""
    from sim.commands.maps import show

    with problems_shown():
        show(scenario, tuple(mod or ()), out)
