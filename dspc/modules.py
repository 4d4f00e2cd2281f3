"""Modules as programs: MLIR files, and modules that the caller built."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

from xdsl.dialects.builtin import Float64Type, ModuleOp, StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.dialects.dsp.interface import ForeignCallOp, ForeignValueOp, LoweredOp, ProgramOp
from dspc.dialects.dsp.partition import is_decided
from dspc.dialects.dsp_mem.buffers import BufferOp
from dspc.dialects.places import span_of
from dspc.frontends.faust.files import read_program as read_text
from dspc.messages import usage_error
from dspc.mlir_text import MlirText
from dspc.multiverse import new_context
from dspc.pipelines.verification import find_fault
from dspc.support.diagnostics import DspcError, Source, warn

if TYPE_CHECKING:
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.options.source_options import SourceOptions

OptionsT = TypeVar("OptionsT", bound="SourceOptions")
SUFFIX = ".mlir"
PRECISION = {"single": "-single", "double": "-double"}
LANGUAGE = {
    "process_name": "-pn",
    "gates": "-es",
    "range_ui": "-rui",
    "exp10": "-exp10",
}
"""The options of the Faust front end, which a module has behind it."""
LOWERING = {
    "scalar": "-scal",
    "vec": "-vec",
    "vector_size": "-vs",
    "loop_variant": "-lv",
    "max_copy_delay": "-mcd",
    "delay_line_threshold": "-dlt",
    "flush_to_zero": "-ftz",
    "lanes": "--lanes",
}
"""The options of lowering, which a lowered module has behind it."""


def is_module(program: object) -> bool:
    """Whether a program is a module or the path of an MLIR file, not Faust source."""
    if isinstance(program, ModuleOp):
        return True
    return isinstance(program, str) and os.path.splitext(program)[1] == SUFFIX


def read_module(program: str | Source | ModuleOp) -> ModuleOp:
    """The verified module of an MLIR file or text; a copy of a module that the caller built.

    Raises DspcError: E0120 to E0126 for a file that cannot be read, E0020 for text that cannot be
    parsed, E0021 for an invalid module.
    """
    if isinstance(program, ModuleOp):
        fault = find_fault(program)
        if fault is not None:
            op, message = fault
            raise DspcError("E0021", f"the module is invalid: {message}", span_of(op))
        return program.clone()
    source = read_text(program) if isinstance(program, str) else program
    text = MlirText(source.text, source.name)
    module = text.read(new_context())
    text.verify(module)
    return module


def level_of(module: ModuleOp) -> str | None:
    """The level of a module: signals, decisions (signals with decisions on loops), loops, par
    (scheduled loops) or mem (placed memory)."""
    level = None
    for op in module.ops:
        if isinstance(op, ProgramOp):
            return "decisions" if is_decided(op.body.block) else "signals"
        if isinstance(op, LoweredOp):
            level = level or "loops"
        elif isinstance(op, BufferOp) and op.space is not None:
            level = "mem"
    if level == "loops" and any(op.name in _SCHEDULED for op in module.walk()):
        return "par"
    return level


_SCHEDULED = ("dsp_par.parallel", "dsp_par.graph")


def unit_of(module: ModuleOp) -> ProgramOp | LoweredOp | None:
    """The program of a module, lowered or not; None if it has none."""
    return next((op for op in module.ops if isinstance(op, ProgramOp | LoweredOp)), None)


def without_language(options: OptionsT) -> OptionsT:
    """The options as they are given for a module that Faust source was compiled to."""
    return replace(
        options, **{one.name: one.default for one in fields(options) if one.name in LANGUAGE}
    )


def adapted(options: OptionsT, module: ModuleOp) -> OptionsT:
    """The options with the precision of a module. Raises DspcError E0007 if they contradict it."""
    flags = [flag for name, flag in LANGUAGE.items() if _is_given(options, name)]
    if flags:
        raise usage_error(7, f"{flags[0]} is for Faust source, not for a module")
    unit = unit_of(module)
    if unit is None:
        return options
    precision = "double" if isinstance(unit.precision, Float64Type) else "single"
    opposite = "single" if precision == "double" else "double"
    if getattr(options, opposite):
        raise usage_error(7, f"{PRECISION[opposite]}: the module computes in {precision} precision")
    level = level_of(module)
    if level != "signals":
        lost = [flag for name, flag in LOWERING.items() if _is_given(options, name)]
        if lost:
            state = (
                "loops of the module are decided" if level == "decisions" else "module is lowered"
            )
            warn(f"the {state} already: {', '.join(lost)} has no effect")
    return replace(options, double=precision == "double")


def _is_given(options: Any, name: str) -> bool:
    option = next((field for field in fields(options) if field.name == name), None)
    return option is not None and getattr(options, name) != option.default


def refuse_foreign(module: ModuleOp, options: FrontendOptions) -> None:
    """Raise DspcError E0238 for C code that a module names, if the options refuse it."""
    if options.foreign:
        return
    for op in module.walk():
        include = _foreign_include(op)
        if include is not None:
            message = f"{op.name} is C code from {include}, which --no-foreign refuses"
            hint = "leave --no-foreign out if you trust the program and the headers it names"
            raise DspcError("E0238", message, span_of(op), hint)


def _foreign_include(op: Operation) -> str | None:
    """The header of C code that an op refers to, other than C's mathematical functions."""
    if isinstance(op, ForeignCallOp):
        include, library = str(op.include.data), str(op.library.data)
    elif isinstance(op, ForeignValueOp):
        include, library = str(op.include.data), ""
    else:
        attribute = op.attributes.get("include")
        if not isinstance(op, FuncOp) or not isinstance(attribute, StringAttr):
            return None
        include, library = str(attribute.data), ""
    return None if include in _MATHEMATICS and library in ("", "-lm") else include or "a library"


_MATHEMATICS = ("<math.h>", "<cmath>", '"math.h"', '"cmath"')
