"""Prints the body of a lowered function in OpenCL C: the C++ printer with other memory."""

from __future__ import annotations

from dspc.backends.cpp.expressions import Expr, binary, element
from dspc.backends.cpp.functions import FunctionPrinter
from dspc.backends.opencl.arithmetic import HANDLERS, literal
from dspc.backends.opencl.layout import Place
from dspc.dialects.diagnostics import DspcError
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.ir import Operation


class ClFunctionPrinter(FunctionPrinter):
    """The lines of one function's body, whose memory is `Place`s."""

    language = "OpenCL C"
    handlers = HANDLERS
    lane_handlers = {}

    def constant(self, op: Operation) -> None:
        self.values[op.results[0]] = literal(op.properties["value"])

    def load(self, op: Operation) -> None:
        assert isinstance(op, LoadOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, Place)
        self.define(op, _at(memory, [self.take(index) for index in op.indices]))

    def store(self, op: Operation) -> None:
        assert isinstance(op, StoreOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, Place)
        value, *indices = self.take_all((op.value, *op.indices))
        self.settle_readers(memory.key)
        self.emit(f"{_at(memory, indices).text} = {value.text};")

    def no_sound(self, op: Operation) -> None:
        raise DspcError(
            "E0802",
            "OpenCL code can't read sound files",
            hint="compile the program with --target cpp",
        )


def _at(memory: Place, indices: list[Expr]) -> Expr:
    index = indices[0] if indices else Expr(memory.cell or "0")
    if memory.step:
        index = binary("*", index, Expr(memory.step))
    return element(memory.name, index, memory.key)


ClFunctionPrinter.special = {
    **FunctionPrinter.special,
    "arith.constant": ClFunctionPrinter.constant,
    "memref.load": ClFunctionPrinter.load,
    "memref.store": ClFunctionPrinter.store,
    **dict.fromkeys(
        ("dsp.soundfile", "dsp.soundfile_length", "dsp.soundfile_rate", "dsp.soundfile_read"),
        ClFunctionPrinter.no_sound,
    ),
}
