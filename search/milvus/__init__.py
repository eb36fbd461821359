"""Searching in Milvus."""
