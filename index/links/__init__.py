"""Which note each link means, kept up to date."""
