"""Dynamic memory: `heap_init`, `alloc`, `realloc`, `free`, `copy`, `wait`, `scope`.

The verifiers check single ops; `dsp-check-memory` checks the lifetimes of memory in a program.
"""

from __future__ import annotations

from xdsl.dialects.builtin import (
    FlatSymbolRefAttrConstr,
    IndexType,
    IntegerAttr,
    MemRefType,
    NoneAttr,
    StringAttr,
    UnitAttr,
)
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    irdl_op_definition,
    operand_def,
    opt_operand_def,
    opt_prop_def,
    prop_def,
    region_def,
    result_def,
    traits_def,
)
from xdsl.traits import IsTerminator, Pure, SingleBlockImplicitTerminator, ensure_terminator
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.buffers import element_bytes
from dspc.dialects.dsp_mem.spaces import Lifetime, LifetimeAttr, Space, SpaceAttr


def usable_allocator(name: str, space: Space) -> Allocator:
    """The allocator of a name; VerifyException if it is unknown or does not serve the space."""
    allocator = ALLOCATORS.get(name)
    if allocator is None:
        raise VerifyException(f"no allocator is called {name}")
    reason = allocator.refuses_space(space)
    if reason is not None:
        raise VerifyException(reason)
    return allocator


@irdl_op_definition
class HeapInitOp(IRDLOperation):
    """Initialises the heap of a space as empty: `dsp_mem.heap_init <l2> {bytes = 4096 : i64}`.

    Earlier allocations in it are dead. One work-item runs it before any `alloc`; in l2, in each
    kernel.
    """

    name = "dsp_mem.heap_init"
    space = prop_def(SpaceAttr)
    bytes = prop_def(IntegerAttr)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$space attr-dict"

    def verify_(self) -> None:
        if self.space.data == Space.STATIC:
            raise VerifyException("static memory has no heap")
        if self.bytes.value.data < 1:
            raise VerifyException("a heap has at least one byte")


@irdl_op_definition
class AllocOp(IRDLOperation):
    """Allocates memory: `dsp_mem.alloc <ddr> "heap" instance named @delay : memref<4096xf32>`.

    Other functions access memory that outlives this one by its symbol (`dsp_mem.get`). `shared`
    marks memory that several cores use. `offset` is the offset in the space, in bytes, that a pass
    has assigned; heaps and memory managers choose offsets at run time.
    """

    name = "dsp_mem.alloc"
    space = prop_def(SpaceAttr)
    allocator = prop_def(StringAttr)
    lifetime = prop_def(LifetimeAttr)
    buffer = opt_prop_def(FlatSymbolRefAttrConstr)
    shared = opt_prop_def(UnitAttr)
    offset = opt_prop_def(IntegerAttr)
    memref = result_def(MemRefType)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$space $allocator $lifetime (`named` $buffer^)? attr-dict `:` type($memref)"

    def verify_(self) -> None:
        allocator = usable_allocator(self.allocator.data, self.space.data)
        if self.offset is not None and allocator.can_free:
            raise VerifyException(f"the allocator {allocator.name} chooses offsets at run time")
        verify_offset(self.offset, self.memref.type)
        if self.lifetime.data != Lifetime.BLOCK and self.buffer is None:
            raise VerifyException("memory that outlives its function must have a name")
        verify_space(self.memref.type, self.space.data)


@irdl_op_definition
class ReallocOp(IRDLOperation):
    """Reallocates memory of a heap with a greater length; the operand is dead afterwards.

    Shrinking is refused, since it can corrupt TI's heaps.
    """

    name = "dsp_mem.realloc"
    source = operand_def(MemRefType)
    memref = result_def(MemRefType)
    assembly_format = "$source attr-dict `:` type($source) `->` type($memref)"

    def verify_(self) -> None:
        source, result = self.source.type, self.memref.type
        assert isinstance(source, MemRefType)
        assert isinstance(result, MemRefType)
        if source.element_type != result.element_type or source.memory_space != result.memory_space:
            raise VerifyException("realloc changes the length only")
        if len(source.get_shape()) != 1 or len(result.get_shape()) != 1:
            raise VerifyException("realloc is for rows")
        if result.get_shape()[0] <= source.get_shape()[0]:
            raise VerifyException("realloc only grows; shrinking can corrupt a heap")


