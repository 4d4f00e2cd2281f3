"""Failures of every allocation in the life cycles of many programs at once, under sanitizers."""
