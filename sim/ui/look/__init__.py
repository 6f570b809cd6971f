"""How things look: colours, fonts, symbols, counters."""
