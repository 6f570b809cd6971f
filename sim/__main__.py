"""``python -m sim``, the same as ``august-storm``."""

from sim.cli import main

if __name__ == "__main__":
    main()
