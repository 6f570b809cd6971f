"""A task hands its result, or what went wrong, to whoever asks; nobody has to wait to learn whether it is done."""

import subprocess
import sys
import threading

import pytest

from sim.task import Task
from tests.support.places import ROOT


def test_task_is_done_once_its_work_is_and_not_before() -> None:
    go_on = threading.Event()

    def work() -> str:
        go_on.wait(30)
        return threading.current_thread().name

    task = Task(work, "aside")
    task.wait(0.01)
    assert not task.done
    go_on.set()
    assert task.result() == task.result() == "aside"
    assert task.done


def test_failure_is_raised_for_every_one_who_asks() -> None:
    def fail() -> None:
        raise KeyError("broken on purpose")

    task = Task(fail)
    for _ in range(2):
        with pytest.raises(KeyError, match="on purpose"):
            task.result()
    assert task.done


@pytest.mark.parametrize("must_end", [False, True])
def test_program_waits_for_a_task_that_must_end(must_end: bool) -> None:
    code = (
        "import time\nfrom sim.task import Task\n"
        f"Task(lambda: (time.sleep(0.5), print('ended', flush=True)), must_end={must_end})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == (["ended"] if must_end else [])
