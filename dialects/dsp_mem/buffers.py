"""Buffers: declared at the top level of a module, accessed by symbol."""

from __future__ import annotations

from xdsl.dialects.builtin import (
    DenseArrayBase,
    FixedBitwidthType,
    FlatSymbolRefAttrConstr,
    FloatAttr,
    IntegerAttr,
    MemRefType,
    StringAttr,
    SymbolNameConstraint,
    UnitAttr,
)
from xdsl.dialects.utils import EnumAttribute
from xdsl.ir import Attribute, SpacedOpaqueSyntaxAttribute
from xdsl.irdl import (
    IRDLOperation,
    ParsePropInAttrDict,
    irdl_attr_definition,
    irdl_op_definition,
    opt_prop_def,
    prop_def,
    result_def,
    traits_def,
)
from xdsl.traits import Pure
from xdsl.utils.exceptions import VerifyException
from xdsl.utils.str_enum import StrEnum

from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator
from dspc.dialects.dsp_mem.spaces import Lifetime, LifetimeAttr, Space, SpaceAttr
from dspc.dialects.symbols import UsesBuffer

__all__ = [
    "BufferOp",
    "GetOp",
    "Lifetime",
    "LifetimeAttr",
    "Role",
    "RoleAttr",
    "Space",
    "SpaceAttr",
    "element_bytes",
]


MEMORY_INTERFACE = "memory_interface"
"""The attribute of a `dsp.lowered` that names the methods by which a host gives memory."""


class Role(StrEnum):
    """The purpose of a buffer, which determines the function that initialises it."""

    STATE = "state"
    """Cleared by `instance_clear`."""
    CONSTANT = "constant"
    """Computed by `instance_constants` (lifetime instance) or `class_init` (lifetime class)."""
    DATA = "data"
    """Read-only, with the contents `values`."""
    ZONE = "zone"
    """The value of a widget, shared with the host."""
    SCRATCH = "scratch"
    """Written before it is read in every call of `compute`."""


@irdl_attr_definition
class RoleAttr(EnumAttribute[Role], SpacedOpaqueSyntaxAttribute):
    """The contents of a buffer: `state`, `constant`, `data`, `zone` or `scratch`."""

    name = "dsp_mem.role"


