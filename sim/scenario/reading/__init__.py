"""Text to values that know their line and column: YAML, mods laid over it, the hex map."""
