"""``batch``: many campaigns without a window, and what they came to."""

import shlex
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from sim import scenario
from sim.batch import BatchResult, run_batch
from sim.batch.report import PAGE, write_report
from sim.batch.running.cluster import check_scheduler
from sim.batch.running.progress import ProgressWatch, estimate_table, rate_a_minute
from sim.batch.running.stopping_rule import VICTORY
from sim.commands.streams import say_json
from sim.commands.warmup import compile_kernels
from sim.game.warmup.compile_all import is_warm


@dataclass(frozen=True)
class BatchOptions:
    """What was asked for on the command line."""

    scenario: str
    mods: tuple[str, ...]
    plans: tuple[str, ...]
    runs: int
    seed: int
    out: Path
    jobs: int | None
    scheduler: str | None
    resume: bool
    until_ci: float | None
    until_ci_of: str
    quiet: bool
    json: bool


def run(options: BatchOptions) -> bool:
    """Fight the campaigns and say what they came to; return False if somebody interrupted."""
    errors = Console(stderr=True, highlight=False)
    check_scheduler(options.scheduler)
    if not is_warm():
        compile_kernels(errors)
    silent = options.quiet or options.json
    with nullcontext() if silent else ProgressWatch(errors) as watch:
        try:
            result = run_batch(
                options.scenario,
                options.mods,
                runs=options.runs,
                seed=options.seed,
                out=options.out,
                plans=options.plans,
                jobs=options.jobs,
                scheduler=options.scheduler,
                resume=options.resume,
                until_ci=options.until_ci,
                until_ci_of=options.until_ci_of,
                watch=watch,
            )
        except KeyboardInterrupt:
            result = None
    if result is None:
        if (options.out / "runs.parquet").is_file():
            _report(options)
        _say_how_to_go_on(options, errors)
        return False
    _report(options)
    if options.json:
        say_json(summary(result))
    elif not options.quiet:
        _tell(result)
    return True


def _report(options: BatchOptions) -> None:
    write_report(options.out, scenario.load(options.scenario, options.mods))


def summary(result: BatchResult) -> dict[str, Any]:
    """Return the manifest of a batch and the chances of its headline outcomes as plain data."""
    return {**result.manifest, "estimates": [estimate.as_dict() for estimate in result.tally.estimates()]}


def _tell(result: BatchResult) -> None:
    console = Console(highlight=False)
    facts = result.manifest
    rate = rate_a_minute(1, 1 / facts["campaigns_per_second"]) if facts["campaigns_per_second"] else 0.0
    console.print(f"{facts['runs']:,} campaigns of {facts['scenario']}, seed {facts['seed']}; {rate:,.0f} a minute")
    console.print(estimate_table(result.tally))
    if facts["until_ci"] is not None:
        console.print(stop_words(facts), soft_wrap=True)
    console.print(f"Results in {result.folder}, report in {result.folder / PAGE}", soft_wrap=True)


def stop_words(facts: dict[str, Any]) -> str:
    """Return whether the batch stopped because enough was known, and when that says little."""
    found = facts["answer"]
    span = f"the interval on {found['outcome']!r} is {found['low']:.1%} to {found['high']:.1%}"
    if facts["settled"] is None:
        return f"All {facts['runs']:,} campaigns were run: {span}, still wider than {facts['until_ci']:.1%}."
    words = f"Stopped after {facts['runs']:,} campaigns: {span}, no wider than {facts['until_ci']:.1%}."
    if found["seen"] in (0, found["of"]):
        every = "no campaign" if found["seen"] == 0 else "every campaign"
        words += (
            f" It happened in {every}, so few runs were enough; choose a "
            "probability that varies with --until-ci-of, such as taken_PLACE or a result level."
        )
    return words


def _say_how_to_go_on(options: BatchOptions, console: Console) -> None:
    held = BatchResult(options.out).manifest.get("runs", 0)
    told = f"Interrupted after {held:,} of {options.runs:,} campaigns; they stand in {options.out}. Go on with:"
    console.print(told, soft_wrap=True)
    console.print(f"  {shlex.join(command_to_resume(options))}", soft_wrap=True)


def command_to_resume(options: BatchOptions) -> list[str]:
    """Return the command that goes on with a batch."""
    words = ["august-storm", "batch", options.scenario]
    for name, values in (("--mod", options.mods), ("--plan", options.plans)):
        for value in values:
            words += [name, value]
    words += ["--runs", str(options.runs), "--seed", str(options.seed), "--out", str(options.out)]
    for name, wish in (("--jobs", options.jobs), ("--scheduler", options.scheduler), ("--until-ci", options.until_ci)):
        if wish is not None:
            words += [name, str(wish)]
    if options.until_ci is not None and options.until_ci_of != VICTORY:
        words += ["--until-ci-of", options.until_ci_of]
    return [*words, "--resume"]
