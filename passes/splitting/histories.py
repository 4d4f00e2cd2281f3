"""How the past of each delayed signal is kept, so that a loop reads it without masks.

- registers: numbers carried from frame to frame, for what a recursive loop reads of itself;
- a copy: a row of a chunk with the past before it, copied in before the loop that writes it, and
  out after it;
- a ring of a power of two with a mirror of its first chunk behind its end: what is read from any
  place in the ring on lies in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.ir import SSAValue

from dspc.dialects.dsp import time
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.plan import MAX_REGISTERS, Line
from dspc.passes.lowering.unit import Unit
from dspc.passes.lowering.writer import Buffer
from dspc.passes.splitting.graph import Graph
from dspc.passes.splitting.group import Group


class History:
    """The past of one line. `size` is that of the ring without its mirror; 0 for a copy."""

    __slots__ = ("depth", "is_masked", "kept", "line", "registers", "row", "size")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.depth = line.depth
        self.registers = 0
        """How many frames the writing loop reads back itself, in numbers it carries."""
        self.is_masked = False
        """Whether the writing loop reads from the ring what it wrote in this very chunk."""
        self.row: Buffer | None = None
        self.kept: Buffer | None = None
        self.size = 0


class Histories:
    """The histories of a program, by line; made once it is known which loop reads what."""

    def __init__(self, graph: Graph, groups: Sequence[Group], unit: Unit) -> None:
        self.graph = graph
        self.unit = unit
        self.writers: dict[Line, Group] = {}
        self.bounds: dict[SSAValue, None] = {}
        """Numbers of frames, known before the loops, than which no chunk may be longer."""
        self._of: dict[Line, History] = {}
        at = {node.order: group for group in groups for node in group.nodes}
        for line in graph.plan.lines_in.get(None, ()):
            self._of[line] = History(line)
            self.writers[line] = at[graph.writer(line.signal)]
        read: set[Line] = set()
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

    def of(self, line: Line) -> History:
        return self._of[line]

    def in_registers(self, line: Line, back: int, is_fixed: bool, group: Group) -> bool:
        """Whether a loop reads this from numbers that it carries."""
        return (
            is_fixed
            and back <= MAX_REGISTERS
            and self.writers[line] is group
            and not self.graph.is_far(line, back)
        )

    def _readings(self, group: Group) -> Iterable[tuple[Line, int, bool]]:
        """The lines that a loop reads: the least reach, and whether it is the only one.

        What lanes read of themselves they carry in vectors.
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
        """Declare the memory of a history that another loop reads, or that is long."""
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
