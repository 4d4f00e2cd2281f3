"""What runs in each frame, and what must come before what within a chunk of frames.

A fixed delay is no node: each loop that uses it reads the past of the delayed signal itself. A
delay that reaches back a whole chunk or more reads what earlier chunks left, so it orders nothing;
a recursion that is closed by such delays alone is therefore none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.passes.lowering.body import SAMPLE, declared_rate
from dspc.passes.lowering.plan import MAX_REGISTERS, Line, Plan, reach_of, start_of, walk
from dspc.passes.lowering.unit import NO_THRESHOLD
from dspc.passes.splitting.deciding import deciding_signals
from dspc.passes.splitting.distance import find_distances

if TYPE_CHECKING:
    from dspc.passes.splitting.packs import Pack
    from dspc.passes.splitting.shapes import Sum


MANY_TAPS = 8
"""From so many readers on, one piece of memory is better than a ring."""
MOST_COPIED = 1024
"""The longest past that is copied for many readers, in frames."""


@dataclass(frozen=True)
class Chunking:
    """How the frames of a call are cut, and the longest delay whose past is copied.

    `apart` keeps loops apart that may run at once, for several threads to run them. `lanes` is the
    most numbers of a vector; 0 packs no recursions. Longer rings than `mask_up_to` are exact.
    """

    size: int
    variant: int
    max_copy: int
    apart: bool = False
    lanes: int = 0
    mask_up_to: int = NO_THRESHOLD


class Total(NamedTuple):
    """A sum that lanes of packs are terms of: what it is the sum of, besides its operands."""

    sum: Sum
    packs: tuple[Pack, ...]


class Node:
    """One step of each frame: an op; or the feeding of a signal's lines; or an output.

    With a `total`, the op is the last addition of a sum, and the operands are some of its terms.
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
        """The signals, resolved, that it takes in this frame."""
        self.sources: set[int] = set()
        """Nodes whose values of this frame it takes."""
        self.line_edges: dict[int, bool] = {}
        """Nodes whose past of the chunk at hand it takes; whether registers could hold it."""


