"""Which operation of a processor's tables an op is: the one place where cost models look it up."""

from __future__ import annotations

from xdsl.dialects import arith
from xdsl.ir import Attribute, Operation

from dspc.dialects.dsp import arithmetic, tables, time
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
    **dict.fromkeys(LOGIC, "logic"), **dict.fromkeys(ROUND, "round"),
}  # fmt: skip
"""The operation of an op on signals; others are functions."""
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
    return processor.latency(SIGNAL_OPS.get(type(op), "function"), _element(op))


def throughput(op: Operation, processor: ProcessorModel) -> float:
    """The reciprocal throughput of an op on signals that reads no memory, in cycles."""
    return processor.throughput(SIGNAL_OPS.get(type(op), "function"), _element(op))


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
