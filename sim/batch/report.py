"""The report on a batch or a study: one HTML page that needs neither this program nor a network."""

from pathlib import Path

from sim.batch.reporting.campaigns import course, losses_and_claims, outcomes
from sim.batch.reporting.page import render
from sim.batch.reporting.setting import setting_of
from sim.batch.reporting.studies import outcome
from sim.batch.reporting.studies import sections as studysections
from sim.batch.storage.files import writing
from sim.batch.storage.folder import read_manifest
from sim.batch.studies.result import MOD, StudyResult, holds_study, load_study
from sim.output import write_output
from sim.scenario import Scenario

PAGE = "report.html"


def write_report(folder: str | Path, scenario: Scenario | None = None) -> Path:
    """Write ``report.html`` into the folder of a batch or of a study, and return its path.

    Parameters
    ----------
    folder : str or Path
        What ``run_batch`` left, which may have been interrupted, and in which runs may have failed; or ``run_study``.
    scenario : Scenario, optional
        That of the batch, if it is at hand; otherwise it is looked for by its name. A page without it lacks names, the
        record and the map, and says so.

    Raises
    ------
    BatchError
        There is no batch or study, it holds no rows yet, or the page cannot be written.

    Example
    -------
    >>> from sim.batch import run_batch
    >>> result = run_batch("august_storm", runs=2)
    >>> write_report(result.folder).name
    'report.html'
    """
    path = Path(folder)
    if holds_study(path):
        text = study_page(load_study(path))
    else:
        own_mod = path / MOD if (path / MOD).is_dir() else None
        manifest = read_manifest(path, is_finished=True)
        text = batch_page(outcomes.ReportedBatch(path, setting_of(manifest, scenario, own_mod)))
    page = text.encode()
    with writing(path):
        write_output(path / PAGE, page)
    return path / PAGE


def batch_page(batch: outcomes.ReportedBatch) -> str:
    """Return the page on a batch."""
    sections = [outcomes.headlines(batch)]
    if batch.fought.num_rows:
        sections += [
            outcomes.victory_levels(batch),
            course.control(batch),
            course.captures(batch),
            losses_and_claims.losses(batch),
            course.advance(batch),
            course.fuel(batch),
        ]
    sections += [outcomes.run_table(batch), outcomes.what_was_run(batch)]
    runs = f"{batch.manifest['runs']:,} campaigns, computer against computer, seed {batch.manifest['seed']}"
    return render("batch", batch.setting.title, runs, sections)


def study_page(study: StudyResult) -> str:
    """Return the page on a study."""
    sections = [studysections.headlines(study), studysections.what_was_varied(study)]
    sections += [outcome.outcome_section(study, measured) for measured in studysections.measured_of(study)]
    sections.append(studysections.point_table(study))
    known = study.manifest
    words = (
        f"{len(known['points']):,} points of {known['runs']:,} campaigns of {known['scenario']}, seed {known['seed']}"
    )
    return render("study", study.title, words, sections)
