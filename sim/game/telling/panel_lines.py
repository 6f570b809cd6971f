"""What the side panel says of a hex, a stack and a unit: short lines with names and units of measure."""

from sim.game.play.knowledge import Sighting
from sim.game.play.session_view import SessionView
from sim.game.play.standing_orders import DIG_IN, HOLD, MARCH
from sim.game.wording.report_lines import ALARM, HEADING, LABEL, PLAIN, QUIET, Line
from sim.kernels import codes

COUNTRY_WORDS = (
    "at sea", "U.S.S.R.", "Mongolia", "Manchukuo", "Mengjiang", "China", "Korea", "Japan", "Karafuto",
)  # fmt: skip
FEATURES = (
    (codes.FLAG_PORT, "port"),
    (codes.FLAG_AIRFIELD, "airfield"),
    (codes.FLAG_PASS, "pass"),
    (codes.FLAG_FORTRESS, "fortress"),
)
HOLDER_WORDS = ("Soviet", "Japanese", "nobody's")


def hex_lines(session: SessionView, hex: int) -> list[Line]:
    """Return what there is to know of a hex: ground, ways, holder, places, cost of entry for nobody in particular."""
    world, views = session.world, session.campaign.views
    ground = world.hexes[hex]
    terrain = codes.TERRAINS[int(ground["terrain"])].replace("_", " ")
    where = views.where(hex)
    lines = [Line(where[:1].upper() + where[1:], HEADING)]
    details = [terrain, f"{int(ground['elev_m'])} m", COUNTRY_WORDS[int(ground["country"])]]
    lines.append(Line(" · ".join(details)))
    ways = []
    if ground["best_road"]:
        ways.append(f"{codes.ROADS[int(ground['best_road'])]} road")
    gauge = int(world.edges["rail"][hex].max())
    if gauge:
        ways.append(f"railway {codes.GAUGE_MM[gauge]:,} mm")
    river = [int(rank) for rank in world.edges["river"][hex] if rank]
    if river:
        ways.append(f"{codes.RIVERS[min(river)]} river")
    ways += [word for flag, word in FEATURES if int(ground["features"]) & flag]
    if ways:
        lines.append(Line(" · ".join(ways)))
    region = int(ground["region"])
    sky = codes.SKIES[int(world.clock["sky"][0][region])].replace("_", " ")
    lines.append(Line(f"{HOLDER_WORDS[int(world.holder[hex])]} ground · {sky}", QUIET))
    place = int(ground["place"])
    if place >= 0 and world.places[place]["points"].any():
        points = world.places[place]["points"]
        lines.append(Line(f"worth {int(points[0])} points Soviet, {int(points[1])} Japanese", QUIET))
    return lines


def stack_line(session: SessionView, unit: int) -> str:
    """Return one unit of a stack in a few words."""
    sighting = _sighting(session, unit)
    if sighting is not None:
        return f"{sighting.name}: {sighting.strength}, {sighting.seen}"
    world, views = session.world, session.campaign.views
    record = world.units[unit]
    tanks = int(record["tanks"].sum())
    armour = f", {tanks} tanks" if tanks else ""
    return f"{views.unit(unit)}: {int(record['men']):,} men{armour}"


def unit_lines(session: SessionView, unit: int) -> list[Line]:
    """Return a unit's figures, its supply and why, and the reason of its order."""
    sighting = _sighting(session, unit)
    if sighting is not None:
        return _enemy_lines(session, sighting)
    world, views = session.world, session.campaign.views
    seen, record = views.look(world, unit), world.units[unit]
    lines = [Line(views.unit(unit), HEADING), Line(f"{seen.army}", QUIET)]
    figures = [f"{seen.men:,} men"]
    if seen.guns:
        figures.append(f"{seen.guns:,} guns")
    if seen.tanks:
        figures.append(f"{seen.tanks:,} tanks")
    if int(record["tanks_repair"].sum()):
        figures.append(f"{int(record['tanks_repair'].sum())} under repair")
    lines.append(Line(" · ".join(figures), LABEL))
    lost = int(record["killed"]) + int(record["wounded"]) + int(record["captured"]) + int(record["deserted"])
    if lost:
        lines.append(Line(f"lost {lost:,} of {int(record['men_start']):,} men"))
    lines.append(
        Line(
            f"cohesion {_percent(record['cohesion_permille'])} · fatigue {_percent(record['fatigue_permille'])}"
            f" · dug in {_percent(record['entrench_permille'])}"
        )
    )
    fuel = f"fuel {seen.fuel_days:.1f} days · " if int(record["fuel_max10"]) else ""
    lines.append(Line(f"{fuel}ammunition {seen.ammunition_units_of_fire:.1f} units of fire"))
    lines.append(Line(f"movement left {max(int(record['mp10']), 0) / 10:.1f} · posture {seen.posture}"))
    if session.is_thinking or seen.hex < 0:
        return [*lines, Line(f"supply: {seen.supply}")]
    lines.append(Line(session.campaign.why_supply(seen.id).sentence, PLAIN))
    if int(record["reason"]) != codes.REASON_NONE and seen.side not in session.sides:
        lines.append(Line(session.campaign.why_order(seen.id), QUIET))
    return lines


def _sighting(session: SessionView, unit: int) -> Sighting | None:
    """Return what the viewer knows of an enemy unit; None for his own units, and where nothing is hidden."""
    known = session.knowledge()
    if known.sees_all or known.side == int(session.world.units["side"][unit]):
        return None
    return known.of(unit)


def _enemy_lines(session: SessionView, sighting: Sighting) -> list[Line]:
    """Return what is known of an enemy unit."""
    lines = [Line(sighting.name[:1].upper() + sighting.name[1:], HEADING), Line(sighting.strength, LABEL)]
    record = session.world.units[sighting.unit]
    if sighting.is_identified:
        branch = codes.BRANCHES[int(record["branch"])].replace("_", " ")
        lines.append(Line(f"{branch} · {codes.NATIONS[int(record['nation'])].capitalize()}"))
    return [*lines, Line(sighting.seen, QUIET)]


def order_lines(session: SessionView, unit: int) -> list[Line]:
    """Return what a unit of the side to move goes on doing."""
    names = session.campaign.names
    order = session.standing_orders().get(names.units[unit])
    if order is None:
        led = int(session.world.units["led_by"][unit]) == codes.LED_BY_COMMANDER
        mine = codes.SIDES[int(session.world.units["side"][unit])] == session.side_to_move
        return [Line("orders: computer leads", LABEL)] if led and mine else []
    if order.kind in (HOLD, DIG_IN):
        return [Line(f"orders: {'hold' if order.kind == HOLD else 'dig in'} until further orders", LABEL)]
    way = "march" if order.kind == MARCH else "move by rail"
    lines = [Line(f"orders: {way} to {session.campaign.views.near(names.hex_of(order.to))}", LABEL)]
    return [*lines, Line(f"stopped: {order.barred}", ALARM)] if order.barred else lines


def _percent(permille: int) -> str:
    return f"{int(permille) // 10} %"
