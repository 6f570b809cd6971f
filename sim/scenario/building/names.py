"""What the arrays cannot hold: ids and names by row number, and labels of hexes."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sim.scenario.reading.hex_map_file import label, parse_label


@dataclass(frozen=True)
class Names:
    """Ids and names of every table of one world, in row order.

    Attributes
    ----------
    units, formations, places, axes, boxes, sources : tuple of str
        Ids; the ``*_names`` beside them are for people.
    army_of_unit : tuple of int
        Formation row of the army of each unit, -1 none.
    levels : tuple of str
        Names of the result levels, the highest first.
    """

    units: tuple[str, ...]
    unit_names: tuple[str, ...]
    formations: tuple[str, ...]
    formation_names: tuple[str, ...]
    places: tuple[str, ...]
    place_names: tuple[str, ...]
    axes: tuple[str, ...]
    axis_names: tuple[str, ...]
    boxes: tuple[str, ...]
    box_names: tuple[str, ...]
    sources: tuple[str, ...]
    levels: tuple[str, ...]
    army_of_unit: tuple[int, ...]
    n_cols: int
    n_rows: int
    start_date: date

    @cached_property
    def unit_rows(self) -> dict[str, int]:
        """Return the row of each unit id."""
        return {name: row for row, name in enumerate(self.units)}

    @cached_property
    def formation_rows(self) -> dict[str, int]:
        """Return the row of each formation id."""
        return {name: row for row, name in enumerate(self.formations)}

    @cached_property
    def place_rows(self) -> dict[str, int]:
        """Return the row of each place id."""
        return {name: row for row, name in enumerate(self.places)}

    def army(self, unit: int) -> str:
        """Return the id of the army of a unit, or the unit's own id if it has none."""
        row = self.army_of_unit[unit]
        return self.formations[row] if row >= 0 else self.units[unit]

    def hex_label(self, hex: int) -> str:
        """Return the label of a hex as scenario files write it."""
        return label(hex, self.n_cols)

    def hex_of(self, text: str) -> int:
        """Return the hex of a label."""
        return parse_label(text, self.n_cols, self.n_rows)

    def date_of(self, turn: int) -> date:
        """Return the day of a turn; turn 1 is the first day."""
        return self.start_date + timedelta(days=turn - 1)
