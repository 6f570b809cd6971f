"""What the machine must have for some tests; those that it cannot run are not collected, and the header says so."""

import shutil

BROWSER = shutil.which("chromium")

collect_ignore = [] if BROWSER else ["test_report_browser.py"]


def pytest_report_header() -> str:
    """Say whether the report is tried in a browser."""
    return (
        f"browser for the report: {BROWSER or 'none (chromium is not installed): test_report_browser.py is left out'}"
    )
