"""A unit put under another headquarters: whose guns fire for it, whose lorries supply it, whose plan it follows."""

from sim.kernels.codes import LEVEL_ARMY, LEVEL_CORPS
from sim.kernels.compiler.kernel import kernel


@kernel
def army_above(formations, formation):
    """Return the row of the army that a formation belongs to.

    That is the nearest of army level from it upwards, else the highest corps below its front, else itself.
    """
    corps = -1
    row = formation
    while row >= 0:
        if formations[row].level == LEVEL_ARMY:
            return row
        if formations[row].level == LEVEL_CORPS:
            corps = row
        row = int(formations[row].parent)
    return corps if corps >= 0 else formation


@kernel
def axis_above(formations, formation):
    """Return the axis of the plan that a formation or its nearest named superior follows, -1 none."""
    row = formation
    while row >= 0:
        if formations[row].axis >= 0:
            return int(formations[row].axis)
        row = int(formations[row].parent)
    return -1


@kernel
def attach_unit(world, unit, formation):
    """Put a unit under another headquarters of its side, with that one's plan; return 1, 0 if it is there already."""
    who = world.units[unit]
    formations = world.formations
    if who.formation == formation or formations[formation].side != who.side:
        return 0
    who.formation = formation
    who.army = army_above(formations, formation)
    who.axis = axis_above(formations, formation)
    who.objective = -1
    who.target = -1
    who.detour = -1
    return 1
