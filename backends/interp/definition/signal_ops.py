"""The ops of the level of signals with state or access to the host, for xDSL's interpreter.

    interpreter = Interpreter(module)
    for functions in (ScalarFunctions(), SignalFunctions(memory, rate)):
        interpreter.register_implementations(functions, override=True)

Values are those of `semantics.py`; a region argument of `dsp.rec` is a `Line`.
"""

from __future__ import annotations

from typing import Any

from xdsl.interpreter import (
    Interpreter,
    PythonValues,
    ReturnedValues,
    impl,
    impl_terminator,
    register_impls,
)
from xdsl.ir import Operation

from dspc.backends.interp.definition.mem_ops import Terminated
from dspc.backends.interp.definition.memory import Held, Line, Row, Table, delay_frames
from dspc.backends.interp.definition.sound_ops import SoundFunctions
from dspc.backends.interp.instance_memory import SignalMemory, is_own_output
from dspc.dialects.dsp import interface, partition, tables, time
from dspc.dialects.dsp.recurrences import LinearOp, PhaseOp


@register_impls
class SignalFunctions(SoundFunctions):
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
            amount = args[1] if op.assumed is None else max(args[1], 1 - frames)
            frames = delay_frames(frames, maximum, int(is_own_output(op.signal)))(amount)
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

    @impl(PhaseOp)
    def run_phase(self, interpreter: Interpreter, op: PhaseOp, args: PythonValues):
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
