"""Coefficients of reconnaissance: who sees what, from how far, and how long it is remembered."""

from sim.kernels.rulebook.field import RuleField

FIELDS: tuple[RuleField, ...] = (
    RuleField("fog", "i1", "1: each side knows only what it has seen; 0: both see everything", (), 0, 1),
    RuleField("watch_hexes", "i2", "how far a unit's own reconnaissance sees over open ground", ("branch",), 1, 20),
    RuleField("hide_hexes", "i2", "by how much terrain shortens that for what stands in it", ("terrain",), 0, 20),
    RuleField("sky_hide_hexes", "i2", "by how much the sky over the target shortens it", ("sky",), 0, 20),
    RuleField("air_hexes", "i2", "how far from its stacks a side with aircraft sees from the air", ("side",), 0, 20),
    RuleField("air_hide_hexes", "i2", "by how much terrain shortens that for what stands in it", ("terrain",), 0, 20),
    RuleField("air_sky_hide_hexes", "i2", "by how much the sky over the target shortens it", ("sky",), 0, 20),
    RuleField(
        "knows_works", "i1", "1: the side knows before the war which enemy fortresses are manned", ("side",), 0, 1
    ),
    RuleField("memory_days", "i2", "days after which an enemy no longer seen is struck off the map", (), 0, 60),
    RuleField("estimate_power", "i4", "smallest class of strength told apart from afar, man equivalents", (), 1, 20000),
)
