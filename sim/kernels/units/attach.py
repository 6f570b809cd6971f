"""A unit put under another headquarters: whose guns fire for it, whose lorries supply it, whose plan it follows."""

from sim.kernels.codes import LEVEL_ARMY, LEVEL_CORPS
from sim.kernels.compiler.kernel import kernel


@kernel
def army_above(formations, formation):
    """Return the row of the army that a formation belongs to.

    That is the nearest of army level from it upwards, else the highest corps below its front, else itself.
    """
    corps = -1
    above = formation
    while above >= 0:
        if formations[above].level == LEVEL_ARMY:
            return above
        if formations[above].level == LEVEL_CORPS:
            corps = above
        above = int(formations[above].parent)
    return corps if corps >= 0 else formation


@kernel
def axis_above(formations, formation):
    """Return the axis of the plan that a formation or its nearest named superior follows, -1 none."""
    above = formation
    while above >= 0:
        if formations[above].axis >= 0:
            return int(formations[above].axis)
        above = int(formations[above].parent)
    return -1


@kernel
def attach_unit(world, unit, formation):
    """Put a unit under another headquarters of its side, with that one's plan; return 1, 0 if it is there already."""
    row = world.units[unit]
    formations = world.formations
    if row.formation == formation or formations[formation].side != row.side:
        return 0
    row.formation = formation
    row.army = army_above(formations, formation)
    row.axis = axis_above(formations, formation)
    row.objective = -1
    row.target = -1
    row.detour = -1
    return 1
