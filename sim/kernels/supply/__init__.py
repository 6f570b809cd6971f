"""Supply: how far it flows, who gets how much, and the lines of communication."""
