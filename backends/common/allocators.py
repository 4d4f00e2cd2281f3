"""Allocators that a back end cannot print: refused, for their memory would come from elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from dspc.backends.common.lowered import Unit
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.places import placed
from dspc.support.diagnostics import DspcError


def printing(language: str, unit: Unit) -> frozenset[str]:
    """The names of the allocators that have text for a language: ours, and those that are used."""
    used = {op.allocator.data for op in unit.buffers if op.allocator is not None}
    names = ALLOCATORS.own | used
    return frozenset(name for name in names if language in ALLOCATORS[name].languages)


def check_allocators(unit: Unit, printed: Collection[str], target: str) -> None:
    """Refuse a program with a buffer whose allocator is not among those that `target` prints.

    Raises DspcError E0704.
    """
    for buffer in unit.buffers:
        if buffer.allocator is not None:
            try:
                check_allocator(buffer.allocator.data, buffer.sym_name.data, printed, target)
            except DspcError as error:
                raise placed(error, buffer) from None


def check_allocator(allocator: str, buffer: str, printed: Collection[str], target: str) -> None:
    """Refuse one allocator of a buffer. Raises DspcError E0704."""
    if allocator not in printed:
        raise refusal(allocator, buffer, target, f"it can from {', '.join(sorted(printed))}")


def refusal(allocator: str, buffer: str, target: str, hint: str) -> DspcError:
    """The error for a buffer whose allocator a target cannot print."""
    return DspcError(
        "E0704",
        f"{target} code cannot take the memory of {buffer} from the allocator {allocator}",
        hint=hint,
    )
