"""The sound file ops of both levels, for xDSL's interpreter."""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerAttr
from xdsl.interpreter import (
    Interpreter,
    InterpreterFunctions,
    PythonValues,
    impl,
)

from dspc.backends.interp.definition.memory import Sounds
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.definition.semantics import number
from dspc.dialects.dsp import tables


class SoundFunctions(InterpreterFunctions):
    """Reads the parts of the host in `sounds`."""

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
