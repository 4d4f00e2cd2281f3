"""Pipelines: which passes run, in which order, and their observers and verification."""
