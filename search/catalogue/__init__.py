"""The vault in memory: notes, tags, links, fields, and what a question mentions of them."""
