"""The folder on disk → which files are notes, and their text, read safely."""
