"""The allocators whose memory is in an instance, or at a fixed address."""

from __future__ import annotations

NAME = "WebAssembly"
OWN = frozenset({"static", "stack", "manager", "heap", "local", "zone"})
"""Ours that buffers may name."""
