"""TI's user-defined DSP heaps by name: the only place where their built-in functions are spelled.

TI OpenCL documentation, "Extensions: user-defined DSP heaps"; `heap/dspc_heap.h` implements the
functions for all other devices.
"""

from __future__ import annotations

from dspc.dialects.dsp_mem.spaces import Space


def start(space: Space, memory: str, size: str) -> str:
    """The statement that makes a heap of so many bytes."""
    return f"__heap_init_{space.value}({memory}, {size});"


def acquire(space: Space, size: str) -> str:
    """The expression that asks a heap for so many bytes; null where there is no room."""
    return f"__malloc_{space.value}({size})"


def release(space: Space, pointer: str) -> str:
    """The statement that gives memory back; l2 takes none back."""
    assert space != Space.L2
    return f"__free_{space.value}({pointer});"