@irdl_op_definition
class FreeOp(IRDLOperation):
    """Frees memory: `dsp_mem.free <ddr> "heap" %p : memref<4096xf32>`.

    Space and allocator are those of its `alloc`.
    """

    name = "dsp_mem.free"
    space = prop_def(SpaceAttr)
    allocator = prop_def(StringAttr)
    memref = operand_def(MemRefType)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$space $allocator $memref attr-dict `:` type($memref)"

    def verify_(self) -> None:
        allocator = usable_allocator(self.allocator.data, self.space.data)
        if not allocator.can_free:
            raise VerifyException(f"the allocator {allocator.name} cannot free memory")


@irdl_op_definition
class CopyOp(IRDLOperation):
    """Copies a row, possibly between spaces: `dsp_mem.copy %far, %near : memref<8xf32>, ...`.

    With `count %n` it copies the first n elements of rows that may differ in length. With
    `is_async` it completes at the next `dsp_mem.wait`.
    """

    name = "dsp_mem.copy"
    source = operand_def(MemRefType)
    target = operand_def(MemRefType)
    count = opt_operand_def(IndexType)
    is_async = opt_prop_def(UnitAttr)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = (
        "$source `,` $target (`count` $count^)? attr-dict `:` type($source) `,` type($target)"
    )

    def verify_(self) -> None:
        source, target = self.source.type, self.target.type
        assert isinstance(source, MemRefType)
        assert isinstance(target, MemRefType)
        same = source.get_shape() == target.get_shape()
        if self.count is not None:
            same = len(source.get_shape()) == len(target.get_shape()) == 1
        if source.element_type != target.element_type or not same:
            raise VerifyException("a copy is between rows of equal length and element type")


@irdl_op_definition
class WaitOp(IRDLOperation):
    """Waits for all asynchronous copies of this function."""

    name = "dsp_mem.wait"
    assembly_format = "attr-dict"


@irdl_op_definition
class EndOp(IRDLOperation):
    """Terminator of `dsp_mem.scope`."""

    name = "dsp_mem.end"
    traits = traits_def(IsTerminator(), Pure())
    assembly_format = "attr-dict"


@irdl_op_definition
class ScopeOp(IRDLOperation):
    """A region whose current heap is that of a space.

    Memory of lifetime `block` that the region allocates from this heap is dead at its end. With
    `locked` the region holds the heap's lock, so it must not wait for another work-item.
    """

    name = "dsp_mem.scope"
    space = prop_def(SpaceAttr)
    locked = opt_prop_def(UnitAttr)
    body = region_def("single_block")
    irdl_options = (ParsePropInAttrDict(),)
    traits = traits_def(SingleBlockImplicitTerminator(EndOp))
    assembly_format = "$space $body attr-dict"

    def __post_init__(self) -> None:
        ensure_terminator(self, SingleBlockImplicitTerminator(EndOp))


def verify_offset(offset: IntegerAttr | None, type: object) -> None:
    """VerifyException unless an offset, if any, is a multiple of the element size."""
    assert isinstance(type, MemRefType)
    if offset is not None and (offset.value.data < 0 or offset.value.data % element_bytes(type)):
        raise VerifyException("an offset is a multiple of the element's size")


def verify_space(type: object, space: Space) -> None:
    """VerifyException unless the memory space of a memref type, if any, is this space."""
    assert isinstance(type, MemRefType)
    named = type.memory_space
    if isinstance(named, NoneAttr):
        return
    if not isinstance(named, SpaceAttr) or named.data != space:
        raise VerifyException(f"memory in {space.value} cannot have the type {type}")
