"""Many campaigns: run them on this machine or on a cluster, keep every result, resume after any interruption.

``run_batch`` is the way in; ``BatchResult`` reads what it left in its folder.
"""

from sim.batch.running.results import BatchResult
from sim.batch.running.runner import run_batch

__all__ = ["BatchResult", "run_batch"]
