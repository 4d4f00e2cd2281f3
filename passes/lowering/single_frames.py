"""The loop over single frames: its body computes a frame of all loops, in their order.

Between the ops of a frame, signals are values instead of rows. Recurrences are computed as their
regions say, packs as in their own loops; all state is that of the loops over chunks.
"""

from __future__ import annotations

from xdsl.ir import SSAValue

from dspc.dialects.dsp_par.loops import LoopOp
from dspc.passes.lowering.chunk_state import Chunk, LoopState
from dspc.passes.lowering.frame_state import FrameState
from dspc.passes.lowering.partitioned import SplitBody
from dspc.passes.partition.group import LoopGroup


class FrameBody(SplitBody):
    """Lowers a program whose loops over chunks are written (`chunks`) frame by frame."""

    def __init__(self, chunks: SplitBody) -> None:
        super().__init__(
            chunks.unit,
            chunks.plan,
            chunks.function,
            chunks.storage,
            chunks.facts,
            chunks.init,
            chunks.graph,
            chunks.groups,
            chunks.histories,
        )
        self.chunks = chunks
        self.chunk = Chunk(chunks.function)
        self.zones, self.last, self.phases = chunks.zones, chunks.last, chunks.phases
        self.numbers, self.values, self.rates = chunks.numbers, chunks.values, chunks.rates
        self.written, self._promoted = chunks.written, chunks._promoted
        self.totals: dict[tuple[int, int], SSAValue] = {}
        """The sums over lanes of this frame, by the root node of the sum and the number of the
        pack."""
        self.frame = FrameState(self.unit, self.plan, self.chunk, self.histories)
        self.state = self.frame
        self.in_loops = True

    def write(self) -> LoopOp:
        """The loop."""
        for group in self.groups:
            for node in group.nodes:
                for signal in self.inputs_of(node):
                    self.sampled(signal)  # the host may pass one array as input and output
        for group in self.groups:
            self.frame.number = group.order
            form = self.chunks.forms.get(group)
            if form is None:
                self.write_nodes(group)
            else:
                form.write_frame(self)
        self.frame.end_frame()
        return self.frame.finish()

    def enter(self, group: LoopGroup) -> LoopState:
        return self.frame

    def is_defined(self, source: SSAValue) -> bool:
        if source not in self.graph.sampled or source in self.local:
            return True
        return source in self.graph.fixed or source in self.graph.inputs

    def publish(self, source: SSAValue, value: SSAValue) -> None:
        """Push a signal's value of this frame to its delay lines, and show it."""
        for line in self.plan.lines_of.get(source, ()):
            if line.domain is None:
                self.frame.push(line, value)
        w = self.frame.scope.writer
        for buffer, index in self.shown(source, w):
            w.store(value, buffer, index)

    def sum_over_lanes(self, root: int, pack: int) -> SSAValue:
        return self.totals[root, pack]
