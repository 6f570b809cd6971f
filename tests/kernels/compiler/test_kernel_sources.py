"""What a kernel may not contain, read from the sources: the boundary that keeps campaigns exact and quick."""

import ast
from functools import cache
from pathlib import Path

import pytest

from sim.kernels.rulebook.rules import SECTIONS
from tests.support.places import ROOT

FOLDER = ROOT / "sim" / "kernels"
# The compiler wing makes kernels of functions and holds none itself.
SOURCES = sorted(path for path in FOLDER.rglob("*.py") if path.parent.name not in ("compiler", "__pycache__"))
WINGS = {"ground", "units", "recon", "supply", "control", "movement", "combat", "commander", "turn", "kernels"}
MARKS = {"kernel", "inlined_kernel", "allocating_kernel"}
ALLOWED = {"numpy", "math", "typing", "dataclasses"}
# Results of these may differ in the last bit from machine to machine; tables of the scenario stand for them.
INEXACT = {"exp", "log", "log2", "log10", "pow", "power", "sin", "cos", "tan", "tanh"}


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def kernels_of(path: Path) -> list[ast.FunctionDef]:
    """Return the functions of a file that are compiled."""
    return [
        node
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and MARKS & {ast.unparse(mark) for mark in node.decorator_list}
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_kernels_import_numpy_and_each_other_only(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            assert name.startswith("sim.kernels") or name.partition(".")[0] in ALLOWED, name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_kernels_hold_no_inexact_function_no_text_and_no_dictionary(path: Path) -> None:
    for function in kernels_of(path):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        for node in (node for statement in body for node in ast.walk(statement)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("np", "math"):
                assert node.attr not in INEXACT, (function.name, ast.unparse(node))
            assert not isinstance(node, ast.Dict | ast.DictComp | ast.JoinedStr | ast.Try | ast.With), function.name
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, str)), (function.name, node.lineno)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_kernel_says_what_it_does(path: Path) -> None:
    assert [function.name for function in kernels_of(path) if not ast.get_docstring(function)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_kernels_that_make_or_receive_arrays_count_references(path: Path) -> None:
    """A plain ``kernel`` frees nothing: one that made an array, or took one over, would leak it in every campaign."""
    for function in kernels_of(path):
        if "allocating_kernel" in {ast.unparse(mark) for mark in function.decorator_list}:
            continue
        called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        makers = {"np.zeros", "np.empty", "np.full", "np.ones", "np.arange", "np.sort", "np.argsort", "np.copy"}
        assert not called & (makers | givers_of_arrays()), function.name


@cache
def givers_of_arrays() -> frozenset[str]:
    """Return the allocating kernels that hand arrays of their own to whoever calls them."""
    named = [function for path in SOURCES for function in kernels_of(path) if function.name.startswith("new_")]
    assert named
    return frozenset(function.name for function in named)


def test_all_kernels_of_all_wings_are_looked_at() -> None:
    """A glob that missed a wing would check nothing in it and say nothing."""
    assert len(SOURCES) >= 80
    assert {path.parent.name for path in SOURCES if kernels_of(path)} >= WINGS
    assert sum(len(kernels_of(path)) for path in SOURCES) >= 280


def test_every_coefficient_is_read() -> None:
    read = set()
    builders = sorted((FOLDER.parent / "scenario" / "building").glob("*.py"))  # stocks and needs are worked out there
    assert len(builders) >= 6
    for path in [*SOURCES, *builders]:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith(("rule", "rules[0]")):
                read.add(node.attr)
    assert [field.name for fields in SECTIONS.values() for field in fields if field.name not in read] == []
