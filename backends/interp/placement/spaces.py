"""Memory spaces as arrays of bytes, with shadow memory that detects invalid accesses.

A space has the size that the machine gives it; pages are committed when they are first accessed. A
shadow word for each word has the number of the allocation that wrote it last, which detects reads
of memory that another allocation has overwritten (as Valgrind's Memcheck shadows memory: Nethercote
and Seward, VEE 2007). Fresh and freed memory is filled with a poison pattern, 0x7FFDEAD5, a NaN.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp.definition.semantics import Scalar
from dspc.backends.interp.errors import MemoryTrap

WORD = 4
POISON = 0x7FFDEAD5
"""A NaN as f32 and, repeated, as f64."""
FORMATS = {"i1": "B", "i32": "i", "i64": "q", "index": "q", "f32": "f", "f64": "d"}
SIZES = {"i1": 1, "i32": 4, "i64": 8, "index": 8, "f32": 4, "f64": 8}
_NORESERVE = 0x4000


def _sparse(size: int) -> mmap.mmap:
    """An anonymous mapping of `size` zero bytes, committed on first write."""
    if hasattr(mmap, "MAP_ANONYMOUS"):
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        flags |= getattr(mmap, "MAP_NORESERVE", _NORESERVE if _is_linux() else 0)
        return mmap.mmap(-1, size, flags=flags)
    return mmap.mmap(-1, size)


def _is_linux() -> bool:
    import sys

    return sys.platform.startswith("linux")


class Area:
    """The bytes of a space and their shadow memory."""

    __slots__ = ("bytes", "name", "owners", "persists", "size", "views")

    def __init__(self, name: str, size: int, persists: bool) -> None:
        """`size` in bytes; `persists`: whether contents persist between kernels."""
        self.name = name
        self.size = size
        self.persists = persists
        whole = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        self.bytes = memoryview(_sparse(whole))
        self.owners = memoryview(_sparse(whole)).cast("I")
        cast: Any = self.bytes.cast
        self.views: dict[str, Any] = {form: cast(form) for form in set(FORMATS.values())}


class Allocation:
    """A row of `length` elements at `offset` bytes of a space.

    An `is_lasting` allocation owns its bytes exclusively while it is live. Reads and writes raise
    MemoryTrap if they are out of bounds, if the memory is dead, or if another allocation owns it.
    """

    __slots__ = (
        "_box",
        "_copies",
        "_dead",
        "_lost",
        "_view",
        "_words",
        "area",
        "element",
        "first",
        "is_lasting",
        "lasting",
        "length",
        "name",
        "number",
        "offset",
    )  # fmt: skip
    fault = MemoryTrap

    def __init__(
        self,
        name: str,
        area: Area,
        offset: int,
        length: int,
        element: str,
        number: int,
        lasting: dict[int, Allocation],
        is_lasting: bool,
    ) -> None:
        self.name = name
        self.area = area
        self.offset = offset
        self.length = length
        self.element = element
        self.number = number
        self.lasting = lasting
        """All live lasting allocations of all spaces, by number."""
        self.is_lasting = is_lasting
        self.first = offset // SIZES[element]
        self._view = area.views[FORMATS[element]]
        self._words = SIZES[element] // WORD
        """Words of an element; 0 if a word has several elements."""
        self._box: Callable[[Any], Scalar] | None = np.float32 if element == "f32" else None
        self._dead = ""
        self._lost = False
        self._copies: list[tuple[int, int, bool]] = []
        self.refresh()
        if is_lasting:
            lasting[number] = self
            self._claim()

    @property
    def bytes(self) -> int:
        return self.length * SIZES[self.element]

    @property
    def is_dead(self) -> bool:
        return bool(self._dead)

    @property
    def why(self) -> str:
        """Since when it is dead, as in "after its free"."""
        return self._dead

    def __str__(self) -> str:
        return f"{self.name} ({self.length} elements at byte {self.offset} of {self.area.name})"

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[Scalar]:
        return (self[index] for index in range(self.length))

    def __getitem__(self, index: int) -> Scalar:
        self._check(index, "read")
        if self._words:
            word = (self.offset >> 2) + index * self._words
            owners = self.area.owners
            if owners[word] != self.number:
                self._check_owner(owners[word], index)
            if self._words == 2 and owners[word + 1] != self.number:
                self._check_owner(owners[word + 1], index)
        value = self._view[self.first + index]
        return value if self._box is None else self._box(value)

    def __setitem__(self, index: int, value: Scalar) -> None:
        self._check(index, "written")
        owners = self.area.owners
        if self._words:
            word = (self.offset >> 2) + index * self._words
            if owners[word] != self.number:
                self._take_word(word, index)
            if self._words == 2 and owners[word + 1] != self.number:
                self._take_word(word + 1, index)
        self._view[self.first + index] = value

    def _check(self, index: int, access: str) -> None:
        if not 0 <= index < self.length:
            raise MemoryTrap(f"element {index} of {self} is {access}")
        if self._dead:
            raise MemoryTrap(f"element {index} of {self} is {access} {self._dead}")
        for low, high, is_target in self._copies:
            if low <= index < high and (is_target or access == "written"):
                raise MemoryTrap(f"element {index} of {self} is {access} before its copy has ended")

    def _check_owner(self, owner: int, index: int) -> None:
        """MemoryTrap unless the element is only uninitialised, which reads as poison."""
        if owner:
            other = self.lasting.get(owner)
            by = f"{other} is there" if other is not None else "other memory was written there"
            raise MemoryTrap(f"element {index} of {self} is read, but {by}")
        if self._lost:
            raise MemoryTrap(
                f"element {index} of {self} is read in a kernel that has not written it: "
                f"{self.area.name} is empty when a kernel begins"
            )

    def _take_word(self, word: int, index: int) -> None:
        other = self.lasting.get(self.area.owners[word])
        if other is not None:
            raise MemoryTrap(f"element {index} of {self} is written, but {other} is there")
        self.area.owners[word] = self.number

    def _claim(self) -> None:
        """Take the words that no other lasting allocation owns."""
        owners = self._owners(0, self.length)
        owners[~np.isin(owners, self._others())] = self.number

    def _others(self) -> list[int]:
        """The numbers of all other lasting allocations."""
        return [number for number in self.lasting if number != self.number]

    def _owners(self, low: int, high: int) -> NDArray[np.uint32]:
        """A writable view of the shadow words of some elements."""
        size = SIZES[self.element]
        first = (self.offset + low * size) // WORD
        end = -(-(self.offset + high * size) // WORD)
        return np.frombuffer(self.area.owners, np.uint32, end - first, first * WORD)

    def refresh(self) -> None:
        """Poison the memory, except for words that other lasting allocations own."""
        if not self._words:
            self.area.bytes[self.offset : self.offset + self.bytes] = b"\1" * self.bytes
            return
        owners = self._owners(0, self.length)
        free = ~np.isin(owners, self._others())
        self._raw(0, self.length)[free] = POISON
        owners[free] = 0

    def _raw(self, low: int, high: int) -> NDArray[np.uint32]:
        """A writable view of the words of some elements."""
        first = self.offset + low * self._words * WORD
        return np.frombuffer(self.area.bytes, np.uint32, (high - low) * self._words, first)

    def copy_to(self, target: Allocation, low: int, at: int, count: int) -> bool:
        """Copy elements in bulk if no check can fail; otherwise return False without effect."""
        if not count or not self._words or self._words != target._words:
            return False
        if self._dead or self._lost or self._copies or target._dead or target._copies:
            return False
        theirs = target._owners(at, at + count)
        if not np.isin(self._owners(low, low + count), (0, self.number)).all():
            return False
        if np.isin(theirs, target._others()).any():
            return False
        target._raw(at, at + count)[:] = self._raw(low, low + count)
        theirs[:] = target.number
        return True

    def lose(self) -> None:
        """Invalidate the contents at the end of a kernel."""
        self._lost = True
        self.refresh()

    def die(self, why: str) -> None:
        """Make all further accesses invalid; `why` follows "is read" in messages."""
        self.lasting.pop(self.number, None)
        self.refresh()
        self._dead = why

    def begin_copy(self, low: int, high: int, is_target: bool) -> None:
        """An asynchronous copy from or to some elements has begun."""
        self._copies.append((low, high, is_target))

    def end_copies(self) -> None:
        """All asynchronous copies have ended."""
        self._copies.clear()
