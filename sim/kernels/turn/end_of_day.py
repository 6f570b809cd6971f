"""The end of a day: repair, rest, digging in, hunger and desertion, dispersal and surrender."""

from sim.kernels.codes import (
    ACTIVE,
    DEFEND,
    DELAY,
    ISOLATED,
    OUT_OF_SUPPLY,
    STREAM_ATTRITION,
    STREAM_REPAIR,
    STREAM_SURRENDER,
)
from sim.kernels.combat.dispersal import is_in_contact, meet_enemy
from sim.kernels.combat.retreat import enemies_beside, lay_down_arms
from sim.kernels.combat.siege import is_garrison, works_hold
from sim.kernels.compiler.kernel import kernel
from sim.kernels.control.stacks import update_unit_layers
from sim.kernels.rng import uniform
from sim.kernels.units.losses import add_fatigue, lose_cohesion, lose_deserted, lot


@kernel
def repair_tanks(rule, clock, row, unit):
    """Bring tanks back from the workshops; none while the unit is out of supply or isolated."""
    if row.supply_state >= OUT_OF_SUPPLY:
        return 0
    back = 0
    for tank_class in range(row.tanks.shape[0]):
        waiting = row.tanks_repair[tank_class]
        if waiting == 0:
            continue
        draw = uniform(clock.key, clock.turn, unit, STREAM_REPAIR, tank_class)
        number = min(lot(waiting * rule.repair_permille / 1000.0, draw), waiting)
        row.tanks_repair[tank_class] -= number
        row.tanks[tank_class] += number
        back += number
    return back


@kernel
def rest_and_dig(rule, row, terrain, battles_today):
    """Let a unit that neither marched nor fought today recover and entrench."""
    if row.hexes_today > 0:
        row.entrench_permille = 0
        return
    fought = row.attacks_today > 0 or battles_today > 0
    if not fought:
        lose_cohesion(row, -rule.rest_cohesion_permille[row.supply_state])
        add_fatigue(row, -rule.rest_relief_permille[row.supply_state])
    if (row.posture == DEFEND or row.posture == DELAY) and row.attacks_today == 0:
        grown = row.entrench_permille + rule.dig_permille[terrain]
        row.entrench_permille = max(row.entrench_permille, min(grown, rule.dig_limit_permille))


@kernel
def starve(rule, clock, row, unit):
    """Let men desert and heart sink by supply state and nation; return the men gone."""
    lose_cohesion(row, rule.hunger_cohesion_permille[row.supply_state])
    rate = rule.desertion_permille[row.supply_state, row.nation] / 1000.0
    if rate <= 0.0:
        return 0
    return lose_deserted(row, lot(row.men * rate, uniform(clock.key, clock.turn, unit, STREAM_ATTRITION, 0)))


@kernel
def may_yield(world, unit):
    """Say whether a unit is cut off, shaken and surrounded enough to think of surrender."""
    rule = world.rules[0]
    row = world.units[unit]
    if row.supply_state != ISOLATED or row.cohesion_permille >= rule.yield_cohesion_permille:
        return False
    if is_garrison(row, world.hexes[row.hex]) and works_hold(rule, world.hexes[row.hex]):
        return False
    return enemies_beside(world, int(row.hex), int(row.side)) >= rule.yield_contact


@kernel
def check_surrender(world, unit):
    """Let an isolated unit lay down its arms by chance; return 1 if it did."""
    if not may_yield(world, unit):
        return 0
    clock = world.clock[0]
    chance = world.rules[0].yield_permille[world.units[unit].nation] / 1000.0
    if uniform(clock.key, clock.turn, unit, STREAM_SURRENDER, 0) >= chance:
        return 0
    lay_down_arms(world, unit)
    return 1


@kernel
def close_unit_day(world, unit):
    """Carry out the end of the day for one unit on the map."""
    if is_in_contact(world, unit) and meet_enemy(world, unit) == 1:
        return
    rule, clock, row = world.rules[0], world.clock[0], world.units[unit]
    repair_tanks(rule, clock, row, unit)
    rest_and_dig(rule, row, world.hexes[row.hex].terrain, world.battles_today[row.hex])
    starve(rule, clock, row, unit)
    if check_surrender(world, unit) == 1:
        return
    if row.men <= 0:
        lay_down_arms(world, unit)
        return
    update_unit_layers(world, unit)


@kernel
def end_of_day(world, scratch):
    """Close the day for every unit."""
    for unit in range(world.units.shape[0]):
        row = world.units[unit]
        if row.status == ACTIVE and row.hex >= 0:
            close_unit_day(world, unit)
