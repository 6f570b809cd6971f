"""The hex map file: one CSV row a hex, in row-major order."""

import csv
import re
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, ScenarioError
from sim.kernels import codes
from sim.output import write_text
from sim.printable import LONGEST_QUOTED, harmless, quoted
from sim.scenario.models.limits import MOST_DIGITS, MOST_HEXES, MOST_MAP_BYTES
from sim.scenario.reading.marked_yaml import unreadable

Bytes = NDArray[np.int8]
Shorts = NDArray[np.int16]
Floats = NDArray[np.float64]

GROUND_COLUMNS = ["col", "row", "lon", "lat", "terrain", "elev_m", "relief_m", "forest_pct", "marsh_pct", "country"]
COLUMNS = [*GROUND_COLUMNS, "region", "river", "road", "bridge", "rail", "trains", "wall"]
HIGHEST = {
    "river": codes.RIVER_STREAM,
    "road": codes.ROAD_SURFACED,
    "bridge": codes.BRIDGE_RAIL,
    "rail": codes.RAIL_NARROW,
    "wall": 1,
}
MAX_PROBLEMS = 50
WHOLE = re.compile(r"[-+]?[0-9]+\Z")
DEGREES = re.compile(r"[-+]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})\Z")


@dataclass(frozen=True)
class HexMap:
    """The ground and the networks of every hex; sides in the order NE, N, NW, SW, S, SE.

    Attributes
    ----------
    n_cols, n_rows : int
    lon, lat : (n,) float64, decimal degrees
    terrain, country, region : (n,) int8
        ``codes.TERRAINS``, ``codes.COUNTRIES``, ``codes.REGIONS``.
    elev_m, relief_m : (n,) int16
    forest_percent, marsh_percent : (n,) int8
    river, road, bridge, rail : (n, 6) int8
        ``codes.RIVER_*``, ``ROAD_*``, ``BRIDGE_*``, ``RAIL_*`` of each side.
    trains : (n, 6) int16
        Pairs of trains a day over each side.
    wall : (n, 6) int8
        1 where a wall runs on the side.
    """

    n_cols: int
    n_rows: int
    lon: Floats
    lat: Floats
    terrain: Bytes
    elev_m: Shorts
    relief_m: Shorts
    forest_percent: Bytes
    marsh_percent: Bytes
    country: Bytes
    region: Bytes
    river: Bytes
    road: Bytes
    bridge: Bytes
    rail: Bytes
    trains: Shorts
    wall: Bytes

    @property
    def n_hex(self) -> int:
        """Return the number of hexes."""
        return self.n_cols * self.n_rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HexMap):
            return NotImplemented
        return all(np.array_equal(getattr(self, item.name), getattr(other, item.name)) for item in fields(self))

    __hash__ = None  # type: ignore[assignment]


def label(hex: int, n_cols: int) -> str:
    """Return the label of a hex as scenario files write it.

    Example
    -------
    >>> label(54 * 202 + 71, 202)
    'h071054'
    """
    row, col = divmod(int(hex), n_cols)
    return f"h{col:03d}{row:03d}"


def parse_label(text: str, n_cols: int, n_rows: int) -> int:
    """Return the hex of a label.

    Raises
    ------
    ValueError
        If the text is no label, or lies off the map.

    Example
    -------
    >>> parse_label("h071054", 202, 128)
    10979
    """
    if len(text) != 7 or text[0] != "h" or not (text[1:].isascii() and text[1:].isdigit()):
        raise ValueError(f"{text!r} is not a hex label such as h071054")
    col, row = int(text[1:4]), int(text[4:])
    if col >= n_cols or row >= n_rows:
        raise ValueError(f"{text} lies off the map of {n_cols} columns and {n_rows} rows")
    return row * n_cols + col


