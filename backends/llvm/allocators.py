"""The allocators of LLVM code, and which of them gives a buffer its memory.

An instance is one block of bytes that the host gives, whatever a machine calls its spaces; tables
are globals, and scratch is in the function's frame. Allocators of other packages declare globals
and variables of functions.
"""

from __future__ import annotations

from dspc.backends.common.allocators import check_allocators, printing, refusal
from dspc.backends.common.lowered import Unit
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece, Syntax
from dspc.dialects.dsp_mem.allocators.stack import StackAllocator
from dspc.dialects.dsp_mem.allocators.static import StaticAllocator
from dspc.dialects.dsp_mem.allocators.zone import ZoneAllocator
from dspc.dialects.dsp_mem.buffers import BufferOp
from dspc.dialects.dsp_mem.spaces import Lifetime
from dspc.dialects.places import placed

NAME = "LLVM"
INSTANCE, FRAME, STATIC = ZoneAllocator(), StackAllocator(), StaticAllocator()
OWN = frozenset({"static", "stack", "manager", "heap", "local", "zone"})
"""Ours that buffers may name: their memory is the instance's block, a global or in a frame."""


class LlvmSyntax(Syntax):
    """Instructions and globals; a piece's `attribute` is the linkage of a global."""

    def array(self, piece: Piece) -> str:
        """An `alloca`, or a global without its initial value and alignment."""
        whole = piece.element
        if piece.count is not None:
            assert isinstance(piece.count, int)
            whole = f"[{piece.count + piece.padding} x {piece.element}]"
        if piece.attribute:
            return f"{piece.name} = {piece.attribute} {whole}"
        return f"{piece.name} = alloca {whole}, align {piece.alignment}"

    def pointer(self, piece: Piece) -> str:
        return f"{piece.name} = alloca ptr"

    def within(self, piece: Piece) -> str:
        """The instruction of an address; `offset` is in bytes."""
        return f"getelementptr inbounds i8, ptr {piece.zone}, i64 {piece.offset}"


LLVM_SYNTAX = LlvmSyntax()


def giver(op: BufferOp) -> Allocator:
    """The allocator of a buffer."""
    if op.allocator is not None and op.allocator.data not in ALLOCATORS.own:
        return ALLOCATORS[op.allocator.data]
    return {Lifetime.CLASS: STATIC, Lifetime.BLOCK: FRAME}.get(op.lifetime.data, INSTANCE)


def check_printed(unit: Unit) -> None:
    """Refuse buffers of allocators that LLVM code cannot call. Raises DspcError E0704."""
    check_allocators(unit, OWN | (printing(NAME, unit) - ALLOCATORS.own), NAME)
    for op in unit.buffers:
        allocator = giver(op)
        if allocator.name in ALLOCATORS.own:
            continue
        reason = None
        if allocator.is_pointer:
            reason = "LLVM code takes what an allocator declares, and acquires nothing"
        elif op.lifetime.data == Lifetime.INSTANCE:
            reason = "an instance is one block of bytes, which the host gives"
        if reason is not None:
            raise placed(refusal(allocator.name, op.sym_name.data, NAME, reason), op)
