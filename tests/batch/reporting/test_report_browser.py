"""The reports in a browser: charts are drawn, the slider moves the map, nothing is loaded, the console is clean.

Collected where chromium is installed only (``conftest.py``).
"""

import json
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from sim.batch import run_batch
from sim.batch.report import write_report
from tests.support.studies import SOBOL, fought

BROWSER = which("chromium")
NO_ORIGIN = "not an origin"  # what the log of the browser says of requests that no page made
# Steps that a reader takes; what they come to is left in the page as JSON.
STEPS = """
<script>
const seen = {}, one = (what) => document.querySelector(what), many = (what) => [...document.querySelectorAll(what)];
const picture = () => one("#control").toDataURL();
const press = (what, key) => what.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
function type(what, value) { what.value = value; what.dispatchEvent(new Event("input")); }
function cells(table, column) {
  return many(`[data-table=${table}] tbody tr`).map((row) => row.cells[column].textContent);
}
function search(table, words) {
  const field = one(`[data-table=${table}] input[type=search]`);
  type(field, words);
  const found = cells(table, 0);
  type(field, "");
  return found;
}
function sorted(table, column) {
  many(`[data-table=${table}] thead button`)[column].click();
  return cells(table, column).map((text) => Number(text.replaceAll(",", "").replace("\\u2212", "-")));
}
const csv = [];
URL.createObjectURL = (blob) => { csv.push(blob.size); return "#"; };
addEventListener("load", () => setTimeout(() => {
  seen.charts = many("[data-figure]").length;
  const marks = ".main-svg .trace, .main-svg .point, .main-svg .scatterlayer path";
  seen.drawn = many("[data-figure]").filter((place) => place.querySelector(marks)).length;
  OWN
  many(".tools button").filter((button) => button.textContent === "Download CSV").forEach((button) => button.click());
  seen.csv = csv.length;
  const light = getComputedStyle(document.body).backgroundColor;
  one("#theme").click();
  seen.themes = [light, getComputedStyle(document.body).backgroundColor];
  seen.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  document.documentElement.dataset.seen = JSON.stringify(seen);
}, 50));
</script>
"""
OF_A_BATCH = """
  const before = picture(), day = one("#dayname").textContent;
  type(one("#day"), "0");
  seen.sliderMovesMap = picture() !== before && one("#dayname").textContent !== day;
  const morning = picture();
  press(one("#control"), "ArrowRight");
  seen.arrowMovesMap = picture() !== morning && one("#day").value === "1";
  const box = one("#control").getBoundingClientRect();
  one("#control").dispatchEvent(new PointerEvent("pointermove", {clientX: box.left + 20, clientY: box.top + 20}));
  seen.hex = one("#hexname").textContent;
  one("#play").click();
  seen.playing = one("#play").getAttribute("aria-pressed");
  one("#play").click();
  seen.found = search("captures", "harbin");
  seen.scores = sorted("runs", 2);
"""
OF_A_STUDY = """
  seen.found = search("points", "p00011");
  seen.sorted = sorted("points", 1);
  const button = one("[data-table=points] tbody tr td:nth-last-child(2) button");
  seen.command = button.title;
"""


@dataclass(frozen=True)
class Visit:
    """What a reader saw, what the console said, and what was asked of the network."""

    seen: dict[str, Any]
    console: list[str]
    requests: list[str]


