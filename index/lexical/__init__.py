"""Tantivy, derived from the store."""
