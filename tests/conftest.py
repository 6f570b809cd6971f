"""What the machine must have for some tests; those that it cannot run are not collected, and the header says so."""

import atexit
import os
from shutil import rmtree, which
from tempfile import mkdtemp

# Saves and settings of tests stay out of the folder of whoever runs them.
os.environ["AUGUST_STORM_HOME"] = mkdtemp(prefix="august-storm-")
atexit.register(rmtree, os.environ["AUGUST_STORM_HOME"], True)

# Tests by file, and the programs without which they cannot run.
NEEDS = {
    "batch/reporting/test_report_browser.py": ("chromium",),
    "ui/campaign/test_end_to_end.py": ("Xvfb", "xdotool"),
}
MISSING = {file: [tool for tool in tools if which(tool) is None] for file, tools in NEEDS.items()}
collect_ignore = [file for file, missing in MISSING.items() if missing]


def pytest_report_header() -> list[str]:
    """Say at the head of a run which tests are left out, and for want of what."""
    return [
        f"{file} is left out: there is no {' and no '.join(missing)}" for file, missing in MISSING.items() if missing
    ]
