"""The Model Context Protocol; the only folder that imports mcp."""
