"""The kernels that compute a block: one, or one for each level of a team's or a graph's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp.tables import slot_name
from dspc.dialects.dsp_mem.buffers import GetOp
from dspc.dialects.dsp_mem.heaps import AllocOp
from dspc.dialects.dsp_par.levels import Kind, Level, Needs, levels


def buffers_of(function: FuncOp) -> set[str]:
    """The symbols of the buffers that a function touches."""
    return _named(function.walk())


def _named(ops: Iterable[Operation]) -> set[str]:
    return {slot_name(op.buffer) for op in ops if isinstance(op, GetOp)}


@dataclass(frozen=True, slots=True)
class PartCode:
    """The code of one work-item for a voice, or of each of those that share a loop."""

    name: str
    """Of the function, after the program's."""
    again: tuple[Operation, ...]
    """Ops of before the level that it repeats."""
    ops: tuple[Operation, ...]

    def walk(self) -> Iterator[Operation]:
        """All ops that it runs."""
        for top in (*self.again, *self.ops):
            yield from top.walk()

    def reads(self, value: SSAValue) -> bool:
        """Whether it uses a value from outside."""
        return any(value in op.operands for op in self.walk())

    @property
    def has_copies(self) -> bool:
        """Whether its loops work on copies in l2."""
        return any(isinstance(op, AllocOp) for op in self.walk())

    def buffers(self) -> set[str]:
        """The symbols of the buffers that it touches."""
        return _named(self.walk())


@dataclass(frozen=True, slots=True)
class LevelCode:
    """A kernel of its own, named `suffix` after the program."""

    suffix: str
    level: Level
    parts: tuple[PartCode, ...]

    @property
    def has_copies(self) -> bool:
        """Whether one of its parts works on copies in l2."""
        return any(part.has_copies for part in self.parts)

    @property
    def is_split(self) -> bool:
        """Whether many work-items share its one loop by frames."""
        return self.level.kind == Kind.FRAMES


@dataclass(frozen=True, slots=True)
class Launch:
    """A kernel of a block; it has `parts` work-items for each voice, or, if 0, any number."""

    suffix: str
    parts: int


@dataclass(frozen=True, slots=True)
class Round:
    """Launches that follow each other for each `chunk` frames of a block; 0 takes all at once."""

    chunk: int
    launches: tuple[Launch, ...]


ONE_KERNEL = (Round(0, (Launch("compute", 1),)),)
"""How a program without levels runs."""


def plan_levels(compute: FuncOp) -> tuple[LevelCode, ...]:
    """The kernels of the levels; none where `compute` is to be one kernel.

    It is if no team of threads runs in it, or if its chunks have a length that only the running
    program knows: each voice's might be another.
    """
    loop_levels = levels(compute)
    if loop_levels is None:
        return ()
    needs = Needs(compute)
    codes: list[LevelCode] = []
    for number, level in enumerate(loop_levels):
        parts: list[PartCode] = []
        for at, part in enumerate(level.parts):
            again, lost = needs.of(level, part)
            if lost:
                return ()
            parts.append(PartCode(f"level{number}_{at}", tuple(again), part))
        codes.append(LevelCode(f"compute{number}", level, tuple(parts)))
    return tuple(codes)


def rounds(codes: Sequence[LevelCode]) -> tuple[Round, ...]:
    """The launches of a block."""
    if not codes:
        return ONE_KERNEL
    runs = groupby(codes, key=lambda code: code.level.chunks)
    return tuple(_round(list(run)) for _, run in runs)


def _round(codes: Sequence[LevelCode]) -> Round:
    launches = (Launch(code.suffix, 0 if code.is_split else len(code.parts)) for code in codes)
    return Round(codes[0].level.chunk, tuple(launches))
