"""Worlds handed on by reference: kernels read the same arrays and known layers, and nobody keeps or frees them."""

import sys

import numba
import numpy as np
import pytest

from sim.kernels.compiler.kernel import allocating_kernel, kernel
from sim.kernels.recon.sight import as_known_to
from sim.kernels.state import layout
from tests.support import campaigns

pytestmark = pytest.mark.engine


@kernel
def checksum_of_layers(world):
    """Return a number that depends on every stack of the layers."""
    total = 0
    for hex in range(world.layers.shape[0]):
        total += (hex + 1) * int(world.layers[hex].stack10)
    return total


@kernel
def checksum_of_known(world, side):
    """Return ``checksum_of_layers`` of the world as a side knows it."""
    return checksum_of_layers(as_known_to(world, side))


@allocating_kernel
def checksum_with_room(world, scratch, side):
    """Return ``checksum_of_known`` by way of a kernel that counts references and makes an array."""
    room = np.zeros(3, np.int64)
    room[side] = checksum_of_known(world, side)
    scratch.path[0] = 7
    return room[side]


def naive_checksum(stack10: np.ndarray) -> int:
    return int((np.arange(1, len(stack10) + 1) * stack10.astype(np.int64)).sum())


def world_with_known_layers() -> layout.World:
    """Return a world in which the truth and what both sides know differ in every hex."""
    world = layout.copy_world(campaigns.fresh(0))
    n_hex = len(world.hexes)
    world.layers.stack10[:] = np.arange(n_hex) % 7
    world.known.stack10[0] = np.arange(n_hex) % 5
    world.known.stack10[1] = np.arange(n_hex) % 3
    return world


def test_kernels_read_what_either_side_knows() -> None:
    world = world_with_known_layers()
    assert world.rules["fog"][0] == 1
    assert checksum_of_layers(world) == naive_checksum(world.layers["stack10"])
    for side in range(2):
        assert checksum_of_known(world, side) == naive_checksum(world.known["stack10"][side])
        known = layout.with_known_layers(world, side)
        assert checksum_of_layers(known) == naive_checksum(world.known["stack10"][side])


def test_without_fog_the_known_is_the_truth() -> None:
    world = world_with_known_layers()
    world = world._replace(rules=world.rules.copy())
    world.rules["fog"] = 0
    assert checksum_of_known(world, 1) == naive_checksum(world.layers["stack10"])


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="Python itself counts where nothing is compiled")
def test_entries_give_back_every_reference() -> None:
    world, scratch = world_with_known_layers(), layout.new_scratch(10, 10)
    counts = []
    for _ in range(3):
        for side in range(2):
            assert checksum_with_room(world, scratch, side) == checksum_of_known(world, side)
        counts.append([sys.getrefcount(array) for array in (*world, *scratch)])
    assert counts[0] == counts[1] == counts[2]
    assert scratch.path[0] == 7


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="only compiled kernels have types")
def test_type_says_what_the_arrays_are() -> None:
    world = layout.empty_world()
    assert numba.typeof(world) == numba.typeof(layout.empty_world())
    assert numba.typeof(world) != numba.typeof(world._replace(neighbours=world.neighbours.astype(np.int64)))
    assert len(numba.typeof(world).name) < 40
