"""Which signals are integers and which are real, and where casts go."""

from __future__ import annotations

import pytest

from dspc.dialects.dsp.graph import Signal, SignalBuilder
from dspc.frontends.faust.signals import Sig, SignalGraph
from dspc.frontends.faust.typing import real_signals, type_signals


@pytest.fixture
def g() -> SignalGraph:
    return SignalGraph()


def typed(g: SignalGraph, *outputs: Sig) -> list[Signal]:
    return type_signals(g, list(outputs), 64)[0]


def int_input(g: SignalGraph) -> Sig:
    return g.make("to_int", (g.make("input", (), 0),))


def test_outputs_are_real(g: SignalGraph) -> None:
    (out,) = typed(g, int_input(g))
    assert (out.op, out.kind) == ("float", "float")
    assert out.args[0].op == "int"


def test_integers_stay_integers(g: SignalGraph) -> None:
    n = int_input(g)
    (out,) = typed(g, g.make("add", (n, g.make("mul", (n, g.int(3))))))
    assert out.op == "float"
    assert out.args[0].kind == "int"


def test_one_real_operand_makes_it_real(g: SignalGraph) -> None:
    n = int_input(g)
    (out,) = typed(g, g.make("add", (n, g.real(0.5))))
    assert out.op == "add"
    assert {arg.kind for arg in out.args} == {"float"}


def test_division_is_real(g: SignalGraph) -> None:
    n = int_input(g)
    (out,) = typed(g, g.make("div", (n, g.make("abs", (n,)))))
    assert out.op == "div"
    assert all(arg.op == "float" for arg in out.args)


def test_bitwise_operators_truncate(g: SignalGraph) -> None:
    x = g.make("input", (), 0)
    (out,) = typed(g, g.make("and", (x, g.int(7))))
    assert out.args[0].op == "and"
    assert out.args[0].args[0].op in ("int", "constant")


def recursion(g: SignalGraph, step: Sig) -> Sig:
    state = g.feedback()
    body = g.make("add", (g.make("delay", (state, g.int(1))), step))
    g.define(state, body)
    return body


def test_a_recursion_of_integers_is_integer(g: SignalGraph) -> None:
    (out,) = typed(g, recursion(g, g.int(1)))
    assert out.op == "float"
    assert out.args[0].kind == "int"


def test_a_recursion_with_a_real_is_real_throughout(g: SignalGraph) -> None:
    (out,) = typed(g, recursion(g, g.real(0.5)))
    assert (out.op, out.kind) == ("add", "float")


def test_reals_spread_through_chains_of_recursions(g: SignalGraph) -> None:
    first, second = g.feedback(), g.feedback()
    one = g.int(1)
    a = g.make("add", (g.make("delay", (second, one)), one))
    b = g.make("mul", (g.make("delay", (first, one)), g.real(0.5)))
    g.define(first, a)
    g.define(second, b)
    nodes = [first, second, a, b, *a.args, *b.args]
    assert {first, second, a, b} <= real_signals(nodes, g.definitions)


def test_comparisons_are_integers_of_real_operands(g: SignalGraph) -> None:
    x, n = g.make("input", (), 0), int_input(g)
    (out,) = typed(g, g.make("lt", (n, x)))
    compare = out.args[0]
    assert (compare.op, compare.kind, compare.value) == ("compare", "int", "lt")
    assert {arg.kind for arg in compare.args} == {"float"}


def test_a_choice_is_real_if_a_branch_is(g: SignalGraph) -> None:
    x, n = g.make("input", (), 0), int_input(g)
    (out,) = typed(g, g.make("select2", (x, n, g.real(0.5))))
    assert (out.op, out.kind) == ("select2", "float")
    assert out.args[0].kind == "int"


def test_integer_powers_multiply(g: SignalGraph) -> None:
    n = int_input(g)
    (out,) = typed(g, g.make("pow", (n, g.int(3))))
    assert out.args[0].op == "mul"
    assert out.args[0].kind == "int"


def test_remainder_of_reals_is_fmod(g: SignalGraph) -> None:
    x, n = g.make("input", (), 0), int_input(g)
    real, whole = typed(g, g.make("rem", (x, g.int(7))), g.make("rem", (n, g.int(7))))
    assert real.op == "fmod"
    assert whole.args[0].op == "rem"


def test_written_values_take_the_tables_type(g: SignalGraph) -> None:
    x, n = g.make("input", (), 0), int_input(g)
    table = g.make("write_table", (g.make("table", (g.int(0),), 8), n, x))
    (out,) = typed(g, g.make("read_table", (table, n)))
    write = out.args[0].args[0]
    assert write.op == "table_write"
    assert write.element == "int"
    assert write.args[2].kind == "int"


def test_a_gate_that_is_real_is_compared_with_zero(g: SignalGraph) -> None:
    x = g.make("input", (), 0)
    (out,) = typed(g, g.make("control", (x, g.make("input", (), 1))))
    assert out.op == "control"
    assert (out.args[1].op, out.args[1].value) == ("compare", "ne")


def test_long_programs_do_not_recurse(g: SignalGraph) -> None:
    signal = g.make("input", (), 0)
    for _ in range(50_000):
        signal = g.make("sin", (signal,))
    outputs, builder = type_signals(g, [signal], 32)
    assert isinstance(builder, SignalBuilder)
    assert outputs[0].op == "sin"
