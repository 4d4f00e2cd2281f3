"""The graph of a program's loops or tasks: what each computes, and what it waits for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xdsl.dialects import func, memref, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.dialects.dsp_par import GraphOp, LoopKind, LoopOp, TeamForOp
from dspc.dialects.dsp_par.loops import memory_of, touched
from dspc.dialects.dsp_par.memory import memory_text
from dspc.dialects.texts import unicode_text
from dspc.passes.analysis.loop_costs import loop_cost
from dspc.passes.analysis.loop_dag import DEFAULT_CHUNK, chunk_size, loop_units

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")

SUFFIX = re.compile(r"_(?:block|state|line|past|recent)(?:_\d+)?$")
NUMBERED = re.compile(r"_\d+$")
INVENTED = re.compile(r"[fi](?:Zec|Rec|Vec)\d+$")
"""Names of memory whose signal has no name in the program."""
MOST_NAMES = 3
KINDS = {
    "free": "free: frames in any order",
    "split": "free, its frames split over the team",
    "recursive": "recursive: frames in order",
    "chain": "several loops, one after the other",
    "scalar": "all in one loop",
}


@dataclass(frozen=True)
class Node:
    """One loop or task; `before` are the numbers of those that it waits for. `cost` is in ns."""

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
        """What it is called: its number, and the names of the signals that it computes."""
        shown = [*self.names[:MOST_NAMES], *(["…"] if len(self.names) > MOST_NAMES else [])]
        return f"{self.letter}{self.number}  {' '.join(shown)}".rstrip()

    @property
    def described(self) -> str:
        if not self.cost:
            return f"{self.kind}, {self.ops} ops"
        return f"{self.kind}, {self.ops} ops, {time_told(self.cost)}"

    @property
    def touches(self) -> str:
        """The memory that it reads and writes, in a line each."""
        told = (("reads", self.reads), ("writes", self.writes))
        return "\n".join(f"{what} {', '.join(rows)}" for what, rows in told if rows)


def time_told(nanoseconds: float) -> str:
    """A time in the unit that reads best."""
    return f"{nanoseconds / 1000:.1f} µs" if nanoseconds >= 1000 else f"{nanoseconds:.0f} ns"


def graph_of(module: ModuleOp) -> list[Node]:
    """The tasks of a module, or its loops, in an order in which they can run."""
    graph = next((op for op in module.walk() if isinstance(op, GraphOp)), None)
    if graph is not None:
        chunk = chunk_size(graph.parent) if graph.parent is not None else DEFAULT_CHUNK
        return [
            node_of(task.number.data, task.loops, task.predecessors, chunk, "T")
            for task in graph.tasks
        ]
    loops = _first_loops(module)
    if not loops:
        return _whole(module)
    block = loops[0].parent
    chunk = chunk_size(block) if block is not None else DEFAULT_CHUNK
    units = loop_units(loops, chunk)
    number = {unit: at for at, unit in enumerate(units)}
    return [
        node_of(at, unit.loops, sorted(number[other] for other in unit.before), chunk, "L")
        for unit, at in number.items()
    ]


def _first_loops(module: ModuleOp) -> list[LoopOp]:
    """The loops of a full chunk: where the frames left over have loops, too, those are the same."""
    found: dict[Operation | None, list[LoopOp]] = {}
    for op in module.walk():
        if isinstance(op, LoopOp):
            top = op.parent_op()
            while top is not None and not isinstance(top, scf.ForOp | scf.IfOp | func.FuncOp):
                top = top.parent_op()
            found.setdefault(top, []).append(op)
    return next(iter(found.values()), [])


def _whole(module: ModuleOp) -> list[Node]:
    """A program that is one loop."""
    for op in module.body.block.ops:
        if isinstance(op, func.FuncOp) and op.sym_name.data == "compute" and op.body.blocks:
            ops = _count(op.body.blocks)
            return [Node(0, ("compute",), "scalar", ops, 0.0, (), (), ())]
    return []


def _count(blocks: Iterable[Block]) -> int:
    """The ops that compute something."""
    work, total = list(blocks), 0
    while work:
        for op in work.pop().ops:
            total += not op.name.endswith((".yield", ".constant", ".window", ".get"))
            work.extend(block for region in op.regions for block in region.blocks)
    return total


def node_of(
    number: int, loops: Sequence[LoopOp], before: Sequence[int], chunk: int, letter: str
) -> Node:
    """The node of loops that run one after the other."""
    accesses = [access for loop in loops for access in touched(loop.body)]
    return Node(
        number,
        tuple(_names(loops)),
        _kind(loops),
        sum(_count(loop.body.blocks) for loop in loops),
        sum(loop_cost(loop, chunk) for loop in loops),
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
    """The signals that some loops leave: the program's names for them, else what they write."""
    found: dict[str, None] = {}
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
            found[name] = None
    spoken = [name for name in found if not INVENTED.match(name)]
    return spoken or list(found)


COLORS = {
    "free": ("#dcecf5", "#2f7f9d"),
    "split": ("#d3efe4", "#2c8c69"),
    "recursive": ("#fbe6cc", "#c9761a"),
    "chain": ("#e6e1f3", "#7b6ca8"),
    "scalar": ("#eef2f5", "#6b7a86"),
}
"""Fill and edge of each kind."""


def print_dot(nodes: Sequence[Node], title: str) -> str:
    """The graph for `dot`, of graphviz."""
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
        lines += (f"\t{node.letter}{other}->{node.letter}{node.number};" for other in node.before)
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    """A string of dot's, which reads entities as XML does, and backslashes as C does."""
    text = _CONTROL.sub(" ", unicode_text(text)).replace("&", "&amp;")
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'
