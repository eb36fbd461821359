"""Candidates → one ranked list of hits."""
