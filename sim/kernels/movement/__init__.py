"""Movement: the day's allowance, ranges, marches and trains."""
