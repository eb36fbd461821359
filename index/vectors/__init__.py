"""FAISS, derived from the store; means taken from vectors before they are compared."""
