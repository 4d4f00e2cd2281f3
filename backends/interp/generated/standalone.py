"""A loop module as a Python program that depends on NumPy only (`--target interp`).

The program is the text that the interpreter runs (`LoopEmitter`) together with the source of the
modules that define its arithmetic, so its results are bit-identical to the interpreter's.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from xdsl.dialects import arith, func, vector
from xdsl.dialects.builtin import ModuleOp, VectorType
from xdsl.ir import Operation

from dspc.backends.interp import orders
from dspc.backends.interp.definition import c_library, memory, semantics
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.generated.generate_loops import FUNCTIONS, LoopEmitter, made
from dspc.backends.interp.generated.standalone_main import MAIN, TRAP
from dspc.backends.interp.instance import find_unit, widgets_of
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp_par import lanes
from dspc.dialects.symbols import check_zones

_SHARED = (c_library, semantics, memory, orders)
"""Modules whose source the program includes; each imports only NumPy and those before it."""
_MEMORY = {
    id(f): f.__name__
    for f in (
        memory.trap,
        memory.load_lanes,
        memory.store_lanes,
        memory.copy_row,
        memory.copy_some,
        memory.Window,
    )
}
_CONVERSIONS = ("arith.index_cast", "arith.sitofp", "arith.extf", "arith.truncf",
                "arith.extsi", "arith.trunci", "dsp_par.convert")  # fmt: skip


class StandaloneEmitter(LoopEmitter):
    """Records the expression of each function that the text uses."""

    def __init__(self, module: ModuleOp, memory: LoopMemory) -> None:
        self.recipes: dict[str, str] = {}
        self._current: Operation | None = None
        super().__init__(module, memory, orders.Order(0))
        self.run()

    def write_op(self, op: Operation) -> None:
        self._current = op
        super().write_op(op)

    def bind(self, value: object) -> str:
        name = super().bind(value)
        if name not in self.recipes:
            known = _MEMORY.get(id(value))
            assert self._current is not None
            self.recipes[name] = known or _recipe(self._current)
        return name


def _recipe(op: Operation) -> str:
    """The expression of an op's function, over the names of the included modules."""
    vector_recipe = _VECTORS.get(op.name)
    if vector_recipe is not None:
        return vector_recipe(op)
    recipe = _of_numbers(op)
    return f"in_lanes({recipe})" if isinstance(op.results[0].type, VectorType) else recipe


def _lane(op: Operation) -> int:
    assert isinstance(op, vector.ExtractOp | vector.InsertOp)
    return op.static_position.get_values()[0]


def _reduction(op: Operation) -> str:
    assert isinstance(op, vector.ReductionOp)
    return f"reduced(SCALARS[{element_name(op.vector.type)!r}][{op.kind.data.value!r}])"


def _shuffle(op: Operation) -> str:
    assert isinstance(op, vector.ShuffleOp)
    return f"shuffled({tuple(op.mask.get_values())!r})"


_VECTORS: dict[str, Callable[[Operation], str]] = {
    "vector.broadcast": lambda op: f"broadcast({lanes.lanes_of(op.results[0].type)})",
    "vector.shuffle": _shuffle,
    "vector.extract": lambda op: f"extracted({_lane(op)})",
    "vector.insert": lambda op: f"inserted({_lane(op)})",
    "vector.reduction": _reduction,
}


