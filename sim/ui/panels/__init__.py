"""The panels over the map."""
