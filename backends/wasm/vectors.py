"""The ops on vectors only. A vector is as many values as it has lanes: no SIMD instructions."""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects import vector
from xdsl.ir import Operation

from dspc.backends.wasm.arithmetic import (
    Handler,
    call_math,
    compare_floats,
    convert,
    kind_of,
    min_or_max,
    result_of,
    select,
)
from dspc.backends.wasm.code import Push, WasmCode
from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp_par import CompareOp
from dspc.dialects.dsp_par.lanes import lanes_of
from dspc.support.diagnostics import DspcError

Lanes = list[Push]
Permutation = Callable[[Operation, list[Lanes]], Lanes]
"""The lanes of the result among those of the operands."""


def _broadcast(op: Operation, args: list[Lanes]) -> Lanes:
    lanes = lanes_of(op.results[0].type)
    return args[0] if len(args[0]) == lanes else args[0] * lanes


def _shuffle(op: Operation, args: list[Lanes]) -> Lanes:
    assert isinstance(op, vector.ShuffleOp)
    both = args[0] + args[1]
    return [both[int(lane)] for lane in array_values(op.mask)]


def _lane(op: vector.ExtractOp | vector.InsertOp) -> int:
    position = array_values(op.static_position)
    if len(position) != 1 or op.dynamic_position:
        raise DspcError("E0902", "WebAssembly code needs a constant lane index")
    return int(position[0])


def _extract(op: Operation, args: list[Lanes]) -> Lanes:
    assert isinstance(op, vector.ExtractOp)
    return [args[0][_lane(op)]]


def _insert(op: Operation, args: list[Lanes]) -> Lanes:
    assert isinstance(op, vector.InsertOp)
    (one,), whole = args
    at = _lane(op)
    return [*whole[:at], one, *whole[at + 1 :]]


PERMUTATIONS: dict[str, Permutation] = {
    "vector.broadcast": _broadcast,
    "vector.shuffle": _shuffle,
    "vector.extract": _extract,
    "vector.insert": _insert,
}
"""Ops whose results are lanes of their operands, so that they have no code."""

_PLAIN = {
    "add": "add", "mul": "mul", "and": "and", "or": "or", "xor": "xor", "minimumf": "min",
    "maximumf": "max",
}  # fmt: skip
_CHOSEN = {"minsi": "lt_s", "maxsi": "gt_s", "minui": "lt_u", "maxui": "gt_u"}


def reduce_lanes(op: Operation, args: list[Lanes], code: WasmCode) -> None:
    """An ordered reduction from the first lane on: sums are not reassociated."""
    assert isinstance(op, vector.ReductionOp)
    kind, operator = kind_of(op), op.kind.data.value
    first, *rest = [lane for lanes in (*args[1:], args[0]) for lane in lanes]
    code.get(first)
    for lane in rest:
        if operator in _PLAIN:
            code.get(lane)
            code.emit(f"{kind}.{_PLAIN[operator]}")
            continue
        before = code.store(kind)
        if operator in _CHOSEN:
            code.get(before, lane, before, lane)
            code.emit(f"{kind}.{_CHOSEN[operator]}")
            code.emit("select")
        else:
            min_or_max("lt" if operator == "minnumf" else "gt", kind, before, lane, code)
        held = before[1]
        assert isinstance(held, int)
        code.release(held)


_FLOATS = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_INTEGERS = {"lt": "lt_s", "le": "le_s", "gt": "gt_s", "ge": "ge_s", "eq": "eq", "ne": "ne"}


def _compare(op: Operation, args: list[Push], code: WasmCode) -> None:
    assert isinstance(op, CompareOp)
    kind, predicate = kind_of(op), op.predicate.data.value
    if kind[0] == "f":
        compare_floats(_FLOATS[predicate], kind, args, code)
        return
    code.take(*args)
    code.emit(f"{kind}.{_INTEGERS[predicate]}")


def _convert(op: Operation, args: list[Push], code: WasmCode) -> None:
    code.take(*args)
    convert(op.operands[0].type, op.results[0].type, code)


def _fma(op: Operation, args: list[Push], code: WasmCode) -> None:
    code.take(*args)
    call_math("fma", result_of(op), 3, code)


HANDLERS: dict[str, Handler] = {
    "vector.fma": _fma,
    "dsp_par.compare": _compare,
    "dsp_par.select": select,
    "dsp_par.convert": _convert,
}
"""Handlers of lane-wise ops, in addition to `arithmetic.HANDLERS`."""
