"""Scenario files: YAML with marks -> checked models -> arrays.

``load``, ``validate`` and ``digest`` need no numba; ``sim.scenario.build`` makes the world and does.
"""

from sim.scenario.load import Scenario, digest, load, validate

__all__ = ["Scenario", "digest", "load", "validate"]
