"""Generated Python: expressions agree with the functions they stand for, and equal texts."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from interp_programs import program
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.definition import semantics
from dspc.backends.interp.definition.semantics import COMPARISONS, CONVERSIONS, SCALARS, WIDTHS
from dspc.backends.interp.errors import InterpreterError, Trap
from dspc.backends.interp.generated import generate
from dspc.backends.interp.generated.expressions import INFIX, TEXTS
from dspc.backends.interp.generated.generate import CompiledPython
from dspc.backends.interp.instance import InterpInstance

REAL = (0.0, -0.0, 0.5, -0.5, 1.5, -1e-20, 3e9, -2147483648.0, -2147483648.9, 2147483647.5, 1e300,
        math.inf, -math.inf, math.nan)  # fmt: skip
WHOLE = (0, 1, -1, 2, 7, -7, 31, 33, 2**31 - 1, -(2**31))
LONG = (*WHOLE, 2**63 - 1, -(2**63), 2**40)
SINGLE = tuple(
    np.float32(max(min(x, 3e38), -3e38)) if math.isfinite(x) else np.float32(x) for x in REAL
)


def result(function: Any, operands: tuple[Any, ...]) -> tuple[type, str]:
    """A result with its type and, by `repr`, its bits; that of an access without meaning."""
    try:
        value = function(*operands)
    except Trap as trap:
        return Trap, str(trap)
    return type(value), repr(value)


def evaluated(function: Any) -> Any:
    """The function that the expression of a function computes."""
    text = TEXTS[id(function)].format("x", "y", "z", f="f")
    return lambda x, y=None, z=None: eval(text, {"f": function, "x": x, "y": y, "z": z})


def cases() -> list[tuple[str, Any, int, tuple[Any, ...]]]:
    """Name, function, number of operands and values of each expression."""
    real, both = ((REAL, SINGLE), (REAL, SINGLE, WHOLE))
    rows: list[tuple[str, Any, int, tuple[Any, ...]]] = []
    for name in ("min_", "max_"):
        rows += [(name, getattr(semantics, name), 2, values) for values in both]
    for name in ("truncated", "truncated_defined"):
        rows += [(name, getattr(semantics, name), 1, values) for values in real]
    rows += [("divide", semantics.divide, 2, REAL), ("floor", SCALARS["f64"]["floor"], 1, REAL)]
    rows += [(name, f, 2, values) for name, f in COMPARISONS.items() for values in both]
    rows += [("select2", semantics.select2, 3, WHOLE), ("select", semantics.select, 3, WHOLE)]
    rows += [("neg", SCALARS["f64"]["neg"], 1, values) for values in real]
    for element in WIDTHS:
        values = WHOLE if element == "i32" else LONG
        rows += [(name, SCALARS[element][name], 2, values) for name in ("add", "sub", "mul")]
        rows += [(name, SCALARS[element][name], 2, values) for name in ("rem", "rem_defined")]
        rows.append((f"converted to {element}", CONVERSIONS[element], 1, LONG))
    return rows


@pytest.mark.parametrize(("name", "function", "count", "values"), cases())
def test_an_expression_computes_what_its_function_does(
    name: str, function: Any, count: int, values: tuple[Any, ...]
) -> None:
    compute = evaluated(function)
    with np.errstate(all="ignore"):
        for operands in itertools.product(values, repeat=count):
            assert result(compute, operands) == result(function, operands), (name, operands)


def test_each_expression_has_a_case() -> None:
    assert TEXTS.keys() == {id(function) for _, function, _, _ in cases()}
    assert not TEXTS.keys() & INFIX.keys()


def gain(value: str = "0.5", rate: str = "sample") -> ModuleOp:
    signal = f"!dsp.signal<f64, {rate}>"
    return program(
        f"%c = dsp.constant {{value = {value} : f64}} : () -> !dsp.signal<f64, const>\n"
        f"%s = dsp.mul %in0, %c : (!S, !dsp.signal<f64, const>) -> {signal}\n"
        f"%y = dsp.mul %s, %c : ({signal}, !dsp.signal<f64, const>) -> !S\n"
        "dsp.yield %y : (!S) -> ()"
    )


def test_what_is_computed_once_a_block_does_not_depend_on_the_rates_of_types() -> None:
    """A pass that declares a varying signal constant must change no result of the interpreter."""
    inputs = np.array([[1.0, 2.0, 3.0]])
    assert InterpInstance(gain(rate="const")).compute(inputs).tolist() == [[0.25, 0.5, 0.75]]


def test_programs_of_one_text_are_equal_and_others_are_not() -> None:
    one = InterpInstance(gain())
    assert one.equals(InterpInstance(gain()))
    assert not one.equals(InterpInstance(gain("-0.5")))
    assert not one.equals(InterpInstance(gain(), rate=48000))
    assert not InterpInstance(gain("0.0")).equals(InterpInstance(gain("-0.0")))


@pytest.mark.parametrize(("first", "second"), [("1.0, 2.0", "1.0, 3.0"), ("0.0", "-0.0")])
def test_programs_with_other_waveforms_are_not_equal(first: str, second: str) -> None:
    def instance(values: str) -> InterpInstance:
        table = f"!dsp.table<{values.count(',') + 1}, f64>"
        return InterpInstance(program(
            f"%w = dsp.waveform {{values = array<f64: {values}>}} : () -> {table}\n"
            "%i = dsp.int %in0 : (!S) -> !I\n"
            f"%y = dsp.table_read %w, %i : ({table}, !I) -> !S\n"
            "dsp.yield %y : (!S) -> ()"
        ))  # fmt: skip

    assert instance(first).equals(instance(first))
    assert not instance(first).equals(instance(second))


def test_exhausted_memory_is_no_fault_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Validation under a limit of memory ended with E0502 and blamed the pass."""

    def fails(error: Exception) -> None:
        def compiles(*args: object) -> None:
            raise error

        monkeypatch.setattr(generate, "compile", compiles, raising=False)
        CompiledPython(["def make(): pass"], [None], {})

    with pytest.raises(MemoryError):
        fails(MemoryError())
    for deep in (MemoryError("Parser stack overflowed"), SyntaxError("too many nested blocks")):
        with pytest.raises(InterpreterError, match="nested too deeply"):
            fails(deep)
