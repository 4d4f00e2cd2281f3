"""The allocators of OpenCL C, and who of them gives a buffer its memory.

What persists between kernels is acquired by the `init` kernel from heaps, or lies in one arena with
`--heap static`; rows of l2 lie in the kernel's local array; scratch is private arrays. Allocators
of other packages give arrays that persist, and private arrays.
"""

from __future__ import annotations

from dspc.backends.common.allocators import check_allocators, printing, refusal
from dspc.backends.common.lowered import Unit
from dspc.backends.opencl.language import OPENCL
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, Syntax
from dspc.dialects.dsp_mem.allocators.heap import HeapAllocator
from dspc.dialects.dsp_mem.allocators.local import LocalAllocator
from dspc.dialects.dsp_mem.allocators.stack import StackAllocator
from dspc.dialects.dsp_mem.allocators.static import StaticAllocator
from dspc.dialects.dsp_mem.allocators.zone import ZoneAllocator
from dspc.dialects.dsp_mem.buffers import BufferOp, Role
from dspc.dialects.dsp_mem.spaces import PASSING, Space
from dspc.dialects.places import placed

HEAP, ARENA, LOCAL = HeapAllocator(), ZoneAllocator(), LocalAllocator()
PRIVATE, STATIC = StackAllocator(), StaticAllocator()
HANDLED = (Space.DDR, Space.MSMC)
"""The spaces whose addresses kernels keep as handles from one launch to the next."""
OWN = frozenset({"static", "stack", "manager", "heap", "local"})
"""Ours that buffers may name; for `static` and `manager` a heap, or the arena, gives memory."""


class ClSyntax(Syntax):
    """Pointers in the dialect of `heap/dspc_heap.h`, which TI's compiler reads, too."""

    def pointer(self, piece: Piece) -> str:
        attribute = f"{piece.attribute} " if piece.attribute else ""
        kind = "DSPC_LP" if piece.space == Space.L2 else "DSPC_P"
        return f"{kind}({piece.element}) {attribute}{piece.name}"

    def within(self, piece: Piece) -> str:
        if piece.space == Space.L2:
            return f"DSPC_NEAR({piece.element}, {piece.offset})"
        return f"(global {piece.element} *)({piece.zone} + ({piece.offset}))"


CL_SYNTAX = ClSyntax()
UNCONVERTED = "{value}"
"""Untyped pointers need no cast."""


def printed_allocators(unit: Unit) -> frozenset[str]:
    """Those whose memory kernels can have: ours, and those of other packages with OpenCL text."""
    return OWN | (printing(OPENCL.name, unit) - ALLOCATORS.own)


def check_printed(unit: Unit) -> None:
    """Refuse buffers of allocators that kernels cannot call. Raises DspcError E0704."""
    printed = printed_allocators(unit)
    check_allocators(unit, printed, OPENCL.name)
    for op in unit.buffers:
        allocator = outside(op)
        reason = None if allocator is None else _unsuitable(op, allocator)
        if allocator is not None and reason is not None:
            error = refusal(allocator.name, op.sym_name.data, OPENCL.name, reason)
            raise placed(error, op)


def outside(op: BufferOp) -> Allocator | None:
    """The allocator of another package that a buffer names."""
    if op.allocator is None or op.allocator.data in ALLOCATORS.own:
        return None
    return ALLOCATORS[op.allocator.data]


def _unsuitable(op: BufferOp, allocator: Allocator) -> str | None:
    """Why an allocator's text does not serve in a kernel."""
    space = None if op.space is None else op.space.data
    if op.role.data in (Role.DATA, Role.ZONE):
        return None
    if space in PASSING:
        is_private = space == Space.STACK and not allocator.is_pointer
        return None if is_private else "scratch of kernels is private arrays, which it declares"
    if not allocator.is_pointer:
        return "memory that persists between kernels is acquired"
    return None if space in HANDLED else f"kernels keep pointers to {' and '.join(HANDLED)} only"


def giver(op: BufferOp, is_arena: bool) -> Allocator:
    """The allocator of memory that persists between kernels."""
    return outside(op) or (ARENA if is_arena else HEAP)
