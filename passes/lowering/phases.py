"""Lowers a phase whose step is constant in a call, in closed form: `q + k*step` in frame k."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdsl.dialects.arith import AddiOp, MuliOp
from xdsl.dialects.builtin import i32
from xdsl.ir import Operation, SSAValue

from dspc.passes.lowering.body import SAMPLE
from dspc.passes.lowering.writer import INDEX, INT_FLAGS

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


def write_phase(body: SplitBody, op: Operation, step: SSAValue) -> None:
    """Define the sum of a phase in the current loop.

    The state is that before the call; what is stored after it follows from the number of frames.
    """
    state, chunk = body.loop_state, body.chunk
    signal = op.results[0]
    before, increment = _before(body, signal, step)
    start, w = state.prologue, state.scope.writer
    # The first frame of a chunk is one step after the state.
    past = start.to_int(start.emit(AddiOp, (chunk.first, start.index(1)), INDEX, INT_FLAGS))
    first = start.add_int(before, start.emit(MuliOp, (past, increment), i32, INT_FLAGS))
    moved = w.emit(MuliOp, (w.to_int(state.frame), increment), i32, INT_FLAGS)
    body.define(signal, w.add_int(first, moved), SAMPLE)


def _before(body: SplitBody, signal: SSAValue, step: SSAValue) -> tuple[SSAValue, SSAValue]:
    """The phase before the call, and its step, which the end of the call takes as well."""
    known = body.phases.get(signal)
    if known is None:
        name = (signal.name_hint, "state", "Phase")
        buffer = body.unit.state(("phase", signal), name, i32, None)
        increment = body.operand(step, SAMPLE)
        known = body.phases[signal] = (buffer, body.before.load(buffer), increment)
    return known[1:]
