"""The map: camera, ground, signs, names, counters."""
