"""Designs, effects and intervals."""
