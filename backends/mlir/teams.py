"""Teams and task graphs in the `omp` dialect, as MLIR 19 has it.

xDSL's `omp` is that of a later MLIR and has no sections, so that these ops are printed in generic
form, with the number of operands of each group as MLIR 19 counts them.
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.dialects.builtin import DenseArrayBase, IndexType, UnregisteredOp, i32
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.dialects.dsp_par.fork_join import ParallelOp, SectionsOp, SingleOp, TeamForOp
from dspc.dialects.dsp_par.tasks import GraphOp, TaskOp

TEAMS: tuple[type[Operation], ...] = (ParallelOp, SectionsOp, SingleOp, TeamForOp, GraphOp)
SEGMENTS = {"omp.parallel": 6, "omp.sections": 3, "omp.single": 3, "omp.wsloop": 4}
"""Groups of operands of each op; all of them are empty here."""


def upstream_op(
    name: str,
    operands: Sequence[SSAValue],
    results: Sequence[Attribute] = (),
    regions: Sequence[Region] = (),
) -> Operation:
    """An op of an upstream dialect that xDSL does not have, in generic form."""
    properties: dict[str, Attribute] = {}
    if name in SEGMENTS:
        properties["operandSegmentSizes"] = DenseArrayBase.from_list(i32, [0] * SEGMENTS[name])
    return UnregisteredOp.with_name(name).create(
        operands=operands, result_types=results, regions=regions, properties=properties
    )


def lower_team(op: Operation) -> None:
    """Replace a work-sharing op, a team or a task graph."""
    if isinstance(op, ParallelOp):
        _put(op, [upstream_op("omp.parallel", [], regions=[_ended(op.body)])])
    elif isinstance(op, SectionsOp):
        bodies = [section.body for section in op.sections]
        _put(op, [_sections(bodies)])
    elif isinstance(op, SingleOp):
        _put(op, [upstream_op("omp.single", [], regions=[_ended(op.body)])])
    elif isinstance(op, TeamForOp):
        _lower_for(op)
    elif isinstance(op, GraphOp):
        levels = _levels(op.tasks)
        teams: list[Operation] = []
        for tasks in levels:
            block = Block([_sections([task.body for task in tasks])])
            block.add_op(upstream_op("omp.terminator", []))
            teams.append(upstream_op("omp.parallel", [], regions=[Region(block)]))
        _put(op, teams)


def _put(op: Operation, made: list[Operation]) -> None:
    block = op.parent
    assert block is not None
    block.insert_ops_before(made, op)
    op.detach()
    op.erase()


def _ended(region: Region, terminator: str = "omp.terminator") -> Region:
    """The blocks of a region, moved to one that ends in another terminator."""
    block = region.block
    last = block.last_op
    assert last is not None
    last.detach()
    last.erase()
    block.add_op(upstream_op(terminator, []))
    moved = Region()
    region.move_blocks(moved)
    return moved


def _sections(bodies: Sequence[Region]) -> Operation:
    parts = [upstream_op("omp.section", [], regions=[_ended(body)]) for body in bodies]
    block = Block([*parts, upstream_op("omp.terminator", [])])
    return upstream_op("omp.sections", [], regions=[Region(block)])


def _lower_for(op: TeamForOp) -> None:
    """The prologue of the loop, which every thread runs, and its frames as a work-sharing loop."""
    frames, loop = op.frames, op.loop
    before: list[Operation] = []
    for one in list(loop.body.block.ops)[:-1]:
        one.detach()
        before.append(one)
    at = before.index(frames)
    body = Region(Block(arg_types=[IndexType()]))
    inner = frames.body.block
    inner.args[0].replace_all_uses_with(body.block.args[0])
    body.block.args[0].name_hint = inner.args[0].name_hint
    for one in list(inner.ops):
        one.detach()
        if not isinstance(one, scf.YieldOp):
            body.block.add_op(one)
    body.block.add_op(upstream_op("omp.yield", []))
    nest = upstream_op("omp.loop_nest", [frames.lb, frames.ub, frames.step], regions=[body])
    block = Block([nest, upstream_op("omp.terminator", [])])
    shared = upstream_op("omp.wsloop", [], regions=[Region(block)])
    before[at] = shared
    _put(op, before)
    frames.erase()


def _levels(tasks: Sequence[TaskOp]) -> list[list[TaskOp]]:
    """The tasks by the length of the longest path of dependences to them."""
    depth: dict[int, int] = {}
    waiting = list(tasks)
    while waiting:
        left: list[TaskOp] = []
        for task in waiting:
            if all(number in depth for number in task.predecessors):
                above = [depth[number] + 1 for number in task.predecessors]
                depth[task.number.data] = max(above, default=0)
            else:
                left.append(task)
        waiting = left
    levels: list[list[TaskOp]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for task in tasks:
        levels[depth[task.number.data]].append(task)
    return levels
