"""Chooses the chunk of a program and the forms of its delay lines; declares them in its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xdsl.dialects.builtin import (
    IntegerAttr,
    LocationAttr,
    StringAttr,
    SymbolRefAttr,
    UnitAttr,
    f32,
    i64,
)
from xdsl.ir import Attribute, Operation

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.forms import LineForm, LineFormAttr
from dspc.dialects.dsp.partition import ChunkOp, LineOp, declare, erase_decisions
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.chunking import lines_read, read_chunking
from dspc.passes.analysis.delay_lines import NO_THRESHOLD, DelayLine, Plan
from dspc.passes.analysis.feedback_distance import Distances, find_distances
from dspc.passes.analysis.frame_graph import Graph, count_taps
from dspc.passes.lowering.meters import unconnected_graph
from dspc.support.counters import count

MANY_TAPS = 8
"""The number of readers from which a contiguous copy is preferred to a ring buffer."""
MOST_COPIED = 1024
"""The longest delay line that is copied for many readers, in frames."""
LEAST_LOOPED = 8
"""The fewest frames that are worth loops over them."""
LEAST_WHOLE = 64
"""The least size of chunks of which the last may be shorter at little cost, in frames."""
NOT_IN_NAMES = re.compile(r"\W")


MOST_LANES = 64


@dataclass(frozen=True)
class ChunkOptions:
    """The options of the passes that choose chunks; dsp-choose-chunk describes them.

    Raises ValueError for values that are none.
    """

    vector_size: int = 32
    loop_variant: int = 0
    max_copy_delay: int = 16
    apart: bool = False
    lanes: int | None = None
    delay_line_threshold: int = NO_THRESHOLD
    machine: str | None = None

    def __post_init__(self) -> None:
        if self.vector_size < 1:
            raise ValueError("vector-size is at least 1")
        if self.loop_variant not in (0, 1):
            raise ValueError("loop-variant is 0 or 1")
        if self.lanes is not None and not 0 <= self.lanes <= MOST_LANES:
            raise ValueError(f"lanes is 0 to {MOST_LANES}")


@dataclass(frozen=True)
class ChunkRequest:
    """The requirements: chunks of at most `size` frames, delay lines of at most `max_copy` frames
    copied, vectors of `lanes` elements (None: those of the processor), and the settings of
    `dsp.chunk`."""

    size: int
    max_copy: int
    processor: ProcessorModel
    lanes: int | None = None
    is_bounded: bool = False
    is_apart: bool = False
    exact_beyond: int = NO_THRESHOLD


def choose_chunk(program: interface.ProgramOp, plan: Plan, asked: ChunkRequest) -> Graph:
    """Declare the chunk and the delay lines of a program; returns its dependence graph.

    Earlier decisions are erased.
    """
    body = program.body.block
    erase_decisions(body)
    graph = unconnected_graph(body, plan)
    copied = max(asked.max_copy, 1)
    distances = find_distances(body, plan, asked.size, copied, graph.slow, asked.is_apart)
    for op in distances.assumed:
        op.properties["assumed"] = UnitAttr()
    lanes = lanes_for(program, asked.lanes, asked.size, asked.processor)
    names = _Names()
    singles = _singles(asked, distances, lanes)
    size = distances.size - distances.size % max(singles, 1)
    chunk = _chunk_op(asked, size, lanes)
    if singles:
        chunk.properties["singles"] = IntegerAttr(singles, i64)
    declared: list[Operation] = [chunk]
    places: dict[DelayLine, LocationAttr] = {}
    for op, line in lines_read(plan):
        places.setdefault(line, op.location)
    lines: dict[DelayLine, str] = {}
    taps = count_taps(graph)
    for line in plan.lines_in.get(None, ()):
        lines[line] = names.of(line.signal.name_hint)
        reads = 0 if line.depth <= copied else _copied_reads(line, taps, size)
        is_copied = line.depth <= copied or reads > 0
        form = LineForm.COPIED if is_copied else _ring(line, asked.exact_beyond)
        count(f"lines {form.value}")
        declared.append(_line_op(lines[line], line, form, reads))
        declared[-1].location = places[line]
    for op, line in lines_read(plan):
        op.properties["line"] = SymbolRefAttr(lines[line])
    declared[0].location = _place(program)
    declare(body, declared)
    chunking = read_chunking(body, plan, asked.processor)
    assert chunking is not None
    graph.connect(chunking)
    return graph


def _singles(asked: ChunkRequest, distances: Distances, lanes: int) -> int:
    """The frames of which chunks are whole multiples, with a loop over single frames for others; 0
    for none.

    The loop over chunks then takes any number of them, which costs little beside long chunks; full
    chunks of a constant number of frames are faster where they are short.
    """
    singles = max(lanes, LEAST_LOOPED)
    if asked.is_bounded or asked.is_apart or distances.size < singles:
        return 0
    is_worth = distances.size >= LEAST_WHOLE or distances.is_short_at_first
    return singles if is_worth else 0


def _place(program: interface.ProgramOp) -> LocationAttr:
    """The location of a program: that of its outputs, as it has none of its own."""
    outputs = program.body.block.last_op
    return program.location if outputs is None else outputs.location


def lanes_for(
    program: interface.ProgramOp, lanes: int | None, size: int, processor: ProcessorModel
) -> int:
    """The SIMD lanes for a program, a power of two or 0: `lanes` rounded down, or those of the
    processor's vectors.

    `size` is the number of frames of a chunk.
    """
    if lanes is None:
        lanes = processor.lanes(32 if program.precision == f32 else 64)
        if size < lanes:
            lanes = 0
    return 1 << lanes.bit_length() >> 1


def _copied_reads(line: DelayLine, taps: dict[DelayLine, int], size: int) -> int:
    """The reads of a longer line that is copied, since contiguous memory pays for them; else 0."""
    reads = taps.get(line, 0)
    is_worth = reads >= MANY_TAPS and line.depth <= min(reads * size // 4, MOST_COPIED)
    return reads if is_worth else 0


def _ring(line: DelayLine, exact_beyond: int) -> LineForm:
    is_exact = 1 << line.depth.bit_length() > exact_beyond
    return LineForm.EXACT_RING if is_exact else LineForm.RING


def _chunk_op(asked: ChunkRequest, size: int, lanes: int) -> ChunkOp:
    properties: dict[str, Attribute] = {
        "size": IntegerAttr(size, i64),
        "asked": IntegerAttr(asked.size, i64),
        "lanes": IntegerAttr(lanes, i64),
        "registers": IntegerAttr(asked.processor.vector_registers, i64),
    }
    if asked.exact_beyond != NO_THRESHOLD:
        properties["exact_beyond"] = IntegerAttr(asked.exact_beyond, i64)
    if asked.is_bounded:
        properties["is_bounded"] = UnitAttr()
    if asked.is_apart:
        properties["is_apart"] = UnitAttr()
    return ChunkOp.create(properties=properties)


def _line_op(name: str, line: DelayLine, form: LineForm, reads: int) -> LineOp:
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(name),
        "form": LineFormAttr(form),
        "depth": IntegerAttr(line.depth, i64),
    }
    if reads:
        properties["reads"] = IntegerAttr(reads, i64)
    return LineOp.create(properties=properties)


class _Names:
    """Unique names of delay lines: those of their signals, numbered where several are equal."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, hint: str | None) -> str:
        stem = NOT_IN_NAMES.sub("_", hint) if hint else "line"
        number = self._used.get(stem, 0)
        self._used[stem] = number + 1
        name = f"{stem}_{number}" if number else stem
        return name if not number or name not in self._used else self.of(name)
