"""The screen of a campaign and of a replay."""
