"""From geographic data to a hex map and a deployment."""
