"""The declaration of one coefficient."""

from dataclasses import dataclass

import numpy as np

from sim.kernels import codes

# What a coefficient may be indexed by. In YAML an axis is a mapping by these names; an axis of numbers is a list.
AXES: dict[str, tuple[str, ...]] = {
    "terrain": codes.TERRAINS,
    "mobility": codes.MOBILITIES,
    "road": codes.ROADS,
    "river": codes.RIVERS,
    "ground": codes.GROUNDS,
    "sky": codes.SKIES,
    "region": codes.REGIONS,
    "nation": codes.NATIONS,
    "branch": codes.BRANCHES,
    "posture": codes.POSTURES,
    "tank": codes.TANK_CLASSES,
    "gauge": codes.GAUGES,
    "supply": codes.SUPPLY_STATES,
    "side": codes.SIDES,
}


@dataclass(frozen=True)
class RuleField:
    """One coefficient: ``axes`` are names in AXES or whole numbers (the length of a plain list)."""

    name: str
    dtype: str
    doc: str
    axes: tuple[str | int, ...] = ()
    low: float = 0
    high: float = 1_000_000

    @property
    def shape(self) -> tuple[int, ...]:
        """Return the shape of the field in the RULES record."""
        return tuple(axis if isinstance(axis, int) else len(AXES[axis]) for axis in self.axes)

    def to_array(self, value: object) -> np.ndarray:
        """Return ``value`` (number, list, or mapping by axis names, nested along ``axes``) as an array."""
        out = np.zeros(self.shape, self.dtype)
        self._put(out, value, self.axes)
        return out

    def _put(self, out: np.ndarray, value: object, axes: tuple[str | int, ...]) -> None:
        if not axes or not isinstance(value, dict | list):
            out[...] = value  # a number, or one number for the whole axis
            return
        if isinstance(value, dict):
            names = AXES[str(axes[0])]
            parts = [(names.index(name), inner) for name, inner in value.items()]
        else:
            parts = list(enumerate(value))
        for index, inner in parts:
            self._put(out[index : index + 1].reshape(out.shape[1:]), inner, axes[1:])
