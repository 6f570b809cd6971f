"""Nothing outside the folder of a scenario and of its bases is opened, whatever its files name."""

import os

import pytest

from sim.scenario import load, validate
from tests.support import tiny
from tests.support.tiny import MAP, SCENARIO

LAYERS = {
    "/etc/passwd": "points outside the folder",
    "../..": "points outside the folder",
    "../map.csv": "points outside the folder",
    "a/../../map.csv": "points outside the folder",
    "C:/map.csv": "points outside the folder",
    "sub\\map.csv": "has a backslash: folders are parted by /",
    ".": "names no file",
    "./": "names no file",
    " ": "text expected, but this is blank",
    "sub//map.csv": "names no file",
    "scenario.yaml": "does not end in .csv",
}
FILES = {
    '"a**b.yaml"': "'a**b.yaml' has ** beside other letters",
    '"forces**/x.yaml"': "'forces**/x.yaml' has ** beside other letters",
    '"**.yaml"': "'**.yaml' has ** beside other letters",
    '"**/**/x.yaml"': "'**/**/x.yaml' has ** twice",
    '"."': "'.' names no file",
    '"./all.yaml"': "'./all.yaml' names no file",
    '"forces/"': "'forces/' names no file",
    '"/etc/*.yaml"': "'/etc/*.yaml' points outside the folder",
    '"../tiny/forces/*.yaml"': "'../tiny/forces/*.yaml' points outside the folder",
    '"forces/*"': "'forces/*' does not end in .yaml or .yml",
    '["forces/all.yaml", "x/../y.yaml"]': "'x/../y.yaml' points outside the folder",
}
links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights here")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tiny.write_scenario(tmp_path / "tiny")


def told(name: str = "tiny") -> list[str]:
    return [str(problem) for problem in validate([name])]


@pytest.mark.parametrize("name", LAYERS)
def test_map_file_lies_in_the_folder(folder, name):
    (folder / "map.yaml").write_text(f"{MAP}layers: {name!r}\n".replace("\\\\", "\\"))
    (found,) = told()
    assert found.startswith(f"tiny/map.yaml:{MAP.count(chr(10)) + 1}:9: error: map.layers: ")
    assert LAYERS[name] in found


@pytest.mark.parametrize("pattern", FILES)
def test_files_of_a_part_lie_in_the_folder(folder, pattern):
    (folder / "scenario.yaml").write_text(f"{SCENARIO}files: {{forces: {pattern}}}\n")
    assert any("error: files.forces" in problem and FILES[pattern] in problem for problem in told())


@pytest.mark.parametrize("pattern", ['""', "[]", "null", "5", "[5]", "{a: b}"])
def test_files_that_are_no_names_are_reported(folder, pattern):
    (folder / "scenario.yaml").write_text(f"{SCENARIO}files: {{forces: {pattern}}}\n")
    assert any("files.forces: a file name, a pattern such as forces/*.yaml" in problem for problem in told())


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret.png", "scenario.yaml", "pictures"])
def test_picture_is_one_in_the_folder(folder, name):
    (folder / "scenario.yaml").write_text(f"{SCENARIO}picture: {name}\n")
    (found,) = told()
    assert found.startswith(f"tiny/scenario.yaml:{SCENARIO.count(chr(10)) + 1}:10: error: picture: '{name}' ")


@pytest.mark.parametrize("base", ["../tiny", "/tmp", "tiny/../tiny", "[tiny]", "5", "null", "''", "tiny\\0"])
def test_what_a_mod_extends_is_an_id(folder, base):
    tiny.write_mod(folder.parent / "laid", scenario=f"format: 1\nid: laid\ntitle: A\nextends: {base}\n")
    (found,) = told("laid")
    assert found.startswith("laid/scenario.yaml:4:10: error: extends: the id of a scenario or mod expected, not ")


@links
@pytest.mark.parametrize("file", ["scenario.yaml", "map.yaml", "map.csv", "forces/all.yaml"])
def test_link_out_of_the_folder_is_not_followed(folder, file):
    elsewhere = folder.parent / "elsewhere"
    (folder / file).rename(elsewhere)
    (folder / file).symlink_to(elsewhere)
    assert any("leads out of the folder" in problem for problem in told())


@links
def test_link_to_a_picture_elsewhere_is_not_followed(folder):
    (folder.parent / "secret.png").write_bytes(b"")
    (folder / "tiny.png").symlink_to(folder.parent / "secret.png")
    (folder / "scenario.yaml").write_text(f"{SCENARIO}picture: tiny.png\n")
    (found,) = told()
    assert found.endswith("picture: 'tiny.png' leads out of the folder")


@links
def test_link_into_the_folder_of_the_base_is_followed(folder):
    mod = tiny.write_mod(folder.parent / "laid")
    (mod / "forces").mkdir()
    (mod / "forces" / "same.yaml").symlink_to(folder / "forces" / "all.yaml")
    assert told("laid") == []


@links
def test_link_to_itself_is_no_file(folder):
    (folder / "map.csv").unlink()
    (folder / "map.csv").symlink_to(folder / "map.csv")
    assert told() == ["tiny/map.csv:1:1: error: map.layers: there is no such file"]


@links
def test_folder_that_is_itself_a_link_is_read(folder):
    (folder.parent / "linked").symlink_to(folder)
    assert told("linked") == []
    assert load("linked").id == "tiny"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_in_place_of_a_file_is_refused(folder):
    (folder / "events.yaml").unlink()
    os.mkfifo(folder / "events.yaml")
    assert "tiny/events.yaml:1:1: error: this is no file" in told()


def test_names_too_long_for_the_disk_are_not_found(folder):
    (folder / "map.yaml").write_text(f"{MAP}layers: {'満' * 190}.csv\n")
    assert [problem.endswith("there is no such file") for problem in told()] == [True]
    assert "no such scenario, mod or folder" in told("x" * 5_000)[0]
