"""The meaning of single ops, held against NumPy, the C library and the written rules."""

from __future__ import annotations

import ctypes
import math
import random

import numpy as np
import pytest

from dspc.backends.interp.definition.c_library import c_function
from dspc.backends.interp.definition.semantics import (
    COMPARISONS,
    INT_MIN,
    SCALARS,
    clamped,
    compare_floats,
    compare_integers,
    number,
    truncated,
)
from dspc.backends.interp.errors import Trap

I32, F32, F64 = SCALARS["i32"], SCALARS["f32"], SCALARS["f64"]
EDGES = (0, 1, -1, 2, -7, 31, 32, 33, 2**31 - 1, INT_MIN, 123456789)


@pytest.mark.parametrize("op", ["add", "sub", "mul"])
def test_integers_wrap_as_numpys(op: str) -> None:
    with np.errstate(all="ignore"):
        for x in EDGES:
            for y in EDGES:
                expected = getattr(np, {"sub": "subtract", "mul": "multiply"}.get(op, op))(
                    np.int32(x), np.int32(y)
                )
                assert I32[op](x, y) == int(expected)


def test_rem_has_the_dividends_sign_and_is_0_for_a_divisor_of_0() -> None:
    rem = I32["rem"]
    assert [rem(7, 3), rem(-7, 3), rem(7, -3), rem(-7, -3)] == [1, -1, 1, -1]
    assert rem(5, 0) == 0
    assert rem(INT_MIN, -1) == 0


def test_shifts_count_modulo_32_and_shr_keeps_the_sign() -> None:
    assert I32["shl"](1, 33) == 2
    assert I32["shl"](1, 31) == INT_MIN
    assert I32["shr"](-8, 1) == -4
    assert I32["shr"](-8, -31) == -4


def test_loop_level_ops_without_meaning_trap() -> None:
    for op, args in (
        ("rem_defined", (1, 0)),
        ("quotient", (1, 0)),
        ("shl_defined", (1, 32)),
        ("shr_defined", (1, -1)),
    ):
        with pytest.raises(Trap):
            I32[op](*args)
    with pytest.raises(Trap):
        F64["int_defined"](math.nan)


def test_abs_of_the_smallest_integer_is_itself() -> None:
    assert I32["abs"](INT_MIN) == INT_MIN
    assert I32["abs"](-5) == 5


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (1.9, 1), (-1.9, -1), (math.nan, INT_MIN), (math.inf, INT_MIN), (2147483648.0, INT_MIN),
        (2147483647.5, 2147483647), (-2147483648.9, INT_MIN), (1e300, INT_MIN),
    ],
)  # fmt: skip
def test_int_truncates(x: float, expected: int) -> None:
    assert truncated(x) == expected


def test_division_never_raises() -> None:
    for element in ("f32", "f64"):
        div = SCALARS[element]["div"]
        with np.errstate(all="ignore"):
            one, zero = number(1, element), number(0, element)
            assert div(one, zero) == math.inf
            assert div(-one, zero) == -math.inf
            assert div(one, -zero) == -math.inf
            assert math.isnan(div(zero, zero))


def test_functions_answer_with_infinities_and_nans_where_python_raises() -> None:
    assert F64["exp"](1000.0) == math.inf
    assert F64["log"](0.0) == -math.inf
    assert math.isnan(F64["log"](-1.0))
    assert math.isnan(F64["fmod"](1.0, 0.0))
    assert math.isnan(F64["pow"](-1.0, 0.5))
    assert F64["pow"](0.0, -1.0) == math.inf
    assert math.isnan(F64["sqrt"](-1.0))


def test_min_and_max_keep_a_nan_on_the_left_only() -> None:
    for op in ("min", "max"):
        assert math.isnan(F64[op](math.nan, 1.0))
        assert F64[op](1.0, math.nan) == 1.0


def test_rint_rounds_to_even_and_round_away_from_zero() -> None:
    assert [F64["rint"](x) for x in (0.5, 1.5, 2.5, -0.5)] == [0.0, 2.0, 2.0, -0.0]
    assert [F64["round"](x) for x in (0.5, 1.5, 2.5, -0.5)] == [1.0, 2.0, 3.0, -1.0]


def test_f32_rounds_after_each_op() -> None:
    third = number(1 / 3, "f32")
    assert isinstance(F32["add"](third, third), np.float32)
    assert F32["mul"](number(16777217.0, "f32"), number(1.0, "f32")) == 16777216.0
    assert isinstance(F32["sin"](third), np.float32)
    with np.errstate(all="ignore"):
        assert F32["mul"](number(3e38, "f32"), number(10.0, "f32")) == math.inf


@pytest.mark.parametrize("name", ["sin", "cos", "tan", "exp", "log", "tanh", "atan", "log10"])
def test_functions_are_as_exact_as_pythons_and_f32_within_two_ulps(name: str) -> None:
    rng = random.Random(1)
    single = c_function(name + "f")
    double = c_function(name)
    assert single is not None
    assert double is not None
    for _ in range(500):
        x = abs(rng.gauss(0, 3)) + 1e-3
        exact = getattr(math, name)(x)
        assert abs(double(x) - exact) <= math.ulp(exact)
        rounded = np.float32(x)
        wanted = np.float32(getattr(math, name)(float(rounded)))
        assert abs(single(rounded) - wanted) <= 2 * np.spacing(abs(wanted))


def test_unknown_functions_are_unknown() -> None:
    assert c_function("no_such_function") is None
    assert c_function("system") is None


def test_isnan_and_abs_are_known_in_both_spellings() -> None:
    for name in ("isnan", "isnanf"):
        function = c_function(name)
        assert function is not None
        assert (function(math.nan), function(1.0)) == (1, 0)
    absolute = c_function("abs")
    assert absolute is not None
    assert absolute(-3) == 3


def test_comparisons_with_a_nan() -> None:
    assert [COMPARISONS[p](math.nan, 1.0) for p in ("lt", "le", "gt", "ge", "eq", "ne")] == [
        0, 0, 0, 0, 0, 1,
    ]  # fmt: skip
    for predicate in range(16):
        by_nan = compare_floats(predicate)(math.nan, 1.0)
        assert by_nan == (predicate >= 8)
    assert compare_floats(6)(1.0, 2.0) == 1
    assert compare_floats(8)(1.0, 1.0) == 1


def test_unsigned_comparisons_see_the_bits() -> None:
    assert compare_integers(6, 32)(1, -1) == 1
    assert compare_integers(8, 32)(-1, 1) == 1


def test_clamps_keep_a_nan_and_integers_whole() -> None:
    assert math.isnan(clamped(-1.0, 1.0, "f64")(math.nan))
    assert clamped(-1.0, 1.0, "f64")(7.0) == 1.0
    assert clamped(0.5, 2.5, "i32")(0) == 1
    assert clamped(0.5, 2.5, "i32")(9) == 2


def test_numbers_are_wrapped_and_rounded() -> None:
    assert number(2**31, "i32") == INT_MIN
    assert number(-1, "i1") == 1
    assert number(1e39, "f32") == math.inf
    assert number(0.1, "f32") == np.float32(0.1)
    assert ctypes.c_float(0.1).value == float(number(0.1, "f32"))
