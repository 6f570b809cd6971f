"""What the player means and has selected."""
