"""The form of each delay line, chosen so that loops read contiguous memory without masks.

- registers: loop-carried scalars (`iter_args`), for short feedback of a recursive loop;
- a copy: a row of a chunk with the past values before it, copied in before the loop that writes the
  chunk, and out after it;
- a ring buffer of a power of two with a mirror of its first chunk behind its end: a chunk from any
  position on is contiguous.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.ir import SSAValue

from dspc.dialects.dsp.forms import LineForm
from dspc.dialects.dsp.partition import LineOp
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.places import span_of
from dspc.passes.analysis.delay_lines import DelayLine
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.lowering.unit import LoweringUnit, ring_elements
from dspc.passes.lowering.writer import Buffer
from dspc.passes.partition.group import LoopGroup
from dspc.passes.partition.registers import readings, writers_of
from dspc.support.diagnostics import DspcError


class History:
    """The form of one delay line. `size` is the ring size without the mirror; 0 for a copy."""

    __slots__ = ("depth", "form", "is_masked", "kept", "line", "registers", "row", "size")

    def __init__(self, line: DelayLine, declared: LineOp) -> None:
        self.line = line
        self.depth = declared.depth.value.data
        self.form = declared.form.data
        self.registers = declared.carried
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
        self.writers = writers_of(graph, groups)
        self.bounds: dict[SSAValue, None] = {}
        """Upper bounds of the chunk size in this call, computed before the loops."""
        self._of = {line: History(line, graph.chunking.lines[line]) for line in self.writers}
        for line, group in self.writers.items():
            if group.pack is not None and graph.of.get(line.signal) in group.pack.at:
                self._of[line].registers = 0  # its past is in vectors
        read: set[DelayLine] = set()
        for group in groups:
            for line, least, is_fixed in readings(graph, group):
                if self.in_registers(line, least, is_fixed, group):
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
            and back <= self._of[line].registers
            and self.writers[line] is group
            and not self.graph.is_far(line, back)
        )

    def _make(self, history: History) -> None:
        """Declare the buffers of a history that is read from memory.

        Raises DspcError E0306 where its delay line is declared to be in registers only.
        """
        if history.form is LineForm.REGISTERS:
            declared = self.graph.chunking.lines[history.line]
            message = f"@{declared.sym_name.data} has no memory, but a loop reads it from there"
            raise DspcError("E0306", message, span_of(declared), "run dsp-partition again")
        line, unit, chunk = history.line, self.unit, self.graph.chunking.size
        hint = line.signal.name_hint
        kind = "Rec" if line.is_recursive else "Vec"
        if history.form is LineForm.COPIED:
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
        history.size = ring_elements(history.depth, chunk, history.form is LineForm.EXACT_RING)
        name = unit.named(hint, "line", line.element, kind)
        history.row = unit.buffer(
            name, line.element, history.size + chunk, Lifetime.INSTANCE, Role.STATE
        )
        unit.clear(history.row)
