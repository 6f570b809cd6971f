"""Coefficients of the computer commanders and of surprise."""

from sim.kernels.rulebook.field import RuleField

FIELDS: tuple[RuleField, ...] = (
    RuleField("surprise_turns", "i2", "days for which the side that is attacked is surprised", ("side",), 0, 30),
    RuleField("surprise_stack10", "i2", "formations of this room or more get no new orders while surprised", (), 0, 40),
    RuleField(
        "standing_withdrawal_permille", "i2", "chance that such a formation already has a withdrawal order", (), 0, 1000
    ),
    RuleField(
        "attack_ratio_permille",
        "i4",
        "power ratio from which an attack of this posture is made",
        ("posture",),
        0,
        20000,
    ),
    RuleField(
        "boldness_swing_permille", "i2", "how far boldness 0 raises and boldness 1 lowers that ratio", (), 0, 900
    ),
    RuleField("impatience_permille", "i2", "part of the wanted ratio given up for each day of waiting", (), 0, 1000),
    RuleField("desperate_ratio_permille", "i4", "ratio below which no waiting drives to attack", (), 0, 20000),
    RuleField("counter_ratio_permille", "i4", "power ratio from which a defender counter-attacks", (), 0, 20000),
    RuleField("enough_ratio_permille", "i4", "power ratio beyond which further attackers are left free", (), 0, 50000),
    RuleField(
        "withdraw_ratio_permille", "i4", "power ratio against a position from which it is given up", (), 0, 50000
    ),
    RuleField(
        "outflank_margin_mp10",
        "i4",
        "lead of an enemy towards the next line at which a defender withdraws",
        (),
        -5000,
        5000,
    ),
    RuleField("outflank_radius_hexes", "i2", "how near such an enemy must be to be noticed", (), 0, 30),
    RuleField("detachment_units", "i2", "units at the head of an axis that act as its forward detachment", (), 0, 20),
    RuleField("effort_parts", "i2", "one part in so many of a march's cost weighs against its goal", (), 1, 100),
    RuleField("fight_detour_mp10", "i2", "most that a fight ahead weighs against a way round it", (), 0, 1000),
    RuleField("fortress_detour_mp10", "i2", "what works off the task weigh against a way round them", (), 0, 1000),
    RuleField("close_country10", "i2", "room of a hex up to which armour leaves the infantry its place", (), 0, 200),
    RuleField("hold_reach_mp10", "i4", "cost-to-go within which a holding unit goes to its post", (), 0, 5000),
    RuleField("siege_need_permille", "i4", "power against a garrison that a siege group must have", (), 0, 20000),
    RuleField("siege_reach_mp10", "i4", "cost-to-go within which a second-echelon unit may join a siege", (), 0, 5000),
    RuleField("siege_join_days", "i2", "days before a fortress after which other troops join its siege", (), 0, 60),
    RuleField("pool_fuel10", "i2", "fuel of a forward detachment below which the main body fills it up", (), 0, 200),
    RuleField("pool_keep10", "i2", "fuel that a unit keeps when it gives to the forward detachment", (), 1, 200),
    RuleField("pool_radius_hexes", "i2", "how far fuel is brought forward", (), 0, 30),
    RuleField("reserve_fuel10", "i2", "fuel that a march leaves to fight on", (), 0, 200),
    RuleField("main_body_fuel10", "i2", "fuel below which the main body waits", (), 0, 200),
    RuleField("lead_fuel10", "i2", "fuel below which even a forward detachment waits", (), 0, 200),
    RuleField("line_radius_mp10", "i4", "cost-to-go within which a unit counts as on its line", (), 0, 2000),
    RuleField("waypoint_weight", "i2", "objectives of less weight may be passed by", (), 0, 100),
    RuleField("horizon_days", "i2", "days of march that a unit looks ahead for a way round", ("mobility",), 1, 10),
    RuleField("rest_fatigue_permille", "i2", "fatigue from which a unit rests when no enemy is near", (), 0, 1000),
)
