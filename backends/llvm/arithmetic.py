"""The ops of `arith` and `math` as LLVM instructions.

A handler takes an op and the names of its operands, and returns the name of its result. All apply
to vectors as well as scalars. Cases that LLVM leaves undefined are defined here: division by 0
gives 0, and shift amounts are taken modulo the width.
"""

from __future__ import annotations

from xdsl.dialects.builtin import IntegerAttr
from xdsl.ir import Operation

from dspc.backends.common.c_maths import MATH
from dspc.backends.llvm.calls import Handler, math_call, whole_power
from dspc.backends.llvm.code import Code
from dspc.backends.llvm.types import float_literal, is_float, lanes_of, like, llvm_type, splat
from dspc.dialects.dsp.base import FIRST


def kind_of(op: Operation) -> str:
    """The type of an op's first operand."""
    return llvm_type(op.operands[0].type)


def result_of(op: Operation) -> str:
    return llvm_type(op.results[0].type)


def _plain(instruction: str) -> Handler:
    def handle(op: Operation, args: list[str], code: Code) -> str:
        return code.value(f"{instruction} {kind_of(op)} {', '.join(args)}", _hint(op))

    return handle


def _of_floats(instruction: str) -> Handler:
    """Floating-point arithmetic; a sum with the attribute FIRST is not reassociated."""

    def handle(op: Operation, args: list[str], code: Code) -> str:
        flags = code.fast
        if FIRST in op.attributes:
            flags = flags.replace("reassoc ", "")
        return code.value(f"{instruction} {flags}{kind_of(op)} {', '.join(args)}", _hint(op))

    return handle


def _hint(op: Operation) -> str | None:
    return op.results[0].name_hint


def _literal(operand: str) -> int | None:
    """The value of an operand that is an integer literal, else None."""
    return int(operand) if operand.lstrip("-").isdigit() else None


def _divide(instruction: str, signed: bool) -> Handler:
    """Division by 0 gives 0; the least integer divided by -1 wraps."""

    def handle(op: Operation, args: list[str], code: Code) -> str:
        left, right = args
        kind = kind_of(op)
        known = _literal(right)
        if known is not None and known not in (0, -1):
            return code.value(f"{instruction} {kind} {left}, {right}", _hint(op))
        zero, one, minus = (splat(number, kind) for number in ("0", "1", "-1"))
        truth = like(kind, "i1")
        odd = is_zero = code.value(f"icmp eq {kind} {right}, {zero}")
        if signed:
            is_minus = code.value(f"icmp eq {kind} {right}, {minus}")
            odd = code.value(f"or {truth} {is_zero}, {is_minus}")
        safe = code.value(f"select {truth} {odd}, {kind} {one}, {kind} {right}")
        result = code.value(f"{instruction} {kind} {left}, {safe}")
        special = zero
        if instruction == "sdiv":
            negated = code.value(f"sub {kind} {zero}, {left}")
            special = code.value(f"select {truth} {is_zero}, {kind} {zero}, {kind} {negated}")
        return code.value(f"select {truth} {odd}, {kind} {special}, {kind} {result}", _hint(op))

    return handle


def _shift(instruction: str) -> Handler:
    def handle(op: Operation, args: list[str], code: Code) -> str:
        left, right = args
        kind = kind_of(op)
        width = int(lanes_of(kind)[1][1:])
        known = _literal(right)
        if known is None or not 0 <= known < width:
            right = code.value(f"and {kind} {right}, {splat(str(width - 1), kind)}")
        return code.value(f"{instruction} {kind} {left}, {right}", _hint(op))

    return handle


def _intrinsic(name: str) -> Handler:
    return lambda op, args, code: code.intrinsic(name, kind_of(op), *args)


def _negate(op: Operation, args: list[str], code: Code) -> str:
    return code.value(f"fneg {code.fast}{kind_of(op)} {args[0]}", _hint(op))


def min_or_max(comparison: str, kind: str, left: str, right: str, code: Code) -> str:
    """C's fmin (`olt`) or fmax (`ogt`): a NaN is ignored if the other operand is a number."""
    truth = like(kind, "i1")
    better = code.value(f"fcmp {comparison} {kind} {right}, {left}")
    extremum = code.value(f"select {truth} {better}, {kind} {right}, {kind} {left}")
    is_nan = code.value(f"fcmp uno {kind} {left}, {left}")
    return code.value(f"select {truth} {is_nan}, {kind} {right}, {kind} {extremum}")


def _min_or_max(comparison: str) -> Handler:
    return lambda op, args, code: min_or_max(comparison, kind_of(op), args[0], args[1], code)


