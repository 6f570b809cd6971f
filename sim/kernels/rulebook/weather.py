"""Coefficients of weather and what it does to the ground."""

from sim.kernels.rulebook.field import RuleField

WEATHER_DAYS = 32  # length of the dated tables; later turns use the last entry

FIELDS: tuple[RuleField, ...] = (
    RuleField(
        "rain_permille",
        "int16",
        "Chance of steady rain in each region on each turn, in thousandths.",
        ("region", WEATHER_DAYS),
        high=1000,
    ),
    RuleField(
        "heavy_rain_permille",
        "int16",
        "Chance of a downpour in each region on each turn, in thousandths; with the steady rain at most 1000.",
        ("region", WEATHER_DAYS),
        high=1000,
    ),
    RuleField(
        "wetness_start",
        "int16",
        "Points of wetness that the ground of each region carries from before the first turn.",
        ("region",),
        high=20,
    ),
    RuleField("wetness_gain", "int16", "Points of wetness that a day under each sky adds.", ("sky",), low=-20, high=20),
    RuleField(
        "wetness_max", "int16", "Most wetness that the ground of each region holds.", ("region",), low=1, high=20
    ),
    RuleField("wetness_wet", "int16", "Wetness from which dirt roads are mud, by region.", ("region",), low=1, high=20),
    RuleField(
        "wetness_flooded",
        "int16",
        "Wetness from which rivers are over their banks and fields under water, by region.",
        ("region",),
        low=1,
        high=21,
    ),
    RuleField("flying_permille", "int16", "Share of sorties that can be flown under each sky.", ("sky",), high=1000),
)
