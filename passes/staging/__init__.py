"""Staging: the copies in l2 that `compute` works on, written out as ops."""
