"""The world as arrays: record layouts, the World and the scratch space."""
