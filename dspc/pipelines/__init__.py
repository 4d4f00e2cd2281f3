"""Pipelines: which passes run, in which order, and what observes and verifies them."""
