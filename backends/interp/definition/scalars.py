"""Selects the function of an op in the tables of `semantics.py`."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects import arith, func, vector
from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    Float32Type,
    Float64Type,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
    StringAttr,
    VectorType,
    f64,
)
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.backends.interp.definition import semantics
from dspc.backends.interp.definition.c_library import c_function
from dspc.backends.interp.definition.semantics import SCALARS, Function, Scalar, in_lanes, number
from dspc.backends.interp.errors import InterpreterError, UnknownFunctionError
from dspc.backends.interp.setting import current, stand_in
from dspc.dialects.dsp import arithmetic, interface
from dspc.dialects.dsp.types import SignalType
from dspc.dialects.dsp_par import lanes


def element_name(type: Attribute) -> str:
    """The name of an element type: `i1`, `i32`, `i64`, `index`, `f32` or `f64`."""
    if isinstance(type, SignalType):
        type = type.element
    type = lanes.lane_type(type)
    if isinstance(type, IntegerType) and type.width.data in (1, 32, 64):
        return f"i{type.width.data}"
    if isinstance(type, Float32Type):
        return "f64" if current().is_wide else "f32"
    if isinstance(type, Float64Type):
        return "f64"
    if isinstance(type, IndexType):
        return "index"
    raise InterpreterError(f"the interpreter has no values of type {type}")


def constant_value(op: Operation) -> Scalar | None:
    """The number, or tuple of lanes, of a constant op; None for other ops."""
    if not isinstance(op, arithmetic.ConstantOp | arith.ConstantOp):
        return None
    value = op.value
    if isinstance(value, DenseIntOrFPElementsAttr) and isinstance(value.type, VectorType):
        element = element_name(value.type)
        return tuple([number(lane, element) for lane in value.iter_values()])
    if not isinstance(value, IntegerAttr | FloatAttr):
        raise InterpreterError(f"the interpreter has no constants like {value}", op)
    return number(value.value.data, element_name(op.result.type))


def scalar_function(op: Operation) -> Function | None:
    """The function from operands to result of an op without state, memory access or regions.

    None for other ops. Raises UnknownFunctionError for unknown C functions.
    """
    if op.name in VECTORS:
        return VECTORS[op.name](op)
    function = _of_numbers(op)
    if function is not None and isinstance(op.results[0].type, VectorType):
        return in_lanes(function)
    return function


def _of_numbers(op: Operation) -> Function | None:
    """The function of an op on scalars, or on each lane."""
    special = SPECIAL.get(op.name)
    if special is not None:
        return special(op)
    row = semantics.LOOP_NAMES.get(op.name)
    if row is None and op.name.startswith("dsp."):
        row = op.name[4:]
    if row is None or not op.operands or len(op.results) != 1:
        return None
    type = lanes.lane_type(op.operands[0].type)
    if isinstance(type, SignalType | IntegerType | Float32Type | Float64Type | IndexType):
        return SCALARS.get(element_name(type), {}).get(row)
    return None


def c_call(name: str, op: Operation) -> Function:
    """The C function of a name; UnknownFunctionError if it is unknown and has no stand-in."""
    setting = current()
    # In double precision `sinf` is `sin`.
    wide = c_function(name[:-1]) if setting.is_wide and name.endswith("f") else None
    function = wide or c_function(name)
    if function is None and setting.stands_in:
        return stand_in(name, _element(op.results[0]) == "i32")
    if function is None:
        raise UnknownFunctionError(name, op)
    return function


def _element(value: SSAValue) -> str:
    return element_name(value.type)


def _compare(op: Operation) -> Function:
    assert isinstance(op, arithmetic.CompareOp)
    return semantics.COMPARISONS[op.predicate.data.value]


def _cmpi(op: Operation) -> Function:
    assert isinstance(op, arith.CmpiOp)
    bits = semantics.WIDTHS.get(_element(op.lhs), 1)
    return semantics.compare_integers(op.predicate.value.data, bits)


def _cmpf(op: Operation) -> Function:
    assert isinstance(op, arith.CmpfOp)
    return semantics.compare_floats(op.predicate.value.data)


def _to_result(op: Operation) -> Function:
    """A conversion to the result's element type, with rounding or wrapping."""
    return semantics.CONVERSIONS[_element(op.results[0])]


def _unsigned(op: Operation) -> Function:
    bits = semantics.WIDTHS.get(_element(op.operands[0]), 1)
    element = _element(op.results[0])
    mask = (1 << bits) - 1
    return lambda x: number(x & mask, element)


