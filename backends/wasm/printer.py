"""Encodes a lowered module as a WebAssembly module, without LLVM.

Structured control flow of the loop level is that of WebAssembly: `scf.for` is a `loop`, `scf.if` an
`if`. A value is a local variable, which is used again after the last use of the value; a buffer is
at a fixed address, or at an offset in an instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import SSAValue

from dspc.backends.common.allocators import check_allocators
from dspc.backends.common.lowered import Unit, read_unit, refuse_parts
from dspc.backends.wasm.allocators import NAME, OWN
from dspc.backends.wasm.code import Imports, WasmCode
from dspc.backends.wasm.layout import WasmLayout, make_layout
from dspc.backends.wasm.module import Function, Module
from dspc.backends.wasm.staging import StagedFunction
from dspc.backends.wasm.storage import HOST, STATE, WasmRow
from dspc.backends.wasm.types import float_constant
from dspc.dialects.dsp.interface import WidgetKind
from dspc.support.diagnostics import DspcError

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_MOST_VARIABLES = 50_000
"""The variables of a function that browsers allow (WebAssembly JavaScript Interface, section 8)."""


@dataclass(frozen=True, slots=True)
class WasmProgram:
    """An encoded program, and the layout of an instance for hosts."""

    module: Module
    unit: Unit
    size: int
    """Bytes of an instance."""
    offsets: dict[str, int]
    """Widget by path -> its offset in an instance."""


def print_wasm(module: ModuleOp, name: str = "mydsp") -> WasmProgram:
    """The WebAssembly module of a lowered module; `name` is the prefix of its functions.

    Raises DspcError E0703 if the module is not lowered, E0704 for allocators of other packages,
    E0901 and E0902 for types and ops that have no code, E0904 for a bad name, E0906 for C functions
    that are not C's mathematics.
    """
    if not _NAME.fullmatch(name):
        raise DspcError("E0904", f"{name!r} can't begin the names of C functions", exit_status=2)
    unit = read_unit(module)
    refuse_parts(unit, NAME)
    check_allocators(unit, OWN, NAME)
    layout = make_layout(unit)
    encoder = _Encoder(unit, layout, name)
    functions = list(encoder.functions())
    imports = [
        (import_name, ((kind,) * operands, (kind,)))
        for import_name, (kind, operands) in encoder.imports.types.items()
    ]
    offsets = {path: layout.places[widget.symbol].offset for path, widget in layout.zones}
    made = Module(imports, functions, layout.contents, layout.checked_end())
    return WasmProgram(made, unit, layout.size, offsets)


class _Encoder:
    def __init__(self, unit: Unit, layout: WasmLayout, name: str) -> None:
        self._unit = unit
        self._layout = layout
        self._name = name
        self._real = "f32" if unit.single else "f64"
        self._declared = {op.sym_name.data: op for op in unit.declarations}
        self.imports = Imports()

    def functions(self) -> Iterator[Function]:
        """The functions of the C interface; `init` is last, as it calls the others by number."""
        for name in ("class_init", "instance_constants", "instance_clear"):
            yield self._prepared(name)
        yield self._reset()
        yield self._compute()
        yield self._init()

    def _function(self, name: str, code: WasmCode) -> Function:
        if len(code.kinds) > _MOST_VARIABLES - code.parameters:
            message = f"{name} needs {len(code.kinds)} variables, more than a browser allows"
            raise DspcError("E0902", message)
        full = f"{self._name}_{name}"
        return Function(full, code.parameters, code.kinds, code.instructions)

    def _body(self, name: str, code: WasmCode, known: dict[SSAValue, WasmRow]) -> None:
        """Encode a function of the module; its last parameter is the rate or number of frames."""
        block = self._unit.functions[name].body.block
        body = StagedFunction(self._layout, self._declared, code)
        body.rows.update(known)
        last = 1 if name == "compute" else code.parameters - 1
        for argument in block.args:
            if argument not in known:
                body.values[argument] = [("local.get", last)]
        body.run(block)

    def _prepared(self, name: str) -> Function:
        code = WasmCode(self.imports, 2 if name == "instance_constants" else 1)
        self._body(name, code, {})
        return self._function(name, code)

    def _compute(self) -> Function:
        code = WasmCode(self.imports, 4)
        inputs, outputs = 2, 3
        _, *channels = self._unit.functions["compute"].body.block.args
        rows: dict[SSAValue, WasmRow] = {}
        for number, argument in enumerate(channels):
            at = number - self._unit.inputs
            code.get(("local.get", inputs if at < 0 else outputs))
            code.emit("i32.load", 4 * (number if at < 0 else at))
            rows[argument] = WasmRow(self._real, code.store("i32"), 0, HOST)
        self._body("compute", code, rows)
        return self._function("compute", code)

    def _reset(self) -> Function:
        """Initialise widgets, and sound file slots without a file with a silent one."""
        code = WasmCode(self.imports, 1)
        for _, widget in self._layout.zones:
            offset = self._layout.places[widget.symbol].offset
            code.get(STATE)
            if widget.kind == WidgetKind.SOUNDFILE:
                code.get(STATE)
                code.emit("i32.load", offset)
                code.emit("i32.const", self._layout.silence)
                code.get(STATE)
                code.emit("i32.load", offset)
                code.emit("select")
                code.emit("i32.store", offset)
                continue
            start = 0.0 if widget.kind.is_output else widget.init
            code.emit(*float_constant(start, self._real))
            code.emit(f"{self._real}.store", offset)
        return self._function("reset_ui", code)

    def _init(self) -> Function:
        """Initialise an instance, in the order of Faust's `init`."""
        code = WasmCode(self.imports, 2)
        for place in self._layout.places.values():
            if place.init is not None and not place.is_fixed:
                code.get(STATE)
                code.emit(*place.init)
                code.emit(
                    "i32.store8" if place.kind == "i8" else f"{place.kind}.store", place.offset
                )
        own = len(self.imports.types)
        for number, arguments in ((0, (1,)), (1, (0, 1)), (3, (0,)), (2, (0,))):
            for argument in arguments:
                code.emit("local.get", argument)
            code.emit("call", own + number)
        return self._function("init", code)
