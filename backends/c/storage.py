"""The program's memory as code sees it: members, static and local arrays, the host's arrays."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Attribute

from dspc.backends.c.language import Language
from dspc.backends.c.names import Names
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece
from dspc.dialects.dsp_mem.buffers import BufferOp, Role

HOST = "@host"
"""The alias class of all inputs and outputs: a host may pass one array as input and output."""


@dataclass(slots=True)
class Storage:
    """One piece of memory; `key` names it in the `reads` of an expression ("" if constant)."""

    name: str
    element: str
    extent: int | None
    key: str
    is_host_float: bool = False
    op: BufferOp | None = None
    allocator: Allocator = ALLOCATORS["static"]
    """Who spells how the memory is declared, acquired, released and accessed."""
    space: str = ""
    """Where it lies, if not with the object, the class or on the stack."""
    zone: str = ""
    """A pointer to the block of memory, with many arrays, in which it lies; each function makes the
    array's own from that and `zone_offset`, which counts bytes as in the IR."""
    zone_offset: int = 0
    zone_is_bytes: bool = False
    """Whether the block is of bytes, not of the array's elements."""
    shares: bool = False
    """Whether other arrays lie in the same place at other times."""

    @property
    def is_static(self) -> bool:
        """Whether all instances share it."""
        return self.op is not None and self.op.is_shared

    @property
    def is_pointer(self) -> bool:
        """Whether the name is a pointer to memory that is acquired or handed over."""
        return self.allocator.is_pointer

    def piece(
        self, padding: int = 0, cast: str = "", alignment: int = 1, attribute: str = ""
    ) -> Piece:
        """The requirements of its allocator."""
        place = self.op.space if self.op is not None else None
        return Piece(
            self.name,
            "FAUSTFLOAT" if self.is_host_float else self.element,
            self.extent,
            padding,
            place.data if place is not None else None,
            alignment,
            attribute,
            cast,
            self.zone,
            self.zone_offset // (1 if self.zone_is_bytes else self.bytes // (self.extent or 1)),
            self.zone_is_bytes,
        )

    @property
    def declared(self) -> str:
        """Type and name, as a declaration has them."""
        return self.allocator.declare(self.piece())

    @property
    def released(self) -> str:
        """The statement that gives it back."""
        return self.allocator.release(self.piece())

    @property
    def bytes(self) -> int:
        """Of an array, or of a number."""
        return (8 if self.element == "double" else 4) * (self.extent or 1)

    def pointer(self, qualifier: str) -> str:
        """The declaration of the pointer to an array in a zone."""
        place = self.allocator.access(self.piece())
        return f"{self.element}* {'const' if self.shares else qualifier} {self.name} = {place};"


def host_array(name: str, type: Attribute, language: Language) -> Storage:
    """An input or output of `compute`."""
    assert isinstance(type, MemRefType)
    return Storage(name, language.scalar(type.element_type), 0, HOST, is_host_float=True)


def storage(op: BufferOp, names: Names, class_name: str, language: Language) -> Storage:
    """The memory of a buffer, under a name that is free in the class."""
    own = op.sym_name.data
    if op.is_shared:
        own = f"{own}_{class_name}"
    name = names.fresh(own, "buffer")
    shape = op.type.get_shape()
    is_zone = op.role.data == Role.ZONE
    key = "" if op.role.data == Role.DATA else f"@{op.sym_name.data}"
    extent = shape[0] if shape else None
    made = Storage(name, language.scalar(op.type.element_type), extent, key, is_zone, op)
    if op.is_placed_apart and op.space is not None and extent is not None:
        made.space = op.space.data.value
    return made
