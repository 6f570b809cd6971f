"""Who stands in a hex and who holds it."""
