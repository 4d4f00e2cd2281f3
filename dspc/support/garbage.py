"""Cyclic garbage collection while a program is compiled."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Generator[None]:
    """Do not look for cyclic garbage in the block.

    Nearly all that a compiler makes lives to the end, so that looking is in vain, and with deep
    nesting quadratic.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
