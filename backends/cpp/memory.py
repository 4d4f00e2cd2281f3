"""The program's memory as C++ sees it: members, static arrays, local arrays, the host's arrays."""

from __future__ import annotations

from dataclasses import dataclass

from dspc.backends.cpp.arithmetic import c_type
from dspc.backends.cpp.names import Names
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role
from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Attribute

HOST = "@host"
"""What all inputs and outputs share: a host may hand over one array as input and output."""


@dataclass(slots=True)
class Storage:
    """One piece of memory; `key` names it in the `reads` of an expression ("" if constant)."""

    name: str
    element: str
    extent: int | None
    key: str
    is_host_float: bool = False
    op: BufferOp | None = None
    is_pointer: bool = False
    """Whether the name is a pointer to memory that a manager gives."""

    @property
    def is_static(self) -> bool:
        """Whether all instances share it."""
        op = self.op
        return op is not None and (op.lifetime.data == Lifetime.CLASS or op.role.data == Role.DATA)

    @property
    def declared(self) -> str:
        """Type and name, as a declaration has them."""
        kind = "FAUSTFLOAT" if self.is_host_float else self.element
        if self.is_pointer:
            return f"{kind}* {self.name}"
        return f"{kind} {self.name}" + (f"[{self.extent}]" if self.extent is not None else "")


def host_array(name: str, type: Attribute) -> Storage:
    """An input or output of `compute`."""
    assert isinstance(type, MemRefType)
    return Storage(name, c_type(type.element_type), 0, HOST, is_host_float=True)


def storage(op: BufferOp, names: Names, class_name: str) -> Storage:
    """The memory of a buffer, under a name that is free in the class."""
    own = op.sym_name.data
    if op.lifetime.data == Lifetime.CLASS or op.role.data == Role.DATA:
        own = f"{own}_{class_name}"
    name = names.fresh(own, "buffer")
    shape = op.type.get_shape()
    is_zone = op.role.data == Role.ZONE
    key = "" if op.role.data == Role.DATA else f"@{op.sym_name.data}"
    extent = shape[0] if shape else None
    return Storage(name, c_type(op.type.element_type), extent, key, is_zone, op)
