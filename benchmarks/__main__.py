"""``python -m benchmarks``: every table in one run."""

from benchmarks import campaign, commanders, floods, forecast, growth
from benchmarks.table import show


def main() -> None:
    """Print how fast the floods, the campaign and the compiler are, how the cost grows, and how well it is played."""
    show("Floods on the map of August 1945, against other libraries", floods.rows())
    show("One campaign", campaign.rows())
    show("Campaigns a second, and growth", growth.rows())
    show("Commanders against the weak baseline", commanders.rows())
    show("Looking ahead", forecast.rows())
    show("Compiler", campaign.cold_rows())


if __name__ == "__main__":
    main()
