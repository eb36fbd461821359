"""A note's text → a `Note`: properties, headings, blocks, tags, typed links, sentences."""
