"""Answers that records of notes give: rows, whole lists, siblings and copies."""
