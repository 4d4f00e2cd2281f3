"""dspc: a compiler for digital signal processing."""

from __future__ import annotations
