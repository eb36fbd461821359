"""Questions in, passages and answers out: everything that reads the index."""
