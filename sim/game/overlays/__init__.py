"""What the layers of the map show, worked out from the world as plain data: hexes, lines and marks with a legend."""
