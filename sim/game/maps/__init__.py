"""The painted ground and what is written on a map."""
