"""Memory that lies somewhere: spaces as arrays of bytes, and pieces of them.

A space is as large as the machine has it; the operating system gives what is touched. Beside each
word stands the number of the piece that wrote it last, so that it shows where one piece reads what
another has written over. Fresh memory and freed memory hold a pattern: a NaN, or 0x7FFDEAD5.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp.errors import MemoryTrap
from dspc.backends.interp.semantics import Scalar

WORD = 4
POISON = 0x7FFDEAD5
"""As f32 and, twice, as f64 it is a NaN."""
FORMATS = {"i1": "B", "i32": "i", "i64": "q", "index": "q", "f32": "f", "f64": "d"}
SIZES = {"i1": 1, "i32": 4, "i64": 8, "index": 8, "f32": 4, "f64": 8}
_NORESERVE = 0x4000


def _sparse(size: int) -> mmap.mmap:
    """So many zero bytes, of which none takes memory before it is written."""
    if hasattr(mmap, "MAP_ANONYMOUS"):
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
        flags |= getattr(mmap, "MAP_NORESERVE", _NORESERVE if _is_linux() else 0)
        return mmap.mmap(-1, size, flags=flags)
    return mmap.mmap(-1, size)


def _is_linux() -> bool:
    import sys

    return sys.platform.startswith("linux")


class Area:
    """All bytes of one space."""

    __slots__ = ("bytes", "name", "owners", "persists", "size", "views")

    def __init__(self, name: str, size: int, persists: bool) -> None:
        """`size` in bytes; `persists` tells whether contents outlive a kernel."""
        self.name = name
        self.size = size
        self.persists = persists
        whole = -(-size // mmap.PAGESIZE) * mmap.PAGESIZE
        self.bytes = memoryview(_sparse(whole))
        self.owners = memoryview(_sparse(whole)).cast("I")
        cast: Any = self.bytes.cast
        self.views: dict[str, Any] = {form: cast(form) for form in set(FORMATS.values())}


class Piece:
    """A row of `length` elements at `offset` bytes of a space.

    `is_lasting` says that nothing else may lie there as long as it lives. Reading and writing raise
    MemoryTrap for what is no element, for dead memory, and where another piece has written over it.
    """

    __slots__ = (
        "_box", "_dead", "_flights", "_lost", "_view", "_words", "area", "element", "first",
        "is_lasting", "lasting", "length", "name", "number", "offset",
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
        lasting: dict[int, Piece],
        is_lasting: bool,
    ) -> None:
        self.name = name
        self.area = area
        self.offset = offset
        self.length = length
        self.element = element
        self.number = number
        self.lasting = lasting
        """All lasting pieces alive, of every space, by number."""
        self.is_lasting = is_lasting
        self.first = offset // SIZES[element]
        self._view = area.views[FORMATS[element]]
        self._words = SIZES[element] // WORD
        """Words of an element; 0 where a word holds several."""
        self._box: Callable[[Any], Scalar] | None = np.float32 if element == "f32" else None
        self._dead = ""
        self._lost = False
        self._flights: list[tuple[int, int, bool]] = []
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
        """Why it is dead, as "after its free"."""
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

    def _check(self, index: int, what: str) -> None:
        if not 0 <= index < self.length:
            raise MemoryTrap(f"element {index} of {self} is {what}")
        if self._dead:
            raise MemoryTrap(f"element {index} of {self} is {what} {self._dead}")
        for low, high, is_target in self._flights:
            if low <= index < high and (is_target or what == "written"):
                raise MemoryTrap(f"element {index} of {self} is {what} before its copy has ended")

    def _check_owner(self, owner: int, index: int) -> None:
        """Raise unless the element is merely fresh; what it then gives is the pattern."""
        if owner:
            other = self.lasting.get(owner)
            by = f"{other} lies there" if other is not None else "other memory was written there"
            raise MemoryTrap(f"element {index} of {self} is read, but {by}")
        if self._lost:
            raise MemoryTrap(
                f"element {index} of {self} is read in a kernel that has not written it: "
                f"{self.area.name} is empty when a kernel begins"
            )

    def _take_word(self, word: int, index: int) -> None:
        other = self.lasting.get(self.area.owners[word])
        if other is not None:
            raise MemoryTrap(f"element {index} of {self} is written, but {other} lies there")
        self.area.owners[word] = self.number

    def _claim(self) -> None:
        """Own all words that no other lasting piece owns."""
        owners = self._owners(0, self.length)
        owners[~np.isin(owners, self._others())] = self.number

    def _others(self) -> list[int]:
        """The numbers of all other lasting pieces."""
        return [number for number in self.lasting if number != self.number]

    def _owners(self, low: int, high: int) -> NDArray[np.uint32]:
        """The owners of the words of some elements, to be read and written."""
        size = SIZES[self.element]
        first = (self.offset + low * size) // WORD
        end = -(-(self.offset + high * size) // WORD)
        return np.frombuffer(self.area.owners, np.uint32, end - first, first * WORD)

    def refresh(self) -> None:
        """Fill with the pattern; nobody has written it now. Lasting memory in it stays."""
        if not self._words:
            self.area.bytes[self.offset : self.offset + self.bytes] = b"\1" * self.bytes
            return
        owners = self._owners(0, self.length)
        free = ~np.isin(owners, self._others())
        self._raw(0, self.length)[free] = POISON
        owners[free] = 0

    def _raw(self, low: int, high: int) -> NDArray[np.uint32]:
        """The words of some elements, to be read and written."""
        first = self.offset + low * self._words * WORD
        return np.frombuffer(self.area.bytes, np.uint32, (high - low) * self._words, first)

    def copy_to(self, target: Piece, low: int, place: int, count: int) -> bool:
        """Copy elements at once, where nothing forbids it; False leaves all as it is."""
        if not count or not self._words or self._words != target._words:
            return False
        if self._dead or self._lost or self._flights or target._dead or target._flights:
            return False
        theirs = target._owners(place, place + count)
        if not np.isin(self._owners(low, low + count), (0, self.number)).all():
            return False
        if np.isin(theirs, target._others()).any():
            return False
        target._raw(place, place + count)[:] = self._raw(low, low + count)
        theirs[:] = target.number
        return True

    def lose(self) -> None:
        """A kernel has ended, and with it what was here."""
        self._lost = True
        self.refresh()

    def die(self, why: str) -> None:
        """From now on no access is legal; `why` follows "is read"."""
        self.lasting.pop(self.number, None)
        self.refresh()
        self._dead = why

    def fly(self, low: int, high: int, is_target: bool) -> None:
        """A copy from or to some elements has begun."""
        self._flights.append((low, high, is_target))

    def land(self) -> None:
        """All copies have ended."""
        self._flights.clear()
