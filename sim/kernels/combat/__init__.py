"""Combat: factors, odds, battles, losses, retreat, sieges."""