def browse(page: Path, width: int, home: Path) -> Visit:
    """Open a page in a window ``width`` pixels wide and take the steps of a reader."""
    log = home / "network.json"
    command = [
        str(BROWSER),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        f"--user-data-dir={home / 'profile'}",
        f"--window-size={width},900",
        f"--log-net-log={log}",
        "--enable-logging=stderr",
        "--virtual-time-budget=20000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    found = re.search(r'data-seen="([^"]*)"', done.stdout[:2000])
    assert found, done.stderr[-2000:]
    said = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    return Visit(json.loads(unescape(found[1])), said, requests_of_pages(log))


def requests_of_pages(log: Path) -> list[str]:
    """Return the addresses that pages asked the network for; the browser's own have no origin."""
    asked = []
    for event in json.loads(log.read_text("utf-8", errors="replace"))["events"]:
        about = event.get("params", {})
        if about.get("initiator", NO_ORIGIN) != NO_ORIGIN and about.get("url", "").startswith(("http", "ws", "ftp")):
            asked.append(about["url"])
    return asked


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on a few campaigns, with the steps of a reader at its end."""
    folder = tmp_path_factory.mktemp("batch")
    run_batch("august_storm", runs=8, seed=5, out=folder)
    return followed(write_report(folder), OF_A_BATCH)


@pytest.fixture(scope="module")
def study_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on a Sobol' study of the tiny scenario, with the steps of a reader at its end."""
    return followed(write_report(fought(tmp_path_factory.mktemp("study"), SOBOL).folder), OF_A_STUDY)


def followed(page: Path, steps: str) -> Path:
    """Return a page with the steps of a reader at its end."""
    text = page.read_text("utf-8").replace("</body>", STEPS.replace("OWN", steps) + "</body>")
    page.write_text(text, "utf-8")
    return page


@pytest.fixture(scope="module")
def visit(page: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return browse(page, 1280, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")
def study_visit(study_page: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    return browse(study_page, 1280, tmp_path_factory.mktemp("browser"))


def test_every_chart_is_drawn(visit: Visit) -> None:
    assert visit.seen["charts"] > 10
    assert visit.seen["drawn"] == visit.seen["charts"]


def test_slider_and_arrow_keys_move_the_map(visit: Visit) -> None:
    assert visit.seen["sliderMovesMap"]
    assert visit.seen["arrowMovesMap"]
    assert visit.seen["playing"] == "true"


def test_hex_under_the_pointer_is_told(visit: Visit) -> None:
    assert re.search(r"\d+ % Soviet|neither side", visit.seen["hex"])


def test_tables_are_searched_and_sorted(visit: Visit) -> None:
    assert visit.seen["found"] == ["Harbin"]
    assert visit.seen["scores"] == sorted(visit.seen["scores"])
    assert len(visit.seen["scores"]) == 8


def test_every_table_is_handed_out_as_csv(visit: Visit) -> None:
    assert visit.seen["csv"] == 3


def test_theme_button_changes_the_colours(visit: Visit) -> None:
    light, dark = visit.seen["themes"]
    assert light != dark


def test_console_is_clean_and_nothing_is_loaded(visit: Visit) -> None:
    assert visit.console == []
    assert visit.requests == []


def test_page_is_no_wider_than_a_narrow_window(page: Path, tmp_path: Path) -> None:
    assert browse(page, 390, tmp_path).seen["wide"] <= 0


def test_every_chart_of_a_study_is_drawn(study_visit: Visit) -> None:
    assert study_visit.seen["charts"] > 10
    assert study_visit.seen["drawn"] == study_visit.seen["charts"]


def test_points_of_a_study_are_searched_sorted_and_handed_out(study_visit: Visit) -> None:
    assert study_visit.seen["found"] == ["p00011"]
    assert study_visit.seen["sorted"] == sorted(study_visit.seen["sorted"])
    assert len(study_visit.seen["sorted"]) == 16
    assert study_visit.seen["csv"] == 1
    assert re.fullmatch(r"august-storm report \S+/points/p000\d\d --open", study_visit.seen["command"])


def test_page_on_a_study_has_a_dark_side_a_clean_console_and_loads_nothing(study_visit: Visit) -> None:
    light, dark = study_visit.seen["themes"]
    assert light != dark
    assert study_visit.console == []
    assert study_visit.requests == []


def test_page_on_a_study_is_no_wider_than_a_narrow_window(study_page: Path, tmp_path: Path) -> None:
    assert browse(study_page, 390, tmp_path).seen["wide"] <= 0


def test_a_page_that_loads_something_would_be_found_out(page: Path, tmp_path: Path) -> None:
    loads = tmp_path / "loads.html"
    text = re.sub(r"<meta http-equiv[^>]+>", "", page.read_text("utf-8"))
    loads.write_text(text.replace("<main>", '<main><img src="http://127.0.0.1:9/picture.png" alt="">'), "utf-8")
    assert "http://127.0.0.1:9/picture.png" in browse(loads, 800, tmp_path).requests
