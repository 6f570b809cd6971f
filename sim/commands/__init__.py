"""What each command does, one file a command; ``sim.cli`` imports them only when they are called."""
