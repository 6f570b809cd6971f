"""Names of the factors of a battle, in the order in which they are applied; an index is a code.

Every factor is shown to the player under its name: ``odds.explain_battle`` fills one number in thousandths for each
of them and for each side.
"""

(
    FACTOR_READINESS,
    FACTOR_COHESION,
    FACTOR_FATIGUE,
    FACTOR_SUPPLY,
    FACTOR_AMMUNITION,
    FACTOR_POSTURE,
    FACTOR_TERRAIN,
    FACTOR_RIVER,
    FACTOR_WORKS,
    FACTOR_ENTRENCHMENT,
    FACTOR_COMBINED_ARMS,
    FACTOR_ANTI_TANK,
    FACTOR_SURPRISE,
    FACTOR_CONCENTRIC,
    FACTOR_SUPPORT,
) = range(15)
FACTORS = (
    "readiness",
    "cohesion",
    "fatigue",
    "supply",
    "ammunition",
    "posture",
    "terrain",
    "river",
    "works",
    "entrenchment",
    "combined arms",
    "armour against anti-tank means",
    "surprise",
    "several directions",
    "artillery support",
)
