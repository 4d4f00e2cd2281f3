"""`dsp-section`: the loops of each chunk become work that a team of threads shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects import func, scf
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Block, Operation, Region
from xdsl.passes import ModulePass
from xdsl.traits import is_side_effect_free

from dspc.dialects.dsp_par import (
    LoopOp,
    ParallelOp,
    SectionOp,
    SectionsOp,
    SingleOp,
    TeamForOp,
    YieldOp,
)
from dspc.passes.analysis.loop_dag import chunk_blocks, chunk_size
from dspc.passes.scheduling.levels import Rules, Sections, Share, Single, share_out


@dataclass(frozen=True)
class DspSection(ModulePass):
    """Shares the loops of each chunk out to a team of threads, level by level.

    S0 are the loops that wait for none, S1 those that wait for S0, and so on. A level of several
    loops becomes sections, each run by one thread; one free loop is split by frames over the team;
    one recursive loop is run by a single thread. Loops that only feed each other share a section.
    After each of these all threads wait.

        dsp_par.loop recursive ...         dsp_par.sections { section {...} section {...} }
        dsp_par.loop recursive ...   -->   dsp_par.for { dsp_par.loop free ... }
        dsp_par.loop free ...              dsp_par.single { dsp_par.loop recursive ... }
        dsp_par.loop recursive ...

    `group` joins by estimated cost what is too small to pay for a barrier; a program that is
    nowhere worth one stays as it is. `par-loop` splits free loops also where others could run
    beside them.
    """

    name = "dsp-section"
    group: bool = False
    par_loop: bool = False

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        found = [(block, loops) for block, loops in chunk_blocks(op) if _is_in_function(block)]
        chunk = max((chunk_size(block) for block, _ in found), default=0)
        rules = Rules(self.group, self.par_loop, chunk)
        plans = [(block, loops, share_out(loops, rules)) for block, loops in found]
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
    """Whether the block is all that a loop or a branch at the top of a function does."""
    top = block.parent_op()
    if not isinstance(top, scf.ForOp | scf.IfOp) or not isinstance(top.parent_op(), func.FuncOp):
        return False
    others = (each for region in top.regions for each in region.blocks if each is not block)
    return not top.results and all(len(other.ops) <= 1 for other in others)


def _replace(block: Block, loops: Sequence[LoopOp], shares: Sequence[Share]) -> None:
    """Put shares in the place of the loops, after all else that the block does."""
    last = block.last_op
    assert last is not None
    for loop in loops:
        loop.detach()
    made = [_shared(share) for share in shares]
    block.insert_ops_before(made, last)
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
    """Those of some ops of a function that one team can run: only pure ops lie between them."""
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
    """Put a team around some ops; starting it costs least where it is started once a call."""
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
    # Nothing leaves this pass that is not proved free of races.
    for op in team.walk():
        if isinstance(op, ParallelOp | SectionsOp | SingleOp | TeamForOp):
            op.verify_()
