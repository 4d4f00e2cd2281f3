"""Cost model of lowered loops, for the decision what is worth a thread.

Estimated nanoseconds on a current desktop processor: op costs times the frames of a chunk. A free
loop is vectorised. A recursive loop has a latency bound: the critical path from its iteration
arguments to the values that it yields.
"""

from __future__ import annotations

from xdsl.dialects import arith, scf
from xdsl.ir import Block, Operation, SSAValue
from xdsl.transforms.canonicalization_patterns.utils import const_evaluate_operand

from dspc.dialects.dsp_par import LoopKind, LoopOp

BARRIER = 1000.0
"""The cost of a barrier of a team, in ns."""
CYCLE = 0.3
"""One cycle, in ns."""
LANES = 4
"""SIMD lanes of a free loop."""
CYCLES: dict[str, float] = {
    "arith.divf": 5, "arith.divsi": 10, "arith.remsi": 10, "math.sqrt": 6, "math.fma": 1,
    "math.absf": 0.4, "math.floor": 0.4, "math.ceil": 0.4, "memref.load": 0.4, "memref.store": 0.6,
    "func.call": 40, "dsp.soundfile_read": 20,
}  # fmt: skip
"""Reciprocal throughput in cycles; other ops of `math` take `FUNCTION`, all others `PLAIN`."""
PLAIN = 0.4
"""Several ops are issued per cycle."""
FUNCTION = 30.0
LATENCY = 4.0
"""The latency of a floating-point op, in cycles."""


def loop_cost(loop: LoopOp, chunk: int) -> float:
    """The cost of a loop op for a chunk of so many frames, in ns."""
    lanes = LANES if loop.kind.data == LoopKind.FREE else 1
    return CYCLE * _cycles(loop.body.block, chunk, lanes)


def frames_cost(frames: scf.ForOp, chunk: int) -> float:
    """The cost of the frame loop of a free loop op, in ns."""
    return CYCLE * _turns(frames, chunk) * _cycles(frames.body.block, chunk, 1) / LANES


def _cycles(block: Block, chunk: int, lanes: int) -> float:
    """The cycles of all ops of a block, with the trip counts of its loops."""
    total = 0.0
    work = [(block, 1.0)]
    while work:
        inner, turns = work.pop()
        for op in inner.ops:
            if isinstance(op, scf.ForOp):
                times = turns * _turns(op, chunk)
                total += times * max(_chain(op) - _busy(op.body.block), 0.0)
                work.append((op.body.block, times / (1 if op.results else lanes)))
            else:
                total += turns * _op_cycles(op)
                work.extend((each, turns) for region in op.regions for each in region.blocks)
    return total


def _busy(block: Block) -> float:
    return sum(_op_cycles(op) for op in block.ops)


def _op_cycles(op: Operation) -> float:
    known = CYCLES.get(op.name)
    if known is not None:
        return known
    if op.name.startswith("math."):
        return FUNCTION
    if isinstance(op, arith.ConstantOp) or op.name.startswith(("dsp_par.", "dsp_mem.", "scf.")):
        return 0.0
    return PLAIN


def _chain(loop: scf.ForOp) -> float:
    """The critical path in cycles from a loop's iteration arguments to its yielded values."""
    _, *carried = loop.body.block.args
    late: dict[SSAValue, float] = dict.fromkeys(carried, 0.0)
    last = 0.0
    for op in loop.body.block.ops:
        waits = [late[operand] for operand in op.operands if operand in late]
        if not waits:
            continue
        if isinstance(op, scf.YieldOp):
            last = max(waits)
            break
        ready = max(waits) + max(LATENCY, _op_cycles(op))
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
