"""The loop DAG or task graph of a program, as nodes and as text for graphviz."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xdsl.dialects import func, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp_mem.processor_model import DEFAULT, ProcessorModel
from dspc.dialects.dsp_par import GraphOp, LoopKind, LoopOp, TeamForOp
from dspc.dialects.dsp_par.footprints import memory_text
from dspc.dialects.dsp_par.loops import memory_of, touched
from dspc.figures.source_definitions import definitions_of
from dspc.passes.analysis.loop_dag import DEFAULT_CHUNK, chunk_size, loop_units
from dspc.passes.costs.threads import loop_cost
from dspc.support.texts import unicode_text

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]")

SUFFIX = re.compile(r"_(?:block|state|line|past|recent|lanes)(?:_\d+)?$")
NUMBERED = re.compile(r"_\d+$")
INVENTED = re.compile(r"[fi](?:Zec|Rec|Vec)\d+$")
"""Names of memory whose signal has no name in the source."""
MOST_NAMES = 3
KINDS = {
    "free": "free: frames in any order",
    "split": "free, its frames split over the team",
    "recursive": "recursive: frames in order",
    "chain": "several loops, one after the other",
    "scalar": "all in one loop",
}


@dataclass(frozen=True)
class GraphNode:
    """A loop or task. `cost` is in ns; `before` are the numbers of its predecessors."""

    number: int
    names: tuple[str, ...]
    kind: str
    ops: int
    cost: float
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    before: tuple[int, ...]
    letter: str = "L"

    @property
    def title(self) -> str:
        """Its number and the names of the signals that it computes."""
        shown = [*self.names[:MOST_NAMES], *(["…"] if len(self.names) > MOST_NAMES else [])]
        return f"{self.letter}{self.number}  {' '.join(shown)}".rstrip()

    @property
    def described(self) -> str:
        if not self.cost:
            return f"{self.kind}, {self.ops} ops"
        return f"{self.kind}, {self.ops} ops, {format_time(self.cost)}"

    @property
    def touches(self) -> str:
        """The memory that it reads and writes, one line each."""
        accesses = (("reads", self.reads), ("writes", self.writes))
        return "\n".join(f"{kind} {', '.join(rows)}" for kind, rows in accesses if rows)


def format_time(nanoseconds: float) -> str:
    """A time in µs from 1 µs on, in ns below."""
    return f"{nanoseconds / 1000:.1f} µs" if nanoseconds >= 1000 else f"{nanoseconds:.0f} ns"


def graph_of(module: ModuleOp, processor: ProcessorModel = DEFAULT) -> list[GraphNode]:
    """The tasks of a module, or else its loops, in a topological order."""
    graph = next((op for op in module.walk() if isinstance(op, GraphOp)), None)
    if graph is not None:
        chunk = chunk_size(graph.parent) if graph.parent is not None else DEFAULT_CHUNK
        return [
            node_of(task.number.data, task.loops, task.predecessors, chunk, "T", processor)
            for task in graph.tasks
        ]
    loops = _loops_of_full_chunk(module)
    if not loops:
        return _single_loop(module)
    block = loops[0].parent
    chunk = chunk_size(block) if block is not None else DEFAULT_CHUNK
    units = loop_units(loops, chunk, processor)
    number = {unit: at for at, unit in enumerate(units)}
    return [
        node_of(
            at,
            unit.loops,
            sorted(number[predecessor] for predecessor in unit.before),
            chunk,
            "L",
            processor,
        )
        for unit, at in number.items()
    ]


def _loops_of_full_chunk(module: ModuleOp) -> list[LoopOp]:
    """The loops of a full chunk; those of the remaining frames compute the same."""
    by_scope: dict[Operation | None, list[LoopOp]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp):
            top = op.parent_op()
            while top is not None and not isinstance(top, scf.ForOp | scf.IfOp | func.FuncOp):
                top = top.parent_op()
            by_scope.setdefault(top, []).append(op)
    return next(iter(by_scope.values()), [])


def _single_loop(module: ModuleOp) -> list[GraphNode]:
    """The single node of a program that is one loop."""
    for op in module.body.block.ops:
        if isinstance(op, func.FuncOp) and op.sym_name.data == "compute" and op.body.blocks:
            ops = _count(op.body.blocks)
            return [GraphNode(0, ("compute",), "scalar", ops, 0.0, (), (), ())]
    return []


def _count(blocks: Iterable[Block]) -> int:
    """The number of ops that compute, in nested regions as well."""
    work, total = list(blocks), 0
    while work:
        for op in work.pop().ops:
            total += not op.name.endswith((".yield", ".constant", ".window", ".get"))
            work.extend(block for region in op.regions for block in region.blocks)
    return total


def node_of(
    number: int,
    loops: Sequence[LoopOp],
    before: Sequence[int],
    chunk: int,
    letter: str,
    processor: ProcessorModel,
) -> GraphNode:
    """The node of loops that run in sequence."""
    accesses = [access for loop in loops for access in touched(loop.body)]
    return GraphNode(
        number,
        tuple(_names(loops)),
        _kind(loops),
        sum(_count(loop.body.blocks) for loop in loops),
        sum(loop_cost(loop, chunk, processor) for loop in loops),
        _rows(row for _, row, writes in accesses if not writes),
        _rows(row for _, row, writes in accesses if writes),
        tuple(before),
        letter,
    )


def _kind(loops: Sequence[LoopOp]) -> str:
    if len(loops) > 1:
        return "chain"
    (loop,) = loops
    if isinstance(loop.parent_op(), TeamForOp):
        return "split"
    return "free" if loop.kind.data == LoopKind.FREE else "recursive"


def _rows(rows: Iterable[SSAValue]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(memory_text(memory_of(row)).removeprefix("the channel ") for row in rows)
    )


def _names(loops: Sequence[LoopOp]) -> list[str]:
    """The signals that the loops compute: their names in the source, else the definitions that they
    were written in, else the memory.
    """
    names: dict[str, None] = {}
    for loop in loops:
        for op, row, writes in touched(loop.body):
            if not writes:
                continue
            value = op.value if isinstance(op, memref.StoreOp) else None
            memory = memory_text(memory_of(row))
            if memory.startswith("the channel "):
                name = memory.removeprefix("the channel ")
            elif value is not None and value.name_hint and SUFFIX.search(memory):
                name = NUMBERED.sub("", value.name_hint)
            else:
                name = SUFFIX.sub("", memory.removeprefix("@"))
            names[name] = None
    named = [name for name in names if not INVENTED.match(name)]
    return named or definitions_of(op for loop in loops for op in loop.walk()) or list(names)


COLORS = {
    "free": ("#dcecf5", "#2f7f9d"),
    "split": ("#d3efe4", "#2c8c69"),
    "recursive": ("#fbe6cc", "#c9761a"),
    "chain": ("#e6e1f3", "#7b6ca8"),
    "scalar": ("#eef2f5", "#6b7a86"),
}
"""Fill and outline of each kind."""


def print_dot(nodes: Sequence[GraphNode], title: str) -> str:
    """The graph in the language of graphviz (`dot`)."""
    lines = [
        "strict digraph loopgraph {",
        f"\tlabel={_quoted(title)}; labelloc=t;",
        "\trankdir=LR;",
        '\tnode[shape=box, style="rounded,filled", fontname="Helvetica", fontsize=10];',
    ]
    for node in nodes:
        fill, edge = COLORS[node.kind]
        label = _quoted(f"{node.title}\n{node.described}")
        tip = _quoted(node.touches)
        lines.append(
            f"\t{node.letter}{node.number}[label={label}, tooltip={tip}, "
            f'fillcolor="{fill}", color="{edge}"];'
        )
    for node in nodes:
        lines += (
            f"\t{node.letter}{predecessor}->{node.letter}{node.number};"
            for predecessor in node.before
        )
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """A string literal of dot, which has the entities of XML and the backslashes of C."""
    text = _CONTROL.sub(" ", unicode_text(text)).replace("&", "&amp;")
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'