def _fptosi(op: Operation) -> Function:
    if _element(op.results[0]) != "i32":
        raise InterpreterError("the interpreter converts to i32 only", op)
    return semantics.truncated_defined


def _assert_bounds(op: Operation) -> Function:
    assert isinstance(op, interface.AssertBoundsOp)
    return semantics.clamped(op.min.value.data, op.max.value.data, _element(op.result))


def _foreign_call(op: Operation) -> Function:
    assert isinstance(op, interface.ForeignCallOp)
    types = [value.type for value in (*op.arguments, op.result)]
    is_double = any(isinstance(t, SignalType) and t.element == f64 for t in types)
    chosen = op.names.data[1 if is_double else 0]
    assert isinstance(chosen, StringAttr)
    return typed_call(chosen.data, _element(op.result), op)


def typed_call(name: str, result: str, op: Operation) -> Function:
    """A C function whose result is converted to the element type of its declaration."""
    function = c_call(name, op)
    return lambda *args: number(function(*args), result)


def _func_call(op: Operation) -> Function:
    assert isinstance(op, func.CallOp)
    return typed_call(op.callee.root_reference.data, _element(op.results[0]), op)


def _foreign_value(op: Operation) -> Function:
    assert isinstance(op, interface.ForeignValueOp)
    if not current().stands_in:
        raise UnknownFunctionError(op.symbol.data, op)
    return typed_call(op.symbol.data, _element(op.result), op)


def _bound(op: Operation) -> Function:
    raise InterpreterError("bounds of intervals must be folded: run dsp-simplify first", op)


def _lane_compare(op: Operation) -> Function:
    assert isinstance(op, lanes.CompareOp)
    return semantics.COMPARISONS[op.predicate.data.value]


def _lane_convert(op: Operation) -> Function:
    if _element(op.operands[0]) in semantics.FLOATS:
        return semantics.truncated_defined
    return _to_result(op)


def _shuffle(op: Operation) -> Function:
    assert isinstance(op, vector.ShuffleOp)
    return semantics.shuffled(tuple(op.mask.get_values()))


def _lane(op: Operation) -> int:
    """The lane of an extraction or insertion."""
    assert isinstance(op, vector.ExtractOp | vector.InsertOp)
    if len(op.static_position) != 1 or op.dynamic_position:
        raise InterpreterError("the index of a lane must be one constant", op)
    return op.static_position.get_values()[0]


def _reduction(op: Operation) -> Function:
    assert isinstance(op, vector.ReductionOp)
    row = SCALARS[_element(op.vector)].get(op.kind.data.value)
    if row is None:
        raise InterpreterError(f"the interpreter has no reduction by {op.kind.data.value}", op)
    return semantics.reduced(row)


VECTORS: dict[str, Callable[[Operation], Function]] = {
    "vector.broadcast": lambda op: semantics.broadcast(lanes.lanes_of(op.results[0].type)),
    "vector.shuffle": _shuffle,
    "vector.extract": lambda op: semantics.extracted(_lane(op)),
    "vector.insert": lambda op: semantics.inserted(_lane(op)),
    "vector.reduction": _reduction,
}
"""Ops that permute or reduce lanes."""

SPECIAL: dict[str, Callable[[Operation], Function]] = {
    "dsp.compare": _compare,
    "dsp.select2": lambda op: semantics.select2,
    "dsp.attach": lambda op: _first,
    "dsp.float": _to_result,
    "dsp.assert_bounds": _assert_bounds,
    "dsp.foreign_call": _foreign_call,
    "dsp.foreign_value": _foreign_value,
    "dsp.lowest": _bound,
    "dsp.highest": _bound,
    "func.call": _func_call,
    "arith.cmpi": _cmpi,
    "arith.cmpf": _cmpf,
    "arith.select": lambda op: semantics.select,
    "arith.fptosi": _fptosi,
    "arith.index_cast": _to_result,
    "arith.sitofp": _to_result,
    "arith.extf": _to_result,
    "arith.truncf": _to_result,
    "arith.extsi": _to_result,
    "arith.trunci": _to_result,
    "arith.extui": _unsigned,
    "arith.uitofp": _unsigned,
    "dsp_par.compare": _lane_compare,
    "dsp_par.select": lambda op: semantics.select,
    "dsp_par.convert": _lane_convert,
}


NAMES: frozenset[str] = frozenset(
    (
        *(f"dsp.{row}" for rows in SCALARS.values() for row in rows),
        *semantics.LOOP_NAMES, *SPECIAL, *VECTORS,
    )
)  # fmt: skip
"""The names of all ops that `scalar_function` knows."""


def _first(x: Scalar, _: Scalar) -> Scalar:
    return x
