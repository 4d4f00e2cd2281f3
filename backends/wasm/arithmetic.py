"""The ops of `arith` and `math` on scalars, as instructions.

A handler gets functions that push the operands, and leaves the result on the stack. Ops on vectors
are handled lane by lane. Cases that upstream leaves undefined are as in LLVM code: division by
0 gives 0, shift amounts are taken modulo the width, and conversions to integers saturate.
"""

from __future__ import annotations

from collections.abc import Callable

from xdsl.dialects.builtin import IndexType, IntegerAttr
from xdsl.ir import Attribute, Operation

from dspc.backends.common.c_maths import MATH
from dspc.backends.wasm.code import Push, WasmCode
from dspc.backends.wasm.types import float_constant, is_truth, wasm_type

Handler = Callable[[Operation, list[Push], WasmCode], None]

NATIVE = {
    "ceil": "ceil", "copysign": "copysign", "fabs": "abs", "floor": "floor", "rint": "nearest",
    "nearbyint": "nearest", "sqrt": "sqrt", "trunc": "trunc",
}  # fmt: skip
"""C functions that are instructions."""


def kind_of(op: Operation) -> str:
    """The type of an op's first operand."""
    return wasm_type(op.operands[0].type)


def result_of(op: Operation) -> str:
    return wasm_type(op.results[0].type)


def _plain(instruction: str) -> Handler:
    def handle(op: Operation, args: list[Push], code: WasmCode) -> None:
        code.take(*args)
        code.emit(f"{kind_of(op)}.{instruction}")
        if is_truth(op.results[0].type) and instruction in ("add", "sub", "mul"):
            code.emit("i32.const", 1)
            code.emit("i32.and")

    return handle


def _divide(instruction: str) -> Handler:
    """By 0: 0; the least integer by -1 wraps. WebAssembly traps in both cases."""

    def handle(op: Operation, args: list[Push], code: WasmCode) -> None:
        left, right = args
        kind = kind_of(op)
        if right[0] == f"{kind}.const" and right[1] not in (0, -1):
            code.take(left, right)
            code.emit(f"{kind}.{instruction}")
            return
        result = code.variable(kind)
        _set_constant(code, result, kind, 0)
        code.get(right)
        code.emit(f"{kind}.const", 0)
        code.emit(f"{kind}.ne")
        code.emit("if")
        if instruction == "div_s":
            _divide_or_negate(kind, left, right, result, code)
        else:
            code.get(left, right)
            code.emit(f"{kind}.{instruction}")
            code.emit("local.set", result)
        code.emit("end")
        code.get(("local.get", result))
        code.release(result)

    return handle


def _divide_or_negate(kind: str, left: Push, right: Push, result: int, code: WasmCode) -> None:
    code.get(right)
    code.emit(f"{kind}.const", -1)
    code.emit(f"{kind}.eq")
    code.emit("if")
    code.emit(f"{kind}.const", 0)
    code.get(left)
    code.emit(f"{kind}.sub")
    code.emit("local.set", result)
    code.emit("else")
    code.get(left, right)
    code.emit(f"{kind}.div_s")
    code.emit("local.set", result)
    code.emit("end")


def _set_constant(code: WasmCode, variable: int, kind: str, value: int) -> None:
    code.emit(f"{kind}.const", value)
    code.emit("local.set", variable)


def _chosen(comparison: str) -> Handler:
    """The left operand where it compares so with the right one, else the right one."""

    def handle(op: Operation, args: list[Push], code: WasmCode) -> None:
        code.get(*args, *args)
        code.emit(f"{kind_of(op)}.{comparison}")
        code.emit("select")

    return handle


def min_or_max(comparison: str, kind: str, left: Push, right: Push, code: WasmCode) -> None:
    """C's fmin (`lt`) or fmax (`gt`): a NaN is ignored if the other operand is a number."""
    code.get(right, right, left, right, left)
    code.emit(f"{kind}.{comparison}")
    code.emit("select")
    code.get(left, left)
    code.emit(f"{kind}.ne")
    code.emit("select")


def _min_or_max(comparison: str) -> Handler:
    return lambda op, args, code: min_or_max(comparison, kind_of(op), args[0], args[1], code)


