"""The ops that compute numbers, as OpenCL C expressions: where they differ from the C++ ones."""

from __future__ import annotations

from xdsl.dialects.builtin import Float32Type, IntegerAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation

from dspc.backends.c import arithmetic
from dspc.backends.c.arithmetic import Handler, Uses, c_type
from dspc.backends.c.expressions import Expr, binary, call, unary
from dspc.dialects.diagnostics import DspcError

_BUILT_IN = """
acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp10 exp2 expm1
fabs fdim floor fma fmax fmin fmod hypot ilogb isinf isnan ldexp lgamma log log10 log1p log2 logb
nextafter pow remainder rint round sin sinh sqrt tan tanh tgamma trunc
"""
_FUNCTIONS = {
    **{name: name for name in _BUILT_IN.split()},
    "nearbyint": "rint",
    "scalbn": "ldexp",
}
MATH_NAMES = frozenset((*_FUNCTIONS.values(), "islessgreater", "isunordered", "min", "max"))
"""Every built-in function that generated code may call."""


def literal(value: Attribute) -> Expr:
    """A literal."""
    if isinstance(value, IntegerAttr):
        found = arithmetic.literal(value)
        return found._replace(text=found.text.replace("INT32_MIN", "INT_MIN"))
    found = arithmetic.literal(value)
    return found._replace(text=special_number(found.text))


def special_number(text: str) -> str:
    """A C++ literal as OpenCL C has it: infinities and NaN differ."""
    if "numeric_limits" not in text:
        return text.replace("INT32_MIN", "INT_MIN")
    kind = "float" if "<float>" in text else "double"
    number = "NAN" if "NaN" in text else "INFINITY"
    return f"{'-' if text[0] == '-' else ''}({kind}){number}"


def called_names(declarations: list[FuncOp]) -> dict[str, str]:
    """The built-in function for each declared one; an error for those that only C has."""
    return {op.sym_name.data: _called(op) for op in declarations}


def _called(op: FuncOp) -> str:
    name = op.sym_name.data
    outputs = op.function_type.outputs.data
    single = any(isinstance(t, Float32Type) for t in (*op.function_type.inputs.data, *outputs))
    plain = name.removesuffix("f") if single and name.removesuffix("f") in _FUNCTIONS else name
    if "value" not in op.attributes and plain in _FUNCTIONS:
        return _FUNCTIONS[plain]
    raise DspcError(
        "E0801",
        f"OpenCL has no function {name}, which the program takes from C",
        hint="compile it with --target cpp",
    )


def _plain(name: str) -> Handler:
    return lambda _op, args, _uses: call(name, *args)


def cast(kind: str, operand: Expr) -> Expr:
    """`(kind)operand`."""
    return unary(f"({kind})", operand)


def _cast(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    (operand,) = args
    source, target = (c_type(v.type) for v in (op.operands[0], op.results[0]))
    if source == target:
        return operand
    result = cast(target, operand)
    return result.within(0, 1) if (source, target) == ("bool", "int") else result


def _sign_extend(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    if c_type(op.operands[0].type) == "bool":
        return unary("-", cast("int", *args)).within(-1, 0)
    return _cast(op, args, uses)


def _unsigned(operator: str) -> Handler:
    def handle(_op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        left, right = (cast("uint", part) for part in args)
        result = binary(operator, left, right)
        return result if operator in ("<", "<=", ">", ">=") else cast("int", result)

    return handle


def _extreme(function: str) -> Handler:
    wanted = arithmetic.HANDLERS[f"arith.{function}si"]

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        found = wanted(op, args, uses)
        return found._replace(text=call(function, *args).text)

    return handle


def _compare_ints(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    predicate = op.properties["predicate"]
    assert isinstance(predicate, IntegerAttr)
    number = predicate.value.data
    if number < 6:
        return arithmetic.HANDLERS["arith.cmpi"](op, args, uses)
    return _unsigned(("<", "<=", ">", ">=")[number - 6])(op, args, uses)


def _without_namespace(name: str) -> Handler:
    """As in C++, but for the prefixes of the functions' names."""
    original = arithmetic.HANDLERS[name]

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        found = original(op, args, uses)
        return found._replace(text=found.text.replace("std::", ""))

    return handle


def _power(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    kind = c_type(op.results[0].type)
    return call("pow", args[0], cast(kind, args[1]))


HANDLERS: dict[str, Handler] = {
    name: _without_namespace(name) if name.startswith("math.") else handler
    for name, handler in arithmetic.HANDLERS.items()
}
HANDLERS.update({"arith.addf": arithmetic.infix("+"), "arith.subf": arithmetic.infix("-")})
HANDLERS.update(
    {
        "arith.divui": _unsigned("/"),
        "arith.remui": _unsigned("%"),
        "arith.shrui": _unsigned(">>"),
        "arith.minsi": _extreme("min"),
        "arith.maxsi": _extreme("max"),
        "arith.cmpi": _compare_ints,
        "arith.cmpf": _without_namespace("arith.cmpf"),
        "arith.minnumf": _plain("fmin"),
        "arith.maxnumf": _plain("fmax"),
        "arith.extsi": _sign_extend,
        "math.fpowi": _power,
    }
)
HANDLERS.update(
    (f"arith.{name}", _cast)
    for name in (
        "index_cast", "fptosi", "sitofp", "uitofp", "extf", "truncf", "trunci", "extui",
    )
)  # fmt: skip
