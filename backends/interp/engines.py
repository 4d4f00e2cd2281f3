"""The executors, generated Python and xDSL's interpreter, for signal and for loop modules."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation

from dspc.backends.interp.definition.memory import Row, Soundfiles, Table, poison
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import InterpreterError, Trap, error_of
from dspc.backends.interp.generated.generate import CompiledPython, Emitter, TableKey
from dspc.backends.interp.instance_memory import LoopMemory, SignalMemory, all_ops
from dspc.backends.interp.orders import Order
from dspc.backends.interp.placement.fault_plan import NEVER, FaultPlan
from dspc.backends.interp.placement.placed import PlacedMemory, is_placed
from dspc.backends.interp.voices import Voices, common_buffers
from dspc.dialects.dsp import interface, tables
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp_mem.machine import Machine
from dspc.support.diagnostics import DspcError

Unit = interface.ProgramOp | interface.LoweredOp


class Engine(Protocol):
    """An executable program with the memory of one instance."""

    inputs: int
    outputs: int

    @property
    def memory(self) -> SignalMemory | LoopMemory: ...

    @property
    def code(self) -> CompiledPython | None: ...

    @property
    def zones(self) -> Mapping[str, Row]:
        """The values of widgets by symbol, each a row of one element."""
        ...

    @property
    def requests(self) -> int: ...

    def compute(self, inputs: list[Row], count: int, is_in_place: bool = False) -> list[Row]: ...

    def reset(self) -> None: ...

    def copy(self) -> Engine: ...

    def bind(self) -> None: ...


MemoryT = TypeVar("MemoryT", SignalMemory, LoopMemory)


class _Engine(ABC, Generic[MemoryT]):
    """Base of all executors: an instance's memory, and functions that work on it."""

    memory: MemoryT

    @property
    def code(self) -> CompiledPython | None:
        return None

    @property
    def zones(self) -> Mapping[str, Row]:
        return self.memory.zones

    def copy(self) -> Any:
        twin = copy.copy(self)
        twin.memory = self.memory.copy()
        twin.bind()
        return twin

    @abstractmethod
    def bind(self) -> None:
        """Make functions that work on `self.memory`."""


class _SignalEngine(_Engine[SignalMemory]):
    """Base of the executors of a `dsp.program`."""

    def __init__(self, program: interface.ProgramOp, memory: SignalMemory, rate: int) -> None:
        self.program = program
        self.memory = memory
        self.rate = rate
        self.inputs = len(program.body.block.args)
        self.outputs = len(program.outputs())

    @property
    def requests(self) -> int:
        return 0

    def reset(self) -> None:
        self.memory.clear()
        self.fill()

    @abstractmethod
    def fill(self) -> None:
        """Run the generators of tables."""


SignalText = Callable[[interface.ProgramOp, SignalMemory], Emitter]
"""Prints a program of signals as Python."""


class GeneratedSignals(_SignalEngine):
    def __init__(
        self,
        program: interface.ProgramOp,
        memory: SignalMemory,
        rate: int,
        emit: SignalText | None = None,
        code: CompiledPython | None = None,
    ) -> None:
        from dspc.backends.interp.generated.generate_signals import SignalEmitter

        super().__init__(program, memory, rate)
        self._keys: list[TableKey] | None = None
        self._code = code or compiled(lambda: (emit or SignalEmitter)(program, memory))
        self.bind()
        self.fill()

    @property
    def code(self) -> CompiledPython:
        return self._code

    def fill(self) -> None:
        """Run the generators, which are isolated, unless the contents of all tables are known."""
        ops = [op for op in self.memory.cells if isinstance(op, tables.TableOp)]
        rows = [cell.values for cell in map(self.memory.cells.get, ops) if isinstance(cell, Table)]
        known = self._code.tables
        if self._keys is None:
            self._keys = [self._code.key(op, self.rate) for op in ops]
        if not all(key in known for key in self._keys):
            run_generated(self._code, self._fill)
            known.update((key, row.copy()) for key, row in zip(self._keys, rows, strict=True))
            return
        for row, key in zip(rows, self._keys, strict=True):
            row[:] = known[key]

    def bind(self) -> None:
        cells, zones = self.memory.cells.values(), self.memory.zones.values()
        self._fill, self._compute = self._code.make(self.rate, cells, zones)

    def compute(self, inputs: list[Row], count: int, is_in_place: bool = False) -> list[Row]:
        return run_generated(self._code, self._compute, count, inputs)


