"""The store published to Milvus."""
