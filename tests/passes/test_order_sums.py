"""Reassociation of sums: the ops before and after, the latency bound, and the same samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.cpp.printer import print_cpp
from dspc.backends.interp.checks.compare import Policy, compare
from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.base import FIRST
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.passes.costs.latency import Reach, measure
from dspc.passes.dsp_order_sums import DspOrderSums
from dspc.pipelines.standard import load_pass
from dspc.support.diagnostics import Source

BEFORE = ("dsp-simplify", "dsp-split-recursions", "dsp-rates", "dsp-size-delays")
CLOSE = Policy(ulps=1 << 24, absolute=2e-6)


def program(text: str) -> ModuleOp:
    module = compile_source(Source("p.dsp", text), FrontendOptions(precision="double"))
    for name in BEFORE:
        load_pass(name)().apply(Context(), module)
    return module


def ordered(module: ModuleOp) -> ModuleOp:
    result = module.clone()
    DspOrderSums().apply(Context(), result)
    result.verify()
    return result


def groups(module: ModuleOp) -> list[time.Recursion]:
    return [op for op in module.walk() if isinstance(op, time.Recursion)]


def periods(module: ModuleOp) -> list[float]:
    result: list[float] = []
    for group in groups(module):
        ops = [op for op in group.body.block.ops if not isinstance(op, time.YieldOp)]
        result.append(measure(ops, group.yielded(), group.body.block.args, Reach({})).period)
    return result


def kinds(module: ModuleOp) -> list[str]:
    (group,) = groups(module)
    return [op.name.removeprefix("dsp.") for op in group.body.block.ops]


def test_addends_from_feedback_are_added_last() -> None:
    """past * a + x + y, associated to the left, becomes past * a + (x + y)."""
    module = program("process(x, y) = x : (\\(p, x).(p * 0.5 + x + y)) ~ _;")
    after = ordered(module)
    assert periods(module) == [8.0]
    assert periods(after) == [4.0]
    assert kinds(after) == ["delay", "add", "mul", "add", "yield"]
    (group,) = groups(after)
    last = group.yielded()[0].owner
    assert isinstance(last, arithmetic.AddOp)
    assert isinstance(last.lhs.owner, arithmetic.MulOp), "the product is the left operand"
    assert FIRST in last.attributes


COMB = """
    dt = {dt};
    process = (+ : de.delay(8192, dt)) ~ (*(0.1) : + ~ *(0.9));
    de = environment {{ delay(n, d, x) = x @ min(n, max(0, d)); }};
"""


@pytest.mark.parametrize(
    ("dt", "is_early"),
    [("fconstant(int fSamplingFreq, <math.h>) / 48", True), ('hslider("d", 0, 0, 9, 1)', False)],
)
def test_a_long_delay_in_feedback_is_early_though_its_length_is_not_known(
    dt: str, is_early: bool
) -> None:
    """0.9 * y' + 0.1 * delayed: the delayed operand is ready early, so its product enters first."""
    after = ordered(program(COMB.format(dt=dt)))
    firsts = [op for op in after.walk() if FIRST in op.attributes]
    assert firsts
    products = [op.lhs.owner for op in firsts if isinstance(op.lhs.owner, arithmetic.MulOp)]  # pyright: ignore
    factors = [
        value.owner.value.value.data  # pyright: ignore
        for product in products
        for value in product.operands
        if isinstance(value.owner, arithmetic.ConstantOp)
    ]
    assert factors == ([0.9] if is_early else [0.1])


def test_a_factor_is_distributed_where_the_feedback_waits_for_it() -> None:
    """g * (x - past) + older becomes (g * x + older) - g * past."""
    text = 'g = hslider("g", 0.1, 0, 1, 0.01); process(x) = (\\(p).(mem(p) + g * (x - p))) ~ _;'
    module = program(text)
    assert periods(module) == [8.0]
    assert periods(ordered(module)) == [4.0]


def test_division_by_what_is_no_feedback_is_a_product() -> None:
    module = program("process(x, d) = (\\(p).((x - p * 0.5) / (1 + d * d))) ~ _;")
    (group,) = groups(ordered(module))
    quotients = [op for op in group.body.block.ops if isinstance(op, arithmetic.DivOp)]
    assert all(isinstance(op.lhs.owner, arithmetic.ConstantOp) for op in quotients)
    assert periods(ordered(module))[0] < periods(module)[0] / 2


def test_sums_are_not_reordered_where_a_chain_of_recursions_waits() -> None:
    """In a long cascade each section's input is late as well, so it enters last."""
    part = "(\\(p, q, x).(x - (1.5 * p + 0.7 * q), p)) ~ (_, _) : _, !"
    long = f"process = seq(i, 40, {part.replace('1.5', '(-1.5+i/100)')});"
    module = program(long)
    assert sum(periods(ordered(module))) >= 0.9 * sum(periods(module))


def test_integers_and_other_ops_stay() -> None:
    module = program("process = (+(12345) ~ *(1103515245)), (min(0.5) : max(_, 0.1)) ~ _;")
    assert str(ordered(module)) == str(module)


def test_cpp_marks_the_first_operand_of_a_sum() -> None:
    module = ordered(program("process(x, y) = (\\(p).(x * y + 0.3 * y + p * 0.5)) ~ _;"))
    load_pass("dsp-lower-to-loops")().apply(Context(), module)
    assert "DSPC_FIRST(" in print_cpp(module).split("void compute")[1]


TERMS = st.sampled_from(["p", "q", "x", "p'", "q'", "p@3", "x'", "g", "0.25", "h"])
SUMS = st.recursive(
    TERMS,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from("+-*"), part).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        part.map(lambda t: f"({t} / (1 + x * x))"),
        part.map(lambda t: f"min({t}, 0.9)"),
    ),
    max_leaves=9,
)


@settings(max_examples=40, deadline=None)
@given(SUMS, SUMS, st.integers(0, 99))
def test_random_recursions_sound_the_same(first: str, second: str, seed: int) -> None:
    text = (
        'g = hslider("g", 0.3, 0, 0.5, 0.01); h = hslider("h", 0.2, 0, 0.4, 0.01);'
        f"process(x) = (\\(p, q).(sin({first}) * 0.5, 0.4 * atan({second}))) ~ (_, _);"
    )
    module = program(text)
    difference = compare(module, ordered(module), CLOSE, seed, frames=300)
    assert difference is None, difference


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_random_linear_recursions_sound_the_same(order: int) -> None:
    """Stable direct forms, with the coefficients in any order of the sum."""
    random = np.random.default_rng(order)
    for _ in range(6):
        roots = random.uniform(-0.9, 0.9, order)
        coefficients = np.poly(roots)[1:]
        past = " + ".join(f"({float(c)!r}) * y@{k}" for k, c in enumerate(coefficients))
        module = program(f"process(x) = (\\(y).(x * 0.3 + x' - ({past}))) ~ _;")
        difference = compare(module, ordered(module), CLOSE, int(random.integers(99)), frames=400)
        assert difference is None, difference
