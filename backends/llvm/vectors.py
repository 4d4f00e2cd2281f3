"""The ops on vectors only: permutation and reduction of lanes, comparison, selection."""

from __future__ import annotations

from xdsl.dialects import vector
from xdsl.ir import Operation

from dspc.backends.llvm.arithmetic import Handler, kind_of, min_or_max, result_of
from dspc.backends.llvm.code import Code
from dspc.backends.llvm.types import is_float, lanes_of, like
from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp_par import CompareOp
from dspc.support.diagnostics import DspcError


def _broadcast(op: Operation, args: list[str], code: Code) -> str:
    target = result_of(op)
    if kind_of(op) == target:
        return args[0]
    first = code.value(f"insertelement {target} poison, {kind_of(op)} {args[0]}, i64 0")
    return _shuffled(target, first, "poison", [0] * lanes_of(target)[0], code)


def _shuffled(kind: str, first: str, second: str, mask: list[int], code: Code) -> str:
    lanes = ", ".join(f"i32 {lane}" for lane in mask)
    operands = f"{kind} {first}, {kind} {second}, <{len(mask)} x i32> <{lanes}>"
    return code.value(f"shufflevector {operands}")


def _shuffle(op: Operation, args: list[str], code: Code) -> str:
    assert isinstance(op, vector.ShuffleOp)
    first, second = args
    return _shuffled(kind_of(op), first, second, [int(n) for n in array_values(op.mask)], code)


def _lane(op: vector.ExtractOp | vector.InsertOp) -> int:
    position = array_values(op.static_position)
    if len(position) != 1 or op.dynamic_position:
        raise DspcError("E0902", "LLVM code needs a constant lane index")
    return int(position[0])


def _extract(op: Operation, args: list[str], code: Code) -> str:
    assert isinstance(op, vector.ExtractOp)
    return code.value(f"extractelement {kind_of(op)} {args[0]}, i64 {_lane(op)}")


def _insert(op: Operation, args: list[str], code: Code) -> str:
    assert isinstance(op, vector.InsertOp)
    one, whole = args
    operands = f"{result_of(op)} {whole}, {kind_of(op)} {one}, i64 {_lane(op)}"
    return code.value(f"insertelement {operands}")


_PLAIN = ("add", "mul", "and", "or", "xor")
_INTRINSICS = {
    "minsi": "smin", "maxsi": "smax", "minui": "umin", "maxui": "umax",
    "minimumf": "minimum", "maximumf": "maximum",
}  # fmt: skip


def _reduce(op: Operation, args: list[str], code: Code) -> str:
    """An ordered reduction from the first lane on: sums are not reassociated."""
    assert isinstance(op, vector.ReductionOp)
    kind = kind_of(op)
    lanes, element = lanes_of(kind)
    operator = op.kind.data.value
    parts = [code.value(f"extractelement {kind} {args[0]}, i64 {at}") for at in range(lanes)]
    result, *rest = [*args[1:], *parts]
    for part in rest:
        result = _combined(operator, element, result, part, code)
    return result


def _combined(operator: str, kind: str, left: str, right: str, code: Code) -> str:
    if operator in _PLAIN:
        instruction = f"f{operator} {code.fast}" if is_float(kind) else f"{operator} "
        return code.value(f"{instruction}{kind} {left}, {right}")
    if operator in _INTRINSICS:
        return code.intrinsic(_INTRINSICS[operator], kind, left, right)
    return min_or_max("olt" if operator == "minnumf" else "ogt", kind, left, right, code)


_FLOATS = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_INTEGERS = {"lt": "slt", "le": "sle", "gt": "sgt", "ge": "sge", "eq": "eq", "ne": "ne"}


def _compare(op: Operation, args: list[str], code: Code) -> str:
    assert isinstance(op, CompareOp)
    kind = kind_of(op)
    names, instruction = (_FLOATS, "fcmp") if is_float(kind) else (_INTEGERS, "icmp")
    return code.value(f"{instruction} {names[op.predicate.data.value]} {kind} {', '.join(args)}")


def _select(op: Operation, args: list[str], code: Code) -> str:
    kind = result_of(op)
    condition, yes, no = args
    truth = like(kind, "i1")
    return code.value(f"select {truth} {condition}, {kind} {yes}, {kind} {no}")


def _convert(op: Operation, args: list[str], code: Code) -> str:
    source, target = kind_of(op), result_of(op)
    instruction = "fptosi" if is_float(source) else "sitofp" if is_float(target) else "zext"
    return code.value(f"{instruction} {source} {args[0]} to {target}")


def _fma(op: Operation, args: list[str], code: Code) -> str:
    return code.intrinsic("fma", kind_of(op), *args)


HANDLERS: dict[str, Handler] = {
    "vector.broadcast": _broadcast,
    "vector.shuffle": _shuffle,
    "vector.extract": _extract,
    "vector.insert": _insert,
    "vector.reduction": _reduce,
    "vector.fma": _fma,
    "dsp_par.compare": _compare,
    "dsp_par.select": _select,
    "dsp_par.convert": _convert,
}
"""Handlers of ops without side effects and regions, in addition to `arithmetic.HANDLERS`."""
