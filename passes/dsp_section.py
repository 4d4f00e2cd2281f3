"""`dsp-section`: schedules the loops of each chunk for a team of threads (fork-join)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, Region
from xdsl.passes import ModulePass
from xdsl.traits import is_side_effect_free

from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.dsp_par import (
    LoopOp,
    ParallelOp,
    SectionOp,
    SectionsOp,
    SingleOp,
    TeamForOp,
    YieldOp,
)
from dspc.dialects.places import located
from dspc.passes.analysis.loop_dag import chunk_blocks, chunk_size
from dspc.passes.scheduling.levels import SectionRules, Sections, Share, Single, share_out


@dataclass(frozen=True)
class DspSection(ModulePass):
    """Distributes the loops of each chunk over a team of threads, level by level of the loop DAG.

    S0 are the loops without predecessors, S1 those that depend on S0 only, and so on. A level of
    several loops becomes sections, each run by one thread; a single free loop is divided by frames
    over the team; a single recursive loop is run by one thread. Chains of loops without other
    neighbours share a section. A barrier follows each of these.

    `group` merges, by estimated cost, levels and sections that do not outweigh a barrier; a program
    without any that does stays as it is. `par-loop` divides free loops by frames even where other
    loops of their level could run at the same time. Costs are those of the processor of `machine`.
    """

    name = "dsp-section"
    TAKES: ClassVar[tuple[str, ...]] = ("loops",)
    MAKES: ClassVar[str] = "par"
    group: bool = False
    par_loop: bool = False
    machine: str | None = None

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        chunks = [(block, loops) for block, loops in chunk_blocks(op) if _is_in_function(block)]
        chunk = max((chunk_size(block) for block, _ in chunks), default=0)
        rules = SectionRules(self.group, self.par_loop, chunk, processor_named(self.machine))
        plans = [(block, loops, share_out(loops, rules)) for block, loops in chunks]
        tops: list[Operation] = []
        for block, loops, shares in plans:
            if all(isinstance(share, Single) for share in shares):
                continue
            _replace(block, loops, shares)
            top = block.parent_op()
            assert top is not None
            tops.append(top)
        for run in _runs(tops):
            _enclose(run)


def _is_in_function(block: Block) -> bool:
    """Whether the block is the body of a loop or branch at the top level of a function."""
    top = block.parent_op()
    if not isinstance(top, scf.ForOp | scf.IfOp) or not isinstance(top.parent_op(), func.FuncOp):
        return False
    others = (each for region in top.regions for each in region.blocks if each is not block)
    return not top.results and all(len(other.ops) <= 1 for other in others)


def _replace(block: Block, loops: Sequence[LoopOp], shares: Sequence[Share]) -> None:
    """Replace the loops by shares at the end of the block."""
    last = block.last_op
    assert last is not None
    for loop in loops:
        loop.detach()
    new_ops = [_shared(share) for share in shares]
    block.insert_ops_before(new_ops, last)
    for loop in loops:
        if loop.parent is None:
            loop.erase()


def _shared(share: Share) -> Operation:
    match share:
        case Sections(shares):
            sections = [SectionOp.create(regions=[_region(loops)]) for loops in shares]
            return SectionsOp.create(regions=[_region(sections)])
        case Single(loops):
            return SingleOp.create(regions=[_region(loops)])
        case _:
            return TeamForOp.create(regions=[_region([share.loop])])


def _region(ops: Sequence[Operation]) -> Region:
    block = Block()
    block.add_ops([*ops, YieldOp.create()])
    return Region(block)


def _runs(tops: Sequence[Operation]) -> list[list[Operation]]:
    """Runs of top-level ops that one team can execute: only pure ops lie between them."""
    runs: list[list[Operation]] = []
    for top in tops:
        between = top.prev_op
        while between is not None and between not in tops and is_side_effect_free(between):
            between = between.prev_op
        if runs and between is runs[-1][-1]:
            runs[-1].append(top)
        else:
            runs.append([top])
    return runs


def _enclose(run: Sequence[Operation]) -> None:
    """Enclose ops in one parallel region: it costs least if a team starts once a call."""
    first = run[0]
    block = first.parent
    assert block is not None
    op: Operation | None = first
    while op is not None and op is not run[-1]:
        following = op.next_op
        if op not in run:
            op.detach()
            block.insert_op_before(op, first)
        op = following
    team = ParallelOp.create(regions=[Region(Block())])
    block.insert_op_before(team, first)
    for each in run:
        each.detach()
    team.body.block.add_ops([*run, YieldOp.create()])
    # The verifier proves the result free of data races.
    for op in team.walk():
        if isinstance(op, ParallelOp | SectionsOp | SingleOp | TeamForOp):
            op.verify_()
