"""`--explain dsp-section` and `dsp-schedule-tasks`: what runs beside what, and what it is worth.

Times are estimates of `passes/analysis/loop_costs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import IntegerAttr

from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp_par import (
    GraphOp,
    LoopOp,
    ParallelOp,
    SectionOp,
    SectionsOp,
    SingleOp,
    TeamForOp,
)
from dspc.explain.words import counted, wrapped
from dspc.passes.analysis.loop_costs import BARRIER
from dspc.passes.analysis.loop_dag import chunk_size
from dspc.task_graph import Node, graph_of, node_of, time_told

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation

    from dspc.options import CompileOptions


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """Of each task or section: what it takes, what it waits for; and how much runs at once."""
    name = next((op.sym_name.data for op in module.ops if isinstance(op, LoweredOp)), "program")
    tell = _tasks if options.explain == "dsp-schedule-tasks" else _sections
    return "\n".join(tell(module, name)) + "\n"


def _tasks(module: ModuleOp, name: str) -> Iterator[str]:
    graph = next((op for op in module.walk() if isinstance(op, GraphOp)), None)
    nodes = graph_of(module)
    if graph is None:
        yield from _alone(nodes, name, "one task")
        return
    chain = _longest_chain(nodes)
    work, span = sum(node.cost for node in nodes), sum(node.cost for node in chain)
    frames = chunk_size(graph.parent) if graph.parent is not None else 0
    yield from wrapped(
        f"{name}: {counted(len(nodes), 'task')}, {time_told(work)} of work in a chunk of {frames} "
        f"frames; the longest chain takes {time_told(span)}, so that threads gain "
        f"{work / max(span, 1e-9):.1f} times at most"
    )
    least = graph.attributes.get("least_frames")
    if isinstance(least, IntegerAttr) and least.value.data > frames:
        yield "  all calls run on one thread: a second gains nothing by the estimate"
    elif isinstance(least, IntegerAttr):
        yield from wrapped(
            f"calls of fewer than {counted(least.value.data, 'frame')} run on one thread: waking "
            "another takes longer than it saves",
            "  ",
        )
    yield ""
    for node in nodes:
        waits = ", ".join(f"T{other}" for other in node.before)
        mark = "; on the longest chain" if node in chain else ""
        after = f"after {waits}" if waits else "at once"
        yield from wrapped(f"{node.title}: {node.described}; {after}{mark}")


def _longest_chain(nodes: Sequence[Node]) -> list[Node]:
    """The tasks of which each waits for the one before it and that take longest."""
    by_number = {node.number: node for node in nodes}
    chains: dict[int, list[Node]] = {}
    for node in nodes:
        before = (chains[by_number[other].number] for other in node.before)
        longest = max(before, key=_cost, default=[])
        chains[node.number] = [*longest, node]
    return max(chains.values(), key=_cost, default=[])


def _cost(nodes: Sequence[Node]) -> float:
    return sum(node.cost for node in nodes)


def _alone(nodes: Sequence[Node], name: str, what: str) -> Iterator[str]:
    """A program that is not shared out."""
    yield from wrapped(
        f"{name}: {what}, nothing to share out: its {counted(len(nodes), 'loop')} only wait for "
        f"each other, or take too little ({time_told(_cost(nodes))} in a chunk)"
    )
    for node in nodes:
        yield from wrapped(f"{node.title}: {node.described}", "  ")


def _sections(module: ModuleOp, name: str) -> Iterator[str]:
    team = next((op for op in module.walk() if isinstance(op, ParallelOp)), None)
    if team is None:
        yield from _alone(graph_of(module), name, "no team")
        return
    shares = [op for op in team.walk() if isinstance(op, SectionsOp | TeamForOp | SingleOp)]
    block = shares[0].parent
    shares = [share for share in shares if share.parent is block]
    frames = chunk_size(block) if block is not None else 0
    barrier = time_told(BARRIER)
    yield from wrapped(
        f"{name}: {counted(len(shares), 'step')} in a chunk of {frames} frames; after each all "
        f"threads wait, which takes about {barrier}"
    )
    for number, share in enumerate(shares):
        yield ""
        yield from _share(number, share, frames)


def _share(number: int, share: Operation, frames: int) -> Iterator[str]:
    """One step of a team."""
    if isinstance(share, SectionsOp):
        parts = [op for op in share.body.block.ops if isinstance(op, SectionOp)]
        nodes = [node_of(at, _loops(part), (), frames, "section ") for at, part in enumerate(parts)]
        longest = max(node.cost for node in nodes)
        yield from wrapped(
            f"S{number}: {counted(len(nodes), 'section')}, each for one thread; the longest takes "
            f"{time_told(longest)} of {time_told(_cost(nodes))}"
        )
    elif isinstance(share, TeamForOp):
        nodes = [node_of(0, _loops(share), (), frames, "loop ")]
        yield f"S{number}: one free loop, its frames split over the team"
    else:
        nodes = [node_of(0, _loops(share), (), frames, "loop ")]
        yield f"S{number}: one thread runs this, the others wait"
    for node in nodes:
        yield from wrapped(f"{node.title}: {node.described}", "  ")


def _loops(share: Operation) -> list[LoopOp]:
    return [op for op in share.walk() if isinstance(op, LoopOp)]
