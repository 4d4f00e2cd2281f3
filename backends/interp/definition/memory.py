"""The state of an instance: delay lines, held values, tables, buffers, sound files.

Both executors use these classes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Never

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp.definition.semantics import Scalar, number
from dspc.backends.interp.errors import Trap

POISON_INT = 0x5EEDBAD
"""The value of uninitialised integers; that of floats is NaN."""


def poison(element: str) -> Scalar:
    return number(math.nan if element.startswith("f") else POISON_INT, element)


class Line:
    """A delay line, latest value last; zero before time 0. A `depth` of None is unbounded."""

    __slots__ = ("depth", "past", "zero")

    def __init__(self, zero: Scalar, depth: int | None) -> None:
        self.zero = zero
        self.depth = depth
        self.past: list[Scalar] = []

    def push(self, value: Scalar) -> None:
        """Append this frame's value; values older than `depth` are dropped from time to time."""
        self.past.append(value)
        if len(self.past) % 1024 == 0:
            self.trim()

    def trim(self) -> None:
        """Drop values older than `depth` if they are the most of the line."""
        if self.depth is not None and len(self.past) > 2 * self.depth + 1024:
            del self.past[: -self.depth - 1]

    def before(self, frames: int) -> Scalar:
        """The value `frames` frames before the last."""
        return self.past[-1 - frames] if frames < len(self.past) else self.zero

    def delayed(self, value: Scalar, frames: int) -> Scalar:
        """Push this frame's value and return the one of `frames` frames ago."""
        self.push(value)
        return self.before(frames)

    def first(self, first: Scalar) -> Scalar:
        """The last value, or `first` if there is none."""
        return self.past[-1] if self.past else first

    def prefixed(self, first: Scalar, value: Scalar) -> Scalar:
        """Return the last value (`first` in frame 0), and push this frame's."""
        result = self.first(first)
        self.push(value)
        return result

    def copy(self) -> Line:
        line = Line(self.zero, self.depth)
        line.past = self.past.copy()
        return line

    def clear(self) -> None:
        self.past.clear()


class Held:
    """The last results of a gated region (`dsp.control`)."""

    __slots__ = ("values", "zeros")

    def __init__(self, zeros: tuple[Scalar, ...]) -> None:
        self.zeros = zeros
        self.values = zeros

    def copy(self) -> Held:
        held = Held(self.zeros)
        held.values = self.values
        return held

    def clear(self) -> None:
        self.values = self.zeros


class Table:
    """The elements of a table, and their values before its generator runs."""

    __slots__ = ("first", "values")

    def __init__(self, values: list[Scalar], first: tuple[Scalar, ...] | None = None) -> None:
        self.values = values
        self.first = tuple(values) if first is None else first

    def read(self, index: int) -> Scalar:
        return self.values[min(max(index, 0), len(self.values) - 1)]

    def write(self, index: int, value: Scalar) -> Table:
        self.values[min(max(index, 0), len(self.values) - 1)] = value
        return self

    def copy(self) -> Table:
        return Table(self.values.copy(), self.first)

    def clear(self) -> None:
        self.values[:] = self.first


def delay_frames(offset: int, maximum: int | None, least: int) -> Callable[[int], int]:
    """The function from the amount of a delay to frames; the amount is clamped to 0..maximum.

    Without a maximum, their sum is clamped to `least`: 1 for the past of a recursion, else 0.
    """
    if maximum is None:
        return lambda amount: max(offset + amount, least)
    return lambda amount: offset + min(max(amount, 0), maximum)


Row = list[Any]
"""The elements of a buffer; a memref of rank 0 is a row of one element."""


def load(row: Row | Window, index: int = 0) -> Scalar:
    """`memref.load`; Trap outside the row."""
    if not 0 <= index < len(row):
        raise outside(row, index, "read")
    return row[index]


def store(value: Scalar, row: Row | Window, index: int = 0) -> None:
    """`memref.store`; Trap outside the row."""
    if not 0 <= index < len(row):
        raise outside(row, index, "written")
    row[index] = value


