"""Names of the factors of a battle, in the order in which they are applied; an index is a code.

Every factor is shown to the player under its name: ``odds.explain_battle`` fills one number in thousandths for each
of them and for each side.
"""

(
    MOD_READINESS,
    MOD_COHESION,
    MOD_FATIGUE,
    MOD_SUPPLY,
    MOD_AMMUNITION,
    MOD_POSTURE,
    MOD_TERRAIN,
    MOD_RIVER,
    MOD_WORKS,
    MOD_ENTRENCHMENT,
    MOD_COMBINED_ARMS,
    MOD_ANTI_TANK,
    MOD_SURPRISE,
    MOD_CONCENTRIC,
    MOD_SUPPORT,
) = range(15)
MODIFIERS = (
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
