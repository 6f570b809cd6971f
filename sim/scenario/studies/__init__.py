"""Study files: what is varied, and the mods that vary it."""
