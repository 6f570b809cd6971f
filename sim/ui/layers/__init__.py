"""Drawing the layers of the map: looks, patterns, tiles, marks and the legend."""
