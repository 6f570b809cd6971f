"""What the files of a scenario may say, as checked models."""
