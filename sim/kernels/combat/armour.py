"""What stops tanks: anti-tank guns, heavy guns, other tanks, and close-assault squads where they come close."""

from sim.kernels.combat.factors import squad_reach, squads
from sim.kernels.compiler.kernel import kernel
from sim.kernels.units.losses import DRAW_TANKS, DRAW_WRITE_OFF, battle_draw, knock_out, lot
from sim.kernels.units.power import heavy_pieces

N_CLASS = 5


@kernel
def guns_that_stop(rule, row, tank_class):
    """Return the tanks of a class that a unit's guns and tanks stop in a day if they meet that class alone."""
    kills = float(row.at_guns) * rule.at_gun_kills_permille[row.side, tank_class]
    kills += heavy_pieces(rule, row) * rule.heavy_gun_kills_permille[tank_class]
    for own_class in range(N_CLASS):
        kills += float(row.tanks[own_class]) * rule.tank_kills_permille[own_class, tank_class]
    return kills / 1000.0


@kernel
def squads_that_come_close(rule, row, ground, tanks, foot):
    """Return the squads of a unit that get at ``tanks`` tanks in a hex past their ``foot`` infantry."""
    screen = min(1.0, foot / max(tanks * rule.infantry_per_tank, 1.0)) * rule.screen_permille / 1000.0
    return squads(rule, row) * squad_reach(rule, ground) * (1.0 - screen)


@kernel
def add_stoppers(rule, row, ground, press, tanks, foot, out_kills):
    """Add what one unit of the enemy can stop of each class (``out_kills`` float64, shape (N_CLASS,))."""
    close = squads_that_come_close(rule, row, ground, tanks, foot)
    for tank_class in range(N_CLASS):
        kills = guns_that_stop(rule, row, tank_class)
        kills += close * rule.squad_kills_permille[tank_class] / 1000.0
        out_kills[tank_class] += kills * press


@kernel
def stop_tanks(rule, clock, row, unit, target_hex, battle, kills, tanks):
    """Knock out a unit's share of the tanks that the enemy stops.

    Parameters
    ----------
    kills : (N_CLASS,) float64
        Tanks that the enemy would stop if all he met were of that class.
    tanks : int
        Tanks of the unit's whole side.
    """
    if tanks <= 0:
        return 0
    cap = rule.tank_loss_cap_permille / 1000.0
    stopped = 0
    for tank_class in range(N_CLASS):
        number = row.tanks[tank_class]
        if number == 0 or kills[tank_class] <= 0.0:
            continue
        expected = number * min(cap, kills[tank_class] / tanks)
        draw = battle_draw(clock, unit, target_hex, battle, DRAW_TANKS + tank_class)
        write_off = battle_draw(clock, unit, target_hex, battle, DRAW_WRITE_OFF + tank_class)
        stopped += knock_out(row, tank_class, lot(expected, draw), rule.write_off_permille, write_off)
    return stopped