_INT_PREDICATES = ("eq", "ne", "lt_s", "le_s", "gt_s", "ge_s", "lt_u", "le_u", "gt_u", "ge_u")
_FLOAT_PREDICATES = (
    "false", "oeq", "ogt", "oge", "olt", "ole", "one", "ord",
    "ueq", "ugt", "uge", "ult", "ule", "une", "uno", "true",
)  # fmt: skip
_OPPOSITES = {"ugt": "le", "uge": "lt", "ult": "ge", "ule": "gt"}


def _predicate(op: Operation) -> int:
    value = op.properties["predicate"]
    assert isinstance(value, IntegerAttr)
    return value.value.data


def _compare_ints(op: Operation, args: list[Push], code: WasmCode) -> None:
    code.take(*args)
    code.emit(f"{kind_of(op)}.{_INT_PREDICATES[_predicate(op)]}")


def _compare_floats(op: Operation, args: list[Push], code: WasmCode) -> None:
    compare_floats(_FLOAT_PREDICATES[_predicate(op)], kind_of(op), args, code)


def compare_floats(predicate: str, kind: str, args: list[Push], code: WasmCode) -> None:
    """An i32 that is 1 where a predicate of `arith.cmpf` holds, and else 0."""
    left, right = args
    if predicate in ("false", "true"):
        code.emit("i32.const", int(predicate == "true"))
    elif predicate in ("ord", "uno"):
        code.get(left, left)
        code.emit(f"{kind}.{'eq' if predicate == 'ord' else 'ne'}")
        code.get(right, right)
        code.emit(f"{kind}.{'eq' if predicate == 'ord' else 'ne'}")
        code.emit("i32.and" if predicate == "ord" else "i32.or")
    elif predicate in ("one", "ueq"):
        code.get(left, right)
        code.emit(f"{kind}.lt")
        code.get(left, right)
        code.emit(f"{kind}.gt")
        code.emit("i32.or")
        if predicate == "ueq":
            code.emit("i32.eqz")
    elif predicate in _OPPOSITES:
        code.take(*args)
        code.emit(f"{kind}.{_OPPOSITES[predicate]}")
        code.emit("i32.eqz")
    else:
        code.take(*args)
        code.emit(f"{kind}.{predicate[1:]}")


def select(op: Operation, args: list[Push], code: WasmCode) -> None:
    condition, yes, no = args
    code.take(yes, no, condition)
    code.emit("select")


def convert(source: Attribute, target: Attribute, code: WasmCode) -> None:
    """Convert the number on the stack, as C does; from i1 as an unsigned number."""
    before, after = wasm_type(source), wasm_type(target)
    if is_truth(target) and not is_truth(source):
        code.emit(f"{before}.const", 0 if before[0] == "i" else 0.0)
        code.emit(f"{before}.ne")
    elif before != after:
        code.emit(_conversion(before, after, is_truth(source)))


def _conversion(source: str, target: str, is_unsigned: bool) -> str:
    if source[0] == "f" and target[0] == "f":
        return "f64.promote_f32" if target == "f64" else "f32.demote_f64"
    if source[0] == "f":
        return f"{target}.trunc_sat_{source}_s"
    if target[0] == "f":
        return f"{target}.convert_{source}_{'u' if is_unsigned else 's'}"
    if target == "i32":
        return "i32.wrap_i64"
    return f"i64.extend_i32_{'u' if is_unsigned else 's'}"


def _cast(op: Operation, args: list[Push], code: WasmCode) -> None:
    code.take(*args)
    convert(op.operands[0].type, op.results[0].type, code)


def _truncate(op: Operation, args: list[Push], code: WasmCode) -> None:
    """`arith.trunci` keeps the low bits, also where a truth value is made."""
    code.take(*args)
    source, target = op.operands[0].type, op.results[0].type
    if kind_of(op) == "i64":
        code.emit("i32.wrap_i64")
    if is_truth(target) and not is_truth(source):
        code.emit("i32.const", 1)
        code.emit("i32.and")


