"""Which operation of a processor's tables an op is: the one place where cost models look it up."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.ir import Attribute, Operation

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.types import SignalType
from dspc.dialects.dsp_mem.processor_model import ELEMENTS, ProcessorModel

FREE = frozenset((time.DelayOp, time.PrefixOp, time.YieldOp, arithmetic.ConstantOp))
"""Ops that compute nothing."""
LOGIC = (
    arithmetic.AndOp, arithmetic.OrOp, arithmetic.XorOp, arithmetic.ShlOp, arithmetic.ShrOp,
    arithmetic.AbsOp, time.AttachOp,
)  # fmt: skip
ROUND = (arithmetic.FloorOp, arithmetic.CeilOp, arithmetic.RintOp)
SIGNAL_OPS: dict[type[Operation], str] = {
    arithmetic.AddOp: "add", arithmetic.SubOp: "add", arithmetic.MulOp: "mul",
    arithmetic.DivOp: "div", arithmetic.SqrtOp: "sqrt", arithmetic.MinOp: "min",
    arithmetic.MaxOp: "min", arithmetic.CompareOp: "compare", arithmetic.Select2Op: "select",
    arithmetic.IntOp: "to_int", arithmetic.FloatOp: "to_float", tables.TableReadOp: "load",
    arithmetic.RemOp: "remainder", interface.ForeignCallOp: "call",
    **dict.fromkeys(LOGIC, "logic"), **dict.fromkeys(ROUND, "round"),
}  # fmt: skip
"""The operation of an op on signals; others are functions."""
SLOW_FUNCTIONS: dict[str, float] = {
    "dsp.tan": 1.7, "dsp.log10": 1.9, "dsp.atan": 1.4, "dsp.acos": 1.4, "dsp.pow": 1.4,
    "dsp.sinh": 3.1, "dsp.cosh": 3.1, "dsp.tanh": 2.8, "dsp.atan2": 3.2,
}  # fmt: skip
"""The time of calls of functions of the mathematical library, relative to those of `exp` and `sin`
(glibc 2.36, single precision, each measured in a loop of its own)."""
SUBTRACTED = ("logic", "add", "logic", "select")
"""The dependent operations of `fmod` by subtraction, which computes all but large quotients."""
BESIDE = ("logic", "add", "compare", "compare")
"""Its other operations."""
LOOP_OPS: dict[str, str] = {
    "arith.divf": "div", "arith.divsi": "remainder", "arith.remsi": "remainder",
    "math.sqrt": "sqrt", "math.fma": "fma", "math.absf": "logic", "math.floor": "round",
    "math.ceil": "round", "memref.load": "load", "memref.store": "store", "func.call": "call",
    "dsp.soundfile_read": "soundfile",
}  # fmt: skip
"""The operation of a lowered op; others of `math` are functions, others additions."""
ALONE: dict[str, float] = {"div": 1.25, "sqrt": 1.2, "function": 5 / 3}
"""The time of slow operations in a loop of its own, where few others overlap them, relative to
their reciprocal throughput."""


def latency(op: Operation, processor: ProcessorModel) -> float:
    """The latency of an op on signals, in cycles; 0 for ops that compute nothing."""
    if type(op) in FREE:
        return 0.0
    element = _element(op)
    if type(op) is arithmetic.FmodOp:
        return sum(processor.latency(operation, element) for operation in SUBTRACTED)
    return processor.latency(SIGNAL_OPS.get(type(op), "function"), element)


def throughput(op: Operation, processor: ProcessorModel) -> float:
    """The reciprocal throughput of an op on signals that reads no memory, in cycles."""
    element = _element(op)
    if type(op) is arithmetic.FmodOp:
        return sum(processor.throughput(each, element) for each in (*SUBTRACTED, *BESIDE))
    return processor.throughput(SIGNAL_OPS.get(type(op), "function"), element)


def called_throughput(op: Operation, processor: ProcessorModel) -> float:
    """The reciprocal throughput of an op in scalar code, where functions are calls."""
    return SLOW_FUNCTIONS.get(op.name, 1.0) * throughput(op, processor)


def is_call(op: Operation | None) -> bool:
    """Whether an op on signals is a call of a function in a serial loop."""
    is_function = isinstance(op, arithmetic.MathOp | arithmetic.MathBinaryOp)
    is_known = type(op) in SIGNAL_OPS or type(op) is arithmetic.FmodOp
    return (is_function and not is_known) or isinstance(op, interface.ForeignCallOp)


def lowered_throughput(op: Operation, processor: ProcessorModel) -> float:
    """The cycles of a lowered op in a loop of its own."""
    operation = LOOP_OPS.get(op.name)
    if operation is None:
        if op.name.startswith("math."):
            operation = "function"
        elif isinstance(op, arith.ConstantOp) or op.name.startswith(
            ("dsp_par.", "dsp_mem.", "scf.")
        ):
            return 0.0
        else:
            operation = "add"
    return ALONE.get(operation, 1.0) * processor.throughput(operation, _element(op))


def _element(op: Operation) -> str:
    """The element type that an op computes on, as in the processor's tables."""
    if not op.results:
        return "f32"
    type: Attribute = op.results[0].type
    name = str(type.element if isinstance(type, SignalType) else type)
    return name if name in ELEMENTS else "f32"