class _Reader:
    """Collects the columns of a map file and everything that is wrong in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.wrong: dict[str, int] = {}  # column -> how many of its values are wrong

    def problem(self, row: int, column: str, message: str, hint: str = "") -> None:
        place = COLUMNS.index(column) + 1 if column in COLUMNS else 1
        self.wrong[column] = self.wrong.get(column, 0) + 1
        if self.wrong[column] <= MAX_PROBLEMS:
            self.problems.append(Problem(str(self.path), row, place, column, message, hint))

    def whole(self, name: str, texts: tuple[str, ...], low: int, high: int) -> NDArray[np.int64]:
        plain = [text for text in set(texts) if WHOLE.match(text) and len(text) <= MOST_DIGITS]
        good = {text: number for text in plain if low <= (number := int(text)) <= high}
        for at in [at for at, text in enumerate(texts) if text not in good]:
            is_number = WHOLE.match(texts[at]) is not None
            self.number(at, name, texts[at], "a whole number", f"{low} and {high}", is_number=is_number)
        return np.array([good.get(text, low) for text in texts], np.int64)

    def degrees(self, name: str, texts: tuple[str, ...], limit: float) -> Floats:
        plain = [float(text) if DEGREES.match(text) else np.nan for text in texts]
        out = np.array(plain, np.float64)
        for at in np.flatnonzero(~(np.abs(out) <= limit)).tolist():
            is_number = not np.isnan(out[at])
            self.number(at, name, texts[at], "a number", f"-{limit:g} and {limit:g}", is_number=is_number)
        return out

    def number(self, at: int, name: str, text: str, due: str, ends: str, *, is_number: bool) -> None:
        """Report a value that is no number, or not between the ends."""
        message = (
            f"{harmless(text, LONGEST_QUOTED)} is not between {ends}" if is_number else f"{quoted(text)} is not {due}"
        )
        self.problem(at + 2, name, message)

    def words(self, name: str, texts: tuple[str, ...], known: tuple[str, ...]) -> Bytes:
        table = {word: code for code, word in enumerate(known)}
        out = [table.get(text, -1) for text in texts]
        for at, code in enumerate(out):
            if code < 0:
                self.problem(at + 2, name, f"unknown {name} {quoted(texts[at])}", "one of " + ", ".join(known))
        return np.array(out, np.int8)

    def sides(self, name: str, texts: tuple[str, ...]) -> Bytes:
        out = np.zeros((len(texts), 6), np.int8)
        for at, text in enumerate(texts):
            if not text:
                continue
            if len(text) != 6 or not (text.isascii() and text.isdigit()) or max(map(int, text)) > HIGHEST[name]:
                self.problem(at + 2, name, f"{quoted(text)} is not six digits from 0 to {HIGHEST[name]}, or blank")
                continue
            out[at] = tuple(map(int, text))
        return out

    def trains(self, texts: tuple[str, ...]) -> Shorts:
        out = np.zeros((len(texts), 6), np.int16)
        for at, text in enumerate(texts):
            if not text:
                continue
            parts = text.split("|")
            if len(parts) != 6 or not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
                self.problem(at + 2, "trains", f"{quoted(text)} is not six numbers separated by |, or blank")
                continue
            out[at] = tuple(map(int, parts))
        return out


def _rows(path: Path) -> list[list[str]]:
    """Return the lines of a map file, parted at the commas; a byte-order mark, as spreadsheets write it, is skipped."""
    try:
        why = unreadable(path.stat(), MOST_MAP_BYTES)
        if why:
            raise ScenarioError([Problem(str(path), 1, 1, "", why)])
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(islice(csv.reader(file), MOST_HEXES + 2))
    except UnicodeDecodeError:
        raise ScenarioError([Problem(str(path), 1, 1, "", "not UTF-8 text", "save the file as UTF-8")]) from None
    except (OSError, csv.Error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ScenarioError([Problem(str(path), 1, 1, "", f"cannot be read: {why}")]) from None
    if len(rows) > MOST_HEXES + 1:
        raise ScenarioError([Problem(str(path), len(rows), 1, "", f"more than {MOST_HEXES:,} hexes")])
    return rows


def read_hex_map(path: Path) -> HexMap:
    """Read a hex map file.

    Raises
    ------
    ScenarioError
        With every problem found, each with the line that it stands in.
    """
    reader = _Reader(path)
    rows = _rows(path)
    if not rows or rows[0] != COLUMNS:
        hint = "the first line is " + ",".join(COLUMNS)
        raise ScenarioError([Problem(str(path), 1, 1, "", "not a hex map: wrong column names", hint)])
    lengths = [len(row) for row in rows]
    if lengths.count(len(COLUMNS)) != len(rows) or len(rows) == 1:
        for line, length in enumerate(lengths, start=1):
            if length != len(COLUMNS):
                reader.problem(line, "", f"{length} values where {len(COLUMNS)} are needed")
        raise ScenarioError(reader.problems[:MAX_PROBLEMS] or [Problem(str(path), 1, 1, "", "the map has no hexes")])
    text = dict(zip(COLUMNS, zip(*rows[1:], strict=True), strict=True))
    col, row = reader.whole("col", text["col"], 0, 999), reader.whole("row", text["row"], 0, 999)
    n_cols, n_rows = int(col.max()) + 1, int(row.max()) + 1
    expected = np.arange(len(col))
    wrong = np.flatnonzero((col != expected % n_cols) | (row != expected // n_cols))
    if len(wrong):
        reader.problem(int(wrong[0]) + 2, "col", "rows must run through all columns of each row, north to south")
    elif len(col) != n_cols * n_rows:
        reader.problem(len(col) + 1, "col", f"{len(col)} hexes do not fill {n_cols} columns and {n_rows} rows")
    result = HexMap(
        n_cols=n_cols,
        n_rows=n_rows,
        lon=reader.degrees("lon", text["lon"], 180.0),
        lat=reader.degrees("lat", text["lat"], 90.0),
        terrain=reader.words("terrain", text["terrain"], codes.TERRAINS),
        elev_m=reader.whole("elev_m", text["elev_m"], -500, 9000).astype(np.int16),
        relief_m=reader.whole("relief_m", text["relief_m"], 0, 9000).astype(np.int16),
        forest_percent=reader.whole("forest_pct", text["forest_pct"], 0, 100).astype(np.int8),
        marsh_percent=reader.whole("marsh_pct", text["marsh_pct"], 0, 100).astype(np.int8),
        country=reader.words("country", text["country"], codes.COUNTRIES),
        region=reader.words("region", text["region"], codes.REGIONS),
        river=reader.sides("river", text["river"]),
        road=reader.sides("road", text["road"]),
        bridge=reader.sides("bridge", text["bridge"]),
        rail=reader.sides("rail", text["rail"]),
        trains=reader.trains(text["trains"]),
        wall=reader.sides("wall", text["wall"]),
    )
    if reader.problems:
        raise ScenarioError(sorted(reader.problems)[:MAX_PROBLEMS])
    return result


def write_hex_map(path: Path, hexes: HexMap) -> None:
    """Write a hex map file: the same map always gives the same bytes."""
    out = [",".join(COLUMNS)]
    for hex in range(hexes.n_hex):
        row, col = divmod(hex, hexes.n_cols)
        values = [
            str(col),
            str(row),
            f"{hexes.lon[hex]:.4f}",
            f"{hexes.lat[hex]:.4f}",
            codes.TERRAINS[hexes.terrain[hex]],
            str(hexes.elev_m[hex]),
            str(hexes.relief_m[hex]),
            str(hexes.forest_percent[hex]),
            str(hexes.marsh_percent[hex]),
            codes.COUNTRIES[hexes.country[hex]],
            codes.REGIONS[hexes.region[hex]],
            _digits(hexes.river[hex]),
            _digits(hexes.road[hex]),
            _digits(hexes.bridge[hex]),
            _digits(hexes.rail[hex]),
            "|".join(map(str, hexes.trains[hex])) if hexes.trains[hex].any() else "",
            _digits(hexes.wall[hex]),
        ]
        out.append(",".join(values))
    write_text(path, "\n".join(out) + "\n")


def _digits(values: Bytes) -> str:
    """Return the six codes of a hex as digits, blank when all are 0."""
    return "".join(map(str, values)) if values.any() else ""
