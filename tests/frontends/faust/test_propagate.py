"""Propagation: boxes and signals to signals."""

from __future__ import annotations

import pytest
from elaborating import elaborated, outputs, shown

from dspc.dialects.dsp.time import DelayOp
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.support.diagnostics import DspcError, Source


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ("_ <: _, _", ["in0", "in0"]),
        ("_, _ <: _, _, _, _", ["in0", "in1", "in0", "in1"]),
        ("_, _, _, _ :> _, _", ["(in0 + in2)", "(in1 + in3)"]),
        ("_, _, _ :> _", ["((in0 + in1) + in2)"]),
        ("_'", ["(in0 @ 1)"]),
        ("mem", ["(in0 @ 1)"]),
        ("_ @ 0", ["in0"]),
        ("_, ! : _", ["in0"]),
        ("select2(_, 1, 2)", ["select2(in0, 1, 2)"]),
        ("select3(_, 1, 2, 3)", ["select2((in0 == 0), select2((in0 == 1), 3, 2), 1)"]),
        ("select3(1, 4, 5, 6)", ["5"]),
        ("enable(_, _)", ["control((in0 * in1), (in1 != 0.0))"]),
        ("control(_, _)", ["control(in0, (in1 != 0.0))"]),
        ("control(_, 0)", ["0"]),
        ("control(_, 2)", ["in0"]),
        ("_ * 0", ["0"]),
        ("int(2.9), float(3)", ["2", "3.0"]),
        ("rdtable(10, 1, _)", ["read_table(table[10](1), in0)"]),
        ("rdtable(waveform{1, 2, 3}, _)", ["read_table(waveform[(1, 2, 3)](), in0)"]),
        ("waveform{1, 2, 3} : _, !", ["3"]),
        (
            "rwtable(10, 0, _, _, _)",
            ["read_table(write_table(table[10](0), in0, in1), in2)"],
        ),
        ("fconstant(int fSamplingFreq, <math.h>)", ["sample_rate()"]),
        ("fvariable(int count, <math.h>)", ["block_size()"]),
        ("assertbounds(0, 1, _)", ["assert_bounds(0, 1, in0)"]),
    ],
)
def test_signals(process: str, expected: list[str]) -> None:
    assert outputs(f"process = {process};") == expected


def test_recursion_reads_its_output_through_a_delay() -> None:
    result = elaborated("process = + ~ *(0.5);")
    (output,) = result.outputs
    assert shown(output) == "(((f @ 1) * 0.5) + in0)"
    ((feedback, body),) = result.graph.definitions.items()
    assert body is output
    assert output.args[0].args[0].args[0] is feedback


def test_outputs_beside_the_feedback_are_plain() -> None:
    assert outputs("process = (_, _) ~ _;") == ["(f @ 1)", "in0"]


def test_a_waveform_counts_modulo_its_size() -> None:
    result = elaborated("process = waveform{5, 6} : !, _;")
    (read,) = result.outputs
    counter = read.args[1]
    ((feedback, following),) = result.graph.definitions.items()
    assert counter.args[0] is feedback
    assert shown(following) == "(((f @ 1) + 1) % 2)"


def test_equal_boxes_on_equal_signals_are_one_signal() -> None:
    a, b = elaborated("process = _ <: (+(1) : sin), (+(1) : sin);").outputs
    assert a is b


def test_a_soundfile_clamps_its_index() -> None:
    length, rate, channel = elaborated('process = 0, _ : soundfile("s[url:{a}]", 1);').outputs
    assert (length.op, rate.op, channel.op) == ("sf_length", "sf_rate", "sf_read")
    assert channel.value == 0
    assert shown(channel.args[2]).startswith("to_int(max(0, min(in0, (sf_length")


def test_signals_know_their_place_and_name() -> None:
    (output,) = elaborated("gain = _ * 3; process = gain;").outputs
    assert output.name == "gain"
    assert str(output.span) == "test.dsp:1:8"


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ('["a" -> hslider("a", 0, 0, 1, 0.1)]', ["(a * in0)"]),
        ('["a": +(1) -> hslider("a", 0, 0, 1, 0.1)]', ["(a + 1)"]),
        ('["a": 3 -> hslider("a", 0, 0, 1, 0.1)]', ["3"]),
        ('["g/a": + -> hslider("a", 0, 0, 1, 1), hgroup("g[1]", hslider("a", 0, 0, 1, 1))]',
         ["a", "(g_a + in0)"]),
        ('["b", "a": - -> (button("a"), button("b"))]', ["(a - in1)", "(b * in0)"]),
    ],
)  # fmt: skip
def test_modulation(process: str, expected: list[str]) -> None:
    assert outputs(f"process = {process};") == expected


@pytest.mark.parametrize(
    ("process", "frames"),
    [
        ("_ @ (-3) @ 5", 2), ("_ @ 5 @ (0 - 3)", 2), ("(2 * _) @ (-1) @ 2", 1),
        ("_ @ (-3) @ (-2) @ 6", 1), ("+ ~ (@(-1) @ 1)", 1),
    ],
)  # fmt: skip
def test_fixed_delays_whose_sum_is_not_negative_are_one(process: str, frames: int) -> None:
    module = compile_source(Source("p.dsp", f"process = {process};"), FrontendOptions())
    offsets = [op.offset.value.data for op in module.walk() if isinstance(op, DelayOp)]
    assert offsets == [frames]


@pytest.mark.parametrize("process", ["_ @ (-3) @ 2", "+ ~ @(-1)", "_ @ (-1)"])
def test_fixed_delays_whose_sum_is_negative_are_a_fault(process: str) -> None:
    with pytest.raises(DspcError) as caught:
        compile_source(Source("p.dsp", f"process = {process};"), FrontendOptions())
    assert caught.value.code == "E0304"
    assert caught.value.span is not None
