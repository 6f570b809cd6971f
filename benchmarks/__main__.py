"""``python -m benchmarks``: every table in one run."""

from benchmarks import campaign, floods, forecast, growth
from benchmarks.table import show


def main() -> None:
    """Print how fast the floods, the campaign and the compiler are, and how the cost grows."""
    show("Floods on the map of August 1945, against other libraries", floods.rows())
    show("One campaign", campaign.rows())
    show("Campaigns a second, and growth", growth.rows())
    show("Looking ahead", forecast.rows())
    show("Compiler", campaign.cold_rows())


if __name__ == "__main__":
    main()
