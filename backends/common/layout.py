"""The memory layout and the cost of a frame, for descriptions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LayoutItem:
    """One array, number or object, by the fields of Faust's `memory_layout`."""

    name: str
    kind: str
    size: int
    """In elements; 0 for an object."""
    bytes: int
    reads: int
    writes: int
    """By `compute`, in one frame."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The operations of one frame, by the fields of Faust's `compute_cost`."""

    load: int = 0
    store: int = 0
    declare: int = 0
    number: int = 0
    cast: int = 0
    select: int = 0
    loop: int = 0
    binop: Counter[str] = field(default_factory=Counter[str])
    mathop: Counter[str] = field(default_factory=Counter[str])
