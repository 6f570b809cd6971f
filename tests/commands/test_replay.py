"""``replay``: the story told again from a file, the check of every day, and one line for whatever is wrong."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sim.cli import app
from sim.game.campaign import Campaign
from sim.game.saves import player_saves
from sim.game.saves.campaign_save import save_campaign
from sim.game.saves.container import read_file, write_file
from sim.scenario import load
from tests.support import sessions
from tests.support.random_player import RandomPlayer

pytestmark = pytest.mark.slow

RUNNER = CliRunner()


def replayed(*arguments: object) -> Result:
    """Call ``replay``."""
    return RUNNER.invoke(app, ["replay", *map(str, arguments)])


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return what ``run`` printed of three days, and its save."""
    path = tmp_path_factory.mktemp("saves") / "run.save"
    arguments = ["run", "august_storm", "--seed", "8", "--until", "1945-08-11", "--save", str(path)]
    return RUNNER.invoke(app, arguments).stdout, path


@pytest.fixture
def played(tmp_path: Path) -> Path:
    """Return the save of a game on the tiny map, amid its fifth day."""
    session = sessions.opened()
    player = RandomPlayer(session, 9)
    player.play(days=4, commands=12)
    session.hold([sessions.row(session, "first")])
    path = tmp_path / "played.save"
    player_saves.save_session(session, path)
    return path


def test_the_story_is_told_as_run_told_it(ran: tuple[str, Path]) -> None:
    told = replayed(ran[1])
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines.pop(2) == "The computer led both sides; fog of war."
    assert lines == ran[0].splitlines()
    assert max(map(len, lines)) <= 80


def test_who_led_is_told(played: Path) -> None:
    told = replayed(played).stdout.splitlines()
    assert told[2] == "Played by hand: the Soviet side; fog of war."
    assert sum(line.startswith("── Day ") for line in told) == 4


def test_verify_says_ok(ran: tuple[str, Path], played: Path) -> None:
    done = replayed(ran[1], "--verify")
    assert (done.exit_code, done.stdout) == (0, "OK: 3 days played again, each with the digest in the file.\n")
    assert replayed(played, "--verify").stdout == (
        "OK: 4 days played again, each with the digest in the file, and the orders since.\n"
    )


@pytest.mark.parametrize("arguments", [("--verify",), ()])
def test_the_first_day_that_differs_is_named(ran: tuple[str, Path], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    members = dict(read_file(ran[1]).members)
    members["orders.jsonl"] = b'["day"]\n["commander","soviet","baseline"]\n["day"]\n["day"]\n'
    write_file(tmp_path / "x.save", members)
    done = replayed(tmp_path / "x.save", *arguments)
    assert done.exit_code == 1
    assert "x.save: day 2, 10 August 1945, turns out differently: digest" in done.stderr
    assert done.stderr.count("\n") == 1


def test_another_build_of_the_engine_is_named_where_a_day_differs(ran: tuple[str, Path], tmp_path: Path) -> None:
    members = dict(read_file(ran[1]).members)
    members["orders.jsonl"] = b'["commander","soviet","baseline"]\n["day"]\n["day"]\n["day"]\n'
    header = {**json.loads(members["header.json"]), "engine_digest": "0123"}
    members["header.json"] = json.dumps(header).encode()
    write_file(tmp_path / "x.save", members)
    done = replayed(tmp_path / "x.save", "--verify")
    assert done.exit_code == 1
    assert done.stderr.endswith("as it was played; it was saved by another build of this version\n")


def test_orders_of_the_day_that_is_open_are_checked_too(played: Path) -> None:
    members = dict(read_file(played).members)
    members["orders.jsonl"] += b'["posture","tanks","retreat"]\n'
    write_file(played, members)
    done = replayed(played, "--verify")
    assert done.exit_code == 1
    assert "day 5, 13 August 1945, turns out differently: digest" in done.stderr


def _damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4000])


def _of_another_engine(path: Path) -> None:
    members = dict(read_file(path).members)
    members["header.json"] = json.dumps({**json.loads(members["header.json"]), "engine": "9.9"}).encode()
    write_file(path, members)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Path.unlink, "cannot read"),
        (_damaged, "its checksum does not match"),
        (_cut_short, "it may have been cut short"),
        (_of_another_engine, "was saved by version 9.9; this is version"),
        (lambda path: path.write_bytes(b"yes"), "is not a save of this game"),
        (lambda path: save_campaign(Campaign.start(sessions.scenario()), path), "has no replay: no day has been"),
    ],
)
def test_whatever_is_wrong_is_one_line(played: Path, change, words: str) -> None:
    change(played)
    for arguments in ((played,), (played, "--verify")):
        done = replayed(*arguments)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.startswith("error: ")
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_scenario_that_has_gone_or_changed_is_one_line(tmp_path: Path) -> None:
    folder, path = tmp_path / "mine", tmp_path / "x.save"
    shutil.copytree(sessions.scenario().folder, folder)
    save_campaign(Campaign.start(load(folder), seed=1).run(), path)
    assert replayed(path, "--verify").exit_code == 0
    header = folder / "scenario.yaml"
    whole = header.read_text()
    for text, words in (
        (whole.replace("2025", "2026").replace("title: ", "title: Another "), "was made with other files of tiny"),
        (whole.replace("title: ", "titel: "), "its scenario can no longer be read"),
        ("", "its scenario can no longer be read"),
        (None, "needs the scenario 'tiny', which is not found here"),
    ):
        header.write_text(text) if text is not None else shutil.rmtree(folder)
        done = replayed(path)
        assert done.exit_code == 1, text
        assert words in done.stderr
        assert done.stderr.count("\n") == 1
