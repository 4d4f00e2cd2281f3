"""Cost model of lowered loops, for the decision which work is worth a thread.

Estimated nanoseconds on a processor: op costs times the frames of a chunk. A free
loop is vectorised. A recursive loop has a latency bound: the critical path from its iteration
arguments to the values that it yields.
"""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.ir import Block, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.dialects.dsp_par import LoopKind, LoopOp
from dspc.passes.costs.operations import lowered_throughput

SHARE_OF_LANES = 0.5
"""The speed-up of a free loop by vectorisation, relative to the lanes of f32."""


def barrier(processor: ProcessorModel) -> float:
    """The cost of a barrier of a team, in ns."""
    return processor.cycle * processor.barrier


def loop_cost(loop: LoopOp, chunk: int, processor: ProcessorModel) -> float:
    """The cost of a loop op for a chunk of so many frames, in ns."""
    lanes = _speed_up(processor) if loop.kind.data == LoopKind.FREE else 1.0
    return processor.cycle * _cycles(loop.body.block, chunk, lanes, processor)


def frames_cost(frames: scf.ForOp, chunk: int, processor: ProcessorModel) -> float:
    """The cost of the frame loop of a free loop op, in ns."""
    cycles = _turns(frames, chunk) * _cycles(frames.body.block, chunk, 1.0, processor)
    return processor.cycle * cycles / _speed_up(processor)


def _speed_up(processor: ProcessorModel) -> float:
    return max(SHARE_OF_LANES * processor.lanes(32), 1.0)


def _cycles(block: Block, chunk: int, lanes: float, processor: ProcessorModel) -> float:
    """The cycles of all ops of a block, with the trip counts of its loops."""
    total = 0.0
    work = [(block, 1.0)]
    while work:
        inner, turns = work.pop()
        for op in inner.ops:
            if isinstance(op, scf.ForOp):
                times = turns * _turns(op, chunk)
                total += times * max(_chain(op, processor) - _busy(op.body.block, processor), 0.0)
                work.append((op.body.block, times / (1 if op.results else lanes)))
            else:
                total += turns * lowered_throughput(op, processor)
                work.extend((each, turns) for region in op.regions for each in region.blocks)
    return total


def _busy(block: Block, processor: ProcessorModel) -> float:
    return sum(lowered_throughput(op, processor) for op in block.ops)


def _chain(loop: scf.ForOp, processor: ProcessorModel) -> float:
    """The critical path in cycles from a loop's iteration arguments to its yielded values."""
    _, *carried = loop.body.block.args
    late: dict[SSAValue, float] = dict.fromkeys(carried, 0.0)
    last, least = 0.0, processor.latency("add")
    for op in loop.body.block.ops:
        waits = [late[operand] for operand in op.operands if operand in late]
        if not waits:
            continue
        if isinstance(op, scf.YieldOp):
            last = max(waits)
            break
        ready = max(waits) + max(least, lowered_throughput(op, processor))
        late.update(dict.fromkeys(op.results, ready))
    return last


def _turns(loop: scf.ForOp, chunk: int) -> int:
    """The trip count of a loop: the frames of the chunk, unless its bounds are constant.

    A loop with a non-constant start is a remainder or padding loop, which is mostly empty.
    """
    low, high, step = (const_evaluate_operand(value) for value in (loop.lb, loop.ub, loop.step))
    if low is None:
        return 0
    return max(0, -(-((chunk if high is None else high) - low) // max(step or 1, 1)))