def _of_numbers(op: Operation) -> str:
    result = element_name(op.results[0].type)
    if isinstance(op, func.CallOp):
        name = op.callee.root_reference.data
        return f"(lambda f: lambda *x: number(f(*x), {result!r}))(c_function({name!r}))"
    operand = element_name(op.operands[0].type)
    if isinstance(op, arith.CmpiOp):
        bits = semantics.WIDTHS.get(operand, 1)
        return f"compare_integers({op.predicate.value.data}, {bits})"
    if isinstance(op, arith.CmpfOp):
        return f"compare_floats({op.predicate.value.data})"
    if isinstance(op, lanes.CompareOp):
        return f"COMPARISONS[{op.predicate.data.value!r}]"
    if op.name in ("arith.select", "dsp_par.select"):
        return "select"
    if op.name == "arith.fptosi" or (op.name == "dsp_par.convert" and operand[0] == "f"):
        return "truncated_defined"
    if op.name in _CONVERSIONS:
        return f"lambda x: number(x, {result!r})"
    if op.name in ("arith.extui", "arith.uitofp"):
        mask = (1 << semantics.WIDTHS.get(operand, 1)) - 1
        return f"lambda x: number(x & {mask}, {result!r})"
    row = semantics.LOOP_NAMES.get(op.name)
    if row is None:
        raise InterpreterError("a Python program cannot contain this operation", op)
    return f"SCALARS[{operand!r}][{row!r}]"


def print_python(module: ModuleOp, command_line: str = "") -> str:
    """The program's text; `command_line` has the options by which it can be rebuilt.

    Raises InterpreterError for sound files and unsupported ops.
    """
    unit = find_unit(module)
    if not isinstance(unit, LoweredOp):
        raise InterpreterError("the module is not lowered to loops: run dsp-lower-to-loops first")
    placed = widgets_of(unit)
    check_zones(unit)
    store = LoopMemory(module, {widget.symbol: widget for _, widget in placed}, {})
    if store.sounds:
        raise InterpreterError("a Python program cannot read sound files", unit)
    emitter = StandaloneEmitter(module, store)
    if made(emitter.functions) != FUNCTIONS:
        raise InterpreterError("a Python program calls no function control", unit)
    facts = {
        "NAME": unit.sym_name.data,
        "PRECISION": element_name(unit.precision),
        "INPUTS": unit.inputs.value.data,
        "OUTPUTS": unit.outputs.value.data,
        "FUNCTIONS": tuple(FUNCTIONS),
    }
    return "\n".join(
        [
            ascii(f"{facts['NAME']}: `python FILE.py [IN.wav] OUT.wav` renders a sound file."),
            *([f"# Compilation options: {ascii(command_line)[1:-1]}"] if command_line else ()),
            "",
            *_imports(),
            TRAP,
            *(_shared_source(shared) for shared in _SHARED),
            *(f"{name} = {value!a}" for name, value in facts.items()),
            *(f"{name} = {_value(emitter, name)}" for name in emitter.values),
            "",
            *_memory_lines(store, placed),
            *emitter.lines,
            MAIN,
        ]
    )


def _imports() -> list[str]:
    lines = {line for shared in _SHARED for line in inspect.getsource(shared).split("\n")
             if re.match(r"(from|import) ", line) and "dspc" not in line}  # fmt: skip
    future = "from __future__ import annotations"
    return [future, *sorted(lines - {future})]


def _shared_source(shared: Any) -> str:
    lines = inspect.getsource(shared).split("\n")
    return "\n".join(line for line in lines if not re.match(r"(from|import) ", line))


def _value(emitter: StandaloneEmitter, name: str) -> str:
    return emitter.recipes.get(name) or _number(emitter.values[name])


def _number(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_number, value))},)" if value else "()"
    if type(value) is np.float32:
        return f"np.float32({_number(float(value))})"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float({str(value)!r})"
    return repr(value)


def _memory_lines(store: LoopMemory, placed: list[tuple[str, UiWidget]]) -> list[str]:
    """`new_memory()`, the buffers of an instance, and `CONTROLS`, path -> index of its buffer."""
    rows = list(store.rows.values())
    lines = ["def new_memory():", " return ["]
    for row in rows:
        texts = [_number(value) for value in row]
        same = len(set(texts)) == 1
        lines.append(f"  [{texts[0]}] * {len(texts)}," if same else f"  [{', '.join(texts)}],")
    where = {id(row): at for at, row in enumerate(rows)}
    zones = {path: where.get(id(store.zones[widget.symbol])) for path, widget in placed}
    return [*lines, " ]", "", f"CONTROLS = {zones!a}", ""]
