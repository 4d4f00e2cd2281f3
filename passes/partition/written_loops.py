"""Loops over a chunk as decisions in the IR: written by `dsp-partition`, read by the lowering."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xdsl.dialects.builtin import (
    ArrayAttr,
    DenseArrayBase,
    IntegerAttr,
    StringAttr,
    SymbolRefAttr,
    i64,
)
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.dialects.dsp.forms import LoopForm, LoopFormAttr
from dspc.dialects.dsp.partition import LOOP, FrameLoopOp, declarations, declare, erase
from dspc.dialects.dsp.types import array_values
from dspc.dialects.places import span_of
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.pack import Pack
from dspc.passes.packing.units import units_of
from dspc.passes.packing.written import read_packs
from dspc.passes.partition.cascade import read_cascade
from dspc.passes.partition.fir import Fir, gather
from dspc.passes.partition.group import LoopGroup
from dspc.passes.partition.linear import linear_of
from dspc.passes.partition.link import link
from dspc.passes.partition.written_firs import read_firs, runs_in_vectors
from dspc.support.diagnostics import DspcError

HINT = "run dsp-partition again"


def write_loops(graph: Graph, groups: Sequence[LoopGroup]) -> None:
    """Declare the loops of a program, in the order in which they run, and mark their ops."""
    erase(graph.body, FrameLoopOp, (LOOP,))
    ops: list[FrameLoopOp] = []
    for number, group in enumerate(groups):
        name = SymbolRefAttr(f"loop{number}")
        ops.append(_loop_op(graph, group, name))
        for node in group.nodes:
            if node.op is not None:
                node.op.attributes[LOOP] = name
    declare(graph.body, ops)


def form_of(group: LoopGroup) -> LoopForm:
    """How a loop is computed."""
    if group.pack is not None:
        return LoopForm.PACK
    if group.linear is not None:
        return LoopForm.SCAN if group.linear.order == 1 else LoopForm.STATE_SPACE
    if group.fir is not None:
        return LoopForm.FIR
    if group.cascade is not None:
        return LoopForm.CASCADE
    return LoopForm.RECURSIVE if group.is_recursive else LoopForm.FREE


def _loop_op(graph: Graph, group: LoopGroup, name: SymbolRefAttr) -> FrameLoopOp:
    properties: dict[str, Attribute] = {
        "sym_name": StringAttr(name.root_reference.data),
        "form": LoopFormAttr(form_of(group)),
    }
    outputs = [node.output for node in group.nodes if node.output is not None]
    if outputs:
        properties["outputs"] = DenseArrayBase.from_list(i64, outputs)
    if group.cascade is not None:
        properties["skew"] = IntegerAttr(group.cascade.skew, i64)
    lines: list[SymbolRefAttr] = []
    meters: list[SymbolRefAttr] = []
    last: list[int] = []
    for node in group.nodes:
        if node.signal is None:
            continue
        names = _lines_of(graph, node.signal)
        if names:
            lines.append(SymbolRefAttr(names[0]))
        elif node.signal in graph.meters:
            shown = graph.meters[node.signal][0].widget.string_value()
            meters.append(SymbolRefAttr(shown))
        else:
            last.append(graph.last.index(node.signal))
    if lines:
        properties["lines"] = ArrayAttr(lines)
    if meters:
        properties["meters"] = ArrayAttr(meters)
    if last:
        properties["last"] = DenseArrayBase.from_list(i64, last)
    places = [node.op.location for node in group.nodes if node.op is not None]
    end = graph.body.last_op
    assert end is not None
    return FrameLoopOp.create(properties=properties, location=places[0] if places else end.location)


def _lines_of(graph: Graph, signal: SSAValue) -> list[str]:
    """The names of a signal's delay lines outside of gated regions."""
    declared = graph.chunking.lines
    return [declared[x].sym_name.data for x in graph.plan.lines_of.get(signal, ()) if x in declared]


def read_loops(graph: Graph) -> list[LoopGroup]:
    """The loops that are declared for a program, in the order in which they run.

    Raises DspcError E0309 where they cannot run in this order and form.
    """
    units = units_of(graph, read_packs(graph))
    packs = {pack.name: pack for _, pack in units if pack is not None}
    firs = {fir.root.order: fir for fir in read_firs(graph)}
    inside = {order for fir in firs.values() for order in fir.members if order not in firs}
    home = _homes(graph)
    members: dict[str, list[Node]] = {op.sym_name.data: [] for op in _loops(graph)}
    for nodes, _ in units:
        for node in nodes:
            if node.order in inside:
                continue
            if home.get(node.order) not in members:
                raise _fault(f"{_words(graph, node)} is in no loop that is declared", graph, node)
            members[home[node.order]].append(node)
    reader = _LoopReader(graph, packs, firs)
    groups = [
        reader.group(op, sorted(members[op.sym_name.data], key=lambda node: node.order))
        for op in _loops(graph)
    ]
    link(graph, groups)
    _check(graph, groups)
    return groups


