"""The same interface over Milvus."""
