"""An optional language model that words the answer, and the check that the quotes support it."""
