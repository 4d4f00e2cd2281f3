"""What parts of a program touch, and which of them must not run at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xdsl.ir import BlockArgument, SSAValue
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_par.loops import LoopOp, memory_of


@dataclass(frozen=True, slots=True)
class Footprint:
    """The memory that a part reads and writes, told apart as `memory_of` does.

    A host may hand over one array as an input and as an output, so the reading of one channel and
    the writing of another count as touching the same memory. Two outputs are two arrays.
    """

    reads: frozenset[object]
    writes: frozenset[object]

    def clash(self, other: Footprint) -> object | None:
        """What both touch and at least one writes; None if they may run at once."""
        for one, two in ((self, other), (other, self)):
            for memory in one.writes:
                if memory in two.writes or memory in two.reads:
                    return memory
                if isinstance(memory, BlockArgument):
                    channel = next((m for m in two.reads if isinstance(m, BlockArgument)), None)
                    if channel is not None:
                        return memory
        return None

    def with_(self, other: Footprint) -> Footprint:
        """What the two touch together."""
        return Footprint(self.reads | other.reads, self.writes | other.writes)


NOTHING = Footprint(frozenset(), frozenset())


def footprint(*loops: LoopOp) -> Footprint:
    """What some loops touch, by what they say of themselves (which is verified)."""
    reads = frozenset(memory_of(row) for loop in loops for row in loop.reads)
    writes = frozenset(memory_of(row) for loop in loops for row in loop.writes)
    return Footprint(reads, writes)


def clashes(
    parts: Sequence[Footprint], are_ordered: Callable[[int, int], bool]
) -> Iterator[tuple[int, int, object]]:
    """Pairs of parts that may run at once although one writes what the other touches.

    Looks only at pairs that share memory, so that many parts cost little.
    """
    writers: dict[object, list[int]] = {}
    touchers: dict[object, list[int]] = {}
    hosts: list[int] = []
    for number, part in enumerate(parts):
        for memory in part.writes:
            writers.setdefault(memory, []).append(number)
        for memory in part.reads | part.writes:
            touchers.setdefault(memory, []).append(number)
        if any(isinstance(memory, BlockArgument) for memory in part.reads):
            hosts.append(number)
    for memory, writing in writers.items():
        others = touchers[memory]
        if isinstance(memory, BlockArgument):
            others = [*others, *hosts]
        for writer in writing:
            for other in others:
                if other != writer and not are_ordered(writer, other):
                    yield writer, other, memory


def told(memory: object) -> str:
    """A piece of memory, for people."""
    if isinstance(memory, SSAValue):
        return f"the channel {memory.name_hint}" if memory.name_hint else "a channel"
    return str(memory)


def no_clash(
    parts: Sequence[Footprint],
    are_ordered: Callable[[int, int], bool],
    kind: str,
    names: Sequence[int] | None = None,
) -> None:
    """Raise VerifyException for the first pair of parts that must not run at once, but may.

    `kind` and `names` tell the parts to people; without names they are counted from 0.
    """
    names = range(len(parts)) if names is None else names
    for one, other, memory in clashes(parts, are_ordered):
        raise VerifyException(
            f"{kind} {names[one]} writes {told(memory)}, which {kind} {names[other]} touches, "
            "and they may run at once"
        )
