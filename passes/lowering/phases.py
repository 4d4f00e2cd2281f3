"""Lowers a phase whose step is constant in a call, in closed form: `q + k*step` in frame k."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.arith import AddiOp, MuliOp
from xdsl.dialects.builtin import i32
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.body import SAMPLE
from dspc.passes.lowering.writer import INDEX, INT_FLAGS

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


def write_phase(body: SplitBody, op: Operation, step: SSAValue) -> None:
    """Define the sum of a phase in the current loop.

    The state is that before the call; what is stored after it follows from the number of frames.
    """
    unit, state, chunk = body.unit, body.loop_state, body.chunk
    signal = op.results[0]
    name = unit.named(signal.name_hint, "state", i32, "Phase")
    buffer = unit.buffer(name, i32, None, Lifetime.INSTANCE, Role.STATE)
    unit.clear(buffer)
    before = body.before.load(buffer)
    increment = body.operand(step, SAMPLE)
    chunk.phases.append((buffer, before, increment))
    start, w = state.prologue, state.scope.writer
    # The first frame of a chunk is one step after the state.
    past = start.to_int(start.emit(AddiOp, (chunk.first, start.index(1)), INDEX, INT_FLAGS))
    first = start.add_int(before, start.emit(MuliOp, (past, increment), i32, INT_FLAGS))
    moved = w.emit(MuliOp, (w.to_int(state.frame), increment), i32, INT_FLAGS)
    body.define(signal, w.add_int(first, moved), SAMPLE)
