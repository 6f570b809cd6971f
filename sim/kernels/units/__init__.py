"""Single units and their stacks: power, losses, fuel, ammunition, room, zones of control."""
