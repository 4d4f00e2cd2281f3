"""Prints a lowered module as an LLVM module, with the functions of its C interface."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from dspc.backends.common.lowered import Unit, read_unit, refuse_parts
from dspc.backends.llvm.allocators import check_printed
from dspc.backends.llvm.code import Code, LlvmModule
from dspc.backends.llvm.functions import HOST, Row
from dspc.backends.llvm.header import commented, header
from dspc.backends.llvm.layout import InstanceLayout, make_layout
from dspc.backends.llvm.sounds import silence
from dspc.backends.llvm.staging import LlvmStagedPrinter
from dspc.backends.llvm.types import alignment_of, float_literal, text_constant
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget
from dspc.support.diagnostics import DspcError

_ZONE = "{ ptr, ptr, i32, double, double, double, double }"
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class LlvmPrinting:
    """`name` is the prefix of the functions' names; `fast` permits LLVM to reassociate and contract
    floating-point arithmetic, as -ffast-math does for C++ compilers.
    """

    name: str = "mydsp"
    fast: bool = False
    short_rests: bool = False
    """Whether the frames after the last whole chunk run in scalar loops: less to compile."""
    command_line: str = ""
    """The options by which the text can be rebuilt, for the comment at its head."""


@dataclass(frozen=True, slots=True)
class LlvmProgram:
    """A printed program, and the description of its interface for the host."""

    text: str
    name: str
    unit: Unit
    layout: InstanceLayout
    header: str
    """The C header of the functions and the table of zones."""
    foreign: dict[str, FuncOp]
    """The program's foreign functions and variables, each with its library."""


def print_llvm(module: ModuleOp, options: LlvmPrinting | None = None) -> LlvmProgram:
    """The LLVM IR of a lowered module.

    Raises DspcError E0703 if the module is not lowered, E0901 to E0904 for what has no LLVM code.
    """
    options = options or LlvmPrinting()
    if not _NAME.fullmatch(options.name):
        raise DspcError(
            "E0904", f"{options.name!r} can't begin the names of C functions", exit_status=2
        )
    unit = read_unit(module)
    refuse_parts(unit, "LLVM")
    check_printed(unit)
    layout = make_layout(unit, options.name)
    printer = _ModulePrinter(unit, layout, options)
    head = header(unit, layout, options.name, options.command_line)
    text = printer.text(head)
    return LlvmProgram(text, options.name, unit, layout, head, printer.module.foreign)


