"""A question answered in fifteen lines: how often is Mukden reached by 20 August, and what does being late cost?

Run it with ``python docs/examples/question.py [RUNS]``, or paste the cells (``# %%``) into a notebook.
"""

# %%
import sys
from datetime import date

import pyarrow.compute as pc

from sim.batch import run_batch
from sim.game.forecasts.intervals import Proportion

runs = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdecimal() else 300
result = run_batch("august_storm", runs=runs, seed=1945)

# %% the day on which Mukden first fell in each campaign
taken = result.captures.filter((pc.field("place") == "mukden") & (pc.field("side") == "soviet"))
first = taken.group_by("run_id").aggregate([("date", "min")])
in_time = first.filter(pc.field("date_min") <= date(1945, 8, 20)).num_rows
low, high = Proportion(in_time, runs).interval
print(f"Mukden falls by 20 August in {in_time} of {runs} campaigns: {in_time / runs:.0%} ({low:.0%} to {high:.0%})")

# %% what the campaigns cost in which it was late
both = result.runs.join(first, "run_id", join_type="left outer")
late = pc.or_kleene(pc.is_null(both["date_min"]), pc.greater(both["date_min"], date(1945, 8, 20)))
for word, chosen in (("in time", pc.invert(late)), ("late", late)):
    mean = pc.mean(both.filter(chosen)["soviet_killed"]).as_py()
    print(f"{word}: {mean:,.0f} Soviet dead on average" if mean is not None else f"{word}: never")
