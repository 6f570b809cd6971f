"""Coefficients of weather and what it does to the ground."""

from sim.kernels.rulebook.field import RuleField

WEATHER_DAYS = 32  # length of the dated tables; later turns use the last entry

FIELDS: tuple[RuleField, ...] = (
    RuleField(
        "rain_permille",
        "int16",
        "Chance of steady rain by region and turn, in thousandths.",
        ("region", WEATHER_DAYS),
        high=1000,
    ),
    RuleField(
        "heavy_rain_permille",
        "int16",
        "Chance of a downpour by region and turn, in thousandths; with steady rain at most 1000.",
        ("region", WEATHER_DAYS),
        high=1000,
    ),
    RuleField(
        "wetness_start",
        "int16",
        "Initial wetness of the ground by region, in points.",
        ("region",),
        high=20,
    ),
    RuleField("wetness_gain", "int16", "Wetness added per day by sky, in points.", ("sky",), low=-20, high=20),
    RuleField("wetness_max", "int16", "Maximum wetness of the ground by region.", ("region",), low=1, high=20),
    RuleField(
        "wetness_wet", "int16", "Wetness from which dirt roads turn to mud, by region.", ("region",), low=1, high=20
    ),
    RuleField(
        "wetness_flooded",
        "int16",
        "Wetness from which rivers and fields are flooded, by region.",
        ("region",),
        low=1,
        high=21,
    ),
    RuleField("flying_permille", "int16", "Share of sorties flown, by sky.", ("sky",), high=1000),
)
