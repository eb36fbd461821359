"""An optional language model that words answers, believed only as far as the quotes go."""
