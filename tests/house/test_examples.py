"""The examples in the docstrings run and give what they show."""

import doctest
import importlib
import re

import pytest

from tests.support.places import ROOT

pytestmark = pytest.mark.slow

MODULES = sorted(
    str(file.relative_to(ROOT).with_suffix("")).replace("/", ".").replace("\\", ".")
    for file in (ROOT / "sim").rglob("*.py")
    if re.search(r"^\s*>>> ", file.read_text(encoding="utf-8"), re.M)
)


def test_examples_are_found_above_the_kernels() -> None:
    assert {name.split(".")[1] for name in MODULES} >= {"batch", "game", "scenario", "ui"}
    assert len(MODULES) >= 30


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_are_true(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
