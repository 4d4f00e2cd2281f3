"""Prints the body of a lowered function in OpenCL C: the C++ printer with other memory."""

from __future__ import annotations

from collections.abc import Mapping

from dspc.backends.cpp.arithmetic import Uses
from dspc.backends.cpp.expressions import Expr, binary, element
from dspc.backends.cpp.functions import FunctionPrinter
from dspc.backends.cpp.memory import Storage
from dspc.backends.cpp.names import Names
from dspc.backends.opencl.arithmetic import HANDLERS, literal
from dspc.backends.opencl.layout import Place
from dspc.dialects.diagnostics import DspcError
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.ir import Operation

_HALVES = "instance_clear"
"""The function that writes both halves of what voices share."""


class ClFunctionPrinter(FunctionPrinter):
    """The lines of one function's body, whose memory is `Place`s.

    Of what voices share, `compute` and `instance_clear` write only the first voice's, and
    `instance_constants` writes nothing, for it is the same for all: `class_init`'s kernel runs it
    once with `shares`.
    """

    language = "OpenCL C"
    handlers = HANDLERS
    lane_handlers = {}

    def __init__(
        self,
        function: str,
        places: Mapping[str, Place],
        names: Names,
        uses: Uses,
        shares: bool = False,
    ) -> None:
        storages: dict[str, Storage] = dict(places)
        super().__init__(storages, names, uses)
        self._function = function
        self._shares = shares

    def constant(self, op: Operation) -> None:
        self.values[op.results[0]] = literal(op.properties["value"])

    def load(self, op: Operation) -> None:
        assert isinstance(op, LoadOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, Place)
        indices = [self.take(index) for index in op.indices]
        self.define(op, self.cell(memory, indices, memory.name))

    def store(self, op: Operation) -> None:
        assert isinstance(op, StoreOp)
        memory = self.arrays[op.memref]
        assert isinstance(memory, Place)
        value, *indices = self.take_all((op.value, *op.indices))
        if not memory.common:
            self.settle_readers(memory.key)
            self.emit(f"{self.cell(memory, indices, memory.name).text} = {value.text};")
        elif self._function == "instance_constants":
            if self._shares:
                self.emit(f"{self.cell(memory, indices, memory.name).text} = {value.text};")
        else:
            name = memory.name if self._function == _HALVES else memory.common
            self.emit("if (leads)")
            self.emit(f"\t{self.cell(memory, indices, name).text} = {value.text};")
            if self._function == _HALVES:
                self.emit("if (leads)")
                self.emit(f"\t{self.cell(memory, indices, memory.common).text} = {value.text};")

    def cell(self, memory: Place, indices: list[Expr], name: str) -> Expr:
        """An element of a piece of memory, in the voice at hand."""
        index = indices[0] if indices else Expr(memory.cell or "0")
        if memory.step:
            index = binary("*", index, Expr(memory.step))
        return element(name, index, memory.key)

    def no_sound(self, op: Operation) -> None:
        raise DspcError(
            "E0802",
            "OpenCL code can't read sound files",
            hint="compile the program with --target cpp",
        )


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
