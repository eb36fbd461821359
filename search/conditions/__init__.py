"""The conditions of a question: read from its words, and the notes that fulfil them."""
