"""What a counter shows, as a value: two counters that look the same are drawn once."""

from dataclasses import dataclass

from sim.game.terms import codes

HEIGHT = 0.74  # height of a plate to its width
UNKNOWN, ESTIMATED, IDENTIFIED = range(3)


@dataclass(frozen=True)
class Look:
    """All that a counter shows.

    Attributes
    ----------
    nation, branch : int
        Indices of ``codes.NATIONS`` and ``codes.BRANCHES``.
    echelon : str
        ``XX`` and the like.
    strength, movement : str
        Men in thousands and tanks; hexes of movement left.
    under : int
        Counters under it, at most 3.
    supply : int
        ``codes.SUPPLY_STATES``.
    works, fatigue : int
        0 none, 1 some, 2 strong.
    spent : bool
        No movement left.
    band : int
        Colour of its army, -1 none.
    tenths : int
        What is left of its strength at the start.
    order : str
        ``plotted``, ``hold``, ``computer`` or nothing.
    known : int
        ``UNKNOWN``, ``ESTIMATED`` or ``IDENTIFIED``.
    age : int
        Days since it was seen.
    """

    nation: int
    branch: int
    width_px: int
    echelon: str = ""
    strength: str = ""
    movement: str = ""
    under: int = 0
    supply: int = codes.IN_SUPPLY
    works: int = 0
    fatigue: int = 0
    spent: bool = False
    band: int = -1
    tenths: int = 10
    order: str = ""
    known: int = IDENTIFIED
    age: int = 0

    @property
    def height_px(self) -> int:
        """Return the height of the plate."""
        return round(self.width_px * HEIGHT)