def _loops(graph: Graph) -> Iterator[FrameLoopOp]:
    return (op for op in declarations(graph.body) if isinstance(op, FrameLoopOp))


def _homes(graph: Graph) -> dict[int, str]:
    """The name of the loop that each node is declared to be in."""
    home: dict[int, str] = {}
    for node in graph.nodes:
        named = None if node.op is None else node.op.attributes.get(LOOP)
        if isinstance(named, SymbolRefAttr):
            home[node.order] = named.root_reference.data
    outputs = {node.output: node.order for node in graph.nodes if node.output is not None}
    signals = {name: feed for s, feed in graph.feeds.items() for name in _lines_of(graph, s)}
    meters = {
        meter.widget.string_value(): graph.feeds[signal]
        for signal, shown in graph.meters.items()
        for meter in shown
        if signal in graph.feeds
    }
    last = {number: graph.feeds.get(signal) for number, signal in enumerate(graph.last)}
    for op in _loops(graph):
        name = op.sym_name.data
        written: list[int | None] = []
        for numbers, known in ((op.outputs, outputs), (op.last, last)):
            counted = () if numbers is None else array_values(numbers)
            written += [known.get(int(number)) for number in counted]
        for named, known in ((op.lines, signals), (op.meters, meters)):
            references = () if named is None else named.data
            written += [known.get(each.root_reference.data) for each in references]
        for order in written:
            if order is None or order in home:
                message = f"@{name} writes what does not exist or another loop writes"
                raise DspcError("E0309", message, span_of(op), HINT)
            home[order] = name
    return home


class _LoopReader:
    """Makes loops of their declarations."""

    def __init__(self, graph: Graph, packs: dict[str, Pack], firs: dict[int, Fir]) -> None:
        self.graph = graph
        self.packs = packs
        self.firs = firs

    def group(self, op: FrameLoopOp, nodes: list[Node]) -> LoopGroup:
        """The loop of a declaration with these nodes."""
        form, name = op.form.data, op.sym_name.data
        if not nodes:
            raise DspcError("E0309", f"@{name} has no ops", span_of(op), HINT)
        fir = self.firs.get(nodes[0].order)
        if fir is not None and len(nodes) == 1 and form is LoopForm.FIR:
            return LoopGroup([gather(self.graph, fir)], is_recursive=False, fir=fir)
        pack = next((p for p in self.packs.values() if p.has(nodes[0].order)), None)
        if pack is not None and form is LoopForm.PACK and pack.members == _orders(nodes):
            return LoopGroup(nodes, True, pack)
        if form in (LoopForm.SCAN, LoopForm.STATE_SPACE) and runs_in_vectors(self.graph):
            linear = linear_of(self.graph, nodes)
            if linear is not None and (linear.order == 1) == (form is LoopForm.SCAN):
                return LoopGroup(nodes, True, None, linear)
        if form is LoopForm.CASCADE and op.skew is not None and runs_in_vectors(self.graph):
            cascade = read_cascade(self.graph, nodes, op.skew.value.data)
            if cascade is not None and len(cascade.sections) <= self.graph.chunking.lanes:
                return LoopGroup(nodes, True, cascade=cascade)
        apart = {order for one in self.packs.values() for order in one.members} | self.firs.keys()
        if form not in (LoopForm.FREE, LoopForm.RECURSIVE) or apart & _orders(nodes):
            raise _fault(
                f"@{name} has other ops than those of a {form.value}", self.graph, nodes[0]
            )
        return LoopGroup(nodes, form is LoopForm.RECURSIVE)


def _orders(nodes: Sequence[Node]) -> set[int]:
    return {node.order for node in nodes}


def _check(graph: Graph, groups: Sequence[LoopGroup]) -> None:
    """Whether each loop runs after those whose values it reads, and free ones carry nothing."""
    home = {node.order: at for at, group in enumerate(groups) for node in group.nodes}
    for at, group in enumerate(groups):
        for node in group.nodes:
            read = [home[source] for source in node.sources]
            past = [home[writer] for writer in node.line_edges]
            if any(source > at for source in (*read, *past)):
                words = _words(graph, node)
                message = f"{words} reads a value of this chunk that a later loop writes"
                raise _fault(message, graph, node)
            if group.is_recursive or group.fir is not None:
                continue
            if at in past or node.order in graph.recursive:
                message = f"{_words(graph, node)} is in a free loop and reads its past"
                raise _fault(message, graph, node)


def _words(graph: Graph, node: Node) -> str:
    if node.op is not None:
        return node.op.name
    return "a delay line's input" if node.output is None else f"output {node.output}"


def _fault(message: str, graph: Graph, node: Node) -> DspcError:
    """The error at a node: at its op, or at the op that makes or returns the value it writes."""
    op = node.op
    if op is None and node.signal is not None and isinstance(node.signal.owner, Operation):
        op = node.signal.owner
    end = graph.body.last_op
    assert end is not None
    return DspcError("E0309", message, span_of(end if op is None else op), HINT)
