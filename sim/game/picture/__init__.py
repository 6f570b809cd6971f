"""The situation map as a picture for print, and a film of its days."""
