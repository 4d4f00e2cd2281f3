"""Errors, limits, files and graph algorithms, which all layers use."""
