"""Scenario files: YAML with marks -> checked models -> arrays.

``load``, ``validate`` and ``digest`` need no numba; ``sim.scenario.building.build`` makes the world and does.
"""

from sim.scenario.loading.load import Scenario, digest, load, validate

__all__ = ["Scenario", "digest", "load", "validate"]
