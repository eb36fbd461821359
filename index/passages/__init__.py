"""A `Note` → passages: exact slices sized in tokens, and the text a model reads of them."""
