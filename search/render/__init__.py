"""A note as safe HTML, with what surrounds it."""