@irdl_op_definition
class BufferOp(IRDLOperation):
    """Declares a buffer of the program: `dsp_mem.buffer @fVec0 : memref<4096xf32> instance state`.

    A memref of rank 0 is a scalar. `values` are the contents of a `data` buffer; `init` is the
    initial value of any other.

    A placed buffer has a `space`, an `allocator` and an `offset` in bytes from the start of the
    space. `staged` is the offset in l2 of the copy that `compute` works on; `copied` is the size of
    that copy in bytes where it has only the part that a block accesses.
    With an `allocator` alone, a buffer may be anywhere that this allocates.

    A packed buffer (`-mem2`) is at `zone_offset` bytes in `zone`, one of the memory blocks that the
    host provides.

    A `common` buffer of an instance has the same contents in all voices that start together, and
    may be shared by them. `compute` then reads its elements before it writes any, and writes all or
    none, at the top level of the function.
    """

    name = "dsp_mem.buffer"
    sym_name = prop_def(SymbolNameConstraint())
    type = prop_def(MemRefType)
    lifetime = prop_def(LifetimeAttr)
    role = prop_def(RoleAttr)
    values = opt_prop_def(DenseArrayBase)
    init = opt_prop_def(IntegerAttr | FloatAttr)
    space = opt_prop_def(SpaceAttr)
    allocator = opt_prop_def(StringAttr)
    offset = opt_prop_def(IntegerAttr)
    staged = opt_prop_def(IntegerAttr)
    zone = opt_prop_def(StringAttr)
    zone_offset = opt_prop_def(IntegerAttr)
    common = opt_prop_def(UnitAttr)
    copied = opt_prop_def(IntegerAttr)
    irdl_options = (ParsePropInAttrDict(),)
    assembly_format = "$sym_name `:` $type $lifetime $role attr-dict"

    def verify_(self) -> None:
        shape = self.type.get_shape()
        if len(shape) > 1 or any(extent < 1 for extent in shape):
            raise VerifyException("a buffer is a scalar or one row of static length")
        if self.role.data == Role.ZONE and (shape or self.lifetime.data != Lifetime.INSTANCE):
            raise VerifyException("a zone is a scalar of an instance")
        if (self.role.data == Role.DATA) != (self.values is not None):
            raise VerifyException("a data buffer has values, and no other buffer has")
        if self.values is not None and (len(self.values),) != tuple(shape):
            raise VerifyException("a data buffer has as many values as elements")
        if self.common is not None and (
            self.lifetime.data != Lifetime.INSTANCE
            or self.role.data not in (Role.STATE, Role.CONSTANT)
        ):
            raise VerifyException("only state and constants of instances can be common to voices")
        self._verify_place()
        if (self.zone is None) != (self.zone_offset is None):
            raise VerifyException("a packed buffer has a zone and an offset in it")
        self._verify_offsets()

    def _verify_place(self) -> None:
        if self.space is None or self.offset is None:
            attributes = (self.space, self.offset, self.staged, self.copied)
            if any(attribute is not None for attribute in attributes):
                raise VerifyException("a placed buffer has a space, an allocator and an offset")
            if self.allocator is not None:
                find_allocator(self.allocator.data)
            return
        if self.allocator is None:
            raise VerifyException("a placed buffer has a space, an allocator and an offset")
        reason = find_allocator(self.allocator.data).refuses_space(self.space.data)
        if reason is not None:
            raise VerifyException(reason)
        if self.staged is not None and self.space.data == Space.L2:
            raise VerifyException("a buffer in l2 cannot be staged")
        if self.copied is not None and self.staged is None:
            raise VerifyException("a buffer with `copied` must have `staged`")

    def _verify_offsets(self) -> None:
        for offset in (self.offset, self.staged, self.zone_offset):
            if offset is not None and (
                offset.value.data < 0 or offset.value.data % element_bytes(self.type)
            ):
                raise VerifyException("an offset is a multiple of the element's size")

    @property
    def is_placed_apart(self) -> bool:
        """Whether its memory is outside of the object, the class and the stack."""
        if self.space is None or self.allocator is None:
            return False
        return self.allocator.data not in ("static", "stack")

    @property
    def is_in_flash(self) -> bool:
        """Whether it is a constant in read-only memory."""
        return self.space is not None and self.space.data == Space.FLASH

    @property
    def is_shared(self) -> bool:
        """Whether all instances share its memory."""
        return self.lifetime.data == Lifetime.CLASS or self.role.data == Role.DATA

    @property
    def bytes(self) -> int:
        """Its size in bytes."""
        return memory_bytes(self.type)

    @property
    def copied_bytes(self) -> int:
        """The size in bytes of its copy, if it is staged."""
        return self.bytes if self.copied is None else self.copied.value.data


def find_allocator(name: str) -> Allocator:
    """The allocator of a name; raises VerifyException if there is none."""
    allocator = ALLOCATORS.get(name)
    if allocator is None:
        there = ", ".join(ALLOCATORS)
        raise VerifyException(f"no allocator is called {name}; there are {there}")
    return allocator


def element_bytes(type: MemRefType) -> int:
    """The element size of a memref in bytes."""
    element = type.element_type
    assert isinstance(element, FixedBitwidthType)
    return (element.bitwidth + 7) // 8


def memory_bytes(type: Attribute) -> int:
    """The size in bytes of a memref of static length."""
    assert isinstance(type, MemRefType)
    shape = type.get_shape()
    return element_bytes(type) * (shape[0] if shape else 1)


@irdl_op_definition
class GetOp(IRDLOperation):
    """The buffer of a symbol: `dsp_mem.get @fVec0 : memref<4096xf32>`."""

    name = "dsp_mem.get"
    buffer = prop_def(FlatSymbolRefAttrConstr)
    memref = result_def(MemRefType)
    traits = traits_def(Pure(), UsesBuffer())
    assembly_format = "$buffer attr-dict `:` type($memref)"
