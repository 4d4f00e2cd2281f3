"""The ops of `arith` and `math` that compute numbers, as expressions.

A handler takes the op and its operands' expressions. Integer arithmetic wraps in IR; where bounds
do not rule overflow out, it goes through a helper that calculates in unsigned numbers.
"""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects import arith
from xdsl.dialects.builtin import Float32Type, IntegerAttr, IntegerType, i1
from xdsl.ir import Operation, SSAValue

from dspc.backends.c.expressions import Expr, binary, call, ternary, unary
from dspc.backends.c.guarded_casts import TO_INT, is_guard
from dspc.backends.c.language import CFunction, Handler, Uses
from dspc.backends.c.literals import boolean
from dspc.dialects.dsp.base import FIRST
from dspc.dialects.dsp_par.loops import LoopKind, LoopOp


def _is_i32(op: Operation) -> bool:
    type = op.results[0].type
    return isinstance(type, IntegerType) and type.width.data > 1


def _is_bool(op: Operation) -> bool:
    return op.results[0].type == i1


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


def _infix(operator: str) -> Handler:
    return lambda _op, args, _uses: binary(operator, *args)


_SUMMED = ("arith.addf", "arith.subf", "arith.mulf")


def sum_of(operator: str, has_lanes: bool = False) -> Handler:
    """A sum, of vectors if it `has_lanes`.

    Where it says which operand is evaluated first, and that is computed, the order is fixed in the
    text: compilers would contract either product of `a * b + c * d` with the sum, and only one of
    them depends on feedback.
    """

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        first = op.attributes.get(FIRST)
        if uses.language.has_ordered_sums and isinstance(first, IntegerAttr):
            at = first.value.data
            owner = op.operands[at].owner
            if isinstance(owner, Operation) and owner.name in _SUMMED:
                uses.ordered_sums = True
                uses.ordered_lanes |= has_lanes
                fenced = call("DSPC_FIRST_LANES" if has_lanes else "DSPC_FIRST", args[at])
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
    if _is_bool(op) and _is_true(op.operands[1]):
        return unary("!", args[0])
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
    def handle(_op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        language = uses.language
        left, right = (language.cast(language.unsigned, part) for part in args)
        result = binary(operator, left, right)
        return result if operator in ("<", "<=", ">", ">=") else language.cast("int", result)

    return handle


def _shift_right(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    left, right = args
    if right.low >= 0 and right.high < 32:
        return binary(">>", left, right).within(left.low >> right.low, left.high >> right.low)
    return _helper("dspc_shr")(op, args, uses)


def _extreme(pick: Callable[[int, int], int]) -> Handler:
    def handle(_op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        left, right = args
        language = uses.language
        name = language.minimum if pick is min else language.maximum
        if language.has_own_extremes:
            uses.helpers.add(name)
        called = call(name, left, right)
        return called.within(pick(left.low, right.low), pick(left.high, right.high))

    return handle


def _is_true(value: SSAValue) -> bool:
    op = value.owner
    constant = op.value if isinstance(op, arith.ConstantOp) else None
    return isinstance(constant, IntegerAttr) and bool(constant.value.data)


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
        return boolean(predicate == 15)
    islessgreater = call(uses.language.function("islessgreater"), *args)
    isunordered = call(uses.language.function("isunordered"), *args)
    chosen = {
        6: islessgreater,
        7: unary("!", isunordered),
        8: unary("!", islessgreater),
        14: isunordered,
    }
    return chosen[predicate]


def _cast(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    (operand,) = args
    source, target = (uses.language.scalar(v.type) for v in (op.operands[0], op.results[0]))
    if source == target:
        return operand
    result = uses.language.cast(target, operand)
    return result.within(0, 1) if (source, target) == ("bool", "int") else result


def _to_int(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    source = op.operands[0].owner
    has_helper = uses.language.has_guarded_casts
    if has_helper and isinstance(source, Operation) and is_guard(source):
        return _helper(TO_INT)(op, args, uses)
    return _cast(op, args, uses)


def _sign_extend(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    if op.operands[0].type == i1:
        return unary("-", uses.language.cast("int", *args)).within(-1, 0)
    return _cast(op, args, uses)


def _select(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    """A choice; of a guarded cast, the number itself where a helper does both."""
    if uses.language.has_guarded_casts and is_guard(op):
        return args[1]
    return ternary(*args)


def _library(name: str) -> Handler:
    """A function of the library, in the form for the result's type."""

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        return call(_function(op, name, uses), *args)

    return handle


def _function(op: Operation, name: str, uses: Uses) -> str:
    language = uses.language
    kind = language.scalar(op.results[0].type)
    if name in language.own_functions and _is_in_free_loop(op):
        return language.in_vectors(name, kind, uses)
    return language.function(name, kind)


def callee(op: Operation, function: CFunction, uses: Uses) -> str:
    """The beginning of a call of a declared function."""
    if function.own in uses.language.own_functions and _is_in_free_loop(op):
        kind = uses.language.scalar(op.results[0].type)
        return uses.language.in_vectors(function.own, kind, uses)
    return function.text


def _is_in_free_loop(op: Operation) -> bool:
    """Whether the frames of the loop around an op are independent."""
    parent = op.parent_op()
    while parent is not None and not isinstance(parent, LoopOp):
        parent = parent.parent_op()
    return parent is not None and parent.kind.data == LoopKind.FREE


def _power(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    """To an integer, which only some languages have."""
    base, exponent = args
    if not uses.language.has_integer_power:
        exponent = uses.language.cast(uses.language.scalar(op.results[0].type), exponent)
    return call(_function(op, "pow", uses), base, exponent)


def _reciprocal_root(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    one = Expr("1.0f" if isinstance(op.results[0].type, Float32Type) else "1.0")
    return binary("/", one, call(_function(op, "sqrt", uses), *args))


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
    "arith.minsi": _extreme(min),
    "arith.maxsi": _extreme(max),
    "arith.addf": sum_of("+"),
    "arith.subf": sum_of("-"),
    "arith.mulf": _infix("*"),
    "arith.divf": _infix("/"),
    "arith.negf": lambda _op, args, _uses: unary("-", *args),
    "arith.cmpi": _compare_ints,
    "arith.cmpf": _compare_floats,
    "arith.select": _select,
    "arith.minimumf": _helper("dspc_minimum"),
    "arith.maximumf": _helper("dspc_maximum"),
    "arith.minnumf": _library("fmin"),
    "arith.maxnumf": _library("fmax"),
    "arith.extsi": _sign_extend,
    "arith.fptosi": _to_int,
    "math.absf": _library("fabs"),
    "math.absi": _helper("dspc_abs"),
    "math.powf": _library("pow"),
    "math.fpowi": _power,
    "math.roundeven": _library("rint"),
    "math.rsqrt": _reciprocal_root,
}
HANDLERS.update((f"math.{name}", _library(name)) for name in _MATH.split())
HANDLERS.update(
    (f"arith.{name}", _cast)
    for name in (
        "index_cast", "sitofp", "uitofp", "extf", "truncf", "trunci", "extui",
    )
)  # fmt: skip
