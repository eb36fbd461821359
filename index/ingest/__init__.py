"""One changed file → what the store is to hold of it; the folder compared with the store."""
