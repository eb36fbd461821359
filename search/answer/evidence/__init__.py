"""Which sentences speak to it, how well, and whether that is enough to answer."""
