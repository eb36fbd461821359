"""Run once: float weights → the 8-bit ONNX model that `model/cache` keeps."""
