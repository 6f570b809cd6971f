"""What must hold of every unit and of the stacks at any moment: tests ask, and whoever reads a state from a file."""

from sim.kernels.codes import ACTIVE, LAKE, NEITHER, SEA
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.power import unit_power

(
    SOUND,
    BROKEN_MEN,
    BROKEN_GUNS,
    BROKEN_LAUNCHERS,
    BROKEN_TANKS,
    BROKEN_STORES,
    BROKEN_SHARE,
    BROKEN_PLACE,
    BROKEN_STACK,
    BROKEN_LAYER,
) = range(10)
BREACHES = (
    "sound",
    "men do not add up",
    "guns do not add up",
    "launchers do not add up",
    "tanks do not add up",
    "fuel or ammunition below nothing",
    "cohesion, fatigue or entrenchment out of range",
    "on a hex where it cannot be, or on none though active",
    "not in the list of its hex, or beside an enemy in it",
    "stack or power of its hex out of step",
)
N_BREACHES = len(BREACHES)


@kernel
def check_men(row):
    """Say whether a unit's men add up to those it began with."""
    gone = int(row.killed) + int(row.wounded) + int(row.captured) + int(row.deserted)
    least = min(row.men, row.killed, row.wounded, row.captured, row.deserted)
    return int(row.men) + gone == row.men_start and least >= 0


@kernel
def check_tanks(row):
    """Say whether a unit's tanks add up, class by class."""
    for tank_class in range(row.tanks.shape[0]):
        running, repair, lost = row.tanks[tank_class], row.tanks_repair[tank_class], row.tanks_lost[tank_class]
        if running < 0 or repair < 0 or lost < 0 or running + repair + lost != row.tanks_start[tank_class]:
            return False
    return True


@kernel
def check_shares(row):
    """Say whether a unit's states stay within their ranges."""
    if not (0 <= row.cohesion_permille <= 1000 and 0 <= row.fatigue_permille <= 1000):
        return False
    return 0 <= row.entrench_permille <= 1000


@kernel
def check_hex(world, hex):
    """Return SOUND, or what is out of step between a hex's layers and the units in it."""
    layer = world.layers[hex]
    stack10, power, side = 0, 0, NEITHER
    unit = int(layer.first_unit)
    while unit >= 0:
        row = world.units[unit]
        if row.hex != hex or row.status != ACTIVE or (side != NEITHER and row.side != side):
            return BROKEN_STACK
        side = int(row.side)
        stack10 += int(row.stack10)
        power += unit_power(world, unit)
        unit = int(row.next_in_hex)
    if layer.occupant != side or layer.stack10 != stack10:
        return BROKEN_LAYER
    if side != NEITHER and layer.power[side] != power:
        return BROKEN_LAYER
    return SOUND


@kernel
def is_listed(world, unit):
    """Say whether a unit is in the list of the hex that it claims to be in."""
    other = int(world.layers[world.units[unit].hex].first_unit)
    while other >= 0:
        if other == unit:
            return True
        other = int(world.units[other].next_in_hex)
    return False


@kernel
def check_unit(world, unit):
    """Return SOUND, or the first thing that is wrong with a unit (``BREACHES`` says it in words)."""
    row = world.units[unit]
    if not check_men(row):
        return BROKEN_MEN
    if row.guns + row.guns_lost != row.guns_start or row.guns < 0 or row.guns_lost < 0 or row.at_guns < 0:
        return BROKEN_GUNS
    if row.launchers + row.launchers_lost != row.launchers_start or row.launchers < 0:
        return BROKEN_LAUNCHERS
    if not check_tanks(row):
        return BROKEN_TANKS
    if row.fuel10 < 0 or row.ammo10 < 0 or row.mp10 < 0:
        return BROKEN_STORES
    if not check_shares(row):
        return BROKEN_SHARE
    if row.status != ACTIVE:
        return SOUND if row.hex < 0 else BROKEN_PLACE
    if row.hex < 0:
        return BROKEN_PLACE
    terrain = world.hexes[row.hex].terrain
    if terrain == SEA or terrain == LAKE:
        return BROKEN_PLACE
    if not is_listed(world, unit):
        return BROKEN_STACK
    return check_hex(world, int(row.hex))


@kernel
def first_breach(world):
    """Return the first unit with which something is wrong and what it is, in one number; -1 where all is sound.

    Returns
    -------
    int
        ``unit * N_BREACHES + BROKEN_*``.
    """
    for unit in range(world.units.shape[0]):
        breach = check_unit(world, unit)
        if breach != SOUND:
            return unit * N_BREACHES + breach
    return -1
