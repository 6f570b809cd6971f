"""What of a hex never changes in a campaign, packed into one byte: terrain, region, and its owner on the first day.

``world.tags`` fits the cache next to the processor, which the records of the hexes do not.
"""

from sim.kernels.compiler.kernel import kernel

REGION_SHIFT, OWNER_SHIFT = 4, 6
TERRAIN_MASK, REGION_MASK = 15, 3


@kernel
def fill_tags(world):
    """Fill ``world.tags`` from the records of the hexes; once a scenario."""
    for hex in range(world.hexes.shape[0]):
        place = world.hexes[hex]
        owner = int(place.holder_start) << OWNER_SHIFT
        world.tags[hex] = int(place.terrain) | int(place.region) << REGION_SHIFT | owner
