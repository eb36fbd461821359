"""Notes in, index out: everything that reads a vault and writes the index."""
