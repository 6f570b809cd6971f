"""What a player, a script or a test uses: a campaign to step, views with names, the story of what happened."""
