"""The states of a box: whether its arities and arguments are known and meet."""

from __future__ import annotations

COMPLETE, OPEN, BAD, PATTERN = range(4)
"""States of a box; that of a composition is the maximum of its parts."""
