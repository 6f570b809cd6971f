"""Whatever the streams are - of another encoding, cut off, closed, full -, no command ends in a traceback."""

import codecs
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sim.commands.streams import PLAIN, plain
from tests.support.places import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="closes and fills streams as a POSIX shell does"),
]

COMMANDS = ("--help", "--version", "doctor", "run --table", "run --until 1945-08-10", "run --json - --until 1945-08-09")
FAILING = ("run NOSUCH", "march", "validate NOSUCH", "compare NOSUCH NOSUCH", "replay NOSUCH")


def in_a_shell(line: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which ``storm`` is the command line."""
    script = f'storm() {{ "{sys.executable}" -m sim "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **environment},
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "encoding"),
    [
        *((command, encoding) for command in (*COMMANDS, *FAILING) for encoding in ("ascii", "cp1252")),
        ("run --until 1945-08-10", "cp932:strict"),
        ("run --until 1945-08-10", "utf-16"),
    ],
)
def test_any_encoding_does(command: str, encoding: str) -> None:
    done = in_a_shell(f"storm {command}", PYTHONIOENCODING=encoding)
    said = (done.stdout + done.stderr).decode(encoding.partition(":")[0])
    assert "Traceback" not in said
    assert said.strip()
    assert (done.returncode != 0) == (command in FAILING), said


def test_the_locale_of_old_machines_does() -> None:
    done = in_a_shell("storm run --until 1945-08-09", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert b"\n-- Day 1 - Thursday, 9 August 1945 -----" in done.stdout


def test_json_is_exact_in_any_encoding() -> None:
    told = [
        json.loads(in_a_shell("storm run --json - --until 1945-08-09", PYTHONIOENCODING=encoding).stdout)
        for encoding in ("ascii", "utf-8")
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_enough_is_no_error(command: str) -> None:
    done = in_a_shell(f"storm {command} | head -1 > {os.devnull}; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_was_asked_for_is_written_though_nobody_reads(tmp_path: Path) -> None:
    done = in_a_shell(f"storm run --until 1945-08-09 --json {tmp_path}/x.json | true; exit ${{PIPESTATUS[0]}}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", [*COMMANDS, "run NOSUCH"])
def test_closed_streams_are_no_error(command: str, closed: str) -> None:
    done = in_a_shell(f"storm {command} {closed}")
    assert done.returncode == (command == "run NOSUCH")
    assert b"Traceback" not in done.stderr


def test_a_file_never_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    done = in_a_shell(f"storm run --until 1945-08-09 --json {tmp_path}/x.json >&- 2>&-")
    assert done.returncode == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_device_is_one_line_and_exit_code_1(command: str) -> None:
    done = in_a_shell(f"storm {command} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"error: standard output cannot be written: no space left on device\n"
    assert in_a_shell(f"storm {command} > /dev/full 2>&1").returncode == 1


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("── Day 1 · Thursday ──", "-- Day 1 - Thursday --"),
        ("┌─┐│═", "+-+|="),
        ("Kōmoto, Hörlach, naïve…", "Komoto, Horlach, naive..."),
        ("“½ – 3 × 4”", '"1/2 - 3 x 4"'),
        ("Харбин", "??????"),
        ("\udce9", "?"),
    ],
)
def test_letters_that_an_encoding_lacks_have_near_ones(text: str, near: str) -> None:
    codecs.register_error(PLAIN, plain)
    assert text.encode("ascii", PLAIN).decode() == near
