"""The command line; the only folder that prints, and the one that starts a server."""
