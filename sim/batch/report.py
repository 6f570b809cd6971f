"""The report on a batch: one HTML page that needs neither this program nor a network."""

from pathlib import Path

from sim.batch.files import write_file, writing
from sim.batch.folder import read_manifest
from sim.batch.reporting import campaigning, claims, outcomes
from sim.batch.reporting.page import render
from sim.batch.reporting.setting import setting_of
from sim.scenario import Scenario

PAGE = "report.html"


def write_report(folder: str | Path, scenario: Scenario | None = None) -> Path:
    """Write ``report.html`` into the folder of a batch, and return its path.

    Parameters
    ----------
    folder : str or Path
        What ``run_batch`` left; it may have been interrupted, and runs may have failed.
    scenario : Scenario, optional
        That of the batch, if it is at hand; otherwise it is looked for by its name. A page without it lacks names, the
        record and the map, and says so.

    Raises
    ------
    BatchError
        There is no batch, it holds no rows yet, or the page cannot be written.

    Example
    -------
    >>> from sim.batch import run_batch
    >>> result = run_batch("august_storm", runs=2)
    >>> write_report(result.folder).name
    'report.html'
    """
    path = Path(folder)
    batch = outcomes.Batch(path, setting_of(read_manifest(path), scenario))
    page = batch_page(batch).encode()
    with writing(path):
        write_file(path / PAGE, lambda file: file.write(page))
    return path / PAGE


def batch_page(batch: outcomes.Batch) -> str:
    """Return the page on a batch."""
    sections = [outcomes.what_was_run(batch), outcomes.headlines(batch)]
    if batch.fought.num_rows:
        sections += [
            outcomes.victory_levels(batch),
            campaigning.control(batch),
            campaigning.captures(batch),
            claims.losses(batch),
            campaigning.advance(batch),
            campaigning.fuel(batch),
        ]
    sections.append(outcomes.run_table(batch))
    runs = f"{batch.manifest['runs']:,} campaigns, computer against computer, seed {batch.manifest['seed']}"
    return render(batch.setting.title, runs, sections)
