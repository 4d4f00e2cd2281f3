"""Partition of a frame's operations into loops over a chunk of frames."""
