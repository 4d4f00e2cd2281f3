"""The ops for xDSL's interpreter, which other projects can extend.

    interpreter = Interpreter(module)
    for functions in (ScalarFunctions(), SignalFunctions(...)):   # or LoopFunctions(...)
        interpreter.register_implementations(functions, override=True)

Values are those of `semantics.py`; a memref is a list, a region argument of `dsp.rec` a `Line`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xdsl.dialects import arith, func, math, memref, scf, vector
from xdsl.dialects.builtin import IntegerAttr
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    ReturnedValues,
    impl,
    impl_callable,
    impl_terminator,
    register_impls,
)
from xdsl.ir import Operation

from dspc.backends.interp import semantics
from dspc.backends.interp.errors import Trap
from dspc.backends.interp.functions_heaps import HeapFunctions, new_row, trapped
from dspc.backends.interp.functions_scf import ScfFunctions
from dspc.backends.interp.memory import (
    Held,
    Line,
    Row,
    Sounds,
    Table,
    copy_row,
    delay_frames,
    load,
    load_lanes,
    store,
    store_lanes,
)
from dspc.backends.interp.scalars import (
    constant_value,
    element_name,
    scalar_function,
    typed_call,
)
from dspc.backends.interp.semantics import number
from dspc.backends.interp.state import LoopMemory, SignalMemory, is_own_output
from dspc.dialects.dsp import arithmetic, interface, partition, tables, time
from dspc.dialects.dsp.recurrences import LinearOp
from dspc.dialects.dsp_mem import GetOp
from dspc.dialects.dsp_par import lanes

Terminated = tuple[ReturnedValues, PythonValues]


def _scalar_op(functions: Any, _: Interpreter, op: Operation, args: PythonValues) -> PythonValues:
    return (trapped(op, functions.function(op), *args),)


def _constant_op(functions: Any, _: Interpreter, op: Operation, args: PythonValues) -> PythonValues:
    return (constant_value(op),)


def _scalar_op_types() -> list[type[Operation]]:
    signal_ops = (
        *arithmetic.OPERATIONS,
        time.AttachOp,
        interface.AssertBoundsOp,
        interface.ForeignCallOp,
        interface.ForeignValueOp,
        interface.LowestOp,
        interface.HighestOp,
    )
    upstream = (*arith.Arith.operations, *math.Math.operations)
    known = {*semantics.LOOP_NAMES, *CONVERSIONS}
    return [*signal_ops, *LANE_OPS, *[op for op in upstream if op.name in known]]


LANE_OPS: tuple[type[Operation], ...] = (
    lanes.CompareOp,
    lanes.SelectOp,
    lanes.ConvertOp,
    vector.BroadcastOp,
    vector.ShuffleOp,
    vector.ExtractOp,
    vector.InsertOp,
    vector.FMAOp,
    vector.ReductionOp,
)


CONVERSIONS = tuple(
    f"arith.{name}"
    for name in (
        "cmpi", "cmpf", "select", "fptosi", "index_cast", "sitofp", "extf", "truncf", "extsi",
        "trunci", "extui", "uitofp",
    )
)  # fmt: skip


class _Scalars(InterpreterFunctions):
    def __init__(self) -> None:
        self._functions: dict[Operation, Callable[..., Any]] = {}

    def function(self, op: Operation) -> Callable[..., Any]:
        function = self._functions.get(op)
        if function is None:
            function = scalar_function(op)
            if function is None:
                raise Trap(f"the interpreter does not implement {op.name}", op)
            self._functions[op] = function
        return function


CONSTANTS = (arithmetic.ConstantOp, arith.ConstantOp)
ScalarFunctions = register_impls(
    type(
        "ScalarFunctions",
        (_Scalars,),
        {
            "__doc__": "Pure scalar and vector ops of both levels: `semantics.SCALARS`.",
            **{
                f"run_{op_type.name.replace('.', '_')}": impl(op_type)(
                    _constant_op if op_type in CONSTANTS else _scalar_op
                )
                for op_type in [*_scalar_op_types(), arith.ConstantOp]
            },
        },
    )
)


class _SoundFunctions(InterpreterFunctions):
    """The sound file ops of both levels."""

    sounds: dict[str, Sounds]

    @impl(tables.SoundfileOp)
    def run_soundfile(self, _: Interpreter, op: tables.SoundfileOp, args: PythonValues):
        return (self.sounds[tables.slot_name(op.slot)],)

    @impl(tables.SoundfileLengthOp)
    def run_length(self, _: Interpreter, op: tables.SoundfileLengthOp, args: PythonValues):
        return (number(args[0].length(args[1]), element_name(op.result.type)),)

    @impl(tables.SoundfileRateOp)
    def run_rate(self, _: Interpreter, op: tables.SoundfileRateOp, args: PythonValues):
        return (number(args[0].rate(args[1]), element_name(op.result.type)),)

    @impl(tables.SoundfileReadOp)
    def run_read(self, _: Interpreter, op: tables.SoundfileReadOp, args: PythonValues):
        channel = op.channel
        assert isinstance(channel, IntegerAttr)
        return (args[0].read(channel.value.data, args[1], args[2]),)


@register_impls
class SignalFunctions(_SoundFunctions):
    """The `dsp` ops with state, tables or access to the host; `compute` runs a program."""

    def __init__(self, memory: SignalMemory, rate: int) -> None:
        self.memory = memory
        self.sounds = memory.sounds
        self.rate = rate
        self.count = 0

    def _cell(self, op: Operation) -> Any:
        return self.memory.cells[op]

    def compute(
        self, interpreter: Interpreter, program: interface.ProgramOp, inputs: list[Row], count: int
    ) -> list[Row]:
        """Run a program for `count` frames: rows of inputs to rows of outputs."""
        self.count = count
        frames = [
            interpreter.run_ssacfg_region(program.body, tuple([row[t] for row in inputs]), "frame")
            for t in range(count)
        ]
        return [[frame[at] for frame in frames] for at in range(len(program.outputs()))]

    def fill(self, interpreter: Interpreter, op: tables.TableOp) -> None:
        """Run a table's generator for each of its elements."""
        table = self._cell(op)
        assert isinstance(table, Table)
        self.count = len(table.values)
        for at in range(self.count):
            (table.values[at],) = interpreter.run_ssacfg_region(op.generator, (), "generator")

    @impl(time.DelayOp)
    def run_delay(self, _: Interpreter, op: time.DelayOp, args: PythonValues):
        frames = op.offset.value.data
        if len(args) == 2:
            maximum = None if op.max is None else op.max.value.data
            frames = delay_frames(frames, maximum)(args[1])
        if is_own_output(op.signal):
            assert isinstance(args[0], Line)
            return (args[0].before(frames - 1),)
        return (self._cell(op).delayed(args[0], frames),)

    @impl(time.PrefixOp)
    def run_prefix(self, _: Interpreter, op: time.PrefixOp, args: PythonValues):
        if is_own_output(op.signal):
            return (args[1].first(args[0]),)
        return (self._cell(op).prefixed(*args),)

    @impl(time.RecOp)
    def run_rec(self, interpreter: Interpreter, op: time.RecOp, args: PythonValues):
        return self._recursion(interpreter, op)

    @impl(LinearOp)
    def run_linear(self, interpreter: Interpreter, op: LinearOp, args: PythonValues):
        return self._recursion(interpreter, op)

    @impl(partition.ChunkOp)
    def run_chunk(self, _: Interpreter, op: Operation, args: PythonValues):
        return ()

    @impl(partition.PackOp)
    def run_pack(self, _: Interpreter, op: Operation, args: PythonValues):
        return ()

    @impl(partition.FirOp)
    def run_fir(self, _: Interpreter, op: Operation, args: PythonValues):
        return ()

    @impl(partition.FrameLoopOp)
    def run_frame_loop(self, _: Interpreter, op: Operation, args: PythonValues):
        return ()

    @impl(partition.LineOp)
    def run_line(self, _: Interpreter, op: Operation, args: PythonValues):
        return ()

    def _recursion(self, interpreter: Interpreter, op: time.Recursion) -> PythonValues:
        lines = tuple([self.memory.cells[argument] for argument in op.body.block.args])
        values = interpreter.run_ssacfg_region(op.body, lines, "rec")
        for line, value in zip(lines, values, strict=True):
            assert isinstance(line, Line)
            line.push(value)
        return values

    @impl(time.ControlOp)
    def run_control(self, interpreter: Interpreter, op: time.ControlOp, args: PythonValues):
        held = self._cell(op)
        assert isinstance(held, Held)
        if args[0] != 0:
            held.values = tuple(interpreter.run_ssacfg_region(op.body, (), "control"))
        return held.values

    @impl_terminator(time.YieldOp)
    def run_yield(self, _: Interpreter, op: time.YieldOp, args: PythonValues) -> Terminated:
        return ReturnedValues(args), ()

    @impl(tables.WaveformOp)
    def run_waveform(self, _: Interpreter, op: tables.WaveformOp, args: PythonValues):
        return (self._cell(op),)

    @impl(tables.TableOp)
    def run_table(self, _: Interpreter, op: tables.TableOp, args: PythonValues):
        return (self._cell(op),)

    @impl(tables.TableReadOp)
    def run_table_read(self, _: Interpreter, op: tables.TableReadOp, args: PythonValues):
        return (args[0].read(args[1]),)

    @impl(tables.TableWriteOp)
    def run_table_write(self, _: Interpreter, op: tables.TableWriteOp, args: PythonValues):
        return (args[0].write(args[1], args[2]),)

    @impl(interface.SampleRateOp)
    def run_sample_rate(self, _: Interpreter, op: interface.SampleRateOp, args: PythonValues):
        return (self.rate,)

    @impl(interface.BlockSizeOp)
    def run_block_size(self, _: Interpreter, op: interface.BlockSizeOp, args: PythonValues):
        return (self.count,)

    @impl(interface.ReadWidgetOp)
    def run_read_widget(self, _: Interpreter, op: interface.ReadWidgetOp, args: PythonValues):
        return (self.memory.zones[tables.slot_name(op.widget)][0],)

    @impl(interface.BargraphOp)
    def run_bargraph(self, _: Interpreter, op: interface.BargraphOp, args: PythonValues):
        self.memory.zones[tables.slot_name(op.widget)][0] = args[0]
        return args


@register_impls
class LoopFunctions(_SoundFunctions, HeapFunctions, ScfFunctions):
    """Functions, loops and memory of a lowered module; `scf` is in `functions_scf`."""

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