def load_lanes(row: Row | Window, index: int, lanes: int) -> tuple[Scalar, ...]:
    """`vector.load`; Trap where a lane is outside the row."""
    if not 0 <= index <= len(row) - lanes:
        raise outside(row, index, f"read, and {lanes - 1} after it")
    return tuple([row[at] for at in range(index, index + lanes)])


def store_lanes(values: tuple[Scalar, ...], row: Row | Window, index: int) -> None:
    """`vector.store`; Trap where a lane is outside the row."""
    if not 0 <= index <= len(row) - len(values):
        raise outside(row, index, f"written, and {len(values) - 1} after it")
    for at, value in enumerate(values):
        row[index + at] = value


def trap(row: Row | Window, index: int, access: str) -> Never:
    """Raise what `outside` returns."""
    raise outside(row, index, access)


def outside(row: Row | Window, index: int, access: str) -> Trap:
    """The trap of an access outside a row, with the location of placed memory."""
    kind: type[Trap] = getattr(row, "fault", Trap)
    name = f"a buffer of {len(row)}" if kind is Trap else str(row)
    return kind(f"element {index} of {name} is {access}")


class Window:
    """A row from element `start` on; Trap if that is outside the row."""

    __slots__ = ("_row", "_start")

    def __init__(self, row: Row | Window, start: int) -> None:
        if not 0 <= start <= len(row):
            raise Trap(f"a window from element {start} of a buffer of {len(row)}")
        self._row = row
        self._start = start

    @property
    def fault(self) -> type[Trap]:
        return getattr(self._row, "fault", Trap)

    def __str__(self) -> str:
        return f"the window from element {self._start} on of {self._row}"

    def base(self) -> tuple[Any, int]:
        """The underlying row and the offset in it."""
        row, start = self._row, self._start
        while isinstance(row, Window):
            row, start = row._row, start + row._start
        return row, start

    def __len__(self) -> int:
        return len(self._row) - self._start

    def __getitem__(self, index: int) -> Scalar:
        return self._row[self._start + index]

    def __setitem__(self, index: int, value: Scalar) -> None:
        self._row[self._start + index] = value


def copy_row(target: Row | Window, source: Row | Window) -> None:
    """`memref.copy`; Trap where the sizes differ."""
    if len(target) != len(source):
        raise Trap(f"a buffer of {len(source)} is copied to one of {len(target)}")
    copy_some(target, source, len(source))


def copy_some(target: Row | Window, source: Row | Window, count: int) -> None:
    """`dsp_mem.copy` of the first elements; Trap outside a row."""
    for row, access in ((source, "read"), (target, "written")):
        if count > len(row):
            raise outside(row, len(row), access)
    for index, value in enumerate([source[index] for index in range(count)]):
        target[index] = value


class SoundPart(NamedTuple):
    """A sound: `samples` has one row for each channel; `rate` in Hz."""

    samples: NDArray[np.floating[Any]]
    rate: int


NO_SOUND = SoundPart(np.zeros((1, 1024)), 44100)
"""A missing sound, as in Faust's hosts: 1024 frames of silence."""
PARTS = 256


class Sounds:
    """The parts of a soundfile slot; parts that the host has not given are `NO_SOUND`."""

    def __init__(self, parts: Sequence[SoundPart], element: str) -> None:
        self.parts = parts
        self.element = element

    def part(self, index: int) -> SoundPart:
        index = min(max(index, 0), PARTS - 1)
        return self.parts[index] if index < len(self.parts) else NO_SOUND

    def length(self, part: int) -> int:
        return self.part(part).samples.shape[1]

    def rate(self, part: int) -> int:
        return self.part(part).rate

    def read(self, channel: int, part: int, index: int) -> Scalar:
        """Channels beyond a sound's own repeat them."""
        samples = self.part(part).samples
        row = samples[channel % samples.shape[0]]
        value = row[min(max(index, 0), len(row) - 1)] if len(row) else 0.0
        return number(value, self.element)


Soundfiles = Mapping[str, Sequence[SoundPart]]
"""Soundfile slot (its symbol or label) -> parts."""
