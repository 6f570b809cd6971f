"""The tutorial: its steps, and what they ask of the game."""
