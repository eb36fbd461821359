"""A model name → an encoder (ONNX, torch, endpoint) from a cache of prepared models."""
