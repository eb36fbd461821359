"""The line typed → operators, terms, terms in the other language."""
