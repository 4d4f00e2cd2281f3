"""Vectors in OpenCL C: its own types (`float8`), components by name (`x.s3`), loads anywhere.

A condition is an integer vector as wide as its operands, all bits of a lane set where it holds.
A voice's memory has to be contiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from xdsl.dialects import vector
from xdsl.dialects.builtin import i1
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, SSAValue

from dspc.backends.c import vectors as shared
from dspc.backends.c.expressions import ATOM, Expr, binary, call, unary
from dspc.backends.c.functions import FunctionPrinter
from dspc.backends.c.language import Handler, Uses, VectorForms
from dspc.backends.c.vectors import AS_WIDE, lane_of
from dspc.backends.opencl.storage import ClStorage
from dspc.dialects.dsp_par.lanes import lane_type, lanes_of
from dspc.support.diagnostics import DspcError

LENGTHS = (2, 3, 4, 8, 16)
"""How many numbers a vector of OpenCL C can have."""
_NAMES = {"f32": "float", "f64": "double", "i32": "int", "i64": "long"}
_NUMBERS = "0123456789abcdef"


@runtime_checkable
class MemoryPrinter(Protocol):
    """A printer of functions that writes to the memory of voices."""

    def put(self, memory: ClStorage, line: Callable[[str], str]) -> None: ...


def has_vectors(functions: Iterable[FuncOp]) -> bool:
    """Whether functions compute with vectors."""
    return any(
        shared.is_vector(value)
        for function in functions
        for op in function.walk()
        for value in (*op.results, *op.operands)
    )


def vector_type(value: SSAValue, _uses: Uses | None = None) -> str:
    """The type of a vector; of a condition, that of the integers it is made of."""
    return _type(shared.element_name(value), lanes_of(value.type))


def _type(element: str, count: int) -> str:
    if count not in LENGTHS:
        raise DspcError("E0701", f"OpenCL has no vectors of {count} numbers; give another --lanes")
    return f"{_NAMES[element]}{count}"


def _made(kind: str, *parts: str) -> Expr:
    return Expr(f"({kind})({', '.join(parts)})", ATOM, 1 + len(parts))


def constant(op: Operation, uses: Uses) -> Expr:
    """A vector of literals."""
    items = shared.literals(op, uses)
    same = len(set(items)) == 1
    return _made(vector_type(op.results[0]), *(items[:1] if same else items))


def _reading(expr: Expr, *operands: Expr) -> Expr:
    """An expression that reads the variables of its operands."""
    reads = expr.reads.union(*(operand.reads for operand in operands))
    return expr._replace(reads=reads, size=expr.size + sum(o.size for o in operands))


def _wrapping(operator: str) -> Handler:
    """Integers that wrap: signed overflow means nothing in OpenCL C."""

    def handle(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        kind = vector_type(op.results[0])
        left, right = (call(f"as_u{kind}", arg) for arg in args)
        return call(f"as_{kind}", binary(operator, left, right))

    return handle


def _as_wide(value: SSAValue, expr: Expr, kind: str) -> Expr:
    """A condition in integers of another width."""
    return expr if vector_type(value) == kind else call(f"convert_{kind}", expr)


def _bits(operator: str) -> Handler:
    def handle(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
        left, right = args
        if lane_type(op.results[0].type) == i1:
            right = _as_wide(op.operands[1], right, vector_type(op.operands[0]))
        return binary(operator, left, right)

    return handle


def _select(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    condition, yes, no = args
    result = op.results[0]
    wide = _type(AS_WIDE[shared.element_name(result)], lanes_of(result.type))
    return call("select", no, yes, _as_wide(op.operands[0], condition, wide))


def _convert(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    (value,) = args
    kind = vector_type(op.results[0])
    if lane_type(op.operands[0].type) == i1:
        return unary("-", _as_wide(op.operands[0], value, kind))
    return call(f"convert_{kind}", value)


def _broadcast(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    (value,) = args
    return _reading(_made(vector_type(op.results[0]), value.text), value)


def _component(value: Expr, *numbers: int) -> Expr:
    text = value.text if value.binding == ATOM else f"({value.text})"
    names = "".join(_NUMBERS[number] for number in numbers)
    return Expr(f"{text}.s{names}", ATOM, value.size + 1, value.reads)


def _extract(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    return _component(args[0], lane_of(op))


def _function(op: Operation, args: tuple[Expr, ...], _uses: Uses) -> Expr:
    """A built-in function, which OpenCL C has for vectors, too."""
    name = shared.function_name(op)
    if name is None:
        raise DspcError("E0702", f"OpenCL C code can't be made of {op.name} on vectors")
    return call(name, *args)


def _shuffle(out: FunctionPrinter, op: Operation) -> None:
    """Components of one vector or two, in any order."""
    assert isinstance(op, vector.ShuffleOp)
    sources = out.simple_all((op.v1, op.v2))
    count = lanes_of(op.v1.type)
    mask = op.mask.get_values()
    first = {number // count for number in mask}
    if len(first) == 1 and len(mask) in LENGTHS:
        (which,) = first
        out.define(op, _component(sources[which], *(number % count for number in mask)))
        return
    made = _made(vector_type(op.result), *(part.text for part in _joined(sources, mask, count)))
    out.define(op, _reading(made, *sources))


def _joined(sources: Sequence[Expr], mask: Sequence[int], count: int) -> list[Expr]:
    """Neighbours from one vector under one name, as long as a vector can be."""
    parts: list[Expr] = []
    at = 0
    while at < len(mask):
        length = 1
        for wanted in LENGTHS:
            run = mask[at : at + wanted]
            if len(run) == wanted and len({number // count for number in run}) == 1:
                length = wanted
        run = mask[at : at + length]
        parts.append(_component(sources[run[0] // count], *(number % count for number in run)))
        at += length
    return parts


def _load(out: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, vector.LoadOp)
    memory = out.arrays[op.base]
    place = binary("+", Expr(memory.name), out.take(op.indices[0]))
    loaded = call(f"vload{lanes_of(op.result.type)}", Expr("0"), place)
    reads = loaded.reads | {memory.key} if memory.key else loaded.reads
    out.define(op, loaded._replace(reads=reads))


def _store(out: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, vector.StoreOp)
    memory = out.arrays[op.base]
    assert isinstance(out, MemoryPrinter)
    assert isinstance(memory, ClStorage)
    value, index = out.take_all((op.vector, op.indices[0]))
    function = f"vstore{lanes_of(op.vector.type)}"

    def line(name: str) -> str:
        return f"{function}({value.text}, 0, {binary('+', Expr(name), index).text});"

    out.put(memory, line)


def _insert(out: FunctionPrinter, op: Operation) -> None:
    """A copy with another lane."""
    assert isinstance(op, vector.InsertOp)
    source, target = out.take_all((op.source, op.dest))
    name = out.names.fresh(op.result.name_hint, "x")
    out.declare(vector_type(op.result), name, target.text)
    out.emit(f"{_component(Expr(name), lane_of(op)).text} = {source.text};")
    out.values[op.result] = Expr(name)


def _reduce(out: FunctionPrinter, op: Operation) -> None:
    assert isinstance(op, vector.ReductionOp)
    shared.reduce_with(out, op, _component)


def _each(out: FunctionPrinter, op: Operation) -> None:
    out.define(op, _function(op, out.take_all(op.operands), out.uses))


_OWN: dict[str, Handler] = {
    **{f"arith.{name}": _wrapping(sign)
       for name, sign in (("addi", "+"), ("subi", "-"), ("muli", "*"), ("shli", "<<"))},
    "arith.shrui": _wrapping(">>"),
    "arith.minsi": lambda _op, args, _uses: call("min", *args),
    "arith.maxsi": lambda _op, args, _uses: call("max", *args),
    "arith.andi": _bits("&"),
    "arith.ori": _bits("|"),
    "arith.xori": _bits("^"),
    "dsp_par.select": _select,
    "dsp_par.convert": _convert,
    "vector.broadcast": _broadcast,
    "vector.extract": _extract,
}  # fmt: skip

FORMS = VectorForms(
    vector_type,
    constant,
    {**{k: v for k, v in shared.HANDLERS.items() if k != "vector.shuffle"}, **_OWN},
    {
        "vector.load": _load,
        "vector.store": _store,
        "vector.insert": _insert,
        "vector.reduction": _reduce,
        "vector.shuffle": _shuffle,
    },
    _each,
)
"""How ops on vectors are printed."""
