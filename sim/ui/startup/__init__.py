"""From the command line to a running window, and from there to a game."""
