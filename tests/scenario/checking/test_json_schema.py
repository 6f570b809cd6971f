"""The schemas that editors use are those of the models, and every shipped file names one."""

import json

import pytest

from sim.scenario.checking import json_schema
from tests.support.places import ROOT

FOLDER = ROOT / "docs" / "schema"
SHIPPED = sorted(
    path
    for path in (ROOT / "scenarios").rglob("*.yaml")
    if path.parent.name != "map_build"  # what the map is made from is no part of a scenario
)


@pytest.mark.parametrize("name", sorted(json_schema.schemas()))
def test_checked_in_schema_is_the_generated_one(name):
    # As values: another version of the library writes 1 for 1.0.
    kept = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    assert kept == json.loads(json_schema.text_of(json_schema.schemas()[name]))


def test_no_schema_is_left_over():
    assert {path.name for path in FOLDER.glob("*.json")} == set(json_schema.schemas())


@pytest.mark.parametrize("path", SHIPPED, ids=[str(path.relative_to(ROOT)) for path in SHIPPED])
def test_first_line_of_a_shipped_file_names_its_schema(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.split("=", 1)[1]).resolve().is_file()


def test_schemas_can_be_written_elsewhere(tmp_path):
    files = json_schema.write(tmp_path / "schemas")
    assert {file.name for file in files} == set(json_schema.schemas())


def test_mod_schema_demands_only_its_own_header():
    found = json_schema.schemas()
    assert set(found["mod.schema.json"]["required"]) == {"format", "id", "title", "extends"}
    unit = found["mod.forces.schema.json"]["$defs"]["Unit"]
    assert unit["required"] == ["id"]
    assert "remove" in unit["properties"]
