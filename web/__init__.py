"""The page, served as it stands: HTML, CSS and ES modules."""
