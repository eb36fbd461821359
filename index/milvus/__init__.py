"""Milvus as the store behind search: where it is, what it holds, and how it is written."""