_INT_PREDICATES = ("eq", "ne", "slt", "sle", "sgt", "sge", "ult", "ule", "ugt", "uge")
_FLOAT_PREDICATES = (
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
    "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true",
)  # fmt: skip


def _predicate(op: Operation) -> int:
    value = op.properties["predicate"]
    assert isinstance(value, IntegerAttr)
    return value.value.data


def _compare_ints(op: Operation, args: list[str], code: Code) -> str:
    kind = kind_of(op)
    predicate = _INT_PREDICATES[_predicate(op)]
    if lanes_of(kind)[1] == "i1" and predicate[0] == "s":
        # An i1 is 0 or 1; as a signed number it would be -1.
        predicate = f"u{predicate[1:]}"
    return code.value(f"icmp {predicate} {kind} {', '.join(args)}", _hint(op))


def _compare_floats(op: Operation, args: list[str], code: Code) -> str:
    predicate = _FLOAT_PREDICATES[_predicate(op)]
    return code.value(f"fcmp {predicate} {kind_of(op)} {', '.join(args)}", _hint(op))


def _select(op: Operation, args: list[str], code: Code) -> str:
    kind = result_of(op)
    condition, yes, no = args
    operands = f"{kind_of(op)} {condition}, {kind} {yes}, {kind} {no}"
    return code.value(f"select {operands}", _hint(op))


def _cast(instruction: str) -> Handler:
    def handle(op: Operation, args: list[str], code: Code) -> str:
        source, target = kind_of(op), result_of(op)
        if source == target:
            return args[0]
        chosen = instruction
        if chosen == "sitofp" and lanes_of(source)[1] == "i1":
            chosen = "uitofp"
        return code.value(f"{chosen} {source} {args[0]} to {target}", _hint(op))

    return handle


def _index_cast(op: Operation, args: list[str], code: Code) -> str:
    source, target = (lanes_of(kind)[1] for kind in (kind_of(op), result_of(op)))
    widths = int(source[1:]), int(target[1:])
    if widths[0] > widths[1]:
        return _cast("trunc")(op, args, code)
    return _cast("zext" if source == "i1" else "sext")(op, args, code)


def _absolute(op: Operation, args: list[str], code: Code) -> str:
    return code.intrinsic("abs", kind_of(op), args[0], more="i1 false")


def _reciprocal_root(op: Operation, args: list[str], code: Code) -> str:
    kind = kind_of(op)
    assert is_float(kind)
    one = splat(float_literal(1.0, lanes_of(kind)[1]), kind)
    root = code.intrinsic("sqrt", kind, args[0])
    return code.value(f"fdiv {code.fast}{kind} {one}, {root}", _hint(op))


HANDLERS: dict[str, Handler] = {
    **{f"arith.{name}i": _plain(name) for name in ("add", "sub", "mul", "and", "or", "xor")},
    **{f"arith.{name}f": _of_floats(f"f{name}") for name in ("add", "sub", "mul", "div")},
    "arith.divsi": _divide("sdiv", True),
    "arith.remsi": _divide("srem", True),
    "arith.divui": _divide("udiv", False),
    "arith.remui": _divide("urem", False),
    "arith.shli": _shift("shl"),
    "arith.shrsi": _shift("ashr"),
    "arith.shrui": _shift("lshr"),
    "arith.minsi": _intrinsic("smin"),
    "arith.maxsi": _intrinsic("smax"),
    "arith.minui": _intrinsic("umin"),
    "arith.maxui": _intrinsic("umax"),
    "arith.negf": _negate,
    "arith.minimumf": _intrinsic("minimum"),
    "arith.maximumf": _intrinsic("maximum"),
    "arith.minnumf": _min_or_max("olt"),
    "arith.maxnumf": _min_or_max("ogt"),
    "arith.cmpi": _compare_ints,
    "arith.cmpf": _compare_floats,
    "arith.select": _select,
    "arith.index_cast": _index_cast,
    "arith.fptosi": _cast("fptosi"),
    "arith.sitofp": _cast("sitofp"),
    "arith.uitofp": _cast("uitofp"),
    "arith.extf": _cast("fpext"),
    "arith.truncf": _cast("fptrunc"),
    "arith.extsi": _cast("sext"),
    "arith.extui": _cast("zext"),
    "arith.trunci": _cast("trunc"),
    "arith.bitcast": _cast("bitcast"),
    "math.absi": _absolute,
    "math.rsqrt": _reciprocal_root,
    "math.fpowi": whole_power,
    **{f"math.{name}": math_call(function) for name, function in MATH.items()},
}
"""Handlers of ops without side effects and regions."""