class XdslSignals(_SignalEngine):
    def __init__(self, program: interface.ProgramOp, memory: SignalMemory, rate: int) -> None:
        super().__init__(program, memory, rate)
        self.bind()
        self.fill()

    def fill(self) -> None:
        ops = all_ops(self.program.body.block)
        generated = [op for op in ops if isinstance(op, tables.TableOp)]
        # Tables within a generator follow it in this order and must be filled first.
        for op in reversed(generated):
            run_xdsl(self._functions.fill, self._interpreter, op)

    def bind(self) -> None:
        from xdsl.interpreter import Interpreter

        from dspc.backends.interp.definition.scalar_ops import ScalarFunctions
        from dspc.backends.interp.definition.signal_ops import SignalFunctions

        self._functions = SignalFunctions(self.memory, self.rate)
        self._interpreter = Interpreter(ModuleOp([]))
        self._interpreter.register_implementations(ScalarFunctions())
        self._interpreter.register_implementations(self._functions)

    def compute(self, inputs: list[Row], count: int, is_in_place: bool = False) -> list[Row]:
        return run_xdsl(self._functions.compute, self._interpreter, self.program, inputs, count)


class LoopEngine(_Engine[LoopMemory]):
    """Base of the executors of a lowered module, which differ in how they call functions."""

    def __init__(
        self, module: ModuleOp, unit: interface.LoweredOp, memory: LoopMemory, order: Order
    ) -> None:
        self.module = module
        self.memory = memory
        self.inputs = unit.inputs.value.data
        self.outputs = unit.outputs.value.data
        self.order = order
        self._filler = poison(element_name(unit.precision))
        functions = (op for op in module.body.block.ops if isinstance(op, func.FuncOp))
        self._present = frozenset(op.sym_name.data for op in functions)

    def start(self, rate: int) -> None:
        self.rate = rate
        self.run("class_init", rate)
        self.reset()

    def run(self, function: str, *args: Any) -> None:
        """Run a function of the module as a kernel, between `begin_kernel` and `end_kernel`."""
        self.memory.begin_kernel()
        self.call(function, *args)
        try:
            self.memory.end_kernel()
        except Trap as trap:
            raise error_of(trap, self._function(function)) from None

    def _function(self, name: str) -> Operation | None:
        functions = (op for op in self.module.body.block.ops if isinstance(op, func.FuncOp))
        return next((op for op in functions if op.sym_name.data == name), None)

    @property
    def requests(self) -> int:
        return self.memory.requests

    def reset(self) -> None:
        self.run("instance_constants", self.rate)
        self.run("instance_clear")

    def compute(self, inputs: list[Row], count: int, is_in_place: bool = False) -> list[Row]:
        shared = min(self.inputs, self.outputs) if is_in_place else 0
        own: list[Row] = [[self._filler] * count for _ in range(self.outputs - shared)]
        outputs = [*inputs[:shared], *own]
        if "control" in self._present:
            self.run("control")
        self.run("compute", count, *inputs, *outputs)
        return outputs

    @abstractmethod
    def call(self, function: str, *args: Any) -> None:
        """Call a function of the module."""


