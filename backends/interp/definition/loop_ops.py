"""Memory, functions and loops of a lowered module, for xDSL's interpreter.

    interpreter = Interpreter(module)
    for functions in (ScalarFunctions(), LoopFunctions(memory), ThreadFunctions(order)):
        interpreter.register_implementations(functions, override=True)

A memref is a list, or an allocation of placed memory.
"""

from __future__ import annotations

from xdsl.dialects import func, memref, scf, vector
from xdsl.interpreter import (
    Interpreter,
    PythonValues,
    ReturnedValues,
    impl,
    impl_callable,
    impl_terminator,
    register_impls,
)

from dspc.backends.interp.definition.mem_ops import HeapFunctions, Terminated, new_row, trapped
from dspc.backends.interp.definition.memory import copy_row, load, load_lanes, store, store_lanes
from dspc.backends.interp.definition.scalars import element_name, typed_call
from dspc.backends.interp.definition.scf_ops import ScfFunctions
from dspc.backends.interp.definition.sound_ops import SoundFunctions
from dspc.backends.interp.errors import Trap
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.dsp_par import lanes


@register_impls
class LoopFunctions(SoundFunctions, HeapFunctions, ScfFunctions):
    """Functions, loops and memory of a lowered module; `scf` is in `scf_ops`."""

    def __init__(self, memory: LoopMemory) -> None:
        super().__init__(memory)
        self.sounds = memory.sounds

    @impl(GetOp)
    def run_get(self, _: Interpreter, op: GetOp, args: PythonValues):
        name = op.buffer.root_reference.data
        if name not in self.memory.rows:
            raise Trap(f"no buffer is called {name}", op)
        return (self.memory.rows[name],)

    @impl(memref.LoadOp)
    def run_load(self, _: Interpreter, op: memref.LoadOp, args: PythonValues):
        return (trapped(op, load, *args),)

    @impl(memref.StoreOp)
    def run_store(self, _: Interpreter, op: memref.StoreOp, args: PythonValues):
        trapped(op, store, *args)
        return ()

    @impl(vector.LoadOp)
    def run_load_lanes(self, _: Interpreter, op: vector.LoadOp, args: PythonValues):
        return (trapped(op, load_lanes, *args, lanes.lanes_of(op.result.type)),)

    @impl(vector.StoreOp)
    def run_store_lanes(self, _: Interpreter, op: vector.StoreOp, args: PythonValues):
        trapped(op, store_lanes, *args)
        return ()

    @impl(memref.AllocOp)
    def run_alloc(self, _: Interpreter, op: memref.AllocOp, args: PythonValues):
        return (new_row(op, args),)

    @impl(memref.AllocaOp)
    def run_alloca(self, _: Interpreter, op: memref.AllocaOp, args: PythonValues):
        return (new_row(op, args),)

    @impl(memref.DeallocOp)
    def run_dealloc(self, _: Interpreter, op: memref.DeallocOp, args: PythonValues):
        return ()

    @impl(memref.DimOp)
    def run_dim(self, _: Interpreter, op: memref.DimOp, args: PythonValues):
        return (len(args[0]),)

    @impl(memref.CopyOp)
    def run_copy(self, _: Interpreter, op: memref.CopyOp, args: PythonValues):
        trapped(op, copy_row, args[1], args[0])
        return ()

    @impl(memref.CastOp)
    def run_cast(self, _: Interpreter, op: memref.CastOp, args: PythonValues):
        return args

    @impl(memref.AssumeAlignmentOp)
    def run_alignment(self, _: Interpreter, op: memref.AssumeAlignmentOp, args: PythonValues):
        return args

    @impl(memref.MemorySpaceCastOp)
    def run_space_cast(self, _: Interpreter, op: memref.MemorySpaceCastOp, args: PythonValues):
        return args

    @impl(scf.ParallelOp)
    def run_parallel(self, interpreter: Interpreter, op: scf.ParallelOp, args: PythonValues):
        if op.results or len(args) != 3:
            raise Trap("a parallel loop must have one induction variable and no results", op)
        for index in range(*args):
            interpreter.run_ssacfg_region(op.body, (index,), "parallel")
        return ()

    @impl_terminator(scf.ReduceOp)
    def run_reduce(self, _: Interpreter, op: scf.ReduceOp, args: PythonValues) -> Terminated:
        return ReturnedValues(args), ()

    @impl_terminator(func.ReturnOp)
    def run_return(self, _: Interpreter, op: func.ReturnOp, args: PythonValues) -> Terminated:
        return ReturnedValues(args), ()

    @impl_callable(func.FuncOp)
    def call_function(self, interpreter: Interpreter, op: func.FuncOp, args: PythonValues):
        return interpreter.run_ssacfg_region(op.body, args, op.sym_name.data)

    @impl(func.CallOp)
    def run_call(self, interpreter: Interpreter, op: func.CallOp, args: PythonValues):
        callee = interpreter.get_op_for_symbol(op.callee)
        if not isinstance(callee, func.FuncOp):
            raise Trap(f"{op.callee} is not a function", op)
        if not callee.is_declaration:
            return interpreter.call_op(callee, args)
        name = op.callee.root_reference.data
        return (typed_call(name, element_name(op.results[0].type), op)(*args),)
