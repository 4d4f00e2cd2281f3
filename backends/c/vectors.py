"""Vectors of C and C++ compilers: types, expressions and statements of ops on lanes.

`vector.hpp` of the C++ back end says what the names stand for: the vector types of GCC and Clang,
else arrays. A condition is an integer vector, all bits of a lane set where it holds, as wide as
what it compares.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xdsl.dialects import vector
from xdsl.dialects.builtin import (
    DenseIntOrFPElementsAttr,
    Float64Type,
    FloatAttr,
    IntegerAttr,
    IntegerType,
    VectorType,
    f32,
    f64,
    i1,
    i32,
)
from xdsl.ir import Attribute, Operation, SSAValue

from dspc.backends.c.arithmetic import sum_of
from dspc.backends.c.expressions import ATOM, Expr, binary, call, element, unary
from dspc.backends.c.language import Handler, Uses, VectorForms
from dspc.backends.c.literals import literal
from dspc.dialects.dsp_par import lanes
from dspc.dialects.dsp_par.lanes import lane_type, lanes_of
from dspc.support.diagnostics import DspcError

if TYPE_CHECKING:
    from dspc.backends.c.functions import FunctionPrinter

_ELEMENTS: dict[Attribute, str] = {f32: "f32", f64: "f64", i32: "i32"}
AS_WIDE = {"f32": "i32", "f64": "i64", "i32": "i32", "i64": "i64"}
"""The integers that are as wide."""
TYPES = (("float", "f32"), ("double", "f64"), ("int", "i32"), ("int64_t", "i64"),
          ("uint32_t", "u32"))  # fmt: skip


def is_vector(value: SSAValue) -> bool:
    return isinstance(value.type, VectorType)


def has_lanes(op: Operation) -> bool:
    """Whether an op without regions computes with vectors."""
    if op.regions or op.name in ("scf.yield", "dsp_par.yield"):
        return False
    return any(map(is_vector, op.results)) or any(map(is_vector, op.operands))


def vector_type(value: SSAValue, uses: Uses) -> str:
    """The type of a vector; of a condition, that of the integers it is made of."""
    return _type(element_name(value), lanes_of(value.type), uses)


def _type(element: str, count: int, uses: Uses) -> str:
    uses.lanes.add(count)
    uses.vector_bytes = max(uses.vector_bytes, count * (8 if element.endswith("64") else 4))
    return f"dspc_{element}x{count}"


def element_name(value: SSAValue) -> str:
    """The type of a vector's lanes; those of a condition are integers."""
    element = lane_type(value.type)
    while element == i1:
        # The lanes of a condition are as wide as those that were compared.
        owner = value.owner
        if not isinstance(owner, Operation) or not owner.operands:
            return "i32"
        if isinstance(owner, lanes.CompareOp):
            return "i64" if isinstance(lane_type(owner.lhs.type), Float64Type) else "i32"
        value = owner.operands[0]
        element = lane_type(value.type)
    if element not in _ELEMENTS:
        raise DspcError("E0701", f"C++ code can't hold a vector of {element}")
    return _ELEMENTS[element]


def element_type(value: SSAValue) -> str:
    """The C++ type of a vector's elements; of a condition's, that of the integers it is made of."""
    return next(kind for kind, name in TYPES if name == element_name(value))


def constant(op: Operation, uses: Uses) -> Expr:
    """A vector of literals."""
    kind = vector_type(op.results[0], uses)
    items = literals(op, uses)
    if len(set(items)) == 1 and lane_type(op.results[0].type) != i1:
        return call("DSPC_SPLAT", Expr(kind), Expr(items[0]))
    return Expr(f"{kind}{{{', '.join(items)}}}", ATOM, len(items))


def literals(op: Operation, uses: Uses) -> list[str]:
    """The lanes of a constant."""
    value = op.properties["value"]
    if not isinstance(value, DenseIntOrFPElementsAttr):
        raise DspcError("E0701", f"generated code can't hold the constant {value}")
    element = lane_type(op.results[0].type)
    return [_literal(number, element, uses) for number in value.get_values()]


def _literal(number: float, element: Attribute, uses: Uses) -> str:
    if isinstance(element, IntegerType):
        if element == i1:
            return "-1" if number else "0"
        return literal(IntegerAttr(int(number), element), uses).text
    return literal(FloatAttr(number, element), uses).text  # pyright: ignore


def _result_type(op: Operation, uses: Uses) -> Expr:
    return Expr(vector_type(op.results[0], uses))


