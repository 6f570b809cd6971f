"""The ground: the hex grid, floods over it, the cost of a step, the weather."""
