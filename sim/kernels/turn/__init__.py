"""A day from morning to evening: reinforcements, phases, end of the day, score, record."""
