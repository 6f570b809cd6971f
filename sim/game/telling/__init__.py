"""What is told of a campaign: the story, situation reports, panels, the verdict."""
