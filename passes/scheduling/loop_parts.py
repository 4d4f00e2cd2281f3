"""Splits a free loop op into its prologue, its frame loop and its epilogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xdsl.dialects import memref, scf
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.traits import is_side_effect_free

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.dialects.dsp_par import LoopKind, LoopOp, YieldOp
from dspc.dialects.dsp_par.fork_join import frames_loop, has_own_elements
from dspc.dialects.dsp_par.loops import loop_of, memory_of, touched
from dspc.passes.costs.threads import frames_cost

Parts = tuple[LoopOp | None, LoopOp, LoopOp | None]
"""The loop ops of prologue, frame loop and epilogue."""


def frames_of(loop: LoopOp, chunk: int, processor: ProcessorModel) -> scf.ForOp | None:
    """The costliest parallel loop in a free loop's region; None if there is none."""
    if loop.kind.data != LoopKind.FREE:
        return None
    candidates = [
        op
        for op in loop.body.block.ops
        if isinstance(op, scf.ForOp) and not op.results and has_own_elements(op)
    ]
    return max(candidates, key=lambda op: frames_cost(op, chunk, processor), default=None)


def cut(loop: LoopOp, frames: scf.ForOp) -> Parts | None:
    """New loop ops for the three parts; None where they cannot be separated.

    The original is not modified; it is returned itself if it has neither prologue nor epilogue.
    """
    if frames_loop(loop) is frames:
        return None, loop, None
    ops = [op for op in loop.body.block.ops if not isinstance(op, YieldOp)]
    at = ops.index(frames)
    before, after = ops[:at], ops[at + 1 :]
    needed_before = _needed(before, [op for op in before if _has_effect(op)])
    needed = _needed(before, [frames])
    needed_after = _needed(before, after)
    changed = _written(before)
    if any(_has_effect(op) for op in (*needed, *needed_after)):
        return None
    if _reads(needed) & changed or _reads(needed_after) & (changed | _written([frames])):
        return None
    return (
        _loop(loop, needed_before) if any(_has_effect(op) for op in needed_before) else None,
        _loop(loop, [*needed, frames]),
        _loop(loop, [*needed_after, *after]) if any(_has_effect(op) for op in after) else None,
    )


def _has_effect(op: Operation) -> bool:
    return not isinstance(op, memref.LoadOp) and not is_side_effect_free(op)


def _needed(ops: Sequence[Operation], users: Sequence[Operation]) -> list[Operation]:
    """The backward slice of `users` within `ops`, in program order."""
    wanted: set[SSAValue] = set()
    chosen = set(users)
    for user in users:
        wanted.update(operand for op in user.walk() for operand in op.operands)
    needed: list[Operation] = []
    for op in reversed(ops):
        if op in chosen or wanted.intersection(op.results):
            needed.append(op)
            wanted.update(operand for inner in op.walk() for operand in inner.operands)
    return needed[::-1]


def _written(ops: Iterable[Operation]) -> set[object]:
    return {memory_of(row) for op in ops for _, row, writes in touched_by(op) if writes}


def _reads(ops: Iterable[Operation]) -> set[object]:
    return {memory_of(row) for op in ops for _, row, writes in touched_by(op) if not writes}


def touched_by(op: Operation) -> list[tuple[Operation, SSAValue, bool]]:
    """The memory accesses of an op and of the ops in its regions."""
    if isinstance(op, memref.LoadOp):
        return [(op, op.memref, False)]
    if isinstance(op, memref.StoreOp):
        return [(op, op.memref, True)]
    return [access for region in op.regions for access in touched(region)]


def _loop(loop: LoopOp, ops: Sequence[Operation]) -> LoopOp:
    """A loop op with clones of some ops."""
    mapper: dict[SSAValue, SSAValue] = {}
    block = Block()
    for op in ops:
        block.add_op(op.clone(mapper))
    block.add_op(YieldOp.create())
    result = loop_of(loop.kind, Region(block))
    result.location = loop.location
    return result
