"""Coefficients of reconnaissance: who sees what, from how far, and how long it is remembered."""

from sim.kernels.rulebook.field import RuleField

FIELDS: tuple[RuleField, ...] = (
    RuleField("fog", "i1", "1: each side knows only what it has seen; 0: both sides see everything.", (), 0, 1),
    RuleField("watch_hexes", "i2", "Range of a unit's own reconnaissance over open ground.", ("branch",), 1, 20),
    RuleField("hide_hexes", "i2", "Range lost to the terrain of the hex observed.", ("terrain",), 0, 20),
    RuleField("sky_hide_hexes", "i2", "Range lost to the sky over the hex observed.", ("sky",), 0, 20),
    RuleField("air_hexes", "i2", "Range of air reconnaissance from a side's own units.", ("side",), 0, 20),
    RuleField("air_hide_hexes", "i2", "Range lost to the terrain of the hex observed.", ("terrain",), 0, 20),
    RuleField("air_sky_hide_hexes", "i2", "Range lost to the sky over the hex observed.", ("sky",), 0, 20),
    RuleField(
        "knows_works", "i1", "1: the side knows before the war which enemy fortresses are manned.", ("side",), 0, 1
    ),
    RuleField("memory_days", "i2", "Days after which an enemy out of sight is removed from the map.", (), 0, 60),
    RuleField("estimate_power", "i4", "Smallest class of estimated strength, in man equivalents.", (), 1, 20000),
)
