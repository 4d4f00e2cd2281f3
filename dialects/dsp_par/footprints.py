"""Memory footprints of parts of a program, and conflicts between parallel parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xdsl.ir import BlockArgument, SSAValue
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_par.loops import LoopOp, memory_of


@dataclass(frozen=True, slots=True)
class Footprint:
    """The memory that a part reads and writes, as `memory_of` identifies it.

    A host may pass one array as an input and as an output, so a read of one channel and a write of
    another count as accesses of the same memory. Outputs do not alias each other.
    """

    reads: frozenset[object]
    writes: frozenset[object]

    def conflict(self, other: Footprint) -> object | None:
        """Memory that both access and at least one writes; None if they may run in parallel."""
        for first, second in ((self, other), (other, self)):
            for memory in first.writes:
                if memory in second.writes or memory in second.reads:
                    return memory
                if isinstance(memory, BlockArgument):
                    channel = next((m for m in second.reads if isinstance(m, BlockArgument)), None)
                    if channel is not None:
                        return memory
        return None

    def with_(self, other: Footprint) -> Footprint:
        """The union of the two footprints."""
        return Footprint(self.reads | other.reads, self.writes | other.writes)


NOTHING = Footprint(frozenset(), frozenset())


def footprint(*loops: LoopOp) -> Footprint:
    """The union of the declared accesses of some loops (which are verified)."""
    reads = frozenset(memory_of(row) for loop in loops for row in loop.reads)
    writes = frozenset(memory_of(row) for loop in loops for row in loop.writes)
    return Footprint(reads, writes)


def conflicts(
    parts: Sequence[Footprint], are_ordered: Callable[[int, int], bool]
) -> Iterator[tuple[int, int, object]]:
    """Unordered pairs of parts of which one writes memory that the other accesses.

    Only pairs that share memory are visited.
    """
    writers: dict[object, list[int]] = {}
    accessors: dict[object, list[int]] = {}
    hosts: list[int] = []
    for number, part in enumerate(parts):
        for memory in part.writes:
            writers.setdefault(memory, []).append(number)
        for memory in part.reads | part.writes:
            accessors.setdefault(memory, []).append(number)
        if any(isinstance(memory, BlockArgument) for memory in part.reads):
            hosts.append(number)
    for memory, writing in writers.items():
        others = accessors[memory]
        if isinstance(memory, BlockArgument):
            others = [*others, *hosts]
        for writer in writing:
            for accessor in others:
                if accessor != writer and not are_ordered(writer, accessor):
                    yield writer, accessor, memory


def memory_text(memory: object) -> str:
    """The name of a memory in messages."""
    if isinstance(memory, SSAValue):
        return f"the channel {memory.name_hint}" if memory.name_hint else "a channel"
    return str(memory)


def verify_no_conflict(
    parts: Sequence[Footprint],
    are_ordered: Callable[[int, int], bool],
    kind: str,
    names: Sequence[int] | None = None,
) -> None:
    """Raise VerifyException for the first conflict between unordered parts.

    `kind` and `names` name the parts in the message; by default they are numbered from 0.
    """
    names = range(len(parts)) if names is None else names
    for writer, accessor, memory in conflicts(parts, are_ordered):
        raise VerifyException(
            f"{kind} {names[writer]} writes {memory_text(memory)}, "
            f"which {kind} {names[accessor]} accesses, and they may run in parallel"
        )