def _infix(operator: str) -> Handler:
    return lambda _op, args, _uses: binary(operator, *args)


def _wrapping(operator: str) -> Handler:
    """Integers that wrap: signed overflow means nothing in C++."""

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        kind = vector_type(op.results[0], uses)
        unsigned = _type("u32", lanes_of(op.results[0].type), uses)
        left, right = (_cast(unsigned, arg) for arg in args)
        return _cast(kind, binary(operator, left, right))

    return handle


def _cast(kind: str, value: Expr) -> Expr:
    text = value.text if value.binding == ATOM else f"({value.text})"
    return Expr(f"(({kind}){text})", ATOM, value.size + 1, value.reads)


def _bits(operator: str) -> Handler:
    """On conditions the right side is made as wide as the left one."""

    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        left, right = args
        if lane_type(op.results[0].type) == i1:
            right = _as_wide(op.operands[1], right, vector_type(op.operands[0], uses), uses)
        return binary(operator, left, right)

    return handle


def _as_wide(value: SSAValue, expr: Expr, kind: str, uses: Uses) -> Expr:
    if vector_type(value, uses) == kind:
        return expr
    return call("DSPC_CONVERT", Expr(kind), expr)


def _compare(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    assert isinstance(op, lanes.CompareOp)
    return binary(_COMPARISONS[op.predicate.data.value], *args)


_COMPARISONS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}


