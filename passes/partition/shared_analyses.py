"""Analyses that several passes on one module share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from threading import local

from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.partition import ChunkOp, DecisionOp, LineOp
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.chunking import read_chunking
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.analysis.frame_graph import RINGS, Graph
from dspc.passes.lowering.meters import unconnected_graph

Facts = tuple[Operation, tuple[SSAValue, ...], tuple[object, ...]]
"""The inputs of an analysis at an op: the op itself, its operands and properties."""
_operands: Callable[[Operation], tuple[SSAValue, ...]] = attrgetter("_operands")
"""As `Operation.operands`, which is ten times slower: the tuple itself."""


class GraphCache(local):
    """The dependence graph of the program at hand, as long as its ops are those that it was made
    from.

    Passes that only add decisions which the graph does not depend on keep it valid. Any other
    change makes it stale: it is compared, op by op, with the program. Each thread has its own.
    """

    def __init__(self) -> None:
        self._known: tuple[interface.ProgramOp, list[Facts], Graph] | None = None

    def keep(self, program: interface.ProgramOp, graph: Graph) -> None:
        """Share the graph of a program as it is now."""
        self._known = (program, list(_facts(program)), graph)

    def of(self, program: interface.ProgramOp, processor: ProcessorModel) -> Graph | None:
        """A graph of its own for a pass, which may change its nodes; None without `dsp.chunk`."""
        known = self._known
        if known is not None and known[0] is program and known[1] == list(_facts(program)):
            return known[2].copy(processor)
        body = program.body.block
        plan = Plan(body)
        chunking = read_chunking(body, plan, processor)
        if chunking is None:
            return None
        graph = unconnected_graph(body, plan)
        graph.connect(chunking)
        self.keep(program, graph)
        return graph.copy(processor)

    def plan(self, program: interface.ProgramOp) -> Plan:
        """The delay lines of a program."""
        known = self._known
        if known is not None and known[0] is program and known[1] == list(_facts(program)):
            return known[2].plan
        return Plan(program.body.block)

    def drop(self) -> None:
        """Forget the program, which is lowered."""
        self._known = None


NOT_READ = ("asked", "is_one_loop", "reason")
"""Properties of a `dsp.chunk` that `read_chunking` does not read."""


def _facts(program: interface.ProgramOp) -> Iterator[Facts]:
    """The inputs of the graph; of delay lines, whether they are rings."""
    work = [iter(program.body.block.ops)]
    while work:
        op = next(work[-1], None)
        if op is None:
            work.pop()
            continue
        if isinstance(op, LineOp):
            yield op, (), (op.sym_name, op.depth, op.form.data in RINGS)
        elif isinstance(op, ChunkOp):
            read = [pair for pair in op.properties.items() if pair[0] not in NOT_READ]
            yield op, (), tuple(read)
        elif not isinstance(op, DecisionOp):
            yield op, _operands(op), tuple(op.properties.values())
        work.extend(iter(block.ops) for region in op.regions for block in region.blocks)


GRAPHS = GraphCache()
"""The graph of the program that passes work on."""
