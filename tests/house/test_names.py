"""One thing, one word: no name of a class stands for two things."""

import ast
from collections import defaultdict

from tests.support.places import ROOT


def test_no_class_name_stands_twice() -> None:
    modules: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "sim").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                modules[node.name].append(path.relative_to(ROOT).as_posix())
    assert len(modules) > 350
    twice = {name: found for name, found in modules.items() if len(found) > 1}
    assert twice == {}