class GeneratedLoops(LoopEngine):
    def __init__(
        self,
        module: ModuleOp,
        unit: interface.LoweredOp,
        memory: LoopMemory,
        order: Order,
        code: CompiledPython | None = None,
    ) -> None:
        from dspc.backends.interp.generated.generate_loops import LoopEmitter

        super().__init__(module, unit, memory, order)
        self._code = code or compiled(lambda: LoopEmitter(module, memory, order))
        self.bind()

    @property
    def code(self) -> CompiledPython:
        return self._code

    def bind(self) -> None:
        from dspc.backends.interp.generated.generate_loops import made

        heaps = [] if self.memory.heaps is None else [self.memory.heaps]
        functions = self._code.make(self.memory.rows.values(), *heaps)
        self._functions: dict[str, Callable[..., Any]] = dict(
            zip(made(self._present), functions, strict=True)
        )

    def call(self, function: str, *args: Any) -> None:
        run_generated(self._code, self._functions[function], *args)


class XdslLoops(LoopEngine):
    def __init__(
        self, module: ModuleOp, unit: interface.LoweredOp, memory: LoopMemory, order: Order
    ) -> None:
        super().__init__(module, unit, memory, order)
        self.bind()

    def bind(self) -> None:
        from xdsl.interpreter import Interpreter

        from dspc.backends.interp.definition.loop_ops import LoopFunctions
        from dspc.backends.interp.definition.par_ops import ThreadFunctions
        from dspc.backends.interp.definition.scalar_ops import ScalarFunctions

        self._interpreter = Interpreter(self.module)
        self._interpreter.register_implementations(ScalarFunctions())
        self._interpreter.register_implementations(LoopFunctions(self.memory))
        self._interpreter.register_implementations(ThreadFunctions(self.order))

    def call(self, function: str, *args: Any) -> None:
        run_xdsl(self._interpreter.call_op, function, args)


def compiled(emit: Callable[[], Emitter]) -> CompiledPython:
    """The compiled Python of a program; a Trap becomes an InterpreterError."""
    try:
        return emit().code()
    except Trap as trap:
        raise error_of(trap) from None


def run_generated(code: CompiledPython, function: Callable[..., Any], *args: Any) -> Any:
    """Call generated Python; a Trap becomes an InterpreterError with the op of its line."""
    try:
        return function(*args)
    except Trap as trap:
        raise error_of(trap, code.op_of(trap.__traceback__)) from None


def run_xdsl(function: Callable[..., Any], *args: Any) -> Any:
    """Call xDSL's interpreter; a Trap becomes an InterpreterError."""
    from xdsl.utils.exceptions import DiagnosticException, InterpretationError

    try:
        return function(*args)
    except Trap as trap:
        raise error_of(trap) from None
    except (InterpretationError, DiagnosticException) as error:
        raise _cause(error) from None


def _cause(error: BaseException) -> DspcError:
    """The first error in a chain of causes: xDSL's interpreter wraps errors at each region."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, DspcError):
        return error
    return InterpreterError(str(error).strip().splitlines()[-1])


def make_engine(
    module: ModuleOp,
    unit: Unit,
    widgets: dict[str, UiWidget],
    rate: int,
    executor: str,
    soundfiles: Soundfiles,
    order: Order,
    machine: Machine | None = None,
    plan: FaultPlan = NEVER,
    emit: SignalText | None = None,
    code: CompiledPython | None = None,
) -> Engine:
    """The engine for the level of a unit and an executor ("generated" or "xdsl").

    `machine` and `plan` apply to modules with placed buffers. `code` is of an earlier engine of the
    same module.
    """
    if isinstance(unit, interface.ProgramOp):
        signals = SignalMemory(unit, widgets, soundfiles)
        if executor == "xdsl":
            return XdslSignals(unit, signals, rate)
        return GeneratedSignals(unit, signals, rate, emit, code)

    def loops(code: CompiledPython | None) -> LoopEngine:
        memory = LoopMemory(module, widgets, soundfiles)
        if is_placed(module):
            memory = PlacedMemory(module, widgets, soundfiles, machine, plan)
        if executor == "xdsl":
            return XdslLoops(module, unit, memory, order)
        return GeneratedLoops(module, unit, memory, order, code)

    engine = loops(code)
    common = common_buffers(module)
    started = Voices(common, engine, loops(engine.code), widgets) if common else engine
    try:
        started.start(rate)
    except InterpreterError:
        engine.memory.release()
        raise
    return started
