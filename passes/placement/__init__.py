"""Placement: the space, allocator and offset of each buffer."""
