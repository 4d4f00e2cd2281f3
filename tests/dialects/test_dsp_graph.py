"""The signal graph: sharing, folding, rules, emission and reading back."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp.emit import emit_program
from dspc.dialects.dsp.graph import Signal, SignalBuilder, SignalProgram
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.read import read_program


@pytest.fixture
def b() -> SignalBuilder:
    return SignalBuilder(64)


def block(b: SignalBuilder, name: str) -> Signal:
    """A signal of rate block; `name` distinguishes it from others."""
    return b.node("read_widget", (), name, "float", 2)


def test_equal_structures_are_one(b: SignalBuilder) -> None:
    x, y = b.input(0), b.input(1)
    assert b.make("add", (x, y)) is b.make("add", (y, x))
    assert b.make("sub", (x, y)) is not b.make("sub", (y, x))
    assert b.float(1.0) is b.float(1.0)
    assert b.float(0.0) is not b.float(-0.0)
    assert b.float(math.nan) is b.float(math.nan)


@pytest.mark.parametrize(
    ("op", "operands", "result"),
    [
        ("add", (2147483647, 1), -2147483648),
        ("mul", (65536, 65536), 0),
        ("rem", (-7, 3), -1),
        ("rem", (7, 0), 0),
        ("shl", (1, 33), 2),
        ("shr", (-8, 1), -4),
        ("int", (-2.9,), -2),
        ("int", (1e10,), -2147483648),
        ("int", (math.nan,), -2147483648),
        ("round", (2.5,), 3.0),
        ("rint", (2.5,), 2.0),
        ("log", (0.0,), -math.inf),
        ("min", (1.0, 2.0), 1.0),
        ("abs", (-2147483648,), -2147483648),
    ],
)
def test_constants_fold(
    b: SignalBuilder, op: str, operands: tuple[int | float, ...], result: int | float
) -> None:
    args = tuple(b.int(x) if isinstance(x, int) else b.float(x) for x in operands)
    folded = b.make(op, args)
    assert folded.op == "constant"
    assert folded.value == result
    assert isinstance(folded.value, type(result))


def test_operations_that_python_cannot_compute_are_not_folded(b: SignalBuilder) -> None:
    assert b.make("sqrt", (b.float(-1.0),)).op == "sqrt"
    assert b.make("div", (b.float(1.0), b.float(0.0))).op == "div"
    assert b.make("exp", (b.float(1e6),)).op == "exp"


def test_identities(b: SignalBuilder) -> None:
    x, zero, one = b.input(0), b.float(0.0), b.float(1.0)
    assert b.make("add", (x, zero)) is x
    assert b.make("mul", (one, x)) is x
    assert b.make("mul", (x, zero)) is zero
    assert b.make("sub", (x, x)) is zero
    assert b.make("div", (x, one)) is x
    assert b.make("pow", (x, b.float(2.0))) is b.make("mul", (x, x))
    assert b.make("pow", (x, b.float(0.5))) is b.make("sqrt", (x,))
    assert b.make("select2", (b.int(0), x, zero)) is x
    assert b.make("delay", (x, b.int(0)), 0) is x


def test_slow_factors_gather(b: SignalBuilder) -> None:
    x, gain = b.input(0), block(b, "gain")
    product = b.make("mul", (b.make("mul", (gain, x)), b.float(2.0)))
    assert product.args[1] is x
    assert product.args[0].rate == 2
    total = b.make("add", (b.make("add", (b.float(1.0), x)), b.float(2.0)))
    assert (total.args[0].value, total.args[1]) == (3.0, x)


def test_division_by_slow_signals_is_multiplication(b: SignalBuilder) -> None:
    x, gain = b.input(0), block(b, "gain")
    quotient = b.make("div", (x, gain))
    assert quotient.op == "mul"
    assert quotient.args[0].op == "div"


def test_delays_merge(b: SignalBuilder) -> None:
    x, n = b.input(0), b.make("int", (b.input(1),))
    twice = b.make("delay", (b.make("delay", (x,), 2),), 3)
    assert (twice.op, twice.args, twice.value) == ("delay", (x,), 5)
    moving = b.make("delay", (b.make("delay", (x,), 1), n), 0)
    assert (moving.args, moving.value) == ((x, n), 1)
    result = b.make("delay", (b.make("delay", (x, n), 0),), 1)
    assert result.args[0].op == "delay"


def recursive(b: SignalBuilder) -> Signal:
    state = b.feedback("float")
    damped = b.make("mul", (b.float(0.5), b.make("delay", (state,), 1)))
    body = b.make("add", (b.input(0), damped))
    b.define(state, body)
    return body


def test_recursion_is_a_group(
    b: SignalBuilder, expect_roundtrip: Callable[[str], ModuleOp]
) -> None:
    body = recursive(b)
    module = emit_program(SignalProgram("p", 64, 1, [body, b.make("sin", (body,))], b))
    text = str(module)
    expect_roundtrip(text)
    assert text.count("dsp.rec") == 1
    assert text.index("dsp.sin") > text.index("dsp.rec")


def test_feedback_without_a_cycle_is_no_group(b: SignalBuilder) -> None:
    state = b.feedback("float")
    b.define(state, b.input(0))
    output = b.make("delay", (state,), 1)
    text = str(emit_program(SignalProgram("p", 64, 1, [output], b)))
    assert "dsp.rec" not in text
    assert "dsp.delay %0 {offset = 1" in text


def test_deep_graphs_do_not_recurse(b: SignalBuilder) -> None:
    signal = b.input(0)
    for _ in range(10_000):
        signal = b.make("sin", (signal,))
    module = emit_program(SignalProgram("p", 64, 1, [signal], b))
    assert sum(1 for _ in module.walk()) == 10_000 + 3


def reread(module: ModuleOp) -> ModuleOp:
    program = module.body.block.first_op
    assert isinstance(program, ProgramOp)
    return emit_program(read_program(program))


def test_reading_gives_the_same_program(b: SignalBuilder) -> None:
    b.input(0)
    body = recursive(b)
    gate = b.make("compare", (body, b.float(0.0)), "gt")
    cosine = b.make("cos", (b.make("delay", (body,), 9),))
    held = b.node("control", (cosine, gate), None, "float", 3)
    read = b.table_read(b.table(16, recursive_counter(b)), b.make("int", (held,)))
    module = emit_program(SignalProgram("p", 64, 1, [held, read], b))
    module.verify()
    assert str(reread(module)) == str(module)


def recursive_counter(b: SignalBuilder) -> Signal:
    state = b.feedback("int")
    body = b.make("add", (b.int(1), b.make("delay", (state,), 1)))
    b.define(state, body)
    return body


def test_gated_state_lives_in_the_region(b: SignalBuilder) -> None:
    gate = b.make("compare", (b.input(0), b.float(0.0)), "gt")
    shared = recursive(b)
    first = b.node("control", (b.make("sin", (shared,)), gate), None, "float", 3)
    second = b.node("control", (b.make("cos", (shared,)), gate), None, "float", 3)
    text = str(emit_program(SignalProgram("p", 64, 1, [first, second], b)))
    assert text.count("dsp.control") == 1
    assert text.index("dsp.rec") > text.index("dsp.control")


def test_state_used_outside_stays_outside(b: SignalBuilder) -> None:
    gate = b.make("compare", (b.input(0), b.float(0.0)), "gt")
    shared = recursive(b)
    held = b.node("control", (b.make("sin", (shared,)), gate), None, "float", 3)
    text = str(emit_program(SignalProgram("p", 64, 1, [held, shared], b)))
    assert text.index("dsp.rec") < text.index("dsp.control")


def test_equal_controls_of_two_regions_stay_two(b: SignalBuilder) -> None:
    """The inner one holds a sample of other frames than the outer one."""
    x, gates = b.input(0), [b.make("compare", (b.input(n), b.float(0.0)), "gt") for n in (1, 2)]
    outer = b.node("control", (x, gates[0]), None, "float", 3)
    other = b.node("control", (x, gates[0]), "of a region", "float", 3)
    inner = b.node("control", (b.make("sin", (other,)), gates[1]), None, "float", 3)
    module = emit_program(SignalProgram("p", 64, 3, [outer, inner], b))
    assert str(module).count("dsp.control") == 3
    assert str(reread(module)).count("dsp.control") == 3
