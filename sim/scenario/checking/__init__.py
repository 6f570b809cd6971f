"""What is wrong with a scenario, with file, line, column and the nearest valid choice."""