class _ModulePrinter:
    def __init__(self, unit: Unit, layout: InstanceLayout, options: LlvmPrinting) -> None:
        self._unit = unit
        self._layout = layout
        self._name = options.name
        self._real = "float" if unit.single else "double"
        self.module = LlvmModule(options.fast, options.short_rests)
        self._declared = {op.sym_name.data: op for op in unit.declarations}
        self._zones = [widget for _, widget in layout.zones]
        self._silence = ""

    def text(self, head: str) -> str:
        """The module."""
        functions = [*self._prepared(), *self._compute()]
        if next(self._layout.sounds(), None) is not None:
            self._silence, lines = silence(self._name, self._real)
            self._layout.globals += lines
        functions += [*self._reset(), *self._init()]
        parts = [
            commented(head),
            self._includes(),
            self._layout.globals,
            self._zone_table(),
            functions,
            chain.from_iterable(self.module.own_functions.values()),
            self.module.declarations.values(),
            self.module.metadata,
        ]
        return "\n\n".join(text for part in parts if (text := "\n".join(part))) + "\n"

    def _includes(self) -> list[str]:
        """Declarations that the text of allocators uses."""
        places = self._layout.places.values()
        return list(dict.fromkeys(line for one in places for line in one.allocator.includes))

    # Functions

    def _function(self, name: str, arguments: str, lines: list[str]) -> Iterator[str]:
        yield f"define void @{self._name}_{name}({arguments}) nounwind {{"
        yield "entry:"
        yield from lines
        yield "  ret void"
        yield "}"
        yield ""

    def _prepared(self) -> Iterator[str]:
        """The functions that run before the first block."""
        for name, arguments in (
            ("class_init", "i32 %rate"),
            ("instance_constants", "ptr noalias %state, i32 %rate"),
            ("instance_clear", "ptr noalias %state"),
        ):
            block = self._unit.functions[name].body.block
            printer = LlvmStagedPrinter(self._layout.places, self._declared, Code(self.module))
            for argument in block.args:
                printer.values[argument] = "%rate"
            yield from self._function(name, arguments, printer.run(block))

    def _compute(self) -> Iterator[str]:
        block = self._unit.functions["compute"].body.block
        code = Code(self.module)
        printer = LlvmStagedPrinter(self._layout.places, self._declared, code)
        count, *channels = block.args
        printer.values[count] = code.value("sext i32 %count to i64", "frames")
        for number, argument in enumerate(channels):
            if not argument.uses:
                continue
            at = number - self._unit.inputs
            rows, which = ("%inputs", number) if at < 0 else ("%outputs", at)
            place = code.value(f"getelementptr inbounds ptr, ptr {rows}, i64 {which}")
            pointer = code.value(f"load ptr, ptr {place}{self.module.tag('channels')}", "channel")
            printer.rows[argument] = Row(pointer, self._real, HOST)
        arguments = "ptr noalias %state, i32 %count, ptr noalias %inputs, ptr noalias %outputs"
        yield from self._function("compute", arguments, printer.run(block))

    def _reset(self) -> Iterator[str]:
        """Initialise widgets, and sound file slots without a file with a silent one."""
        code = Code(self.module)
        for widget in sorted(self._zones, key=lambda widget: widget.symbol):
            place = self._layout.places[widget.symbol]
            at = code.value(place.address())
            if widget.kind == WidgetKind.SOUNDFILE:
                known = code.value(f"load ptr, ptr {at}")
                missing = code.value(f"icmp eq ptr {known}, null")
                sound = code.value(f"select i1 {missing}, ptr {self._silence}, ptr {known}")
                code.emit(f"store ptr {sound}, ptr {at}")
                continue
            start = 0.0 if widget.kind.is_output else widget.init
            code.emit(f"store {self._real} {float_literal(start, self._real)}, ptr {at}")
        yield from self._function("reset_ui", "ptr noalias %state", code.lines)

    def _init(self) -> Iterator[str]:
        """Initialise an instance, in the order of Faust's `init`."""
        code = Code(self.module)
        for place in self._layout.places.values():
            if place.init:
                at = code.value(place.address())
                code.emit(
                    f"store {place.kind} {place.init}, ptr {at}, align {alignment_of(place.kind)}"
                )
        code.emit(f"call void @{self._name}_class_init(i32 %rate)")
        code.emit(f"call void @{self._name}_instance_constants(ptr %state, i32 %rate)")
        code.emit(f"call void @{self._name}_reset_ui(ptr %state)")
        code.emit(f"call void @{self._name}_instance_clear(ptr %state)")
        yield from self._function("init", "ptr noalias %state, i32 %rate", code.lines)

    # Tables for hosts

    def _zone_table(self) -> list[str]:
        """The table of zones that `header` declares: a row for each widget."""
        name = self._name
        texts: list[str] = []
        rows: list[str] = []
        for path, widget in self._layout.zones:
            pointers: list[str] = []
            for text in (path, widget.kind.value):
                kind, value = text_constant(text)
                label = f'@"{name}.text.{len(texts)}"'
                texts.append(f"{label} = private unnamed_addr constant {kind} {value}")
                pointers.append(f"ptr {label}")
            offset = self._layout.places[widget.symbol].offset
            numbers = (f"double {float_literal(n, 'double')}" for n in _range(widget))
            rows.append(f"{_ZONE} {{ {', '.join([*pointers, f'i32 {offset}', *numbers])} }}")
        rows.append(f"{_ZONE} zeroinitializer")
        table = f"[{len(rows)} x {_ZONE}] [\n  " + ",\n  ".join(rows) + "\n]"
        return [*texts, f"@{name}_zones = constant {table}"]


def _range(widget: UiWidget) -> tuple[float, float, float, float]:
    return (widget.init, widget.min, widget.max, widget.step)
