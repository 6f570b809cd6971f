"""What a side knows of the war, and the worlds that agree with it."""