def _extend_signed(op: Operation, args: list[Push], code: WasmCode) -> None:
    if not is_truth(op.operands[0].type):
        _cast(op, args, code)
        return
    kind = result_of(op)
    code.emit(f"{kind}.const", 0)
    code.take(*args)
    convert(op.operands[0].type, op.results[0].type, code)
    code.emit(f"{kind}.sub")


def _bitcast(op: Operation, args: list[Push], code: WasmCode) -> None:
    code.take(*args)
    source, target = kind_of(op), result_of(op)
    if source != target:
        code.emit(f"{target}.reinterpret_{source}")


def _absolute(op: Operation, args: list[Push], code: WasmCode) -> None:
    kind = kind_of(op)
    code.emit(f"{kind}.const", 0)
    code.get(*args)
    code.emit(f"{kind}.sub")
    code.get(*args, *args)
    code.emit(f"{kind}.const", 0)
    code.emit(f"{kind}.lt_s")
    code.emit("select")


def _reciprocal_root(op: Operation, args: list[Push], code: WasmCode) -> None:
    kind = kind_of(op)
    code.emit(*float_constant(1.0, kind))
    code.take(*args)
    code.emit(f"{kind}.sqrt")
    code.emit(f"{kind}.div")


def call_math(function: str, kind: str, operands: int, code: WasmCode) -> None:
    """Call a C function, given by its name for doubles, on the arguments on the stack."""
    if function in NATIVE:
        code.emit(f"{kind}.{NATIVE[function]}")
    else:
        code.call(function + ("f" if kind == "f32" else ""), kind, operands)


def _math(function: str) -> Handler:
    def handle(op: Operation, args: list[Push], code: WasmCode) -> None:
        code.take(*args)
        call_math(function, result_of(op), len(args), code)

    return handle


def _whole_power(op: Operation, args: list[Push], code: WasmCode) -> None:
    """`math.fpowi`: a float to an integer power."""
    code.get(args[0], args[1])
    convert(op.operands[1].type, op.results[0].type, code)
    call_math("pow", result_of(op), 2, code)


HANDLERS: dict[str, Handler] = {
    **{f"arith.{name}i": _plain(name) for name in ("add", "sub", "mul", "and", "or", "xor")},
    **{f"arith.{name}f": _plain(name) for name in ("add", "sub", "mul", "div", "neg")},
    "arith.divsi": _divide("div_s"),
    "arith.remsi": _divide("rem_s"),
    "arith.divui": _divide("div_u"),
    "arith.remui": _divide("rem_u"),
    "arith.shli": _plain("shl"),
    "arith.shrsi": _plain("shr_s"),
    "arith.shrui": _plain("shr_u"),
    "arith.minsi": _chosen("lt_s"),
    "arith.maxsi": _chosen("gt_s"),
    "arith.minui": _chosen("lt_u"),
    "arith.maxui": _chosen("gt_u"),
    "arith.minimumf": _plain("min"),
    "arith.maximumf": _plain("max"),
    "arith.minnumf": _min_or_max("lt"),
    "arith.maxnumf": _min_or_max("gt"),
    "arith.cmpi": _compare_ints,
    "arith.cmpf": _compare_floats,
    "arith.select": select,
    "arith.fptosi": _cast,
    "arith.sitofp": _cast,
    "arith.uitofp": _cast,
    "arith.extf": _cast,
    "arith.truncf": _cast,
    "arith.extui": _cast,
    "arith.index_cast": _cast,
    "arith.extsi": _extend_signed,
    "arith.trunci": _truncate,
    "arith.bitcast": _bitcast,
    "math.absi": _absolute,
    "math.rsqrt": _reciprocal_root,
    "math.fpowi": _whole_power,
    **{f"math.{name}": _math(function) for name, function in MATH.items()},
}
"""Handlers of ops without side effects and regions."""


def is_renaming(op: Operation) -> bool:
    """Whether the result of an op is its operand: a cast between types that are one here."""
    if op.name != "arith.index_cast" or is_truth(op.results[0].type):
        return False
    types = (op.operands[0].type, op.results[0].type)
    return any(isinstance(type, IndexType) for type in types) and kind_of(op) == result_of(op)
