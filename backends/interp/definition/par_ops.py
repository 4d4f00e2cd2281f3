"""The `dsp_par` ops, for xDSL's interpreter."""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects import scf
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    impl,
    impl_terminator,
    register_impls,
)
from xdsl.ir import Region

from dspc.backends.interp.definition.mem_ops import Terminated, trapped
from dspc.backends.interp.definition.memory import Window
from dspc.backends.interp.orders import Order
from dspc.dialects import dsp_par


@register_impls
class ThreadFunctions(InterpreterFunctions):
    """Runs parallel parts sequentially, in an order that `order` chooses."""

    def __init__(self, order: Order) -> None:
        self.order = order

    @impl(dsp_par.WindowOp)
    def run_window(self, _: Interpreter, op: dsp_par.WindowOp, args: PythonValues):
        return (trapped(op, Window, *args),)

    @impl_terminator(dsp_par.YieldOp)
    def run_yield(self, _: Interpreter, op: dsp_par.YieldOp, args: PythonValues) -> Terminated:
        return ReturnedValues(args), ()

    @impl(dsp_par.LoopOp)
    def run_loop(self, interpreter: Interpreter, op: dsp_par.LoopOp, args: PythonValues):
        return self._run(interpreter, op.body)

    @impl(dsp_par.ParallelOp)
    def run_parallel(self, interpreter: Interpreter, op: dsp_par.ParallelOp, args: PythonValues):
        return self._run(interpreter, op.body)

    @impl(dsp_par.SingleOp)
    def run_single(self, interpreter: Interpreter, op: dsp_par.SingleOp, args: PythonValues):
        return self._run(interpreter, op.body)

    @impl(dsp_par.SectionsOp)
    def run_sections(self, interpreter: Interpreter, op: dsp_par.SectionsOp, args: PythonValues):
        parts = [(section.loops, ()) for section in op.sections]
        return self._in_any_order(interpreter, parts)

    @impl(dsp_par.GraphOp)
    def run_graph(self, interpreter: Interpreter, op: dsp_par.GraphOp, args: PythonValues):
        index = {task.number.data: at for at, task in enumerate(op.tasks)}
        parts = [(task.loops, [index[n] for n in task.predecessors]) for task in op.tasks]
        return self._in_any_order(interpreter, parts)

    def _in_any_order(
        self,
        interpreter: Interpreter,
        parts: Sequence[tuple[Sequence[dsp_par.LoopOp], Sequence[int]]],
    ) -> PythonValues:
        loops = [loop for each, _ in parts for loop in each]
        for step in self.order.steps([(len(each), after) for each, after in parts]):
            self._run(interpreter, loops[step].body)
        return ()

    @impl(dsp_par.TeamForOp)
    def run_for(self, interpreter: Interpreter, op: dsp_par.TeamForOp, args: PythonValues):
        """Run the op's region, with the iterations of the loop over frames in any order."""
        ops = list(op.loop.body.block.ops)
        for inner in ops[: ops.index(op.frames)]:
            results = interpreter.run_op(inner, interpreter.get_values(inner.operands))
            interpreter.set_values(zip(inner.results, results, strict=True))
        self._frames(interpreter, op.frames)
        return ()

    def _frames(self, interpreter: Interpreter, frames: scf.ForOp) -> None:
        low, high, step = interpreter.get_values((frames.lb, frames.ub, frames.step))
        for frame in self.order.frames(low, high, step):
            interpreter.run_ssacfg_region(frames.body, (frame,), "frames")

    def _run(self, interpreter: Interpreter, region: Region) -> PythonValues:
        return interpreter.run_ssacfg_region(region, (), "dsp_par")
