"""Lowered programs compute bit-identical samples to their signals: one program for each hazard.

The C++ back end runs the same programs (mark `conformance`, it needs a compiler).
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import numpy as np
import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.backends.interp.definition.memory import Soundfiles
from dspc.backends.interp.instance import InterpInstance
from dspc.frontends.faust.compile import compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.pipelines.standard import SIGNAL_PASSES, load_pass
from dspc.support.diagnostics import Source

PROGRAMS: dict[str, str] = tomllib.loads(
    (Path(__file__).parent / "lowering_programs.toml").read_text()
)


def signals(text: str, precision: str = "double") -> ModuleOp:
    """The program, ready to be lowered."""
    module = compile_source(Source("p.dsp", text), FrontendOptions(precision=precision))
    for name in SIGNAL_PASSES:
        load_pass(name)().apply(Context(), module)
    return module


def lowered(module: ModuleOp) -> ModuleOp:
    loops = module.clone()
    load_pass("dsp-lower-to-loops")().apply(Context(), loops)
    loops.verify()
    return loops


@pytest.mark.parametrize("precision", ["single", "double"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_loops_are_the_signals(name: str, precision: str) -> None:
    module = signals(PROGRAMS[name], precision)
    assert compare(module, lowered(module), EXACT) is None


@pytest.mark.conformance
@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - {"soundfiles"}))
def test_cpp_is_the_signals(name: str) -> None:
    from dspc.backends.cpp.native import NativeInstance

    module = signals(PROGRAMS[name])
    native = NativeInstance(lowered(module), flags=("-O1",))
    ours = InterpInstance(module)
    random = np.random.default_rng(7)
    for count in (1, 0, 64, 3, 500):
        block = random.uniform(-1, 1, (ours.inputs, count))
        expected = ours.compute(block, frames=count)
        np.testing.assert_array_equal(native.compute(block), expected)


@pytest.mark.parametrize("name", ["meters", "a meter of a state", "a meter in a gate"])
def test_no_frames_leave_everything_as_it_was(name: str) -> None:
    one = InterpInstance(lowered(signals(PROGRAMS[name])))
    rows = np.random.default_rng(3).uniform(-1, 1, (one.inputs, 64))
    twin = one.clone()
    one.compute(rows[:, :32])
    twin.compute(rows[:, :32])
    shown = {widget.path: twin.get(widget.path) for widget in one.widgets}
    twin.compute(rows[:, :0])
    assert {path: twin.get(path) for path in shown} == shown
    assert any(shown.values())
    np.testing.assert_array_equal(one.compute(rows[:, 32:]), twin.compute(rows[:, 32:]))


def test_signals_of_meters_are_computed_after_the_loop() -> None:
    text = str(lowered(signals(PROGRAMS["a meter of a state"])))
    loop = text.index("scf.for")
    assert text.index("math.log10") > text.index("scf.yield", loop)
    assert text.count("math.log10") == 1


def test_a_meter_of_more_numbers_than_ops_stays_in_the_loop() -> None:
    text = str(lowered(signals('process(a,b) = attach(a, hbargraph("m",0,1)(a\'+b)), b;')))
    assert "scf.if" not in text


def test_attached_signals_without_effect_are_not_computed() -> None:
    text = str(lowered(signals(PROGRAMS["an attached dead signal"])))
    assert "math.sin" not in text
    assert "instance state" not in text


def test_a_foreign_call_is_made_though_only_attached() -> None:
    text = 'process(x) = attach(x, ffunction(float tick(float), "tick.h", "")(x));'
    assert "func.call @tick" in str(lowered(signals(text)))


WRITTEN_WAVEFORM = """process(x) = rwtable(4, 0.0, int(x*4), x, int(x*7));"""


def test_a_written_waveform_is_a_table_of_the_instance() -> None:
    module = signals(WRITTEN_WAVEFORM)
    make_waveform(module)
    module.verify()
    loops = lowered(module)
    assert "instance state" in str(loops)
    assert compare(module, loops, EXACT) is None
    first, other = InterpInstance(loops), InterpInstance(loops)
    rows = np.linspace(0, 1, 50)[None, :]
    first.compute(rows)
    assert not np.array_equal(first.compute(rows), other.compute(rows))


def make_waveform(module: ModuleOp) -> None:
    """Replace the generator of the program's only table by a waveform."""
    from xdsl.dialects.builtin import DenseArrayBase, f64

    from dspc.dialects.dsp import tables

    (table,) = [op for op in module.walk() if isinstance(op, tables.TableOp)]
    values = DenseArrayBase.from_list(f64, [1.5, -2.0, 3.25, 8.0])
    waveform = tables.WaveformOp.create(
        result_types=[table.table.type], properties={"values": values}
    )
    block = table.parent
    assert block is not None
    block.insert_op_before(waveform, table)
    table.table.replace_all_uses_with(waveform.table)
    table.detach()
    table.erase()


def test_lowest_and_highest_are_numbers() -> None:
    text = "process(x) = x + lowest(min(1,max(-3,x))), x + highest(abs(x)*2+0.25);"
    out = InterpInstance(lowered(signals(text))).compute(np.zeros((1, 1)))
    np.testing.assert_allclose(out[:, 0], [-1.0, 2.25], rtol=1e-5)


def test_sound_files_are_read_alike() -> None:
    module = signals(PROGRAMS["soundfiles"])
    sounds: Soundfiles = {}
    assert compare(module, lowered(module), EXACT, soundfiles=sounds) is None
