"""FIR filters as decisions in the IR: written once they are found, and read by later passes."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import IntegerAttr, StringAttr, SymbolRefAttr, i64
from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.partition import FIR, FirOp, declarations, declare, erase
from dspc.dialects.places import span_of
from dspc.passes.analysis.frame_graph import Graph, Node
from dspc.passes.packing.pack import Pack
from dspc.passes.partition.fir import Finder, Fir, find_firs
from dspc.support.diagnostics import DspcError

LEAST_LANES = 4
"""The number of lanes from which FIR filters and scans run in vectors of frames."""
Units = Sequence[tuple[list[Node], Pack | None]]


def runs_in_vectors(graph: Graph) -> bool:
    """Whether frames can be SIMD lanes: a chunk is a whole number of vectors."""
    lanes = graph.chunking.lanes
    return lanes >= LEAST_LANES and graph.chunking.size % lanes == 0


def select_firs(graph: Graph, units: Units) -> list[Fir]:
    """The FIR filters of nodes that are single units, unless threads share the work of a chunk."""
    if graph.chunking.is_apart or not runs_in_vectors(graph):
        return []
    plain = {
        nodes[0].order
        for nodes, pack in units
        if pack is None and len(nodes) == 1 and nodes[0].total is None
    }
    return find_firs(graph, plain - graph.recursive)


def write_firs(graph: Graph, firs: Sequence[Fir]) -> None:
    """Declare the FIR filters of a program, in this order, and mark their ops."""
    erase(graph.body, FirOp, (FIR,))
    ops: list[FirOp] = []
    for number, fir in enumerate(firs):
        name = f"fir{number}"
        root = fir.root.op
        assert root is not None
        ops.append(
            FirOp.create(
                properties={
                    "sym_name": StringAttr(name),
                    "line": SymbolRefAttr(graph.chunking.lines[fir.line].sym_name),
                    "taps": IntegerAttr(len(fir.coefficients), i64),
                    "least": IntegerAttr(fir.least, i64),
                },
                location=root.location,
            )
        )
        for order in fir.members:
            op = graph.nodes[order].op
            assert op is not None
            op.attributes[FIR] = SymbolRefAttr(name)
    declare(graph.body, ops)


def read_firs(graph: Graph) -> list[Fir]:
    """The FIR filters that are declared for a program, in the order of their declarations.

    Raises DspcError E0308 where the ops that name one are no such filter.
    """
    declared = {op.sym_name.data: op for op in declarations(graph.body) if isinstance(op, FirOp)}
    members: dict[str, list[int]] = {name: [] for name in declared}
    for node in graph.nodes if declared else ():
        named = None if node.op is None else node.op.attributes.get(FIR)
        if isinstance(named, SymbolRefAttr):
            name = named.root_reference.data
            if name not in members:
                raise _fault(f"no FIR filter @{name} is declared", node.op)
            members[name].append(node.order)
    return [_fir(graph, op, members[name]) for name, op in declared.items()]


def _fir(graph: Graph, op: FirOp, members: Sequence[int]) -> Fir:
    name, wanted = op.sym_name.data, op.line.root_reference.data
    line = next(
        (line for line, one in graph.chunking.lines.items() if one.sym_name.data == wanted), None
    )
    if line is None or not graph.is_copied(line) or line.start is not None:
        raise _fault(f"@{name} reads no delay line that is copied before each chunk", op)
    if not members or not runs_in_vectors(graph):
        raise _fault(f"@{name} has no ops, or a chunk is no whole number of vectors", op)
    finder = Finder(graph, frozenset(members), {line})
    adds = (o for o in members if isinstance(graph.nodes[o].op, arithmetic.AddOp))
    finder.sums.update(dict.fromkeys(adds, line))
    fir = finder.filter_of(graph.nodes[max(members)])
    if fir is None or fir.members != frozenset(members) or graph.recursive.intersection(members):
        raise _fault(f"the ops of @{name} do not add consecutive delays of @{wanted}", op)
    if (len(fir.coefficients), fir.least) != (op.taps.value.data, op.least.value.data):
        taps = len(fir.coefficients)
        raise _fault(f"the ops of @{name} add {taps} delays from {fir.least} frames on", op)
    return fir


def _fault(message: str, op: Operation | None) -> DspcError:
    span = None if op is None else span_of(op)
    return DspcError("E0308", message, span, "run dsp-find-firs again")
