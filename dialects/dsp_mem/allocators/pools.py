"""Memory of whole instances: static pools, C's free store, the manager of C hosts.

These give an object its own memory before it has buffers; no buffer names them, so that they are
not in the table of allocators. Printers take their text from here, as from the allocators.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dspc.dialects.dsp_mem.allocators.base import Piece

COUNT = "DSPC_INSTANCES"
"""The macro by which a host sets how many instances have static memory."""


@dataclass(frozen=True, slots=True)
class InstancePool(ABC):
    """Static memory for `COUNT` instances; flags tell which of them are in use.

    `name` begins the names of its variables.
    """

    name: str
    flag: ClassVar[str]
    """The type of a flag."""

    @property
    def flags(self) -> str:
        return f"{self.name}_taken"

    def size(self, default: int, comment: str) -> Iterator[str]:
        """The number of instances where the host sets none."""
        yield f"#ifndef {COUNT}"
        yield f"#define {COUNT} {default} /* {comment} */"
        yield "#endif"

    def declare_flags(self) -> str:
        return f"static {self.flag} {self.flags}[{COUNT}];"

    @abstractmethod
    def acquire(self) -> Sequence[str]:
        """Statements that take the memory of an instance."""

    @abstractmethod
    def release(self, instance: str) -> str:
        """The statement, without semicolon, that gives it back."""


class CPool(InstancePool):
    """Structs, taken one after the other: C99, without threads."""

    flag = "bool"

    @property
    def objects(self) -> str:
        return f"{self.name}_instances"

    def declare(self) -> str:
        return f"static {self.name} {self.objects}[{COUNT}];"

    def acquire(self) -> Sequence[str]:
        return (
            f"for (int i = 0; i < {COUNT}; ++i) {{",
            f"\tif ({self.flags}[i]) continue;",
            f"\t{self.flags}[i] = true;",
            f"\treturn &{self.objects}[i];",
            "}",
            "return 0;",
        )

    def release(self, instance: str) -> str:
        return f"if ({instance}) {self.flags}[{instance} - {self.objects}] = false"


class ZonePool(InstancePool):
    """The zones of C++ objects, each with its number in `slot`, which several threads may take."""

    flag = "std::atomic<bool>"

    def declare(self, zone: Piece) -> str:
        """The memory of all instances in the space of a zone; `zone.count` is that of one."""
        head = f"alignas({zone.alignment}) static {zone.element} {zone.attribute}"
        return f"{head} {self.access(zone)}[{COUNT}][{zone.count}];"

    def acquire(self) -> Sequence[str]:
        return (
            f"for (int i = 0; slot < 0 && i < {COUNT}; ++i)",
            f"\tif (!{self.flags}[i].exchange(true)) slot = i;",
        )

    def release(self, instance: str) -> str:
        return f"if ({instance} >= 0) {self.flags}[{instance}] = false"

    def access(self, zone: Piece) -> str:
        """The memory of all instances in the space of a zone."""
        return f"{self.name}_{zone.name}"


class CFreeStore:
    """`calloc` and `free`."""

    def acquire(self, piece: Piece) -> str:
        return f"({piece.element}*)calloc(1, {piece.size})"

    def release(self, piece: Piece) -> str:
        return f"free({piece.name})"


@dataclass(frozen=True, slots=True)
class GlueManager:
    """The `MemoryManagerGlue` of Faust's C hosts, in a variable that the host sets."""

    manager: str

    def declare(self) -> str:
        return f"MemoryManagerGlue* {self.manager} = 0;"

    def acquire(self, piece: Piece) -> str:
        request = f"{self.manager}->allocate({self.manager}->managerInterface, {piece.size})"
        return f"({piece.element}*){request}"

    def release(self, piece: Piece) -> str:
        return f"{self.manager}->destroy({self.manager}->managerInterface, {piece.name})"
