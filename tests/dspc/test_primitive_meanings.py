"""Primitives mean the same for literals, controls and inputs: regressions."""

from __future__ import annotations

import math

import numpy as np
import pytest

import dspc

VALUES = (0.0, -0.0, 1.0, -1.0, 2.0, 0.5, -0.5, 1.9, -1.9, 7.0, -2147483648.0)
"""Values of a selector; those truncated to 0 choose the first."""
SELECTORS = {
    "input": "s",
    "integer": "int(s)",
    "mask": "int(s) & 3",
    "comparison": "(s > 0.4)",
    "sum of comparisons": "((s > 0.4) + (s < -0.4))",
    "delayed comparison": "(s > 0.4)'",
    "control": 'nentry("s", 0, -2147483648, 7, 0.1)',
    "integer of a control": 'int(nentry("s", 0, -2147483648, 7, 0.1))',
    "checkbox": 'checkbox("s")',
    "negative": "(0 - int(s))",
}


def _chosen(name: str, values: np.ndarray) -> np.ndarray:
    """What `select2(selector, 10, 20)` gives."""
    whole = np.trunc(values)
    return np.where(
        {
            "mask": (whole.astype(int) & 3) == 0,
            "comparison": values <= 0.4,
            "sum of comparisons": np.abs(values) <= 0.4,
            "delayed comparison": np.concatenate([[0.0], values[:-1]]) <= 0.4,
        }.get(name, whole == 0),
        10.0,
        20.0,
    )


@pytest.mark.parametrize("vec", [False, True])
@pytest.mark.parametrize("name", SELECTORS)
def test_a_selector_need_be_no_comparison(name: str, vec: bool) -> None:
    text = f"process(s) = attach(select2({SELECTORS[name]}, 10, 20), s);"
    processor = dspc.load(text, "interp", double=True, vec=vec)
    values = np.array(VALUES)
    if processor.paths():
        samples = [processor(np.zeros((1, 1)), controls={"s": v})[0, 0] for v in VALUES]
    else:
        samples = processor(values[None, :])[0]
    assert np.array_equal(samples, _chosen(name, values))


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("text", ["_ / 1e-39", "_ / 3e-39 * 2", "_ * 1e30 * 1e30 * 1e-30"])
def test_silence_stays_silent_by_constants_out_of_range(text: str, double: bool) -> None:
    """A reciprocal, or a product of constants, that single precision lacks was an infinity."""
    processor = dspc.load(f"process = {text};", "interp", double=double)
    samples = processor(np.array([0.0, 1.0]))[0]
    assert samples[0] == 0
    assert samples[1] > 1e29


def test_a_quotient_stays_exact_by_a_subnormal_reciprocal() -> None:
    processor = dspc.load("process = _ / 2e38;", "interp")
    x = np.float32(3e38)
    assert processor(np.array([x]))[0, 0] == x / np.float32(2e38)


@pytest.mark.parametrize("function", ["floor", "ceil", "rint"])
@pytest.mark.parametrize("value", [-0.0, -0.25, 0.25])
def test_rounded_literals_keep_the_sign_of_zero(function: str, value: float) -> None:
    literal, at_run_time = dspc.load(
        f"process = {function}({value!r}), {function};", "interp", double=True
    )(np.array([value]))[:, 0]
    assert literal == at_run_time
    assert math.copysign(1, literal) == math.copysign(1, at_run_time)


@pytest.mark.parametrize("text", ["select2(1e400, 10, 20)", "select2(-1e400, 10, 20)"])
def test_an_endless_literal_selects_as_an_endless_signal(text: str) -> None:
    assert dspc.load(f"process = {text};", "interp")(frames=1)[0, 0] == 20


def test_a_table_of_endless_size_is_an_error() -> None:
    with pytest.raises(dspc.DspcError) as error:
        dspc.load("process = rdtable(1e400, 1, 0);", "interp")
    assert error.value.span is not None


@pytest.mark.parametrize("backend", ["interp", "cpp", "llvm", "opencl"])
def test_a_literal_power_outside_of_its_domain_is_not_a_number(backend: str) -> None:
    """It was refused (E0237), also where Faust takes it: behind `!`, or matched by a variable."""
    text = (
        "process = (-8) ^ (1.0 / 3), pow(-2.0, 0.5) * _, (1, (pow(-2, -1.5) : !)), f(pow(-3, 0.5))"
    )
    text += " with { f = case { (x) => 2; }; };"
    samples = dspc.load(text, backend)(np.ones((1, 2)))[:, 0]
    np.testing.assert_array_equal(samples, [np.nan, np.nan, 1, 2])
