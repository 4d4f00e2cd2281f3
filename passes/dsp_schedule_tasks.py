"""`dsp-schedule-tasks`: schedules the loops of each chunk as a task graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.ir import Block, Region
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.dsp_par import GraphOp, LoopOp, TaskOp, YieldOp
from dspc.dialects.places import located
from dspc.passes.analysis.loop_dag import WorkUnit, chunk_blocks, chunk_size
from dspc.passes.scheduling.locality import places_of
from dspc.passes.scheduling.tasks import least_frames, make_tasks


@dataclass(frozen=True)
class DspScheduleTasks(ModulePass):
    """Turns the loops of each chunk into tasks with explicit dependences.

    A loop depends on earlier loops by read-after-write, write-after-read and write-after-write
    of the same memory. Chains of loops without other neighbours are one task.

    `group` merges tasks whose estimated cost is too small to hand them to another thread. A chunk
    of a single task stays as it is. `least_frames` of a graph is the smallest number of frames for
    which several threads gain anything. `place` of a task is its position from 0 to 999 in a
    partition of the work: threads that always run the same share find its data in their caches.
    Costs are those of the processor of `machine`.
    """

    name = "dsp-schedule-tasks"
    TAKES: ClassVar[tuple[str, ...]] = ("loops",)
    MAKES: ClassVar[str] = "par"
    group: bool = False
    machine: str | None = None

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        chunks = list(chunk_blocks(op))
        chunk = max((chunk_size(block) for block, _ in chunks), default=0)
        processor = processor_named(self.machine)
        for block, loops in chunks:
            tasks = make_tasks(loops, chunk, self.group, processor)
            if len(tasks) > 1:
                _replace(block, loops, tasks, least_frames(tasks, chunk, processor))


def _replace(block: Block, loops: Sequence[LoopOp], tasks: Sequence[WorkUnit], least: int) -> None:
    """Replace the loops by a graph at the end of the block."""
    last = block.last_op
    assert last is not None
    for loop in loops:
        loop.detach()
    number = {task: at for at, task in enumerate(tasks)}
    nodes = [
        TaskOp(number[task], sorted(number[other] for other in task.before), _region(task.loops))
        for task in tasks
    ]
    for node, place in zip(nodes, places_of(tasks), strict=True):
        node.attributes["place"] = IntegerAttr(place, 64)
    graph = Block()
    graph.add_ops([*nodes, YieldOp.create()])
    graph_op = GraphOp.create(regions=[Region(graph)])
    graph_op.attributes["least_frames"] = IntegerAttr(least, 64)
    block.insert_op_before(graph_op, last)
    # The verifier proves the result free of data races.
    graph_op.verify_()


def _region(loops: Sequence[LoopOp]) -> Region:
    block = Block()
    block.add_ops([*loops, YieldOp.create()])
    return Region(block)
