"""Numbers that 32 bits can't hold, as integers: one instruction where no vectors are lost by it."""

from __future__ import annotations

import math

import numpy as np
import pytest

import dspc

SERIAL = "process(x, y) = (x : + ~ *(0.5)), int(y);"
"""A loop that carries a number, so that it is none of vectors."""
FREE = "process(x, y) = x, int(y);"
AT_ENDS = [
    0.0, -0.5, 0.99, -1.5, 2147483520.0, 2147483647.5, 2147483648.0, 3e9, 1e30, math.inf,
    -2147483648.0, -2147483648.5, -2147483649.0, -3e9, -1e30, -math.inf, math.nan,
]  # fmt: skip


@pytest.mark.parametrize("double", [False, True], ids=["single", "double"])
@pytest.mark.parametrize("source", [SERIAL, FREE], ids=["serial", "free"])
def test_it_converts_what_the_interpreter_does(source: str, double: bool) -> None:
    block = np.array([np.ones(len(AT_ENDS)), AT_ENDS])
    sounds = [
        dspc.load(source, name, double=double, scalar=True)(block) for name in ("cpp", "interp")
    ]
    np.testing.assert_array_equal(*sounds)


@pytest.mark.parametrize(("source", "is_serial"), [(SERIAL, True), (FREE, False)])
def test_only_loops_of_scalars_call_the_helper(source: str, is_serial: bool) -> None:
    body = dspc.compile(source, target="cpp", scalar=True).code.split("void compute(", 1)[1]
    assert ("dspc_to_int(" in body) == is_serial
    assert ("2.1474836e9f" in body) != is_serial
