"""From a name or folder and its mods to a checked scenario."""
