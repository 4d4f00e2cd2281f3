"""Calls of C functions: the mathematics library and the program's foreign functions.

Functions that IEEE 754 defines exactly are LLVM intrinsics. All others are calls of the C library,
`nobuiltin` unless fast arithmetic is permitted: LLVM would otherwise replace `pow(2, x)` by
`exp2(x)`, which differs in the last bit. Where fast arithmetic is permitted, functions in single
precision on vectors and in free loops are those of `own_maths`, of which LLVM makes vectors.
"""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dspc.backends.common.c_maths import EXACT, LIBRARY
from dspc.backends.common.own_maths import own_name
from dspc.backends.llvm.code import Code, LlvmModule
from dspc.backends.llvm.own_maths import is_own, own_function
from dspc.backends.llvm.types import float_literal, is_float, lanes_of, like, llvm_type, splat
from dspc.support.diagnostics import DspcError

Handler = Callable[[Operation, list[str], Code], str]

_PURE = " nounwind willreturn memory(none)"


def math_call(function: str) -> Handler:
    """The handler of a `math` op that calls a C function."""
    return lambda op, args, code: call_math(function, llvm_type(op.results[0].type), args, code)


def call_math(function: str, kind: str, args: list[str], code: Code) -> str:
    """Call a C function, given by its name for doubles, on scalars or lane-wise."""
    if function in EXACT:
        return code.intrinsic(EXACT[function], kind, *args)
    lanes, element = lanes_of(kind)
    if code.module.fast and (code.is_free or kind != element) and is_own(function, kind):
        own = own_function(own_name(function, element), kind, code.module)
        return _call(own, kind, args, code, " noinline" if code.is_short else "")
    name = function + ("f" if element == "float" else "")
    attributes = _PURE if code.module.fast else f"{_PURE} nobuiltin"
    code.module.declare(name, element, [element] * len(args), attributes)
    if kind == element:
        return _call(name, element, args, code)
    result = "poison"
    for lane in range(lanes):
        parts = [code.value(f"extractelement {kind} {arg}, i64 {lane}") for arg in args]
        one = _call(name, element, parts, code)
        result = code.value(f"insertelement {kind} {result}, {element} {one}, i64 {lane}")
    return result


def _call(name: str, kind: str, args: list[str], code: Code, attributes: str = "") -> str:
    operands = ", ".join(f"{kind} {arg}" for arg in args)
    return code.value(f"call {code.fast}{kind} @{name}({operands}){attributes}")


def whole_power(op: Operation, args: list[str], code: Code) -> str:
    """`math.fpowi`: a float to an integer power."""
    kind = llvm_type(op.results[0].type)
    whole = code.value(f"sitofp {llvm_type(op.operands[1].type)} {args[1]} to {kind}")
    return call_math("pow", kind, [args[0], whole], code)


def declared_call(op: FuncOp, args: list[str], code: Code) -> str:
    """Call a declared C function, or load a declared C variable."""
    name = op.sym_name.data
    types = op.function_type
    result = llvm_type(types.outputs.data[0])
    kinds = [llvm_type(type) for type in types.inputs.data]
    if "value" in op.attributes:
        _foreign(op, code.module, f"@{name} = external global {result}")
        return code.value(f"load {result}, ptr @{name}", name)
    single = name.removesuffix("f")
    if result == "float" and (single in LIBRARY or single in EXACT) and single != name:
        return call_math(single, result, args, code)
    if name in LIBRARY or name in EXACT:
        return _doubled(name, kinds, result, args, code)
    test = _TESTS.get(name) or _TESTS.get(single)
    if test is not None and len(args) == 1 and is_float(kinds[0]):
        return _convert(test(kinds[0], args[0], code), "i1", result, code)
    _foreign(op, code.module, f"declare {result} @{name}({', '.join(kinds)}) nounwind")
    operands = ", ".join(f"{kind} {arg}" for kind, arg in zip(kinds, args, strict=True))
    return code.value(f"call {result} @{name}({operands})")


def _foreign(op: FuncOp, module: LlvmModule, line: str) -> None:
    name = op.sym_name.data
    if module.declarations.setdefault(name, line) != line:
        raise DspcError("E0903", f"the program uses the C function {name} in two ways")
    module.foreign[name] = op


def _doubled(name: str, kinds: list[str], result: str, args: list[str], code: Code) -> str:
    """Call a C function of doubles, with conversions from and to the declared types."""
    wide = [_convert(arg, kind, "double", code) for arg, kind in zip(args, kinds, strict=True)]
    return _convert(call_math(name, "double", wide, code), "double", result, code)


def _convert(operand: str, source: str, target: str, code: Code) -> str:
    """Convert between scalar types, as C does."""
    if source == target:
        return operand
    if is_float(source) and is_float(target):
        instruction = "fpext" if target == "double" else "fptrunc"
    elif is_float(source):
        instruction = "fptosi"
    elif is_float(target):
        instruction = "uitofp" if source == "i1" else "sitofp"
    else:
        instruction = "zext"
    return code.value(f"{instruction} {source} {operand} to {target}")


def _magnitude(comparison: str) -> Callable[[str, str, Code], str]:
    def test(kind: str, operand: str, code: Code) -> str:
        size = code.intrinsic("fabs", kind, operand)
        infinity = splat(float_literal(float("inf"), lanes_of(kind)[1]), kind)
        return code.value(f"fcmp {comparison} {kind} {size}, {infinity}")

    return test


def _is_nan(kind: str, operand: str, code: Code) -> str:
    return code.value(f"fcmp uno {kind} {operand}, {operand}")


def _sign_bit(kind: str, operand: str, code: Code) -> str:
    whole = like(kind, "i32" if lanes_of(kind)[1] == "float" else "i64")
    bits = code.value(f"bitcast {kind} {operand} to {whole}")
    return code.value(f"icmp slt {whole} {bits}, {splat('0', whole)}")


_TESTS = {
    "isnan": _is_nan,
    "isinf": _magnitude("oeq"),
    "isfinite": _magnitude("olt"),
    "signbit": _sign_bit,
}
"""Classification macros of C -> test that returns an i1."""
