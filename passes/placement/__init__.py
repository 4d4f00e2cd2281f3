"""Placement: which memory takes which buffer, and where in it."""
