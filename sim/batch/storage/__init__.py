"""The files of a batch: folders, chunks, tables."""
