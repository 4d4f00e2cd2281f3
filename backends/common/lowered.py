"""The parts of a lowered module, collected and checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from xdsl.dialects.builtin import Float32Type, ModuleOp, f64
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp.ui import Metadata, UiGroup, UiWidget
from dspc.dialects.dsp.ui_ops import read_metadata, read_ui
from dspc.dialects.dsp_mem.buffers import MEMORY_INTERFACE, BufferOp
from dspc.dialects.places import span_of
from dspc.dialects.symbols import check_zones
from dspc.dialects.text_attributes import Text, text_of
from dspc.support.diagnostics import DspcError

FUNCTIONS = ("class_init", "instance_constants", "instance_clear", "compute")
CONTROL, FRAME = "control", "frame"
"""Optional functions of a program: the values that depend on controls only, and one frame."""


@dataclass(slots=True)
class Unit:
    """A lowered program: name, precision, interface, memory and functions."""

    name: str
    single: bool
    inputs: int
    outputs: int
    metadata: Metadata
    tree: list[UiGroup | UiWidget]
    memory_interface: str = ""
    """By which methods a host gives the program memory, if it does."""
    buffers: list[BufferOp] = field(default_factory=list[BufferOp])
    functions: dict[str, FuncOp] = field(default_factory=dict[str, FuncOp])
    declarations: list[FuncOp] = field(default_factory=list[FuncOp])

    @property
    def has_doubles(self) -> bool:
        """Whether it computes in double precision, if only in part."""
        if not self.single or any(op.type.element_type == f64 for op in self.buffers):
            return True
        ops = (op for function in self.functions.values() for op in function.walk())
        return any(result.type == f64 for op in ops for result in op.results)


def read_unit(module: ModuleOp) -> Unit:
    """The parts of a lowered module; DspcError E0703 if the module is not lowered."""
    lowered = next((op for op in module.ops if isinstance(op, LoweredOp)), None)
    if lowered is None:
        raise DspcError(
            "E0703",
            "the module has no lowered program",
            span_of(module),
            hint="run the pass dsp-lower-to-loops first",
        )
    check_zones(lowered)
    unit = Unit(
        lowered.sym_name.data,
        isinstance(lowered.precision, Float32Type),
        lowered.inputs.value.data,
        lowered.outputs.value.data,
        read_metadata(lowered.metadata),
        read_ui(lowered.ui),
        text_attribute(lowered, MEMORY_INTERFACE) or "",
    )
    for op in module.ops:
        if isinstance(op, BufferOp):
            unit.buffers.append(op)
        elif isinstance(op, FuncOp):
            if op.body.blocks:
                unit.functions[op.sym_name.data] = op
            else:
                unit.declarations.append(op)
    for name in FUNCTIONS:
        if name not in unit.functions:
            message = f"the lowered program has no function @{name}"
            raise DspcError("E0703", message, span_of(lowered))
    return unit


def refuse_parts(unit: Unit, language: str) -> None:
    """Raise DspcError E0702 for functions that a printer does not print."""
    for name in (CONTROL, FRAME):
        if name in unit.functions:
            message = f"{language} code has no function {name}"
            raise DspcError("E0702", message, span_of(unit.functions[name]))


def text_attribute(op: Operation, name: str) -> str | None:
    """A string attribute of an op; None if the op does not have it."""
    value = op.attributes.get(name)
    return text_of(value) if isinstance(value, Text) else None
