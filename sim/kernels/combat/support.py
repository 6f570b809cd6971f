"""Artillery and rocket units that support a battle from neighbouring hexes."""

from sim.kernels.codes import ACTIVE, LEVEL_FRONT
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.power import cohesion_factor, is_gun_unit

MAX_SUPPORT = 32


@kernel
def serves(formations, row, lead_row):
    """Say whether guns (``row``) support the unit of ``lead_row``: same army, or directly under a front."""
    if row.army == lead_row.army:
        return True
    return row.formation >= 0 and formations[row.formation].level == LEVEL_FRONT


@kernel
def can_support(rule, formations, row, lead_row):
    """Say whether a gun unit may fire for that of ``lead_row`` today: ready, with shells, and not marched far."""
    if row.status != ACTIVE or row.side != lead_row.side or not is_gun_unit(row):
        return False
    if row.ammo10 <= 0 or row.hexes_today > rule.support_moved_hexes:
        return False
    return row.attacks_today < rule.support_attacks and serves(formations, row, lead_row)


@kernel
def support_power(rule, row, works):
    """Return what a gun unit adds, in man equivalents; ``works`` from 0 to 1 are those it fires at."""
    score = float(row.guns) * rule.gun_score_permille[row.nation] + float(row.launchers) * rule.launcher_score_permille
    worth = rule.support_open_permille + works * rule.support_works_permille
    supply = rule.supply_attack_permille[row.supply_state] / 1000.0
    ammunition = min(row.ammo10, rule.ammo_full10) / rule.ammo_full10
    readiness = row.readiness_permille / 1000.0
    return score / 1000.0 * worth / 1000.0 * readiness * cohesion_factor(rule, row) * supply * ammunition


@kernel
def collect_in_hex(world, hex, lead_row, out_gunners, n):
    """Append the gun units of a hex that can support the unit of ``lead_row``; return the new count."""
    unit = int(world.layers[hex].first_unit)
    while unit >= 0:
        row = world.units[unit]
        if n < out_gunners.shape[0] and can_support(world.rules[0], world.formations, row, lead_row):
            out_gunners[n] = unit
            n += 1
        unit = int(row.next_in_hex)
    return n


@kernel
def ring_hex(neighbours, middle, step):
    """Return the ``step``-th hex of 18 around ``middle``, the neighbours first; -1 off the map."""
    if step < 6:
        return int(neighbours[middle, step])
    direction = (step - 6) // 2
    turned = (direction + 1) % 6
    near = int(neighbours[middle, direction])
    if near >= 0:
        return int(neighbours[near, direction if step % 2 == 0 else turned])
    beside = int(neighbours[middle, turned])
    if beside < 0 or step % 2 == 0:
        return -1
    return int(neighbours[beside, direction])  # at the edge of the map the hex between is reached the other way round


@kernel
def collect_support(world, target_hex, lead_row, out_gunners):
    """List the gun units that can fire for the unit of ``lead_row`` at or into ``target_hex``; return how many."""
    neighbours, layers = world.neighbours, world.layers
    reach = world.rules[0].support_range_hexes
    steps = 0 if reach < 1 else 6 if reach < 2 else 18
    n = 0
    for step in range(steps):
        hex = ring_hex(neighbours, target_hex, step)
        if hex >= 0 and layers[hex].occupant == lead_row.side:
            n = collect_in_hex(world, hex, lead_row, out_gunners, n)
    return n
