"""How fast the engine is, always as a ratio against a named reference in the same run; timings never decide a test."""
