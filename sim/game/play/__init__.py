"""A game at the table: the session, undo, groups, standing orders, routes."""
