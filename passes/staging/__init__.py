"""Staging: materialises the copies in l2 that `compute` works on."""
