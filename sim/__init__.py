"""August Storm: an operational wargame of August 1945 and the simulator under it."""

__version__ = "0.2.0"
