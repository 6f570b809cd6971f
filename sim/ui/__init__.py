"""The window: draws a session and turns clicks into orders. Only this package imports pygame."""
