"""``python -m benchmarks``: every table in one run."""

from benchmarks import campaign, floods, forecast
from benchmarks.table import show


def main() -> None:
    """Print how fast the floods, the campaign and the compiler are."""
    show("Floods on the map of August 1945, against other libraries", floods.rows())
    show("One campaign", campaign.rows())
    show("Looking ahead", forecast.rows())
    show("Compiler", campaign.cold_rows())


if __name__ == "__main__":
    main()
