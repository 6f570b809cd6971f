"""Fortresses: garrisons that do not retreat, and works that heavy guns break day by day."""

from sim.kernels.codes import DEFEND, FLAG_FORTRESS, STATIC
from sim.kernels.combat.factors import PART_FOOT, PART_HEAVY
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.losses import DRAW_FALL, DRAW_WORKS, battle_draw, lot


@kernel
def is_garrison(row, ground):
    """Say whether a unit holds a fortress to the end: immobile, or told to defend one that it stands in."""
    if row.mobility == STATIC:
        return True
    return row.posture == DEFEND and is_fortress(ground)


@kernel
def is_fortress(ground):
    """Say whether a hex is a fortress, however far its works are broken by now."""
    return (ground.features & FLAG_FORTRESS) != 0


@kernel
def works_hold(rule, ground):
    """Say whether the works of a hex are too strong for the garrison to fall today."""
    return ground.fort_permille > rule.siege_fall_permille


@kernel
def break_works(world, target_hex, number, own):
    """Lower the works of a hex by a day's siege; return by how many thousandths.

    Heavy guns count up to ``heavy_guns_full``; men without them, up to ``siege_men_full``, do a little with charges.
    ``own`` is the attackers' composition; the places of the map keep their design strength.
    """
    rule = world.rules[0]
    guns = min(1.0, own[PART_HEAVY] / rule.heavy_guns_full)
    sappers = min(1.0, own[PART_FOOT] / rule.siege_men_full) * (1.0 - guns)
    cut = guns * rule.siege_cut_permille + sappers * rule.siege_cut_engineers_permille
    draw = battle_draw(world.clock[0], target_hex, target_hex, number, DRAW_WORKS)
    ground = world.hexes[target_hex]
    luck = (1000 - rule.siege_spread_permille) / 1000.0 + 2 * rule.siege_spread_permille / 1000.0 * draw
    broken = min(lot(cut * luck, 0.5), ground.fort_permille)
    ground.fort_permille -= broken
    return broken


@kernel
def garrison_falls(world, target_hex, ratio, number):
    """Say whether the garrison of a fortress whose works are broken falls to this assault."""
    rule = world.rules[0]
    if works_hold(rule, world.hexes[target_hex]):
        return False
    chance = ratio * 1000.0 / rule.siege_fall_ratio_permille - rule.siege_fall_margin_permille / 1000.0
    return battle_draw(world.clock[0], target_hex, target_hex, number, DRAW_FALL) < chance
