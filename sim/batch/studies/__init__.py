"""Studies: every point of a design fought, and what it shows."""
