"""Coefficients of combat, losses, repair, surrender and dispersal.

Power is counted in man equivalents: a fit rifleman, with a share of the platoon's weapons, scores one.
"""

from sim.kernels.rulebook.field import RuleField

POWER = (
    RuleField("man_score_permille", "i4", "Power of a thousand men.", ("nation",)),
    RuleField("gun_score_permille", "i4", "Power of a gun or mortar, in thousandths of a man.", ("nation",)),
    RuleField("launcher_score_permille", "i4", "Power of a rocket launcher, in thousandths of a man."),
    RuleField("tank_score_permille", "i4", "Power of a tank by class, in thousandths of a man.", ("tank",)),
    RuleField("armour_terrain_permille", "i4", "Tank power by terrain.", ("terrain",), 0, 1000),
    RuleField("cohesion_floor_permille", "i4", "Power at zero cohesion.", (), 0, 1000),
    RuleField("fatigue_weight_permille", "i4", "Power lost at full fatigue.", (), 0, 1000),
    RuleField("supply_attack_permille", "i4", "Attack power by supply state.", ("supply",), 0, 2000),
    RuleField("supply_defence_permille", "i4", "Defence power by supply state.", ("supply",), 0, 2000),
    RuleField("ammo_full10", "i4", "Ammunition from which fire is unrestricted, tenths of a unit of fire.", (), 1, 100),
    RuleField("ammo_attack_floor_permille", "i4", "Attack power without ammunition.", (), 0, 1000),
    RuleField("ammo_defence_floor_permille", "i4", "Defence power without ammunition.", (), 0, 1000),
    RuleField("attack_posture_permille", "i4", "Attack power by posture.", ("posture",), 0, 2000),
    RuleField("defence_posture_permille", "i4", "Defence power by posture.", ("posture",), 0, 2000),
    RuleField("terrain_defence_permille", "i4", "Defence power by terrain.", ("terrain",), 500, 5000),
    RuleField("town_defence_permille", "i4", "Defence power by size of town, none to metropolis.", (6,), 500, 5000),
    RuleField("readiness_floor_permille", "i4", "Floor on readiness in defence, by terrain.", ("terrain",), 0, 1000),
    RuleField(
        "readiness_works_floor_permille", "i4", "Floor on readiness in defence, in works or entrenchments.", (), 0, 1000
    ),
    RuleField("readiness_shelter_permille", "i4", "Works and entrenchment that give the full floor.", (), 1, 1000),
    RuleField("river_attack_permille", "i4", "Attack power across a river, by rank.", ("river",), 0, 1000),
    RuleField("bridge_relief_permille", "i4", "Share of the river penalty that an intact bridge cancels.", (), 0, 1000),
    RuleField("works_defence_permille", "i4", "Defence power added by full works.", (), 0, 10000),
    RuleField("entrench_defence_permille", "i4", "Defence power added by full entrenchment.", (), 0, 5000),
    RuleField(
        "heavy_gun_share_permille", "i4", "Share of a branch's guns heavy enough to break works.", ("branch",), 0, 1000
    ),
    RuleField("heavy_guns_full", "i4", "Heavy guns for full effect on works.", (), 1, 1000),
    RuleField(
        "heavy_works_cut_permille", "i4", "Maximum reduction of works by heavy guns, for one battle.", (), 0, 1000
    ),
    RuleField(
        "combined_arms_permille", "i4", "Attack power with combined arms: infantry, armour and guns.", (), 1000, 2000
    ),
    RuleField("men_per_arm", "i4", "Men per tank, and per gun, for the full combined-arms bonus.", (), 1, 10000),
    RuleField("lone_armour_permille", "i4", "Attack power of unsupported armour in close country.", (), 0, 1000),
    RuleField(
        "lone_cover_permille", "i4", "Share of the infantry escort at which armour counts as supported.", (), 1, 1000
    ),
    RuleField(
        "lone_reach_permille", "i4", "Close-assault chance of the terrain above which the penalty applies.", (), 0, 2000
    ),
    RuleField("armour_shock_permille", "i4", "Power added by armour that the enemy has nothing to stop.", (), 0, 2000),
    RuleField(
        "tanks_per_means_permille", "i4", "Tanks held off by a thousand effective anti-tank weapons.", (), 1, 100000
    ),
    RuleField("surprise_permille", "i4", "Attack power against a surprised side.", (), 1000, 5000),
    RuleField("concentric_permille", "i4", "Attack power by number of hex sides attacked across.", (7,), 1000, 3000),
    RuleField("support_range_hexes", "i4", "Range of supporting artillery.", (), 0, 2),
    RuleField("support_moved_hexes", "i4", "Hexes that supporting artillery may have moved today.", (), 0, 20),
    RuleField("support_attacks", "i4", "Attacks that an artillery unit can support per day.", (), 0, 20),
    RuleField("support_open_permille", "i4", "Effect of supporting artillery where there are no works.", (), 0, 2000),
    RuleField("support_works_permille", "i4", "Effect of supporting artillery added against full works.", (), 0, 5000),
    RuleField("support_limit_permille", "i4", "Maximum power that support adds to a side.", (), 0, 3000),
)
BATTLE = (
    RuleField(
        "luck_spread_permille",
        "i4",
        "Random spread of the power ratio: half width of a triangular distribution.",
        (),
        0,
        900,
    ),
    RuleField(
        "loss_spread_permille", "i4", "Random spread of losses: half width of a triangular distribution.", (), 0, 900
    ),
    RuleField("attack_loss_permille", "i4", "Attacker's losses per day at even odds.", (), 0, 500),
    RuleField("defence_loss_permille", "i4", "Defender's losses per day at even odds.", (), 0, 500),
    RuleField("loss_cap_permille", "i4", "Maximum losses of a battle, pursuit excluded.", (), 0, 900),
    RuleField("posture_attack_loss_permille", "i4", "Losses of both sides by the attacker's posture.", ("posture",)),
    RuleField("posture_defence_loss_permille", "i4", "Losses of both sides by the defender's posture.", ("posture",)),
    RuleField("works_shelter_permille", "i4", "Share of losses that full works spare the defender.", (), 0, 1000),
    RuleField("killed_permille", "i4", "Killed, as a share of casualties.", ("nation",), 0, 1000),
    RuleField("gun_loss_permille", "i4", "Loss rate of guns relative to that of men.", (), 0, 2000),
    RuleField("cohesion_loss_permille", "i4", "Cohesion lost per thousandth of the men lost.", (), 0, 20000),
    RuleField("battle_fatigue_permille", "i4", "Fatigue from a battle by posture.", ("posture",), 0, 1000),
    RuleField("attack_mp10", "i4", "Movement cost of an attack by posture.", ("posture",), 0, 1000),
    RuleField("attack_ammo10", "i4", "Ammunition used in a battle by posture.", ("posture",), 0, 100),
    RuleField("held_ratio_permille", "i4", "Odds below which the attack is repulsed."),
    RuleField("retreat_ratio_permille", "i4", "Odds above which the defender retreats.", ("posture",)),
    RuleField("rout_ratio_permille", "i4", "Odds above which the defender is routed."),
    RuleField("shatter_ratio_permille", "i4", "Odds above which the defender is shattered."),
    RuleField("shatter_men_permille", "i4", "Share of its men below which a defeated unit is shattered.", (), 0, 1000),
    RuleField("shatter_cohesion_permille", "i4", "Cohesion below which a defeated unit is shattered.", (), 0, 1000),
    RuleField("retreat_hexes", "i4", "Hexes that a defeated unit retreats.", (), 1, 6),
    RuleField("rout_hexes", "i4", "Hexes that a routed unit retreats.", (), 1, 6),
    RuleField(
        "retreat_far_weight10", "i4", "Retreat path: transport cost assumed for a hex out of reach of supply.", (), 0
    ),
    RuleField("retreat_zone_weight10", "i4", "Retreat path: cost added by an enemy zone of control.", (), 0),
    RuleField("retreat_enemy_weight10", "i4", "Retreat path: cost added by each enemy adjacent to the hex.", (), 0),
    RuleField("retreat_loss_permille", "i4", "Men lost to pursuit after a retreat.", (), 0, 1000),
    RuleField("rout_loss_permille", "i4", "Men lost to pursuit after a rout.", (), 0, 1000),
    RuleField("zone_loss_permille", "i4", "Men lost when retreating through an enemy zone of control.", (), 0, 1000),
    RuleField(
        "pursuit_captured_permille",
        "i4",
        "Captured, as a share of losses to pursuit and enemy zones.",
        ("nation",),
        0,
        1000,
    ),
    RuleField("retreat_gun_loss_permille", "i4", "Guns lost in a retreat.", (), 0, 1000),
    RuleField("rout_gun_loss_permille", "i4", "Guns lost in a rout.", (), 0, 1000),
    RuleField("retreat_cohesion_permille", "i4", "Cohesion lost in a retreat.", (), 0, 1000),
    RuleField("rout_cohesion_permille", "i4", "Cohesion lost in a rout.", (), 0, 1000),
    RuleField("trapped_ratio_permille", "i4", "Odds above which a unit with no line of retreat surrenders."),
    RuleField("end_captured_permille", "i4", "Captured, as a share of a shattered unit's men.", ("nation",), 0, 1000),
    RuleField("end_killed_permille", "i4", "Killed, as a share of a shattered unit's men.", ("nation",), 0, 1000),
    RuleField(
        "surrender_killed_permille",
        "i4",
        "Killed, as a share of a surrendering unit's men; the rest are captured.",
        ("nation",),
        0,
        1000,
    ),
)
ARMOUR = (
    RuleField(
        "at_gun_kills_permille", "i4", "Tanks knocked out per day by a thousand anti-tank guns.", ("side", "tank")
    ),
    RuleField("heavy_gun_kills_permille", "i4", "Tanks knocked out per day by a thousand heavy guns.", ("tank",)),
    RuleField(
        "tank_kills_permille", "i4", "Tanks knocked out per day by a thousand tanks of each class.", ("tank", "tank")
    ),
    RuleField("squad_men", "i4", "Men per close-assault squad.", (), 1, 100),
    RuleField("squad_kills_permille", "i4", "Tanks knocked out per day by a thousand close-assault squads.", ("tank",)),
    RuleField("squad_terrain_permille", "i4", "Chance that a squad gets close, by terrain.", ("terrain",), 0, 2000),
    RuleField("squad_town_permille", "i4", "Chance that a squad gets close, in a town.", (), 0, 2000),
    RuleField("squad_town_size", "i4", "Smallest place that counts as a town, 1 (village) to 5.", (), 1, 6),
    RuleField("squad_works_permille", "i4", "Chance that a squad gets close, in full works.", (), 0, 2000),
    RuleField("infantry_per_tank", "i4", "Infantry escort of a tank, in men.", (), 1, 1000),
    RuleField("screen_permille", "i4", "Share of squads stopped by a full escort.", (), 0, 1000),
    RuleField("tank_loss_cap_permille", "i4", "Maximum share of a tank class knocked out in one battle.", (), 0, 1000),
    RuleField("write_off_permille", "i4", "Written off, as a share of tanks knocked out.", (), 0, 1000),
    RuleField("repair_permille", "i4", "Returned to service per day, as a share of tanks under repair.", (), 0, 1000),
    RuleField("abandoned_permille", "i4", "Abandoned in a retreat, as a share of tanks under repair.", (), 0, 1000),
)
SIEGE = (
    RuleField("siege_cut_permille", "i4", "Works broken per day by the full number of heavy guns.", (), 0, 1000),
    RuleField(
        "siege_cut_engineers_permille", "i4", "Works broken per day by assault groups without heavy guns.", (), 0, 1000
    ),
    RuleField("siege_men_full", "i4", "Men in assault groups for full effect.", (), 1, 100_000),
    RuleField(
        "siege_spread_permille",
        "i4",
        "Random spread of a day's siege: half width of a uniform distribution.",
        (),
        0,
        1000,
    ),
    RuleField("siege_fall_permille", "i4", "Works below which a garrison may fall.", (), 0, 1000),
    RuleField("siege_fall_ratio_permille", "i4", "Base odds for the fall of a garrison; see the margin.", (), 1),
    RuleField(
        "siege_fall_margin_permille",
        "i4",
        "No chance up to this share of the base odds; certainty from one plus this share.",
        (),
        0,
        10_000,
    ),
    RuleField("garrison_men_permille", "i4", "Share of its men below which a garrison falls regardless.", (), 0, 1000),
    RuleField("siege_cohesion_permille", "i4", "Cohesion loss in a fortress relative to the usual.", (), 0, 1000),
)
END_OF_DAY = (
    RuleField("rest_cohesion_permille", "i4", "Cohesion regained per day of rest.", ("supply",), 0, 1000),
    RuleField("rest_relief_permille", "i4", "Fatigue recovered per day of rest.", ("supply",), 0, 1000),
    RuleField("dig_permille", "i4", "Entrenchment gained per day of defence.", ("terrain",), 0, 1000),
    RuleField("dig_limit_permille", "i4", "Maximum entrenchment that a unit can dig.", (), 0, 1000),
    RuleField("desertion_permille", "i4", "Men deserting per day.", ("supply", "nation"), 0, 1000),
    RuleField("hunger_cohesion_permille", "i4", "Cohesion lost per day by supply state.", ("supply",), 0, 1000),
    RuleField("disperse_permille", "i4", "Chance of dispersing on first contact.", ("nation",), 0, 1000),
    RuleField("disperse_again_permille", "i4", "Chance of dispersing on later contacts.", (), 0, 1000),
    RuleField("disperse_captured_permille", "i4", "Captured, as a share of the dispersed.", (), 0, 1000),
    RuleField("yield_cohesion_permille", "i4", "Cohesion below which an isolated unit may surrender.", (), 0, 1000),
    RuleField("yield_permille", "i4", "Chance of surrender per day.", ("nation",), 0, 1000),
    RuleField("yield_contact", "i4", "Adjacent enemies needed for a surrender.", (), 0, 6),
)
FIELDS: tuple[RuleField, ...] = POWER + BATTLE + ARMOUR + SIEGE + END_OF_DAY
