"""Faults seeded in the compiler, and how many of those that change samples validation detects."""
