"""Compiling every kernel ahead of time."""
