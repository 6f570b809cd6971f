"""From a checked scenario to the arrays of a world."""
