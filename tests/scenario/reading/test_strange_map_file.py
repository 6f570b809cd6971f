"""A map file from a spreadsheet, or from somebody who means no good."""

import pytest

from sim.errors import ScenarioError
from sim.scenario.models.limits import MOST_MAP_BYTES
from sim.scenario.reading import hex_map_file
from sim.scenario.reading.hex_map_file import COLUMNS, read_hex_map
from tests.support import tiny

LINES = tiny.hexes().split("\n")


def written(tmp_path, text: str, encoding: str = "utf-8"):
    file = tmp_path / "map.csv"
    file.write_bytes(text.encode(encoding))
    return file


def told(file) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read_hex_map(file)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


def test_byte_order_mark_is_skipped(tmp_path):
    plain = read_hex_map(written(tmp_path, tiny.hexes()))
    assert read_hex_map(written(tmp_path, tiny.hexes(), "utf-8-sig")) == plain
    assert read_hex_map(written(tmp_path, tiny.hexes().replace("\n", "\r\n"), "utf-8-sig")) == plain


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("elev_m", "9" * 23, f"2:6: error: elev_m: {'9' * 23} is not between -500 and 9000"),
        ("elev_m", "9" * 5_000, f"2:6: error: elev_m: {'9' * 80}... is not between -500 and 9000"),
        ("elev_m", "-9999999999999999999", "2:6: error: elev_m: -9999999999999999999 is not between -500 and 9000"),
        ("forest_pct", "1_0", "2:8: error: forest_pct: '1_0' is not a whole number"),
        ("forest_pct", "１０", "2:8: error: forest_pct: '１０' is not a whole number"),
        ("forest_pct", " 10", "2:8: error: forest_pct: ' 10' is not a whole number"),
        ("lon", "nan", "2:3: error: lon: 'nan' is not a number"),
        ("lon", "inf", "2:3: error: lon: 'inf' is not a number"),
        ("lon", "1e2", "2:3: error: lon: '1e2' is not a number"),
        ("lat", "90.5", "2:4: error: lat: 90.5 is not between -90 and 90"),
        ("lat", "9" * 400, "2:4: error: lat: '" + "9" * 80 + "...' is not a number"),
        ("terrain", "a\x1b[31m", "2:5: error: terrain: unknown terrain 'a\\x1b[31m'"),
        ("river", "1" * 5_000, f"2:12: error: river: '{'1' * 80}...' is not six digits from 0 to"),
        ("trains", "1|1|1|1|1|１", "2:16: error: trains: '1|1|1|1|1|１' is not six numbers"),
    ],
)
def test_value_is_answered_with_its_place(tmp_path, column, text, expected):
    row = LINES[1].split(",")
    row[COLUMNS.index(column)] = text
    (found,) = told(written(tmp_path, "\n".join([LINES[0], ",".join(row), *LINES[2:]])))
    assert found.startswith(expected)


def test_columns_and_rows_beyond_64_bits(tmp_path):
    text = tiny.hexes().replace("7,3,", f"7,{'9' * 30},")
    assert f"33:2: error: row: {'9' * 30} is not between 0 and 999" in told(written(tmp_path, text))


def test_wrong_column_does_not_fill_the_screen(tmp_path):
    text = "\n".join([LINES[0], *(line.replace("plain", "x" * 100) for line in LINES[1:])])
    assert len(told(written(tmp_path, text))) <= 50


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("", "utf-8", "1:1: error: not a hex map: wrong column names"),
        (tiny.hexes(), "utf-16", "1:1: error: not UTF-8 text (save the file as UTF-8)"),
        (f"{LINES[0]}\n{'x' * 200_000}\n", "utf-8", "1:1: error: cannot be read: field larger than field limit"),
        (LINES[0], "utf-8", "1:1: error: the map has no hexes"),
    ],
)
def test_what_is_no_map_is_refused(tmp_path, text, encoding, expected):
    assert told(written(tmp_path, text, encoding))[0].startswith(expected)


def test_large_file_is_not_opened(tmp_path):
    file = written(tmp_path, tiny.hexes())
    with open(file, "r+b") as large:
        large.truncate(MOST_MAP_BYTES + 1)
    assert told(file) == ["1:1: error: 33,554,433 bytes, and at most 33,554,432 are read"]


def test_map_of_many_hexes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(hex_map_file, "MOST_HEXES", 20)
    assert told(written(tmp_path, tiny.hexes())) == ["22:1: error: more than 20 hexes"]
