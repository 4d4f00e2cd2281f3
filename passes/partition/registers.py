"""Which past frames of each delay line the loop that writes it carries in values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import IntegerAttr, i64

from dspc.dialects.dsp import time
from dspc.dialects.dsp.forms import LineForm, LineFormAttr
from dspc.passes.analysis.chunking import Chunking
from dspc.passes.analysis.delay_lines import MAX_REGISTERS, DelayLine
from dspc.passes.analysis.frame_graph import Graph
from dspc.passes.packing.pack import signal_of
from dspc.passes.packing.reaches import carried_frames, reaches_of
from dspc.passes.partition.group import LoopGroup


def choose_registers(graph: Graph, groups: Sequence[LoopGroup]) -> None:
    """Declare the registers of each delay line, and those lines that need no memory."""
    writers = writers_of(graph, groups)
    registers = dict.fromkeys(writers, 0)
    rows: dict[DelayLine, int] = {}
    in_memory: set[DelayLine] = set()
    for group in groups:
        for line, least, is_fixed in readings(graph, group):
            is_near = writers[line] is group and not graph.is_far(line, least)
            if is_fixed and is_near and least <= MAX_REGISTERS:
                registers[line] = max(registers[line], least)
            else:
                in_memory.add(line)
        for line, frames, deepest in _in_vectors(graph, group):
            registers[line] = frames
            if deepest > frames:
                in_memory.add(line)
                rows[line] = _rows(graph.chunking, deepest)
    for line, count in registers.items():
        declared = graph.chunking.lines[line]
        for name, number in (("registers", count), ("rows", rows.get(line, 0))):
            declared.properties.pop(name, None)
            if number:
                declared.properties[name] = IntegerAttr(number, i64)
        if line not in in_memory:
            declared.properties["form"] = LineFormAttr(LineForm.REGISTERS)
        elif declared.form.data is LineForm.REGISTERS:
            declared.properties["form"] = LineFormAttr(LineForm.COPIED)


def _in_vectors(graph: Graph, group: LoopGroup) -> Iterator[tuple[DelayLine, int, int]]:
    """The delay lines that a pack reads of its own lanes: the frames that it carries in vectors,
    and the frames that it reads."""
    pack = group.pack
    if pack is None:
        return
    blocks = -(-pack.lanes // pack.width)
    for position, reaches in reaches_of(pack).items():
        # Neighbours are read at elements of a row in memory that no vector begins with.
        is_grid = position == pack.grid
        frames = 0 if is_grid else carried_frames(reaches, blocks, graph.chunking.registers)
        for node in pack.positions[position]:
            yield graph.plan.line(signal_of(node), None), frames, reaches[-1]


def _rows(chunking: Chunking, deepest: int) -> int:
    """The rows of a pack's ring, of which frames up to `deepest` ago are read.

    Positions are relative to a chunk's first frame and wrap at most once in an exact ring, so that
    a ring of fewer rows than a chunk has frames gets a power of two.
    """
    is_exact = 1 << deepest.bit_length() > chunking.exact_beyond
    return deepest + 1 if is_exact and deepest >= chunking.size - 1 else 1 << deepest.bit_length()


def writers_of(graph: Graph, groups: Sequence[LoopGroup]) -> dict[DelayLine, LoopGroup]:
    """The loop that writes each delay line outside of gated regions."""
    at = {node.order: group for group in groups for node in group.nodes}
    lines = graph.plan.lines_in.get(None, ())
    return {line: at[graph.writer(line.signal)] for line in lines}


def readings(graph: Graph, group: LoopGroup) -> Iterator[tuple[DelayLine, int, bool]]:
    """The delay lines that a loop reads: the least distance, and whether it is fixed.

    Feedback within a pack is excluded: it is carried in vectors.
    """
    inside = group.pack.at if group.pack else {}
    for node in group.nodes:
        for signal in node.operands:
            if signal in graph.fixed:
                line, reach = graph.fixed[signal]
                if graph.of.get(line.signal) not in inside:
                    yield line, reach, True
        if isinstance(node.op, time.DelayOp):
            is_assumed = node.op in graph.chunking.assumed
            least = graph.chunking.size if is_assumed else node.op.offset.value.data
            yield graph.plan.line(node.op.signal, None), least, False
        elif isinstance(node.op, time.PrefixOp):
            yield graph.plan.line(node.op.signal, None), 1, True
