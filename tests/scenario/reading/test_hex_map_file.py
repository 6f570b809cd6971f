"""Reading and writing map.csv: what is written is read back, and every mistake is told with its line."""

from pathlib import Path

import numpy as np
import pytest

from sim.errors import ScenarioError
from sim.scenario.reading.hex_map_file import COLUMNS, HexMap, label, parse_label, read_hex_map, write_hex_map

HEADER = ",".join(COLUMNS)


def small_map() -> HexMap:
    """Return a map of three columns and two rows with a river, a road and a railway."""
    n = 6
    sides = {name: np.zeros((n, 6), np.int8) for name in ("river", "road", "bridge", "rail", "wall")}
    sides["river"][0, 4] = sides["river"][3, 1] = 2
    sides["road"][0, 4] = sides["road"][3, 1] = 3
    sides["bridge"][0, 4] = sides["bridge"][3, 1] = 1
    trains = np.zeros((n, 6), np.int16)
    trains[1, 4] = trains[4, 1] = 24
    sides["rail"][1, 4] = sides["rail"][4, 1] = 2
    return HexMap(
        n_cols=3,
        n_rows=2,
        lon=np.linspace(120.0, 121.0, n),
        lat=np.linspace(45.0, 44.0, n),
        terrain=np.arange(n, dtype=np.int8),
        elev_m=np.arange(n, dtype=np.int16) * 100,
        relief_m=np.arange(n, dtype=np.int16) * 10,
        forest_percent=np.full(n, 100, np.int8),
        marsh_percent=np.zeros(n, np.int8),
        country=np.arange(n, dtype=np.int8),
        region=np.array([0, 1, 2, 3, 0, 1], np.int8),
        trains=trains,
        **sides,
    )


def write_rows(path: Path, *rows: str) -> Path:
    """Write a map file from raw rows."""
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def good_row(col: int, row: int) -> str:
    """Return one correct row."""
    return f"{col},{row},120.0,45.0,plain,100,10,0,0,ussr,west,,,,,,"


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    write_hex_map(path, small_map())
    assert read_hex_map(path) == small_map()


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_hex_map(tmp_path / "one.csv", small_map())
    write_hex_map(tmp_path / "two.csv", read_hex_map(tmp_path / "one.csv"))
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "map.csv",
        good_row(0, 0).replace("plain", "plains"),
        good_row(1, 0).replace("ussr", "narnia"),
        good_row(0, 1).replace("100", "high"),
        good_row(1, 1).replace("west,", "west,0900"),
    )
    with pytest.raises(ScenarioError) as caught:
        read_hex_map(path)
    told = [(problem.line, problem.path) for problem in caught.value.problems]
    assert told == [(2, "terrain"), (3, "country"), (4, "elev_m"), (5, "river")]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("river", "00000"),
        ("road", "00000x"),
        ("rail", "500000"),
        ("wall", "200000"),
        ("trains", "1|2|3"),
        ("lon", "east"),
    ],
)
def test_a_wrong_value_is_refused(tmp_path: Path, column: str, text: str) -> None:
    values = good_row(0, 0).split(",")
    values[COLUMNS.index(column)] = text
    with pytest.raises(ScenarioError) as caught:
        read_hex_map(write_rows(tmp_path / "map.csv", ",".join(values)))
    assert [(problem.line, problem.path) for problem in caught.value.problems] == [(2, column)]


def test_a_row_with_too_few_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"map\.csv:3:1: .*3 values where 17 are needed"):
        read_hex_map(write_rows(tmp_path / "map.csv", good_row(0, 0), "1,0,plain"))


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "map.csv", good_row(1, 0), good_row(0, 0))
    with pytest.raises(ScenarioError, match="north to south"):
        read_hex_map(path)


def test_a_hole_in_the_rectangle_is_refused(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "map.csv", good_row(0, 0), good_row(1, 0), good_row(0, 1))
    with pytest.raises(ScenarioError, match="do not fill"):
        read_hex_map(path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="wrong column names"):
        read_hex_map(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_hex_map(tmp_path / "none.csv")


def test_label_and_its_hex() -> None:
    assert label(10979, 202) == "h071054"
    assert parse_label("h071054", 202, 128) == 10979


@pytest.mark.parametrize("text", ["071054", "h71054", "h0710x4", "h202000", "h000128", "", "h-01001"])
def test_a_wrong_label_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"label|off the map"):
        parse_label(text, 202, 128)
