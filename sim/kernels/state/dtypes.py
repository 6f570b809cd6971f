"""The dtypes of the rows that a campaign is kept in: units, hexes, layers and all the others.

Rows are numbers everywhere: ``unit``, ``hex``, ``formation``, ``place``, ``axis`` are indices, -1 means none. All
state is integers: tenths of a movement point (``mp10``), tenths of a day of march (``fuel10``), tenths of a unit of
fire (``ammo10``), thousandths (``_permille``), men, guns, tons.
"""

import numpy as np

from sim.kernels.codes import TERRAINS

N_TANK = 5
N_MOBILITY = 8
N_GROUND = 3
N_REGION = 4
N_WEATHER = N_GROUND**N_REGION
N_SUPPLY_KIND = 2 * len(TERRAINS) * N_GROUND + 1  # kinds of hexes that supplies meet, and ways into them
N_SUPPLY_WAY = 64

UNIT = np.dtype(
    [
        # who it is (fixed during a campaign)
        ("formation", np.int16),  # direct parent
        ("army", np.int16),  # formation of army level (or the highest below the front)
        ("side", np.int8),
        ("nation", np.int8),
        ("branch", np.int8),
        ("mobility", np.int8),
        ("axis", np.int16),  # axis of the plan that it follows, -1 none
        ("arrival_turn", np.int16),
        ("arrival_hex", np.int32),
        ("box", np.int16),  # off-map box, -1 on the map
        ("stack10", np.int16),  # tenths of a division of room
        ("readiness_permille", np.int16),
        ("at_guns", np.int16),  # guns that can stop a light tank (37 and 47 mm) or, Soviet, any Japanese one
        ("assault_permille", np.int16),  # share of its infantry trained for close assault on tanks
        ("fuel_max10", np.int16),
        ("ammo_max10", np.int16),
        ("supply_need_tons10", np.int32),  # tenths of a ton a day when in action
        # how it stands
        ("status", np.int8),
        ("hex", np.int32),
        ("next_in_hex", np.int16),  # next unit of the stack, -1 last
        ("men", np.int32),
        ("men_start", np.int32),
        ("killed", np.int32),
        ("wounded", np.int32),
        ("captured", np.int32),
        ("deserted", np.int32),
        ("guns", np.int32),
        ("guns_start", np.int32),
        ("guns_lost", np.int32),
        ("launchers", np.int32),
        ("launchers_start", np.int32),
        ("launchers_lost", np.int32),
        ("tanks", np.int32, (N_TANK,)),
        ("tanks_start", np.int32, (N_TANK,)),
        ("tanks_lost", np.int32, (N_TANK,)),  # written off or captured
        ("tanks_repair", np.int32, (N_TANK,)),  # knocked out, may come back
        ("aircraft", np.int32),
        ("aircraft_start", np.int32),
        ("cohesion_permille", np.int16),
        ("fatigue_permille", np.int16),
        ("fuel10", np.int16),
        ("ammo10", np.int16),
        ("supply_state", np.int8),
        ("supply_reason", np.int8),
        ("supply_hex", np.int32),  # where the line breaks, -1
        ("supply_source", np.int16),
        ("supply_cost", np.int32),  # transport cost of its line of communication
        ("posture", np.int8),
        ("entrench_permille", np.int16),
        ("days_still", np.int16),
        ("mp10", np.int16),  # movement left today
        ("carry_mp10", np.int16),  # what yesterday's march left over
        ("hexes_today", np.int16),
        ("attacks_today", np.int8),
        ("contacts", np.int8),  # times a puppet unit has met the enemy
        ("contact_turn", np.int16),  # turn of the last such meeting: one counts a day
        ("forced", np.int8),  # forced march ordered today
        ("withdrawal_ordered", np.int8),  # had a withdrawal order in force when the attack came
        ("led_by", np.int8),  # LED_BY_COMMANDER or LED_BY_HAND
        # what it was told
        ("target", np.int32),  # hex of its present objective, -1
        ("objective", np.int16),  # row in objectives, -1
        ("detour", np.int32),  # hex from which it is to attack the enemy who bars the way, -1
        ("reason", np.int8),
        ("reason_a", np.int32),
        ("reason_b", np.int32),
        # what the other side knows of it
        ("seen_hex", np.int32),  # where the other side knows it to stand, -1 nowhere
        ("seen_turn", np.int16),  # turn of that sighting, 0 before the war
        ("seen_level", np.int8),  # ESTIMATED or IDENTIFIED
        ("seen_power", np.int32),  # its strength as the other side takes it to be
        ("seen_men", np.int32),  # its men at that sighting
    ],
    align=True,
)

HEX = np.dtype(  # what changes from day to day in many hexes stands in arrays of its own, see ``World``
    [
        ("terrain", np.int8),
        ("country", np.int8),
        ("region", np.int8),
        ("features", np.uint8),
        ("elev_m", np.int16),
        ("relief_m", np.int16),
        ("forest_percent", np.int8),
        ("marsh_percent", np.int8),
        ("town", np.int8),  # 0 none, 1 village .. 5 metropolis
        ("best_road", np.int8),  # best road that touches the hex
        ("fort_permille", np.int16),  # strength of permanent works
        ("place", np.int16),  # main place, -1
        ("holder_start", np.int8),  # SOVIET, JAPANESE, NEITHER
        ("pass_limit10", np.int16),  # tenths of a division that may enter in a day, 0 as the rules have it
    ],
    align=True,
)

