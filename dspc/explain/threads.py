"""`--explain dsp-section` and `dsp-schedule-tasks`: the parallel tasks, and the expected speed-up.

Times are estimates of `passes/costs/threads.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import IntegerAttr

from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.dsp_mem.processor_model import ProcessorModel
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
from dspc.figures.task_graph import GraphNode, format_time, graph_of, node_of
from dspc.passes.analysis.loop_dag import chunk_size
from dspc.passes.costs.threads import barrier

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation

    from dspc.options.compile_options import CompileOptions


def explanation(module: ModuleOp, options: CompileOptions) -> str:
    """For each task or section: its time and predecessors; and the parallelism of the whole."""
    name = next((op.sym_name.data for op in module.ops if isinstance(op, LoweredOp)), "program")
    processor = processor_named(options.costed_machine)
    report = _tasks if options.explain == "dsp-schedule-tasks" else _sections
    return "\n".join(report(module, name, processor)) + "\n"


def _tasks(module: ModuleOp, name: str, processor: ProcessorModel) -> Iterator[str]:
    graph = next((op for op in module.walk() if isinstance(op, GraphOp)), None)
    nodes = graph_of(module, processor)
    if graph is None:
        yield from _single_thread(nodes, name, "one task")
        return
    chain = _critical_path(nodes)
    work, span = sum(node.cost for node in nodes), sum(node.cost for node in chain)
    frames = chunk_size(graph.parent) if graph.parent is not None else 0
    yield from wrapped(
        f"{name}: {counted(len(nodes), 'task')}, {format_time(work)} of work in a chunk of "
        f"{frames} frames; the critical path takes {format_time(span)}, so that threads "
        f"gain {work / max(span, 1e-9):.1f} times at most"
    )
    least = graph.attributes.get("least_frames")
    if isinstance(least, IntegerAttr) and least.value.data > frames:
        yield "  all calls run on one thread: by the estimate, a second one gains nothing"
    elif isinstance(least, IntegerAttr):
        yield from wrapped(
            f"calls of fewer than {counted(least.value.data, 'frame')} run on one thread: waking "
            "another one takes longer than it saves",
            "  ",
        )
    yield ""
    for node in nodes:
        waits = ", ".join(f"T{predecessor}" for predecessor in node.before)
        mark = "; on the critical path" if node in chain else ""
        after = f"after {waits}" if waits else "no predecessors"
        yield from wrapped(f"{node.title}: {node.described}; {after}{mark}")


def _critical_path(nodes: Sequence[GraphNode]) -> list[GraphNode]:
    """The path of the task graph with the largest sum of times."""
    by_number = {node.number: node for node in nodes}
    chains: dict[int, list[GraphNode]] = {}
    for node in nodes:
        before = (chains[by_number[predecessor].number] for predecessor in node.before)
        longest = max(before, key=_cost, default=[])
        chains[node.number] = [*longest, node]
    return max(chains.values(), key=_cost, default=[])


def _cost(nodes: Sequence[GraphNode]) -> float:
    return sum(node.cost for node in nodes)


def _single_thread(nodes: Sequence[GraphNode], name: str, work: str) -> Iterator[str]:
    """The explanation of a program that runs on one thread."""
    yield from wrapped(
        f"{name}: {work}, no parallelism: its {counted(len(nodes), 'loop')} depend on each other "
        f"or take too little time ({format_time(_cost(nodes))} in a chunk)"
    )
    for node in nodes:
        yield from wrapped(f"{node.title}: {node.described}", "  ")


def _sections(module: ModuleOp, name: str, processor: ProcessorModel) -> Iterator[str]:
    team = next((op for op in module.walk() if isinstance(op, ParallelOp)), None)
    if team is None:
        yield from _single_thread(graph_of(module, processor), name, "no team")
        return
    shares = [op for op in team.walk() if isinstance(op, SectionsOp | TeamForOp | SingleOp)]
    block = shares[0].parent
    shares = [share for share in shares if share.parent is block]
    frames = chunk_size(block) if block is not None else 0
    yield from wrapped(
        f"{name}: {counted(len(shares), 'step')} in a chunk of {frames} frames, a barrier "
        f"after each, which takes about {format_time(barrier(processor))}"
    )
    for number, share in enumerate(shares):
        yield ""
        yield from _share(number, share, frames, processor)


def _share(number: int, share: Operation, frames: int, processor: ProcessorModel) -> Iterator[str]:
    """A step of a team: sections, a split loop, or a single thread."""
    if isinstance(share, SectionsOp):
        parts = [op for op in share.body.block.ops if isinstance(op, SectionOp)]
        nodes = [
            node_of(at, _loops(part), (), frames, "section ", processor)
            for at, part in enumerate(parts)
        ]
        longest = max(node.cost for node in nodes)
        yield from wrapped(
            f"S{number}: {counted(len(nodes), 'section')}, each for one thread; the longest takes "
            f"{format_time(longest)} of {format_time(_cost(nodes))}"
        )
    elif isinstance(share, TeamForOp):
        nodes = [node_of(0, _loops(share), (), frames, "loop ", processor)]
        yield f"S{number}: one free loop, split over the team by frames"
    else:
        nodes = [node_of(0, _loops(share), (), frames, "loop ", processor)]
        yield f"S{number}: run by one thread, the others wait"
    for node in nodes:
        yield from wrapped(f"{node.title}: {node.described}", "  ")


def _loops(share: Operation) -> list[LoopOp]:
    return [op for op in share.walk() if isinstance(op, LoopOp)]
