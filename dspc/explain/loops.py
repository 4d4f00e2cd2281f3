"""`--explain dsp-split-loops`: the loops, and the loop-carried dependences of recursive ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dspc.dialects.dsp import tables, time
from dspc.dialects.dsp.forms import LineForm
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.partition import chunk_of
from dspc.dialects.dsp_mem.processor_model import DEFAULT
from dspc.explain.words import counted, listed, name_of, places_of, wrapped
from dspc.passes.analysis.chunking import Chunking
from dspc.passes.analysis.delay_lines import DelayLine, reach_of
from dspc.passes.analysis.feedback_distance import delays_in_feedback
from dspc.passes.analysis.frame_graph import Node
from dspc.passes.partition.group import LoopGroup
from dspc.passes.partition.linear import Linear
from dspc.passes.partition.shared_analyses import GRAPHS
from dspc.passes.partition.written_loops import read_loops
from dspc.pipelines.standard import is_one_loop

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions

STATE = {
    time.ControlOp: "ops that run only while a gate is open",
    time.PrefixOp: "a signal with a first value of its own",
    tables.TableWriteOp: "a table that is both read and written",
}
"""Ops with state that run frame by frame without feedback, and their descriptions."""


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """For each loop its kind and the reason, for each delay line its storage.

    Of a module in which they are decided: nothing but the IR is read.
    """
    lines: list[str] = []
    for program in module.body.block.ops:
        if isinstance(program, ProgramOp):
            report = _Loops(program)
            lines += report.summary()
            is_known = report.chunk.reason is not None or is_one_loop(options)
            if is_known and not options.vec and not options.threads:
                lines += report.default_mode(options)
            lines += report.loops()
            lines += report.lines()
    return "\n".join(lines) + "\n"


class _Loops:
    """The loops of a program, and the graph of the signals that they compute."""

    def __init__(self, program: ProgramOp) -> None:
        self.program = program
        graph, chunk = GRAPHS.of(program, DEFAULT), chunk_of(program.body.block)
        assert graph is not None
        assert chunk is not None
        self.graph = graph
        self.chunk = chunk
        self.groups = read_loops(graph)
        self.number = {group: number for number, group in enumerate(self.groups)}

    @property
    def asked(self) -> int:
        """The frames of a chunk before it was shortened."""
        return self.chunk.asked.value.data

    @property
    def chunking(self) -> Chunking:
        return self.graph.chunking

    def summary(self) -> list[str]:
        kinds = [self._kind(group) for group in self.groups]
        counts = [(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
        summed = ", ".join(f"{count} {kind}" for count, kind in counts) or "none"
        lanes = f", vectors of {self.chunking.lanes} lanes" if self.chunking.lanes else ""
        size = counted(self.chunking.size, "frame")
        lines = wrapped(
            f"{self.program.sym_name.data}: chunks of {size}{lanes}; "
            f"{counted(len(self.groups), 'loop')}: {summed}"
        )
        return lines + self._shortened()

    def _shortened(self) -> list[str]:
        """Why chunks are shorter than requested, and which feedback is assumed to be long."""
        lines: list[str] = []
        delays = list(delays_in_feedback(self.program.body.block, self.graph.plan))
        if self.chunking.size < self.asked:
            short = [op for op in delays if self.chunking.size <= reach_of(op)[0] < self.asked]
            reach = min((reach_of(op)[0] for op in short), default=self.chunking.size)
            lines += wrapped(
                f"chunks are shorter than {self.asked} frames: within "
                f"{self.chunking.size} frames, feedback of {reach} frames is no "
                f"loop-carried dependence{places_of(short)}",
                "  ",
            )
        if self.chunking.assumed:
            lines += wrapped(
                "feedback whose length depends on controls is assumed to be at least a chunk long; "
                "a call in which it is shorter runs shorter chunks"
                f"{places_of(op for op in delays if op in self.chunking.assumed)}",
                "  ",
            )
        return lines

    def default_mode(self, options: CompileOptions) -> list[str]:
        """Whether these loops or a single one are the default, and why."""
        is_one = self.chunk.is_one_loop is not None
        reason = self.chunk.reason
        why = "an option asks for it" if reason is None else reason.data
        if is_one and (options.names_memory() or options.delay_line_threshold is not None):
            why = f"with options for memory or exact delay lines, {why}"
        loops = "one loop instead" if is_one or reason is None else "these loops"
        return wrapped(f"without -vec, dspc makes {loops}: {why}", "  ")

    def loops(self) -> Iterator[str]:
        for group, number in self.number.items():
            yield ""
            yield from wrapped(f"L{number}{self._title(group)}")
            for reason in self._reasons(group):
                yield from wrapped(reason, "  ")
            before = sorted(self.number[predecessor] for predecessor in group.before)
            if before:
                yield from wrapped(
                    f"after {', '.join(f'L{predecessor}' for predecessor in before)}", "  "
                )

    def _title(self, group: LoopGroup) -> str:
        named = (node for node in group.nodes if node.op is not None and node.op.results)
        names = [hint for node in named if node.op and (hint := node.op.results[0].name_hint)]
        outputs = [f"output {node.output}" for node in group.nodes if node.output is not None]
        labels = listed([*names, *outputs])
        ops = [node.op for node in group.nodes]
        count = counted(len(group.nodes), "op")
        return f"{' ' if labels else ''}{labels}: {self._kind(group)}, {count}{places_of(ops)}"

    def _kind(self, group: LoopGroup) -> str:
        if group.pack is not None:
            return "pack"
        if group.linear is not None:
            return "scan" if group.linear.order == 1 else "state space"
        if group.fir is not None:
            return "fir"
        if group.cascade is not None:
            return "cascade"
        return "recursive" if group.is_recursive else "free"

    # Reasons

    def _reasons(self, group: LoopGroup) -> Iterator[str]:
        if group.pack is not None:
            pack, lanes = group.pack, self.chunking.lanes
            vectors = counted(-(-pack.lanes // lanes), "vector")
            if pack.stencil is not None:
                terms = counted(len(pack.stencil.diagonals), "term")
                yield f"a grid of {pack.lanes} nodes: a sum of {terms} of their past each"
            yield (
                f"{pack.lanes} recursions of one shape, {len(pack.positions)} ops each, in "
                f"{vectors} of up to {lanes} lanes: saves about {pack.gain:.0f} ops a frame"
            )
        elif group.linear is not None:
            yield _linear(group.linear)
        elif group.fir is not None:
            taps = counted(len(group.fir.coefficients), "tap")
            yield (
                f"{taps} of {name_of(group.fir.line.signal)}: SIMD lanes are frames, several "
                "vectors for each coefficient"
            )
        elif group.cascade is not None:
            count, skew = len(group.cascade.sections), group.cascade.skew
            yield (
                f"{count} linear recurrences, each in a SIMD lane, {counted(skew, 'frame')} behind "
                "the one that it filters"
            )
        elif group.is_recursive:
            yield f"loop-carried dependence: {listed(self._feedback(group))}"
        else:
            yield "no loop-carried dependence: SIMD lanes are frames"

    def _feedback(self, group: LoopGroup) -> Iterator[str]:
        """The loop-carried dependences of a loop, by increasing distance."""
        own = {node.order for node in group.nodes}
        distances: list[tuple[int, str]] = []
        for node in group.nodes:
            distances += self._pasts(node, own)
        for reach, name in sorted(distances, key=lambda each: each[0]):
            yield f"{name} at a distance of {counted(reach, 'frame')}"
        for node in group.nodes:
            for kind, words in STATE.items():
                if isinstance(node.op, kind):
                    yield words

    def _pasts(self, node: Node, own: set[int]) -> Iterator[tuple[int, str]]:
        graph = self.graph
        for signal in node.operands:
            if signal in graph.fixed:
                line, reach = graph.fixed[signal]
                if graph.writer(line.signal) in own and not graph.is_far(line, reach):
                    yield reach, name_of(line.signal)
        if isinstance(node.op, time.DelayOp) and graph.of.keys() >= {node.op.result}:
            line = graph.plan.line(node.op.signal, None)
            if graph.writer(line.signal) in own and graph.writer(line.signal) in node.line_edges:
                yield node.op.offset.value.data, f"{name_of(line.signal)} (a varying delay)"

    # Delay lines

    def lines(self) -> Iterator[str]:
        """The storage of each delay line, grouped by kind."""
        by_storage: dict[str, list[DelayLine]] = {}
        for line in self.graph.plan.lines_in.get(None, ()):
            by_storage.setdefault(self._storage(line), []).append(line)
        if by_storage:
            yield ""
            yield "delay lines"
        for how, lines in by_storage.items():
            sizes = [f"{name_of(line.signal)} ({line.depth})" for line in lines]
            yield from wrapped(f"{how}: {listed(sizes, 6)}", "  ")

    def _storage(self, line: DelayLine) -> str:
        declared = self.chunking.lines[line]
        form = declared.form.data
        if form is LineForm.REGISTERS:
            return "carried by a loop from frame to frame"
        if declared.rows is not None:
            return f"rings of their pack, {declared.rows.value.data} rows of vectors"
        if form is not LineForm.COPIED:
            return "ring buffers (longest delay in frames)"
        if declared.reads is None:
            return "copied before each chunk (not longer than -mcd)"
        return f"copied before each chunk (for {declared.reads.value.data} reads)"


def _linear(linear: Linear) -> str:
    """How a linear recurrence runs, and why."""
    signal = name_of(linear.signal)
    if linear.order == 1:
        return (
            f"{signal} is a linear recurrence of order 1 with a coefficient that is constant in a "
            "call: a prefix scan over frames"
        )
    taps = f", and {counted(len(linear.taps), 'op')} on its past" if linear.taps else ""
    return (
        f"{signal} is a linear recurrence of order {linear.order} with coefficients that are "
        f"constant in a call{taps}: block state space, SIMD lanes are frames"
    )
