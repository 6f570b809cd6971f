"""Coefficients of the computer commanders and of surprise."""

from sim.kernels.rulebook.field import RuleField

FIELDS: tuple[RuleField, ...] = (
    RuleField("surprise_turns", "i2", "Days for which a side is surprised when attacked.", ("side",), 0, 30),
    RuleField(
        "surprise_stack10", "i2", "Stacking size from which formations get no new orders while surprised.", (), 0, 40
    ),
    RuleField(
        "standing_withdrawal_permille",
        "i2",
        "Chance that a formation without new orders already has a withdrawal order.",
        (),
        0,
        1000,
    ),
    RuleField(
        "attack_ratio_permille",
        "i4",
        "Power ratio from which an attack is made, by attack type.",
        ("posture",),
        0,
        20000,
    ),
    RuleField(
        "boldness_swing_permille",
        "i2",
        "How far boldness 0 raises the required ratio, and boldness 1 lowers it.",
        (),
        0,
        900,
    ),
    RuleField("impatience_permille", "i2", "Share of the required ratio dropped per day of waiting.", (), 0, 1000),
    RuleField(
        "desperate_ratio_permille", "i4", "Ratio below which no amount of waiting leads to an attack.", (), 0, 20000
    ),
    RuleField("counter_ratio_permille", "i4", "Power ratio from which a defender counter-attacks.", (), 0, 20000),
    RuleField(
        "enough_ratio_permille", "i4", "Power ratio beyond which no further attackers are committed.", (), 0, 50000
    ),
    RuleField("withdraw_ratio_permille", "i4", "Enemy power ratio from which a position is abandoned.", (), 0, 50000),
    RuleField(
        "outflank_margin_mp10",
        "i4",
        "Enemy's lead towards the next line at which a defender withdraws.",
        (),
        -5000,
        5000,
    ),
    RuleField("outflank_radius_hexes", "i2", "How near an outflanking enemy must be to be noticed.", (), 0, 30),
    RuleField("detachment_units", "i2", "Leading units of an axis that act as its forward detachment.", (), 0, 20),
    RuleField(
        "effort_parts", "i2", "A march's cost is divided by this when weighed against the distance left.", (), 1, 100
    ),
    RuleField("fight_detour_mp10", "i2", "Maximum detour worth making to avoid a fight.", (), 0, 1000),
    RuleField(
        "fortress_detour_mp10", "i2", "Detour worth making to avoid works that are not the objective.", (), 0, 1000
    ),
    RuleField("close_country10", "i2", "Stacking limit of a hex up to which armour gives way to infantry.", (), 0, 200),
    RuleField(
        "hold_reach_mp10", "i4", "Remaining march cost within which a holding unit goes to its position.", (), 0, 5000
    ),
    RuleField("siege_need_permille", "i4", "Power ratio that a siege group needs against a garrison.", (), 0, 20000),
    RuleField(
        "siege_reach_mp10",
        "i4",
        "Remaining march cost within which a second-echelon unit may join a siege.",
        (),
        0,
        5000,
    ),
    RuleField(
        "siege_join_days", "i2", "Days in front of a fortress after which other troops join the siege.", (), 0, 60
    ),
    RuleField("pool_fuel10", "i2", "Fuel below which a forward detachment is refuelled by the main body.", (), 0, 200),
    RuleField("pool_keep10", "i2", "Fuel that a unit keeps when it refuels the forward detachment.", (), 1, 200),
    RuleField("pool_radius_hexes", "i2", "How far fuel is brought forward.", (), 0, 30),
    RuleField("reserve_fuel10", "i2", "Fuel reserved for combat at the end of a march.", (), 0, 200),
    RuleField("main_body_fuel10", "i2", "Fuel below which the main body halts.", (), 0, 200),
    RuleField("lead_fuel10", "i2", "Fuel below which even a forward detachment halts.", (), 0, 200),
    RuleField("line_radius_mp10", "i4", "Remaining march cost within which a unit counts as on its line.", (), 0, 2000),
    RuleField("waypoint_weight", "i2", "Objectives of less weight may be bypassed.", (), 0, 100),
    RuleField("horizon_days", "i2", "Days ahead that a unit looks for a detour.", ("mobility",), 1, 10),
    RuleField("rest_fatigue_permille", "i2", "Fatigue from which a unit rests when no enemy is near.", (), 0, 1000),
)
