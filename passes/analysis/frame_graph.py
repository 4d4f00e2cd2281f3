"""The dependence graph of the operations of a frame, within a chunk of frames.

A fixed delay is no node: each loop that uses it reads the delay line of the delayed signal. A
dependence of at least a chunk's distance reads values of earlier chunks, so it is no edge; a cycle
closed only by such dependences is no strongly connected component.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import NamedTuple

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.forms import LineForm
from dspc.dialects.dsp.recurrences import PhaseOp, linear_form
from dspc.dialects.dsp.types import Rate, SignalType
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.passes.analysis.chunking import Chunking
from dspc.passes.analysis.delay_lines import (
    MAX_REGISTERS,
    DelayLine,
    Plan,
    reach_of,
    start_of,
    walk,
)
from dspc.support.graphs import strong_components

RINGS = (LineForm.RING, LineForm.EXACT_RING)


class Total(NamedTuple):
    """A sum that lanes of packs are terms of: the packs add to its other operands.

    It is named by its root addition's node, and the packs by their numbers.
    """

    root: int
    packs: tuple[int, ...]


class Node:
    """One operation of a frame: an op, a write to the delay lines of a signal, or an output.

    With a `total`, the op is the root addition of a sum, and `operands` are its terms that are in
    no pack.
    """

    __slots__ = ("line_edges", "op", "operands", "order", "output", "signal", "sources", "total")

    def __init__(
        self,
        order: int,
        op: Operation | None = None,
        signal: SSAValue | None = None,
        output: int | None = None,
    ) -> None:
        self.order = order
        self.op = op
        self.signal = signal
        self.output = output
        self.total: Total | None = None
        self.operands: list[SSAValue] = []
        """The resolved signals that it reads in the current frame."""
        self.sources: set[int] = set()
        """Nodes that it depends on within a frame (distance 0)."""
        self.line_edges: dict[int, bool] = {}
        """Nodes whose delay line it reads at a distance shorter than a chunk, each with whether
        the distance is short enough for registers."""


class Graph:
    """The dependence graph of a program's body: nodes in program order, and their edges."""

    def __init__(
        self,
        body: Block,
        plan: Plan,
        sunk: Sequence[Operation] = (),
        last: Sequence[SSAValue] = (),
    ) -> None:
        """The nodes without edges: see `connect`."""
        self.body = body
        self.plan = plan
        self.chunking = Chunking(1)
        self.sampled: set[SSAValue] = set(body.args)
        """The resolved signals of sample rate."""
        self.inputs: dict[SSAValue, int] = {arg: at for at, arg in enumerate(body.args)}
        self.fixed: dict[SSAValue, tuple[DelayLine, int]] = {}
        """Fixed delays: their delay line and distance in frames."""
        self.slow: list[Operation] = []
        """Ops slower than sample rate, run before the loops, in program order."""
        self.nodes: list[Node] = []
        self.of: dict[SSAValue, int] = {}
        """The node that computes a signal."""
        self.feeds: dict[SSAValue, int] = {}
        """The node that writes the delay lines of a signal which no node computes."""
        self.meters: dict[SSAValue, list[interface.BargraphOp]] = {}
        self._shown: dict[str, interface.BargraphOp] = {}
        self.sunk = list(sunk)
        """Ops that only meters need: no nodes, as they are computed after the last frame."""
        self.last = list(last)
        """The signals whose value of the last frame these ops read."""
        left_out = set(sunk)
        for op, domain in walk(body):
            if op in plan.live and op not in left_out:
                self._sort(op, domain)
        self.watched = dict.fromkeys([*self.meters, *self.last])
        """The signals whose last frame of a chunk is read after it."""
        self.readers: Counter[int] = Counter()
        """The number of uses of each node's signal within a frame."""
        self.lined: set[SSAValue] = set()
        """The signals whose delay line a delay or prefix op reads, at any distance."""
        self.components: Sequence[Sequence[int]] = []
        """The strongly connected components within a chunk, in topological order."""
        self.recursive: set[int] = set()
        """The nodes in recursions."""

    def connect(self, chunking: Chunking) -> None:
        """Add the edges within a chunk; call once."""
        self.chunking = chunking
        self._feed()
        for number, value in enumerate(_outputs(self.body)):
            self._add(Node(len(self.nodes), output=number)).operands.append(
                self.plan.resolve(value)
            )
        for node in self.nodes:
            self._connect(node)
        self._bind_tables()
        edges = [(*node.sources, *node.line_edges) for node in self.nodes]
        self.components = strong_components(range(len(edges)), edges.__getitem__)
        self.recursive = {
            order for members in self.components if self._is_recursive(members) for order in members
        }

    def _is_recursive(self, members: Sequence[int]) -> bool:
        first = self.nodes[members[0]]
        return (
            len(members) > 1
            or first.order in first.line_edges
            or isinstance(first.op, time.ControlOp | time.PrefixOp | tables.TableWriteOp)
        )

    def copy(self, processor: ProcessorModel) -> Graph:
        """A graph with nodes of its own, for the cost models of a processor."""
        twin = copy(self)
        twin.chunking = replace(self.chunking, processor=processor)
        twin.nodes = [copy(node) for node in self.nodes]
        return twin

    def _add(self, node: Node) -> Node:
        self.nodes.append(node)
        return node

    # Nodes

    def _sort(self, op: Operation, domain: time.ControlOp | None) -> None:
        """Classify an op: node, slow op, fixed delay or meter."""
        if isinstance(op, time.Recursion | time.AttachOp | time.YieldOp):
            return
        if not self.is_sampled(op):
            if not isinstance(op, interface.BargraphOp):
                self.slow.append(op)
            elif domain is None:
                self._show(op)
            return
        self.sampled.update(op.results)
        if domain is not None:
            return
        if isinstance(op, interface.BargraphOp):
            self._show(op)
        elif isinstance(op, time.DelayOp) and not reach_of(op)[1]:
            self.fixed[op.result] = (self.plan.line(op.signal, None), reach_of(op)[0])
        elif isinstance(op, time.PrefixOp) and isinstance(op.first.owner, arithmetic.ConstantOp):
            self.fixed[op.result] = (self.plan.line(op.signal, None, start_of(op)), 1)
        else:
            node = self._add(Node(len(self.nodes), op))
            self.of.update(dict.fromkeys(op.results, node.order))

    def _show(self, op: interface.BargraphOp) -> None:
        """Record the signal that a meter shows: the last one, where several share a meter."""
        widget = op.widget.string_value()
        earlier = self._shown.get(widget)
        if earlier is not None:
            signal = self.plan.resolve(earlier.signal)
            self.meters[signal].remove(earlier)
            if not self.meters[signal]:
                del self.meters[signal]
        self._shown[widget] = op
        self.meters.setdefault(self.plan.resolve(op.signal), []).append(op)

    def is_sampled(self, op: Operation) -> bool:
        """Whether an op is of sample rate; its operands are classified already."""
        if isinstance(op, time.DelayOp):
            return reach_of(op)[0] > 0
        if isinstance(op, time.PrefixOp | time.ControlOp | tables.TableWriteOp):
            return True
        if isinstance(op, interface.LowestOp | interface.HighestOp):
            return False
        if isinstance(op, interface.ForeignCallOp | interface.ForeignValueOp):
            if _is_declared_sampled(op):
                return True
        elif isinstance(op, tables.TableReadOp) and self.plan.resolve(op.table) in self.sampled:
            return True
        return any(self.plan.resolve(operand) in self.sampled for operand in op.operands)

    def closed_step(self, op: Operation) -> SSAValue | None:
        """The step of the addition of a `dsp.phase`, if it is constant in a call: frames do not
        depend on each other then."""
        parent = op.parent_op()
        if not isinstance(parent, PhaseOp) or not isinstance(op, arithmetic.AddOp):
            return None
        step = self.plan.resolve(linear_form(parent).inputs[0].value)
        return None if step in self.sampled else step

    def _feed(self) -> None:
        """Add nodes for signals that no node computes, but that have a delay line or a meter, or
        whose last value is wanted.

        They depend on no other node, so they come first in the frame.
        """
        delayed = [line.signal for line in self.plan.lines_in.get(None, ())]
        wanted = dict.fromkeys([*delayed, *self.watched])
        signals = [signal for signal in wanted if signal not in self.of]
        for node in self.nodes:
            node.order += len(signals)
        self.of = {value: order + len(signals) for value, order in self.of.items()}
        feeds = [Node(order, signal=signal) for order, signal in enumerate(signals)]
        for feed, signal in zip(feeds, signals, strict=True):
            feed.operands.append(signal)
            self.feeds[signal] = feed.order
        self.nodes = [*feeds, *self.nodes]

    # Edges

    def is_copied(self, line: DelayLine) -> bool:
        """Whether a delay line is copied before each chunk."""
        return self.chunking.lines[line].form.data is LineForm.COPIED

    def is_far(self, line: DelayLine, reach: int) -> bool:
        """Whether a read at this distance cannot see values of the current chunk."""
        return reach >= self.chunking.size and self.chunking.lines[line].form.data in RINGS

    def writer(self, signal: SSAValue) -> int:
        """The node that writes a signal's delay lines."""
        producer = self.of.get(signal)
        return self.feeds[signal] if producer is None else producer

    def _connect(self, node: Node) -> None:
        op = node.op
        if op is not None:
            node.operands.extend(self.plan.resolve(value) for value in self._operands(op))
        if isinstance(op, time.DelayOp | time.PrefixOp):
            self.lined.add(self.plan.resolve(op.signal))
        if isinstance(op, time.DelayOp):
            line = self.plan.line(op.signal, None)
            least = op.offset.value.data
            if op not in self.chunking.assumed and not self.is_far(line, least):
                node.line_edges[self.writer(line.signal)] = False
        elif isinstance(op, time.PrefixOp):
            node.line_edges[self.writer(self.plan.line(op.signal, None).signal)] = True
        for signal in node.operands:
            self._use(node, signal)

    def _use(self, node: Node, signal: SSAValue) -> None:
        if signal in self.of:
            self.readers[self.of[signal]] += 1
            if self.of[signal] != node.order:
                node.sources.add(self.of[signal])
        elif signal in self.fixed:
            line, reach = self.fixed[signal]
            if not self.is_far(line, reach):
                writer = self.writer(line.signal)
                fits = node.line_edges.get(writer, True) and reach <= MAX_REGISTERS
                node.line_edges[writer] = fits

    def _operands(self, op: Operation) -> Iterator[SSAValue]:
        """The operands that an op reads in the current frame: not the delayed signal of a delay."""
        if isinstance(op, time.DelayOp):
            if op.amount is not None:
                yield op.amount
        elif isinstance(op, time.PrefixOp):
            yield op.first
        elif (step := self.closed_step(op)) is not None:
            yield step
        elif isinstance(op, time.ControlOp):
            yield op.gate
            inside = [inner for inner in op.body.walk() if self._is_live(inner)]
            own = {result for inner in inside for result in inner.results}
            for inner in inside:
                if isinstance(inner, tables.TableOp):
                    continue
                for operand in inner.operands:
                    if self.plan.resolve(operand) not in own:
                        yield operand
        else:
            yield from op.operands

    def _is_live(self, op: Operation) -> bool:
        return op in self.plan.live or isinstance(op, time.YieldOp)

    def _bind_tables(self) -> None:
        """Put all accesses of a written table into one strongly connected component."""
        users: dict[SSAValue, list[int]] = {}
        for node in self.nodes:
            if node.op is None:
                continue
            inside = node.op.walk() if isinstance(node.op, time.ControlOp) else (node.op,)
            for op in inside:
                for value in (*op.operands, *op.results):
                    if isinstance(op, tables.TableReadOp | tables.TableWriteOp):
                        origin = self._origin(self.plan.resolve(value))
                        if origin is not None:
                            users.setdefault(origin, []).append(node.order)
        for nodes in users.values():
            for other in nodes[1:]:
                if other != nodes[0]:
                    self.nodes[other].sources.add(nodes[0])
                    self.nodes[nodes[0]].sources.add(other)

    def _origin(self, table: SSAValue) -> SSAValue | None:
        """The op result that a written table originates from; None for read-only tables and
        signals."""
        origin, is_written = table, False
        while isinstance(origin.owner, tables.TableWriteOp):
            origin, is_written = self.plan.resolve(origin.owner.table), True
        if not isinstance(origin.owner, tables.TableOp):
            return None
        users = (use.operation for use in origin.uses)
        written = is_written or any(isinstance(user, tables.TableWriteOp) for user in users)
        return origin if written else None


def count_taps(graph: Graph) -> dict[DelayLine, int]:
    """The number of readers of each delay line whose readers are all fixed delays outside of
    recursions; at most 0 for others."""
    taps: dict[DelayLine, int] = {}
    for value, (line, _) in graph.fixed.items():
        owner = value.owner
        in_group = isinstance(owner, Operation) and isinstance(owner.parent_op(), time.Recursion)
        taps[line] = -len(graph.fixed) if in_group else taps.get(line, 0) + 1
    return {line: count for line, count in taps.items() if not line.is_dynamic}


def _is_declared_sampled(op: Operation) -> bool:
    type = op.results[0].type
    return isinstance(type, SignalType) and type.rate.data == Rate.SAMPLE


def _outputs(body: Block) -> Iterator[SSAValue]:
    last = body.last_op
    assert isinstance(last, time.YieldOp)
    yield from last.operands
