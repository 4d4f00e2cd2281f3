"""`--explain dsp-split-loops`: what each loop computes, and what keeps it from vectors, if so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dspc.dialects.dsp import tables, time
from dspc.dialects.dsp.interface import ProgramOp
from dspc.explain.words import counted, listed, name_of, places_of, wrapped
from dspc.passes.dsp_lower_to_loops import MOST_SPLIT, DspLowerToLoops
from dspc.passes.dsp_split_loops import DspSplitLoops
from dspc.passes.lowering.plan import Line, Plan, reach_of
from dspc.passes.splitting.distance import delays_in_feedback
from dspc.passes.splitting.graph import Chunking, Graph, Node
from dspc.passes.splitting.group import LoopGroup
from dspc.passes.splitting.groups import make_groups
from dspc.passes.splitting.pack_costs import gain
from dspc.passes.splitting.split_decision import WORTH, SplitDecision
from dspc.pipelines import lower_pass, parse_pipeline, split_pass

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions

STATE = {
    time.ControlOp: "steps that run only while a gate is open",
    time.PrefixOp: "a signal with a first value of its own",
    tables.TableWriteOp: "a table that is written while it is read",
}
"""What is done frame by frame without feedback, and what it is called."""


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """Of each loop: its kind and why, of each delay line: how its past is kept."""
    is_default = not options.vec and not options.threads
    (made,) = parse_pipeline(lower_pass(options) if is_default else split_pass(options))
    lines: list[str] = []
    for program in module.body.block.ops:
        if isinstance(program, ProgramOp):
            plan = Plan(program.body.block)
            if isinstance(made, DspLowerToLoops):
                chunking = made.chunking(program)
                told = _Loops(program, plan, chunking, made.choice(program, plan))
                lines += [*told.summary(), *told.default_mode(made)]
            else:
                assert isinstance(made, DspSplitLoops)
                told = _Loops(program, plan, made.chunking(program))
                lines += told.summary()
            lines += told.loops()
            lines += told.lines()
    return "\n".join(lines) + "\n"


def _why_one(made: DspLowerToLoops) -> str:
    """Why a program becomes one loop whatever time many would take, if it is not mostly banks."""
    if not made.packs:
        return "it is asked for"
    if not made.split:
        return "where memory is named or delay lines are given exact sizes, only banks are more"
    return f"of programs of more than {MOST_SPLIT} steps only banks are more"


class _Loops:
    """The loops of a program, and what they were chosen by."""

    def __init__(
        self, program: ProgramOp, plan: Plan, asked: Chunking, choice: SplitDecision | None = None
    ) -> None:
        self.program = program
        self.asked = asked
        self.choice = choice
        self.graph = choice.graph if choice else Graph(program.body.block, plan, asked)
        self.groups = choice.groups if choice else make_groups(self.graph)
        self.number = {group: number for number, group in enumerate(self.groups)}

    @property
    def chunking(self) -> Chunking:
        return self.graph.chunking

    def summary(self) -> list[str]:
        kinds = [self._kind(group) for group in self.groups]
        counts = [(kinds.count(kind), kind) for kind in dict.fromkeys(kinds)]
        told = ", ".join(f"{count} {kind}" for count, kind in counts) or "none"
        lanes = f", vectors of {self.chunking.lanes} lanes" if self.chunking.lanes else ""
        size = counted(self.chunking.size, "frame")
        lines = wrapped(
            f"{self.program.sym_name.data}: chunks of {size}{lanes}; "
            f"{counted(len(self.groups), 'loop')}: {told}"
        )
        return lines + self._shortened()

    def _shortened(self) -> list[str]:
        """Why chunks are shorter than they were asked to be."""
        lines: list[str] = []
        delays = list(delays_in_feedback(self.program.body.block, self.graph.plan))
        if self.chunking.size < self.asked.size:
            short = [op for op in delays if self.chunking.size <= reach_of(op)[0] < self.asked.size]
            reach = min((reach_of(op)[0] for op in short), default=self.chunking.size)
            lines += wrapped(
                f"chunks are not {self.asked.size} frames long: within {self.chunking.size} frames "
                f"feedback of {reach} frames is none{places_of(short)}",
                "  ",
            )
        if self.graph.assumed:
            lines += wrapped(
                "feedback whose length follows from controls is taken to be no shorter than a "
                "chunk; a call in which it is shorter runs shorter chunks"
                f"{places_of(op for op in delays if op in self.graph.assumed)}",
                "  ",
            )
        return lines

    def default_mode(self, made: DspLowerToLoops) -> list[str]:
        """Why the default is one loop, or why it is not."""
        choice = self.choice
        if choice is not None and choice.is_bank:
            why = f"these loops: packs save {choice.saved:.0f} steps a frame"
        elif choice is None or choice.is_bank_only:
            why = f"one loop instead: {_why_one(made)}"
        else:
            why = "these loops" if choice.is_split else "one loop instead"
            why += f": one takes about {choice.one:.0f} cycles a frame, these {choice.many:.0f}"
            if not choice.is_split:
                why += f", and at most {WORTH:.0%} are asked for"
        return wrapped(f"without -vec, dspc makes {why}", "  ")

    def loops(self) -> Iterator[str]:
        for group, number in self.number.items():
            yield ""
            yield from wrapped(f"L{number}{self._title(group)}")
            for reason in self._reasons(group):
                yield from wrapped(reason, "  ")
            before = sorted(self.number[other] for other in group.before)
            if before:
                yield from wrapped(f"after {', '.join(f'L{other}' for other in before)}", "  ")

    def _title(self, group: LoopGroup) -> str:
        named = (node for node in group.nodes if node.op is not None and node.op.results)
        names = [hint for node in named if node.op and (hint := node.op.results[0].name_hint)]
        outputs = [f"output {node.output}" for node in group.nodes if node.output is not None]
        told = listed([*names, *outputs])
        ops = [node.op for node in group.nodes]
        steps = counted(len(group.nodes), "step")
        return f"{' ' if told else ''}{told}: {self._kind(group)}, {steps}{places_of(ops)}"

    def _kind(self, group: LoopGroup) -> str:
        if group.pack is not None:
            return "pack"
        if group.linear is not None:
            return "scan"
        if group.fir is not None:
            return "fir"
        return "recursive" if group.is_recursive else "free"

    # Why

    def _reasons(self, group: LoopGroup) -> Iterator[str]:
        if group.pack is not None:
            pack, lanes = group.pack, self.chunking.lanes
            vectors = counted(-(-pack.lanes // lanes), "vector")
            saved = gain(pack, lanes)
            yield (
                f"{pack.lanes} recursions of one shape, {len(pack.positions)} steps each, in "
                f"{vectors} of up to {lanes} lanes: about {saved:.0f} steps a frame saved"
            )
        elif group.linear is not None:
            signal = name_of(group.linear.signal)
            yield (
                f"{signal} is linear in its past of one frame, by a factor that stays the same "
                "all through a call: vectors over time"
            )
        elif group.fir is not None:
            taps = counted(len(group.fir.coefficients), "tap")
            yield (
                f"{taps} of {name_of(group.fir.line.signal)}: vectors over frames, some at once "
                "for each coefficient"
            )
        elif group.is_recursive:
            yield f"frame by frame: {listed(self._feedback(group))}"
        else:
            yield "vectors over frames: no frame needs another of this loop"

    def _feedback(self, group: LoopGroup) -> Iterator[str]:
        """What in a loop needs earlier frames of the loop, the nearest ones first."""
        own = {node.order for node in group.nodes}
        found: list[tuple[int, str]] = []
        for node in group.nodes:
            found += self._pasts(node, own)
        for reach, name in sorted(found, key=lambda each: each[0]):
            yield f"{name} is fed back after {counted(reach, 'frame')}"
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
        """How each past is kept, like ones together."""
        kept: dict[str, list[Line]] = {}
        for line in self.graph.plan.lines_in.get(None, ()):
            kept.setdefault(self._storage(line), []).append(line)
        if kept:
            yield ""
            yield "delay lines"
        for how, lines in kept.items():
            told = [f"{name_of(line.signal)} ({line.depth})" for line in lines]
            yield from wrapped(f"{how}: {listed(told, 6)}", "  ")

    def _storage(self, line: Line) -> str:
        if not self.graph.is_copied(line):
            return "rings, the longest delay in frames"
        if line.depth <= self.chunking.max_copy:
            return "copied in front of each chunk, no longer than -mcd"
        return f"copied in front of each chunk for {self.graph.taps[line]} readers"
