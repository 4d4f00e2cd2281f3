"""The `dsp_mem` ops that allocate and copy memory, for xDSL's interpreter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects.builtin import MemRefType
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    impl,
    impl_terminator,
)
from xdsl.ir import Operation

from dspc.backends.interp.definition.memory import Row, copy_row, copy_some, poison
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import Trap
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.dialects.dsp_mem.heaps import (
    AllocOp,
    CopyOp,
    EndOp,
    FreeOp,
    HeapInitOp,
    ReallocOp,
    ScopeOp,
    WaitOp,
)

Terminated = tuple[ReturnedValues, PythonValues]


def trapped(op: Operation, function: Callable[..., Any], *args: Any) -> Any:
    """Call a function; a Trap without an op gets this one."""
    try:
        return function(*args)
    except Trap as trap:
        trap.op = trap.op or op
        raise


def new_row(op: Operation, sizes: PythonValues) -> Row:
    """A poisoned row for an op's result; `sizes` has the length of a dynamic one."""
    type = op.results[0].type
    assert isinstance(type, MemRefType)
    size = sizes[0] if sizes else (*type.get_shape(), 1)[0]
    return [poison(element_name(type.element_type))] * size


class HeapFunctions(InterpreterFunctions):
    """Forwards to the `heaps` of placed memory; otherwise works on plain rows."""

    def __init__(self, memory: LoopMemory) -> None:
        self.memory = memory
        self.heaps = memory.heaps

    @impl(HeapInitOp)
    def run_heap_init(self, _: Interpreter, op: HeapInitOp, args: PythonValues):
        if self.heaps is not None:
            trapped(op, self.heaps.start, op)
        return ()

    @impl(AllocOp)
    def run_take(self, _: Interpreter, op: AllocOp, args: PythonValues):
        if self.heaps is None:
            return (new_row(op, ()),)
        return (trapped(op, self.heaps.take, op),)

    @impl(ReallocOp)
    def run_regrow(self, _: Interpreter, op: ReallocOp, args: PythonValues):
        if self.heaps is not None:
            return (trapped(op, self.heaps.regrow, op, args[0]),)
        row = new_row(op, ())
        copy_some(row, args[0], len(args[0]))
        return (row,)

    @impl(FreeOp)
    def run_give(self, _: Interpreter, op: FreeOp, args: PythonValues):
        if self.heaps is not None:
            trapped(op, self.heaps.give, op, args[0])
        return ()

    @impl(CopyOp)
    def run_copy_row(self, _: Interpreter, op: CopyOp, args: PythonValues):
        source, target, *count = args
        if self.heaps is not None:
            trapped(op, self.heaps.copy, op, source, target, count[0] if count else None)
        elif count:
            trapped(op, copy_some, target, source, count[0])
        else:
            trapped(op, copy_row, target, source)
        return ()

    @impl(WaitOp)
    def run_wait(self, _: Interpreter, op: WaitOp, args: PythonValues):
        if self.heaps is not None:
            trapped(op, self.heaps.wait)
        return ()

    @impl(ScopeOp)
    def run_scope(self, interpreter: Interpreter, op: ScopeOp, args: PythonValues):
        if self.heaps is not None:
            self.heaps.enter()
        interpreter.run_ssacfg_region(op.body, (), "scope")
        if self.heaps is not None:
            self.heaps.leave(op)
        return ()

    @impl_terminator(EndOp)
    def run_end(self, _: Interpreter, op: EndOp, args: PythonValues) -> Terminated:
        return ReturnedValues(args), ()