class Graph:
    """The nodes of a program's body, in program order, and their edges."""

    def __init__(self, body: Block, plan: Plan, chunking: Chunking) -> None:
        self.plan = plan
        self.chunking = chunking
        self.sampled: set[SSAValue] = set(body.args)
        """The signals, resolved, that change within a call."""
        self.inputs: dict[SSAValue, int] = {arg: at for at, arg in enumerate(body.args)}
        self.fixed: dict[SSAValue, tuple[Line, int]] = {}
        """Delays of a fixed number of frames: their line and that number."""
        self.slow: list[Operation] = []
        """Ops that run before all loops, in program order."""
        self.nodes: list[Node] = []
        self.of: dict[SSAValue, int] = {}
        """The node that computes a signal."""
        self.feeds: dict[SSAValue, int] = {}
        """The node that writes the past of a signal which no node computes."""
        self.meters: dict[SSAValue, list[interface.BargraphOp]] = {}
        self._shown: dict[str, interface.BargraphOp] = {}
        for op, domain in walk(body):
            if op in plan.live:
                self._sort(op, domain)
        self.assumed: set[Operation] = set()
        """Delays in feedback that are taken to be no shorter than a chunk."""
        self._measure(body)
        self.taps = self._count_taps()
        """How many readers those lines have that only readers outside of recursions read, all of
        them a fixed number of frames back."""
        self._feed()
        for number, value in enumerate(_outputs(body)):
            self._add(Node(len(self.nodes), output=number)).operands.append(plan.resolve(value))
        self.readers: Counter[int] = Counter()
        """How many operands each node's signal of this frame is."""
        self.lined: set[SSAValue] = set()
        """The signals whose past some node takes, which need not take anything of this chunk."""
        for node in self.nodes:
            self._connect(node)
        self._bind_tables()

    @cached_property
    def deciding(self) -> set[SSAValue]:
        """The signals whose last bit may decide something."""
        return deciding_signals(self)

    def _add(self, node: Node) -> Node:
        self.nodes.append(node)
        return node

    # Nodes

    def _sort(self, op: Operation, domain: time.ControlOp | None) -> None:
        """Make an op a node, or note what else it is."""
        if isinstance(op, time.RecOp | time.AttachOp | time.YieldOp):
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
        """Note what a meter shows: where several signals have one meter, the last of them."""
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
        """Whether an op's value changes within a call; its operands are known already."""
        if isinstance(op, time.DelayOp):
            return reach_of(op)[0] > 0
        if isinstance(op, time.PrefixOp | time.ControlOp | tables.TableWriteOp):
            return True
        if isinstance(op, interface.LowestOp | interface.HighestOp):
            return False
        if isinstance(op, interface.ForeignCallOp | interface.ForeignValueOp):
            if declared_rate(op) == SAMPLE:
                return True
        elif isinstance(op, tables.TableReadOp) and self.plan.resolve(op.table) in self.sampled:
            return True
        return any(self.plan.resolve(operand) in self.sampled for operand in op.operands)

    def _measure(self, body: Block) -> None:
        """Have chunks no longer than feedback that is worth it."""
        copied = max(self.chunking.max_copy, 1)
        size, is_apart = self.chunking.size, self.chunking.apart
        found = find_distances(body, self.plan, size, copied, self.slow, is_apart)
        self.chunking = replace(self.chunking, size=found.size)
        self.assumed = found.assumed

    def _count_taps(self) -> dict[Line, int]:
        taps: dict[Line, int] = {}
        for value, (line, _) in self.fixed.items():
            owner = value.owner
            in_group = isinstance(owner, Operation) and isinstance(owner.parent_op(), time.RecOp)
            taps[line] = -len(self.fixed) if in_group else taps.get(line, 0) + 1
        return {line: count for line, count in taps.items() if not line.is_dynamic}

    def _feed(self) -> None:
        """Nodes for signals that no node computes, but whose past is read, or a meter shows.

        They take nothing of the frame but what is known already, so they come first in it.
        """
        found = [line.signal for line in self.plan.lines_in.get(None, ())]
        signals = [s for s in dict.fromkeys([*found, *self.meters]) if s not in self.of]
        for node in self.nodes:
            node.order += len(signals)
        self.of = {value: order + len(signals) for value, order in self.of.items()}
        feeds = [Node(order, signal=signal) for order, signal in enumerate(signals)]
        for feed, signal in zip(feeds, signals, strict=True):
            feed.operands.append(signal)
            self.feeds[signal] = feed.order
        self.nodes = [*feeds, *self.nodes]

    # Edges

    def is_copied(self, line: Line) -> bool:
        """Whether a line's past is copied before each chunk: it is short, or read so often that
        one piece of memory for all readers is worth it."""
        if line.depth <= max(self.chunking.max_copy, 1):
            return True
        taps = self.taps.get(line, 0)
        return taps >= MANY_TAPS and line.depth <= min(taps * self.chunking.size // 4, MOST_COPIED)

    def is_far(self, line: Line, reach: int) -> bool:
        """Whether reading this far back sees nothing of the chunk at hand."""
        return reach >= self.chunking.size and not self.is_copied(line)

    def writer(self, signal: SSAValue) -> int:
        """The node that writes a signal's lines."""
        found = self.of.get(signal)
        return self.feeds[signal] if found is None else found

    def _connect(self, node: Node) -> None:
        op = node.op
        if op is not None:
            node.operands.extend(self.plan.resolve(value) for value in self._operands(op))
        if isinstance(op, time.DelayOp | time.PrefixOp):
            self.lined.add(self.plan.resolve(op.signal))
        if isinstance(op, time.DelayOp):
            line = self.plan.line(op.signal, None)
            least = op.offset.value.data
            if op not in self.assumed and not self.is_far(line, least):
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
        """What an op takes in a frame: not the signal of a delay, whose past it takes."""
        if isinstance(op, time.DelayOp):
            if op.amount is not None:
                yield op.amount
        elif isinstance(op, time.PrefixOp):
            yield op.first
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
        """What touches a table that is written stays together, in one loop."""
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
        """The table that a written table began as; None for one never written, and signals."""
        origin, is_written = table, False
        while isinstance(origin.owner, tables.TableWriteOp):
            origin, is_written = self.plan.resolve(origin.owner.table), True
        if not isinstance(origin.owner, tables.TableOp):
            return None
        users = (use.operation for use in origin.uses)
        written = is_written or any(isinstance(user, tables.TableWriteOp) for user in users)
        return origin if written else None


def _outputs(body: Block) -> Iterator[SSAValue]:
    last = body.last_op
    assert isinstance(last, time.YieldOp)
    yield from last.operands
