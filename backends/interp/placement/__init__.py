"""The memory of placed modules: spaces of bytes, heaps and requests that fail."""
