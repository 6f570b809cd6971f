"""Fog of war: who sees what, and what each side remembers."""
