"""SQLite, the one truth; nobody else speaks SQL."""
