"""The contract of allocators: how memory is declared, acquired, released and accessed in code."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from dspc.dialects.dsp_mem.spaces import PASSING, Lifetime, Space


class Syntax:
    """How a language declares memory and addresses parts of it: here, C and C++."""

    def array(self, piece: Piece) -> str:
        """The declaration of an array, or of a variable, that is the memory itself."""
        attribute = f"{piece.attribute} " if piece.attribute else ""
        padding = f" + {piece.padding}" if piece.padding else ""
        extent = "" if piece.count is None else f"[{piece.count}{padding}]"
        return f"{piece.element} {attribute}{piece.name}{extent}"

    def pointer(self, piece: Piece) -> str:
        """The declaration of a pointer to the elements."""
        attribute = f" {piece.attribute}" if piece.attribute else ""
        return f"{piece.element}*{attribute} {piece.name}"

    def within(self, piece: Piece) -> str:
        """A pointer to the elements in the zone that holds them, at their offset."""
        place = f"{piece.zone} + {piece.offset}" if piece.offset else piece.zone
        return f"reinterpret_cast<{piece.element}*>({place})" if piece.is_untyped else place


C_SYNTAX = Syntax()


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of memory, with the spellings of a language that an allocator's text is made of."""

    name: str
    """Of the variable that is declared."""
    element: str
    """The type of its elements, as the language spells it."""
    count: int | str | None = None
    """Its elements, or their expression; None for a variable that is no array."""
    padding: int = 0
    """Unused elements behind an array, which keep the next one in other cache lines."""
    space: Space | None = None
    alignment: int = 1
    """In bytes."""
    attribute: str = ""
    """The text between type and name: a memory section, a qualifier, LLVM's linkage."""
    cast: str = "(({type})({value}))"
    """How an untyped pointer is converted."""
    zone: str = ""
    """A pointer to the zone in which it lies, if any; `offset` is in elements of that."""
    offset: int | str = 0
    is_untyped: bool = False
    """Whether the zone is of bytes, or of elements."""
    bytes: str = ""
    """The expression of its bytes, where they are not those of `count` elements."""
    syntax: Syntax = C_SYNTAX

    @property
    def size(self) -> str:
        """The expression of its bytes."""
        if self.bytes:
            return self.bytes
        size = f"sizeof({self.element})"
        return size if self.count is None else f"{self.count} * {size}"

    def converted(self, value: str) -> str:
        """An untyped pointer as one to its elements."""
        return self.cast.format(type=f"{self.element}*", value=value)


class Allocator(ABC):
    """One way to get memory, and the only place that spells it in generated code.

    Placement, verifiers and the interpreter ask `spaces`, `lifetimes`, `can_free` and `verify`.
    A back end refuses a buffer (E0704) whose allocator does not list its language in `languages`;
    of others, it prints

    - `includes` once, before all code;
    - `declare`, without storage class, initial value and semicolon: of state where the instance's
      members are, of tables where those of the class are, of scratch in `compute`;
    - where `is_pointer`: before the functions that fill the memory, an assignment of `acquire`, an
      expression, to the variable if that is null, and after the last use `release`, a statement
      without semicolon. `acquire` may be null where memory is exhausted; code checks it.
    - `access`, the expression of a pointer to the first element, wherever elements are used.
    """

    name: ClassVar[str]
    languages: ClassVar[frozenset[str]]
    """The names of the languages (`Language.name`) that it has text for."""
    spaces: ClassVar[frozenset[Space]]
    """The spaces that it can serve."""
    lifetimes: ClassVar[frozenset[Lifetime]]
    """The lifetimes that it can give."""
    can_free: ClassVar[bool]
    """Whether one piece of memory can be given back before all."""
    only_arrays: ClassVar[bool] = False
    """Whether single numbers stay in the object instead."""
    is_pointer: ClassVar[bool] = False
    """Whether it declares a pointer, and not the memory itself."""
    includes: ClassVar[tuple[str, ...]] = ()
    """Lines that its text needs before it."""

    @abstractmethod
    def declare(self, piece: Piece) -> str:
        """The declaration of an array, or of a pointer to it, without a semicolon."""

    def acquire(self, piece: Piece) -> str:
        """An expression for `piece.size` bytes, null if there are none; empty: they exist."""
        return ""

    def release(self, piece: Piece) -> str:
        """An expression that gives the memory back; empty: it is never given back."""
        return ""

    def access(self, piece: Piece) -> str:
        """The expression by which code names the array."""
        return piece.name

    def refuses_space(self, space: Space) -> str | None:
        """Why it cannot serve a space."""
        if space in self.spaces:
            return None
        return f"the allocator {self.name} does not serve {space.value}"

    def verify(self, space: Space, lifetime: Lifetime) -> str | None:
        """Why it cannot hold a buffer of this lifetime in a space."""
        reason = self.refuses_space(space)
        if reason is None and space in PASSING and lifetime != Lifetime.BLOCK:
            return f"memory in {space} is gone when a kernel ends, and this buffer must persist"
        if reason is None and lifetime not in self.lifetimes:
            return f"the allocator {self.name} gives no memory of lifetime {lifetime.value}"
        return reason


def array(piece: Piece) -> str:
    """The declaration of an array, or of a variable, in the piece's language."""
    return piece.syntax.array(piece)


def pointer(piece: Piece) -> str:
    """The declaration of a pointer to the elements, in the piece's language."""
    return piece.syntax.pointer(piece)
