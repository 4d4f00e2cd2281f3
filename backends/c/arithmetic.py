"""The ops of `arith`, `math` and `func` that compute numbers, as C++ expressions.

A handler takes the op and its operands' expressions. Integer arithmetic wraps in IR; where bounds
do not rule overflow out, it goes through a helper that calculates in unsigned numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from xdsl.dialects.builtin import (
    DenseArrayBase,
    Float32Type,
    Float64Type,
    FloatAttr,
    IndexType,
    IntegerAttr,
    IntegerType,
)
from xdsl.ir import Attribute, Operation

from dspc.backends.c.expressions import ATOM, Expr, binary, call, ternary, unary
from dspc.backends.c.guarded_casts import TO_INT, is_guard
from dspc.backends.c.names import float_literal, int_literal
from dspc.dialects.diagnostics import DspcError
from dspc.dialects.dsp.base import FIRST
from dspc.dialects.dsp.types import array_values


@dataclass(slots=True)
class Uses:
    """What the printed functions need from outside: helpers, and headers of foreign functions."""

    helpers: set[str] = field(default_factory=set[str])
    functions: dict[str, str] = field(default_factory=dict[str, str])
    """How each declared C function is called, by its symbol."""
    lanes: set[int] = field(default_factory=set[int])
    """The lengths of the vectors used."""
    vector_bytes: int = 0
    """The size of the longest."""
    ordered_sums: bool = False
    """Whether sums say which operand comes first."""
    free_loops: bool = False
    """Whether loops are marked as free of what ties one frame to another."""


Handler = Callable[[Operation, tuple[Expr, ...], Uses], Expr]


def c_type(type: Attribute) -> str:
    """The C++ type of a scalar."""
    if isinstance(type, Float32Type):
        return "float"
    if isinstance(type, Float64Type):
        return "double"
    if isinstance(type, IndexType):
        return "int"
    if isinstance(type, IntegerType):
        width = type.width.data
        if width == 32:
            return "int"
        if width == 1:
            return "bool"
        if width in (8, 16, 64):
            return f"int{width}_t"
    raise DspcError("E0701", f"C++ code can't hold a value of type {type}")


def literal(value: Attribute) -> Expr:
    """A literal."""
    if isinstance(value, FloatAttr):
        text = float_literal(value.value.data, isinstance(value.type, Float32Type))
        return Expr(text, ATOM if text[0] != "-" else 14)
    if not isinstance(value, IntegerAttr):
        raise DspcError("E0701", f"C++ code can't hold the constant {value}")
    number = value.value.data
    if c_type(value.type) == "bool":
        return Expr("true" if number else "false", low=0, high=1)
    text = int_literal(number)
    return Expr(text, ATOM if text[0] != "-" else 14).within(number, number)


def data_literals(values: DenseArrayBase) -> list[str]:
    """The elements of a data buffer."""
    if isinstance(values.elt_type, IntegerType):
        return [int_literal(int(number)) for number in array_values(values)]
    single = isinstance(values.elt_type, Float32Type)
    return [float_literal(float(number), single) for number in array_values(values)]


def _is_i32(op: Operation) -> bool:
    type = op.results[0].type
    return isinstance(type, IntegerType) and type.width.data > 1


def _is_bool(op: Operation) -> bool:
    return c_type(op.results[0].type) == "bool"


def _wrapping(
    operator: str, helper: str, bounds: Callable[[Expr, Expr], tuple[int, int]]
) -> Handler:
    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        left, right = args
        if not _is_i32(op):
            return binary(operator, left, right)
        low, high = bounds(left, right)
        if low >= -(2**31) and high < 2**31:
            return binary(operator, left, right).within(low, high)
        uses.helpers.add(helper)
        return call(helper, left, right)

    return handle


def _product_bounds(left: Expr, right: Expr) -> tuple[int, int]:
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return min(corners), max(corners)


def infix(operator: str) -> Handler:
    return lambda _op, args, _uses: binary(operator, *args)


_SUMMED = ("arith.addf", "arith.subf", "arith.mulf")


def _sum(operator: str) -> Handler:
    """A sum; where it says which operand comes first, and that is computed, compilers are told.

    They would join either product of `a * b + c * d` with the sum, and only one waits for feedback.
    """

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        first = op.attributes.get(FIRST)
        if isinstance(first, IntegerAttr):
            at = first.value.data
            owner = op.operands[at].owner
            if isinstance(owner, Operation) and owner.name in _SUMMED:
                uses.ordered_sums = True
                fenced = call("DSPC_FIRST", args[at])
                args = (fenced, args[1]) if at == 0 else (args[0], fenced)
        return binary(operator, *args)

    return handle


def _bits(operator: str, logical: str) -> Handler:
    def handle(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        left, right = args
        if _is_bool(op):
            return binary(logical, left, right)
        result = binary(operator, left, right)
        masks = [a.high for a in args if a.low >= 0]
        if operator == "&" and masks:
            return result.within(0, min(masks))
        if len(masks) == 2:
            return result.within(0, (1 << max(masks).bit_length()) - 1)
        return result

    return handle


def _xor(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    left, right = args
    if _is_bool(op) and right.text == "true":
        return unary("!", left)
    return _bits("^", "!=")(op, args, uses)


def _quotient(operator: str, helper: str) -> Handler:
    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        left, right = args
        safe = right.low > 0 or (right.high < 0 and left.low >= 0)
        if not _is_i32(op) or safe:
            result = binary(operator, left, right)
            if operator == "%" and right.low > 0:
                most = right.high - 1
                return result.within(0 if left.low >= 0 else -most, most)
            return result
        uses.helpers.add(helper)
        return call(helper, left, right)

    return handle


def _helper(name: str) -> Handler:
    def handle(_op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        uses.helpers.add(name)
        return call(name, *args)

    return handle


def _unsigned(operator: str) -> Handler:
    def handle(_op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        left, right = (call("uint32_t", part) for part in args)
        result = binary(operator, left, right)
        return result if operator in ("<", "<=", ">", ">=") else call("int", result)

    return handle


def _shift_right(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    left, right = args
    if right.low >= 0 and right.high < 32:
        return binary(">>", left, right).within(left.low >> right.low, left.high >> right.low)
    return _helper("dspc_shr")(op, args, uses)


def _extreme(function: str) -> Handler:
    pick = min if function == "std::min" else max

    def handle(_op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        left, right = args
        found = call(f"{function}<int>", left, right)
        return found.within(pick(left.low, right.low), pick(left.high, right.high))

    return handle


_INT_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "<", "<=", ">", ">=")
_FLOAT_COMPARISONS = {1: "==", 2: ">", 3: ">=", 4: "<", 5: "<=", 13: "!="}
_UNORDERED = {9: "<=", 10: "<", 11: ">=", 12: ">"}
"""`ugt` holds where `<=` does not, and so on."""


def _predicate(op: Operation) -> int:
    value = op.properties["predicate"]
    assert isinstance(value, IntegerAttr)
    return value.value.data


def _compare_ints(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    predicate = _predicate(op)
    operator = _INT_COMPARISONS[predicate]
    if predicate >= 6:
        return _unsigned(operator)(op, args, uses)
    return binary(operator, *args)


def _compare_floats(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    predicate = _predicate(op)
    if predicate in _FLOAT_COMPARISONS:
        return binary(_FLOAT_COMPARISONS[predicate], *args)
    if predicate in _UNORDERED:
        return unary("!", binary(_UNORDERED[predicate], *args))
    if predicate in (0, 15):
        return Expr("true" if predicate else "false", low=0, high=1)
    islessgreater = call("std::islessgreater", *args)
    isunordered = call("std::isunordered", *args)
    chosen = {
        6: islessgreater,
        7: unary("!", isunordered),
        8: unary("!", islessgreater),
        14: isunordered,
    }
    return chosen[predicate]


def _cast(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    (operand,) = args
    source, target = (c_type(v.type) for v in (op.operands[0], op.results[0]))
    if source == target:
        return operand
    if target == "int" and source == "bool":
        return call("int", operand).within(0, 1)
    return call(target, operand)


def _to_int(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    source = op.operands[0].owner
    if isinstance(source, Operation) and is_guard(source):
        return _helper(TO_INT)(op, args, uses)
    return _cast(op, args, uses)


def _sign_extend(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    if c_type(op.operands[0].type) == "bool":
        return unary("-", call("int", *args)).within(-1, 0)
    return _cast(op, args, uses)


def _select(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    return args[1] if is_guard(op) else ternary(*args)


def _std(name: str) -> Handler:
    return lambda _op, args, _uses: call(f"std::{name}", *args)


def _reciprocal_root(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    one = Expr("1.0f" if c_type(op.results[0].type) == "float" else "1.0")
    return binary("/", one, call("std::sqrt", *args))


_MATH = """
acos acosh asin asinh atan atanh atan2 cbrt ceil copysign cos cosh erf exp exp2 expm1 floor fma
log log10 log1p log2 round sin sinh sqrt tan tanh trunc
"""
HANDLERS: dict[str, Handler] = {
    "arith.addi": _wrapping("+", "dspc_add", lambda a, b: (a.low + b.low, a.high + b.high)),
    "arith.subi": _wrapping("-", "dspc_sub", lambda a, b: (a.low - b.high, a.high - b.low)),
    "arith.muli": _wrapping("*", "dspc_mul", _product_bounds),
    "arith.divsi": _quotient("/", "dspc_div"),
    "arith.remsi": _quotient("%", "dspc_rem"),
    "arith.divui": _unsigned("/"),
    "arith.remui": _unsigned("%"),
    "arith.andi": _bits("&", "&&"),
    "arith.ori": _bits("|", "||"),
    "arith.xori": _xor,
    "arith.shli": _helper("dspc_shl"),
    "arith.shrsi": _shift_right,
    "arith.shrui": _unsigned(">>"),
    "arith.minsi": _extreme("std::min"),
    "arith.maxsi": _extreme("std::max"),
    "arith.addf": _sum("+"),
    "arith.subf": _sum("-"),
    "arith.mulf": infix("*"),
    "arith.divf": infix("/"),
    "arith.negf": lambda _op, args, _uses: unary("-", *args),
    "arith.cmpi": _compare_ints,
    "arith.cmpf": _compare_floats,
    "arith.select": _select,
    "arith.minimumf": _helper("dspc_minimum"),
    "arith.maximumf": _helper("dspc_maximum"),
    "arith.minnumf": _std("fmin"),
    "arith.maxnumf": _std("fmax"),
    "arith.extsi": _sign_extend,
    "arith.fptosi": _to_int,
    "math.absf": _std("fabs"),
    "math.absi": _helper("dspc_abs"),
    "math.powf": _std("pow"),
    "math.fpowi": _std("pow"),
    "math.roundeven": _std("rint"),
    "math.rsqrt": _reciprocal_root,
}
HANDLERS.update((f"math.{name}", _std(name)) for name in _MATH.split())
HANDLERS.update(
    (f"arith.{name}", _cast)
    for name in (
        "index_cast", "sitofp", "uitofp", "extf", "truncf", "trunci", "extui",
    )
)  # fmt: skip
