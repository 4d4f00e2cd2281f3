"""Algebraic simplification of the signal graph: a rule for each op, applied as signals are built.

A rule takes the operands, whose kinds agree, and returns a simpler signal or None. Rules match
patterns of at most two levels and do not search, so building takes linear time. Integer arithmetic
stays exact. In floating point, as in the Faust compiler, constants are merged and factors and terms
of slower rate are reassociated, which changes results by a few units in the last place, and x*0
is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.dialects.dsp.constants import FOLDERS, comparison_holds, fits, fold, is_normal

if TYPE_CHECKING:
    from dspc.dialects.dsp.graph import Signal, SignalBuilder, SimplificationRule

INIT = 1


def is_value(x: Signal, value: float) -> bool:
    return x.op == "constant" and x.value == value


def _folded(b: SignalBuilder, op: str, args: tuple[Signal, ...]) -> Signal | None:
    """The constant result of an op on constants, else None."""
    for arg in args:
        if arg.op != "constant":
            return None
    return fold(b, op, args)


def _add(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return fold(b, "add", args)
    if is_value(x, 0):
        return y
    if is_value(y, 0):
        return x
    if (x.rate, x.id) > (y.rate, y.id):
        x, y = y, x
    if y.op == "mul" and is_value(y.args[0], -1):
        return b.make("sub", (x, y.args[1]))
    if x.op == "mul" and is_value(x.args[0], -1):
        return b.make("sub", (y, x.args[1]))
    if y.op == "add" and y.args[0].rate < y.rate and x.rate < y.rate:
        gathered = b.make("add", (x, y.args[0]))
        if _keeps_range(b, gathered, x, y.args[0]):
            return b.make("add", (gathered, y.args[1]))
    return b.raw("add", (x, y))


def _sub(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return fold(b, "sub", args)
    if x is y:
        return b.constant(0, x.kind)
    if is_value(y, 0):
        return x
    if y.op == "constant":
        return b.make("add", (fold(b, "sub", (b.constant(0, y.kind), y)) or y, x))
    if is_value(x, 0):
        return b.make("mul", (b.constant(-1, y.kind), y))
    if y.op == "mul" and is_value(y.args[0], -1):
        return b.make("add", (x, y.args[1]))
    return None


def _mul(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return fold(b, "mul", args)
    if (cancelled := _cancelled(b, x, y) or _cancelled(b, y, x)) is not None:
        return cancelled
    if (x.rate, x.id) > (y.rate, y.id):
        x, y = y, x
    if x.op == "constant":
        if x.value == 0:
            return b.constant(0, x.kind)
        if x.value == 1:
            return y
        if x.value == -1 and y.op == "sub":
            return b.make("sub", (y.args[1], y.args[0]))
    if y.op == "mul" and y.args[0].rate < y.rate and x.rate < y.rate:
        gathered = b.make("mul", (x, y.args[0]))
        if _keeps_range(b, gathered, x, y.args[0]):
            return b.make("mul", (gathered, y.args[1]))
    return b.raw("mul", (x, y))


def _keeps_range(b: SignalBuilder, merged: Signal, *constants: Signal) -> bool:
    """Whether a merged constant may replace the constants it was computed from.

    It may not if it overflows or is subnormal in the program's precision while they are finite:
    `x / 1e-39` must not become a product with infinity, which is NaN for an x of 0.
    """
    if merged.op != "constant" or merged.kind != "float" or merged.value == 0:
        return True
    return is_normal(merged.value, b.precision) or not all(
        fits(constant.value, b.precision) for constant in constants
    )


def _div(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return fold(b, "div", args)
    if is_value(y, 1):
        return x
    if is_value(x, 0):
        return x
    if y.op == "constant" and y.value != 0:
        if x.op == "mul" and (scaled := _scale_leading(b, x, y)) is not None:
            return scaled
        inverse = fold(b, "div", (b.float(1.0), y))
        return b.make("mul", (inverse, x)) if inverse and _keeps_range(b, inverse, y) else None
    for factor in y.args if y.op == "mul" else (y,):
        divisor = _without(b, y, factor)
        if divisor is not None and (rest := _without(b, x, factor)) is not None:
            return b.make("div", (rest, divisor))
    if y.rate < x.rate:
        return b.make("mul", (b.make("div", (b.float(1.0), y)), x))
    return None


def _cancelled(b: SignalBuilder, x: Signal, y: Signal) -> Signal | None:
    """x*y where y is, or has as a factor, a quotient whose divisor is a factor of x; else None."""
    factors = y.args if y.op == "mul" else (y,)
    for factor in factors:
        if factor.op != "div" or (rest := _without(b, x, factor.args[1])) is None:
            continue
        product = b.make("mul", (rest, factor.args[0]))
        for other in factors:
            if other is not factor:
                product = b.make("mul", (product, other))
        return product
    return None


def _without(b: SignalBuilder, product: Signal, factor: Signal) -> Signal | None:
    """A product with one of its factors cancelled; None if it does not have the factor.

    As in Faust, x*(y/x) is y even where x is 0.
    """
    if product is factor:
        return b.float(1.0)
    if product.op == "mul" and factor in product.args:
        return product.args[1] if product.args[0] is factor else product.args[0]
    return None


def _scale_leading(b: SignalBuilder, x: Signal, divisor: Signal) -> Signal | None:
    """c*p*q / d as (c/d)*p*q.

    This rounds once, as Faust does, so that an integral number of frames (30*rate/44100) stays one.
    The nesting depth of products is at most the number of rates.
    """
    factors: list[Signal] = []
    while x.op == "mul":
        factors.append(x.args[1])
        x = x.args[0]
    if x.op != "constant":
        return None
    result = fold(b, "div", (x, divisor))
    if result is None or not _keeps_range(b, result, x, divisor):
        return None
    for factor in reversed(factors):
        result = b.make("mul", (result, factor))
    return result


def _power(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return fold(b, "pow", args)
    if y.op != "constant":
        return None
    exponent = y.value
    if exponent == 0:
        return b.float(1.0)
    if exponent == 0.5:
        return b.make("sqrt", (x,))
    if exponent == 0.25:
        return b.make("sqrt", (b.make("sqrt", (x,)),))
    if exponent in (1, 2, 3, 4, 5, 6, 7, 8):
        return int_power(b, x, int(exponent))
    return None


def int_power(b: SignalBuilder, x: Signal, exponent: int) -> Signal:
    """x to a power of 1 to 8 by repeated squaring."""
    if exponent == 1:
        return x
    half = int_power(b, x, exponent // 2)
    square = b.make("mul", (half, half))
    return b.make("mul", (square, x)) if exponent % 2 else square


def _rem(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x, y = args
    if is_value(y, 1) or is_value(x, 0):
        return b.int(0)
    return _folded(b, "rem", args)


def _and(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    for x, y in (args, args[::-1]):
        if is_value(x, 0) or x is y:
            return x
        if is_value(x, -1):
            return y
    return _folded(b, "and", args)


def _or(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    for x, y in (args, args[::-1]):
        if is_value(x, 0):
            return y
        if is_value(x, -1) or x is y:
            return x
    return _folded(b, "or", args)


def _shift(op: str) -> SimplificationRule:
    def rule(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
        return args[0] if is_value(args[1], 0) else _folded(b, op, args)

    return rule


def _foldable(op: str) -> SimplificationRule:
    def rule(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
        return _folded(b, op, args)

    return rule


def _extremum(op: str) -> SimplificationRule:
    def rule(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
        return args[0] if args[0] is args[1] else _folded(b, op, args)

    return rule


def _compare(b: SignalBuilder, args: tuple[Signal, ...], predicate: object) -> Signal | None:
    x, y = args
    if x.op == "constant" and y.op == "constant":
        return b.int(int(comparison_holds(str(predicate), x.value, y.value)))
    if x is y and x.kind == "int":
        return b.int(int(predicate in ("le", "ge", "eq")))
    return None


def _int(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    x = args[0]
    if x.op == "float" and b.precision == 64:
        return x.args[0]
    return _folded(b, "int", args)


def _select(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    selector, first, second = args
    if first is second:
        return first
    if selector.op == "constant":
        return first if selector.value == 0 else second
    return None


def _delay(b: SignalBuilder, args: tuple[Signal, ...], offset: object) -> Signal | None:
    assert isinstance(offset, int)
    x = args[0]
    if len(args) == 2 and args[1].op == "constant":
        amount = args[1].value
        assert isinstance(amount, int)
        return b.make("delay", (x,), offset + max(amount, 0))
    if is_value(x, 0):
        return x
    if len(args) == 1 and offset == 0:
        return x
    if x.op == "delay" and len(x.args) == 1:
        assert isinstance(x.value, int)
        return b.make("delay", (x.args[0], *args[1:]), offset + x.value)
    if x.op == "delay" and len(args) == 1 and x.args[1].rate <= INIT:
        assert isinstance(x.value, int)
        return b.make("delay", x.args, offset + x.value)
    if x.op == "mul" and x.args[0].rate <= INIT:
        return b.make("mul", (x.args[0], b.make("delay", (x.args[1], *args[1:]), offset)))
    return None


def _attach(b: SignalBuilder, args: tuple[Signal, ...], _: object) -> Signal | None:
    """Only a constant can be dropped: other signals may contain meters and foreign calls."""
    return args[0] if args[1].op == "constant" else None


RULES: dict[str, SimplificationRule] = {
    **{op: _foldable(op) for op in FOLDERS},
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "pow": _power,
    "rem": _rem,
    "and": _and,
    "or": _or,
    "shl": _shift("shl"),
    "shr": _shift("shr"),
    "min": _extremum("min"),
    "max": _extremum("max"),
    "compare": _compare,
    "int": _int,
    "select2": _select,
    "delay": _delay,
    "attach": _attach,
}
"""Op -> its simplification rule."""


def _on_constants(rule: SimplificationRule) -> SimplificationRule:
    def fold_constants(b: SignalBuilder, args: tuple[Signal, ...], value: object) -> Signal | None:
        return rule(b, args, value) if all(arg.op == "constant" for arg in args) else None

    return fold_constants


FOLDING: dict[str, SimplificationRule] = {
    op: _on_constants(rule) for op, rule in RULES.items() if op not in ("delay", "attach")
}
"""The rules on constants only, with which validation compares."""
