"""What the machine must have for some tests, the markers that follow from where a test stands, and the quick run.

Tests that the machine cannot run are not collected, and the header says so.
"""

import atexit
import os
from pathlib import Path
from shutil import rmtree, which
from tempfile import mkdtemp

import pytest

# Saves and settings of tests stay out of the folder of whoever runs them.
os.environ["AUGUST_STORM_HOME"] = mkdtemp(prefix="august-storm-")
atexit.register(rmtree, os.environ["AUGUST_STORM_HOME"], True)

HERE = Path(__file__).parent
# Tests by file, and the programs without which they cannot run.
NEEDS = {
    "batch/reporting/test_report_browser.py": ("chromium",),
    "ui/campaign/test_end_to_end.py": ("Xvfb", "xdotool"),
}
MISSING = {file: [tool for tool in tools if which(tool) is None] for file, tools in NEEDS.items()}
collect_ignore = [file for file, missing in MISSING.items() if missing]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--quick``: only what needs neither the engine, nor the window, nor a browser, nor time."""
    parser.addoption("--quick", action="store_true", help="leave out engine, window, browser and slow tests")


def pytest_report_header() -> list[str]:
    """Say at the head of a run which tests are left out, and for want of what."""
    return [
        f"{file} is left out: there is no {' and no '.join(missing)}" for file, missing in MISSING.items() if missing
    ]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by where they stand, then leave out what a quick run does without."""
    for item in items:
        place = item.path.relative_to(HERE).as_posix()
        if place.startswith("ui/"):
            item.add_marker("window")
        if "browser" in place:
            item.add_marker("browser")
    if config.getoption("quick"):
        heavy = {"engine", "window", "browser", "slow"}
        left_out = [item for item in items if heavy & {mark.name for mark in item.iter_markers()}]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_configure(config: pytest.Config) -> None:
    """Let nothing be compiled in a quick run: a test that calls a kernel fails there, and belongs to the others."""
    if config.getoption("quick"):
        from sim.kernels.compiler.kernel import Kernel

        def refused(*_: object, **__: object) -> None:
            raise AssertionError("this test calls a kernel: mark it as engine or slow")

        Kernel._compile_for_args = refused  # type: ignore[method-assign,assignment]
        Kernel.compile = refused  # type: ignore[method-assign,assignment]
