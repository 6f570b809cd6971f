"""What the side panel says of a hex, a stack and a unit: short lines with names and units of measure."""

from sim.game.lines import HEADING, LABEL, PLAIN, QUIET, Line
from sim.game.session import Session
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


def hex_lines(session: Session, hex: int) -> list[Line]:
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
    lines.append(Line(f"{HOLDER_WORDS[int(ground['holder'])]} ground · {sky}", QUIET))
    place = int(ground["place"])
    if place >= 0 and world.places[place]["points"].any():
        points = world.places[place]["points"]
        lines.append(Line(f"worth {int(points[0])} points Soviet, {int(points[1])} Japanese", QUIET))
    return lines


def stack_line(session: Session, unit: int) -> str:
    """Return one unit of a stack in a few words."""
    world, views = session.world, session.campaign.views
    record = world.units[unit]
    tanks = int(record["tanks"].sum())
    armour = f", {tanks} tanks" if tanks else ""
    return f"{views.unit(unit)}: {int(record['men']):,} men{armour}"


def unit_lines(session: Session, unit: int) -> list[Line]:
    """Return a unit's figures, its supply and why, and the reason of its order."""
    world, views = session.world, session.campaign.views
    seen, record = views.look(world, unit), world.units[unit]
    lines = [Line(views.unit(unit), HEADING), Line(f"{seen.army}", QUIET)]
    figures = [f"{seen.men:,} men"]
    if seen.guns:
        figures.append(f"{seen.guns:,} guns")
    if seen.tanks:
        figures.append(f"{seen.tanks:,} tanks")
    if int(record["tanks_repair"].sum()):
        figures.append(f"{int(record['tanks_repair'].sum())} in repair")
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


def forecast_lines(session: Session, target: int, attackers: list[int], posture: str) -> list[Line]:
    """Return the odds of an attack without luck, and the factors that make them, strongest first."""
    names = session.campaign.names
    answer = session.campaign.why_battle(names.hex_label(target), [names.units[row] for row in attackers], posture)
    units = "unit" if len(attackers) == 1 else "units"
    lines = [
        Line(f"Odds {answer.odds:.1f} to 1", HEADING),
        Line(f"{posture} attack by {len(attackers)} {units} {session.campaign.views.where(target)}", LABEL),
    ]
    weighty = [one for one in answer.factors if abs(one.attack - 1) >= 0.05 or abs(one.defence - 1) >= 0.05]
    weighty.sort(key=lambda one: -max(abs(one.attack - 1), abs(one.defence - 1)))
    for factor in weighty[:7]:
        lines.append(Line(f"{factor.name}: attack x {factor.attack:.2f}, defence x {factor.defence:.2f}", QUIET))
    return lines


def _percent(permille: int) -> str:
    return f"{int(permille) // 10} %"
