"""The words of the war: sentences of events, names of units, weather, distances."""