def _select(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    condition, yes, no = args
    result = op.results[0]
    wide = _type(AS_WIDE[element_name(result)], lanes_of(result.type), uses)
    return call("DSPC_SELECT", _as_wide(op.operands[0], condition, wide, uses), yes, no)


def _convert(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    (value,) = args
    kind = vector_type(op.results[0], uses)
    if lane_type(op.operands[0].type) == i1:
        return unary("-", _as_wide(op.operands[0], value, kind, uses))
    return call("DSPC_CONVERT", Expr(kind), value)


def _extreme(operator: str) -> Handler:
    def handle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
        left, right = args
        return call("DSPC_SELECT", binary(operator, left, right), left, right)

    return handle


def _shuffle(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    assert isinstance(op, vector.ShuffleOp)
    mask = [Expr(str(lane)) for lane in op.mask.get_values()]
    return call("DSPC_SHUFFLE", _result_type(op, uses), *args, *mask)


def _broadcast(op: Operation, args: tuple[Expr, ...], uses: Uses) -> Expr:
    return call("DSPC_SPLAT", _result_type(op, uses), *args)


def _extract(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    (value,) = args
    return _lane(value, lane_of(op))


def _lane(value: Expr, number: int) -> Expr:
    text = value.text if value.binding == ATOM else f"({value.text})"
    return Expr(f"{text}[{number}]", ATOM, value.size + 1, value.reads)


def lane_of(op: Operation) -> int:
    """The lane that an op takes out or puts in."""
    assert isinstance(op, vector.ExtractOp | vector.InsertOp)
    if len(op.static_position) != 1 or op.dynamic_position:
        raise DspcError(
            "E0702", f"generated code names lanes by known numbers, which {op.name} does not"
        )
    return op.static_position.get_values()[0]


HANDLERS: dict[str, Handler] = {
    "arith.addf": sum_of("+", has_lanes=True),
    "arith.subf": _infix("-"),
    "arith.mulf": _infix("*"),
    "arith.divf": _infix("/"),
    "arith.negf": lambda _op, args, _uses: unary("-", *args),
    "arith.addi": _wrapping("+"),
    "arith.subi": _wrapping("-"),
    "arith.muli": _wrapping("*"),
    "arith.divsi": _infix("/"),
    "arith.remsi": _infix("%"),
    "arith.andi": _bits("&"),
    "arith.ori": _bits("|"),
    "arith.xori": _bits("^"),
    "arith.shli": _wrapping("<<"),
    "arith.shrsi": _infix(">>"),
    "arith.shrui": _wrapping(">>"),
    "arith.minsi": _extreme("<"),
    "arith.maxsi": _extreme(">"),
    "dsp_par.compare": _compare,
    "dsp_par.select": _select,
    "dsp_par.convert": _convert,
    "vector.broadcast": _broadcast,
    "vector.shuffle": _shuffle,
    "vector.extract": _extract,
}
"""Ops on vectors as expressions."""

LANE = Expr("lane")
_FUNCTIONS = {"math.absf": "fabs", "math.roundeven": "rint", "math.powf": "pow",
              "vector.fma": "fma", "arith.minnumf": "fmin", "arith.maxnumf": "fmax"}  # fmt: skip


def function_name(op: Operation) -> str | None:
    """The C++ function that an op applies to each lane, if it is one."""
    if op.name in _FUNCTIONS:
        return _FUNCTIONS[op.name]
    return op.name[5:] if op.name.startswith("math.") else None


def each_lane(out: FunctionPrinter, op: Operation) -> None:
    """A function of the library, lane by lane; compilers have vector forms of some."""
    function = function_name(op)
    if function is None:
        raise DspcError("E0702", f"{out.language.name} code can't be made of {op.name} on vectors")
    args = out.simple_all(op.operands)
    name = out.language.in_vectors(function, element_type(op.results[0]), out.uses)
    _fill(out, op.results[0], call(name, *(Expr(f"{arg.text}[lane]") for arg in args)).text)


def _fill(out: FunctionPrinter, result: SSAValue, text: str) -> None:
    """Declare a vector and give each lane its value."""
    kind = vector_type(result, out.uses)
    name = out.names.fresh(result.name_hint, "x")
    out.emit(f"{kind} {name};")
    count = lanes_of(result.type)
    out.emit(f"for (int lane = 0; lane < {count}; ++lane) DSPC_PUT({name}, lane, {text});")
    out.values[result] = Expr(name)


def load(out: FunctionPrinter, op: Operation) -> None:
    """`vector.load`: at any address; a host's array may hold numbers of another type."""
    assert isinstance(op, vector.LoadOp)
    memory, result = out.arrays[op.base], op.result
    index = out.take(op.indices[0])
    if memory.is_host_float:
        sample = element(memory.name, binary("+", index, LANE), memory.key)
        _fill(out, result, out.language.cast(memory.element, sample).text)
        return
    place = binary("+", Expr(memory.name), index)
    loaded = call("DSPC_LOAD", Expr(vector_type(result, out.uses)), place)
    reads = loaded.reads | {memory.key} if memory.key else loaded.reads
    out.define(op, loaded._replace(reads=reads))


def store(out: FunctionPrinter, op: Operation) -> None:
    """`vector.store`."""
    assert isinstance(op, vector.StoreOp)
    memory = out.arrays[op.base]
    value, index = out.take_all((op.vector, op.indices[0]))
    out.settle_readers(memory.key)
    place = binary("+", Expr(memory.name), index)
    kind = vector_type(op.vector, out.uses)
    if not memory.is_host_float:
        out.emit(f"DSPC_STORE({kind}, {place.text}, {value.text});")
        return
    name = value.text if value.size == 1 else out.variable(op.vector, value).text
    count = lanes_of(op.vector.type)
    to = f"{memory.name}[{binary('+', index, LANE).text}]"
    sample = out.language.cast("FAUSTFLOAT", Expr(f"{name}[lane]"))
    out.emit(f"for (int lane = 0; lane < {count}; ++lane) {to} = {sample.text};")


def insert(out: FunctionPrinter, op: Operation) -> None:
    """A copy with another lane."""
    assert isinstance(op, vector.InsertOp)
    source, target = out.take_all((op.source, op.dest))
    kind = vector_type(op.result, out.uses)
    name = out.names.fresh(op.result.name_hint, "x")
    out.declare(kind, name, target.text)
    out.emit(f"DSPC_PUT({name}, {lane_of(op)}, {source.text});")
    out.values[op.result] = Expr(name)


_REDUCTIONS = {"add": "+", "mul": "*"}


def reduce(out: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, vector.ReductionOp)
    reduce_with(out, op, _lane)


def reduce_with(
    out: FunctionPrinter, op: vector.ReductionOp, lane: Callable[[Expr, int], Expr]
) -> None:
    """The lanes from the first on, appended to those gathered before; `lane` extracts one."""
    operator = _REDUCTIONS.get(op.kind.data.value)
    if operator is None or lane_type(op.vector.type) == i32:
        raise DspcError(
            "E0702", f"{out.language.name} code can't be made of the reduction {op.kind.data.value}"
        )
    (value,) = out.simple_all((op.vector,))
    parts = [lane(value, number) for number in range(lanes_of(op.vector.type))]
    total = out.take(op.acc) if op.acc is not None else parts.pop(0)
    for part in parts:
        total = binary(operator, total, part)
    out.define(op, total)


FORMS = VectorForms(
    vector_type,
    constant,
    HANDLERS,
    {"vector.load": load, "vector.store": store, "vector.insert": insert,
     "vector.reduction": reduce},
    each_lane,
)  # fmt: skip
