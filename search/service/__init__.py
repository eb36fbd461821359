"""What one running process holds: services, updates, overview, metrics, log."""