EDGE = np.dtype(  # shape (n_hex, 6): the hex side towards each direction; both hexes of a side agree
    [
        ("river", np.int8),
        ("bridge", np.int8),
        ("road", np.int8),
        ("rail", np.int8),  # gauge
        ("trains", np.int8),  # pairs of trains a day
        ("wall", np.int8),
    ]
)

LAYER = np.dtype(  # derived from units and holders; rebuilt by stacks.refresh_layers, kept up move by move
    [
        ("first_unit", np.int16),  # head of the stack in this hex, -1
        ("stack10", np.int16),  # room used
        ("occupant", np.int8),  # side of the stack, NEITHER if empty
        ("zone", np.int16, (2,)),  # of each side's zone of control, as felt in this hex (permille)
        ("zoc_strength", np.int16, (2,)),  # of the units in this hex: what zones are made of (permille)
        ("power", np.int32, (2,)),  # combat strength present of each side
    ],
    align=True,
)

SIDE = np.dtype(
    [
        ("points", np.int32),
        ("loss_points", np.int32),
        ("objective_points", np.int32),
        ("surprised_until_turn", np.int16),
        ("commander", np.int8),
        ("supply_tons10", np.int64),
    ],
    align=True,
)

FORMATION = np.dtype(
    [
        ("parent", np.int16),
        ("level", np.int8),
        ("side", np.int8),
        ("axis", np.int16),  # axis that it is assigned to, -1 inherits
        ("support_men", np.int32),  # rear services on its strength (front_support)
        ("trucks_range", np.int32),  # what its own transport adds to the supply range
    ],
    align=True,
)

AXIS = np.dtype(
    [
        ("side", np.int8),
        ("role", np.int8),
        ("first", np.int16),  # first objective
        ("count", np.int16),
        ("release_turn", np.int16),
        ("current", np.int16),  # objective that the axis works on now
        ("formation", np.int16),  # formation that the axis is named after
        ("boldness_permille", np.int16),
    ],
    align=True,
)

OBJECTIVE = np.dtype(
    [
        ("axis", np.int16),
        ("place", np.int16),
        ("hex", np.int32),
        ("due_turn", np.int16),
        ("weight", np.int16),
        ("field", np.int16),  # row pair in cost_to_go: 2 * field foot, 2 * field + 1 motor
        ("strongpoint", np.int8),  # besiege or hold rather than pass through
        ("done_turn", np.int16),  # -1 while open
    ],
    align=True,
)

PLACE = np.dtype(
    [
        ("hex", np.int32),
        ("holder", np.int8),
        ("town_size", np.int8),
        ("features", np.uint8),
        ("captured_turn", np.int16),
        ("points", np.int16, (2,)),  # what holding it is worth to each side at the end
        ("pace_turn", np.int16),  # historical turn, -1
        ("fort_permille", np.int16),
    ],
    align=True,
)

SOURCE = np.dtype(
    [
        ("hex", np.int32),
        ("side", np.int8),
        ("kind", np.int8),
        ("tons", np.int32),  # a day
        ("used_tons10", np.int32),
        ("formation", np.int16),  # front that it serves, -1 all
    ],
    align=True,
)

CLOCK = np.dtype(
    [
        ("key", np.uint64),
        ("turn", np.int16),  # 1 is the first day
        ("last_turn", np.int16),
        ("phase_side", np.int8),
        ("first_side", np.int8),
        ("decided", np.int8),
        ("winner", np.int8),
        ("level", np.int8),
        ("n_events", np.int32),
        ("lost_events", np.int32),
        ("sky", np.int8, (N_REGION,)),
        ("ground", np.int8, (N_REGION,)),
        ("rain_days", np.int16, (N_REGION,)),
        ("n_cols", np.int32),
        ("n_rows", np.int32),
        # victory: score is Soviet points less Japanese points; level k is reached at level_score[k] or more
        ("score", np.int32),
        ("n_levels", np.int8),
        ("level_score", np.int32, (8,)),  # falling
        ("level_winner", np.int8, (8,)),
        ("loss_points", np.int32, (2,)),  # points to the enemy for each 1,000 men that a side loses for good
        ("early_permille", np.int16),  # more of a place's points for each day ahead of the historical pace
        ("late_permille", np.int16),  # less for each day behind it
        ("decided_score", np.int32),  # the campaign ends at once at this score; 0 never
    ],
    align=True,
)

EVENT = np.dtype(
    [
        ("turn", np.int16),
        ("side", np.int8),  # whose phase it was
        ("kind", np.int8),
        ("subject", np.int32),
        ("object", np.int32),
        ("hex", np.int32),
        ("a", np.int32),
        ("b", np.int32),
        ("known_to", np.uint8),  # bit 0: the Soviet side knows of it, bit 1: the Japanese
    ],
    align=True,
)

ORDER = np.dtype(
    [
        ("kind", np.int8),
        ("unit", np.int32),
        ("hex", np.int32),
        ("posture", np.int8),
        ("battle", np.int16),  # attacks with the same number strike together
        ("formation", np.int16),  # headquarters that the unit is attached to
        ("led_by", np.int8),
    ],
    align=True,
)
