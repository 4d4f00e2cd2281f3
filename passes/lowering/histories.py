"""The form of each delay line, chosen so that loops read contiguous memory without masks.

- registers: loop-carried scalars (`iter_args`), for short feedback of a recursive loop;
- a copy: a row of a chunk with the past values before it, copied in before the loop that writes the
  chunk, and out after it;
- a ring buffer of a power of two with a mirror of its first chunk behind its end: a chunk from any
  position on is contiguous.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import SSAValue

from dspc.dialects.dsp import time
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.analysis.delay_lines import MAX_REGISTERS, DelayLine
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.lowering.unit import LoweringUnit
from dspc.passes.lowering.writer import Buffer
from dspc.passes.partition.group import LoopGroup


class History:
    """The form of one delay line. `size` is the ring size without the mirror; 0 for a copy."""

    __slots__ = ("depth", "is_masked", "kept", "line", "registers", "row", "size")

    def __init__(self, line: DelayLine) -> None:
        self.line = line
        self.depth = line.depth
        self.registers = 0
        """The number of past frames that the writing loop carries in registers."""
        self.is_masked = False
        """Whether the writing loop reads values of the current chunk from the ring."""
        self.row: Buffer | None = None
        self.kept: Buffer | None = None
        self.size = 0


class Histories:
    """The histories of a program by delay line, for given loops."""

    def __init__(self, graph: Graph, groups: Sequence[LoopGroup], unit: LoweringUnit) -> None:
        self.graph = graph
        self.unit = unit
        self.writers: dict[DelayLine, LoopGroup] = {}
        self.bounds: dict[SSAValue, None] = {}
        """Upper bounds of the chunk size in this call, computed before the loops."""
        self._of: dict[DelayLine, History] = {}
        at = {node.order: group for group in groups for node in group.nodes}
        for line in graph.plan.lines_in.get(None, ()):
            self._of[line] = History(line)
            self.writers[line] = at[graph.writer(line.signal)]
        read: set[DelayLine] = set()
        for group in groups:
            for line, least, is_fixed in self._readings(group):
                if self.in_registers(line, least, is_fixed, group):
                    self._of[line].registers = max(self._of[line].registers, least)
                    continue
                read.add(line)
                if self.writers[line] is group and not graph.is_far(line, least):
                    self._of[line].is_masked = True
        for line in self._of:
            if line in read:
                self._make(self._of[line])

    def of(self, line: DelayLine) -> History:
        return self._of[line]

    def in_registers(self, line: DelayLine, back: int, is_fixed: bool, group: LoopGroup) -> bool:
        """Whether a loop reads this distance from loop-carried registers."""
        return (
            is_fixed
            and back <= MAX_REGISTERS
            and self.writers[line] is group
            and not self.graph.is_far(line, back)
        )

    def _readings(self, group: LoopGroup) -> Iterable[tuple[DelayLine, int, bool]]:
        """The delay lines that a loop reads: the least distance, and whether it is fixed.

        Feedback within a pack is excluded: it is carried in vectors.
        """
        inside = group.pack.at if group.pack else {}
        for node in group.nodes:
            for signal in node.operands:
                if signal in self.graph.fixed:
                    line, reach = self.graph.fixed[signal]
                    if self.graph.of.get(line.signal) not in inside:
                        yield line, reach, True
            if isinstance(node.op, time.DelayOp):
                if node.op in self.graph.assumed:
                    yield (
                        self.graph.plan.line(node.op.signal, None),
                        self.graph.chunking.size,
                        False,
                    )
                    continue
                yield self.graph.plan.line(node.op.signal, None), node.op.offset.value.data, False
            elif isinstance(node.op, time.PrefixOp):
                yield self.graph.plan.line(node.op.signal, None), 1, True

    def _make(self, history: History) -> None:
        """Declare the buffers of a history that is read from memory."""
        line, unit, chunk = history.line, self.unit, self.graph.chunking.size
        hint = line.signal.name_hint
        kind = "Rec" if line.is_recursive else "Vec"
        if self.graph.is_copied(line):
            name = unit.named(hint, "past", line.element, kind)
            history.kept = unit.buffer(
                name, line.element, history.depth, Lifetime.INSTANCE, Role.STATE
            )
            unit.clear(history.kept, line.start)
            name = unit.named(hint, "recent", line.element, "Zec")
            history.row = unit.buffer(
                name, line.element, history.depth + chunk, Lifetime.BLOCK, Role.SCRATCH
            )
            return
        history.size = unit.ring_size(history.depth, chunk)
        name = unit.named(hint, "line", line.element, kind)
        history.row = unit.buffer(
            name, line.element, history.size + chunk, Lifetime.INSTANCE, Role.STATE
        )
        unit.clear(history.row)
