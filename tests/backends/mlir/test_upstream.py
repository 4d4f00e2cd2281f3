"""The target `mlir`: mlir-opt accepts it, and it computes what the interpreter computes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from upstream import Running, accepted, use_openmp

import dspc
from dspc.backends.interp.instance import InterpInstance
from dspc.backends.mlir.upstream import MOST_ON_STACK, UPSTREAM
from dspc.support.diagnostics import DspcError
from tests.conformance.programs import CORE, EXAMPLES

RATE, FRAMES = 48000, 300
MODES: dict[str, dict[str, Any]] = {
    "scalar": {"scalar": True},
    "default": {},
    "vec": {"vec": True},
    "omp": {"omp": True},
    "sch": {"sch": True, "vector_size": 32},
}
OTHERS = (
    "ambisonics/fourSourcesToOcto.dsp", "dynamic/volume.dsp", "filtering/APF.dsp",
    "filtering/lowShelf.dsp", "filtering/highShelf.dsp", "generator/filterOsc.dsp",
    "gameaudio/wind.dsp", "misc/autopan.dsp", "misc/capture.dsp", "misc/drumkit.dsp",
    "phasing/flangerLab.dsp", "phasing/phaserLab.dsp", "pitchShifting/pitchShifter.dsp",
    "psychoacoustic/harmonicExciter.dsp", "quantizing/quantizedChords.dsp",
    "reverb/fdnRev.dsp", "reverb/zitaRev.dsp", "spat/spat.dsp",
)  # fmt: skip
"""Examples besides the core of the conformance tests."""
SAMPLE = ("filtering/vocoder.dsp", "SAM/freeverb/freeverb.dsp", "bela/AdditiveSynth.dsp")
HEADERS = (
    "SAM/echo/echo.dsp", "SAM/effects/effects.dsp", "physicalModeling/faust-stk/bass.dsp",
    "physicalModeling/faust-stk/piano.dsp", "physicalModeling/faust-stk/voiceForm.dsp",
    "physicalModeling/faust-stk/modalBar.dsp", "physicalModeling/faust-stk/harpsi.dsp",
)  # fmt: skip
"""Examples that call C code of a header of their own, which only a C++ compiler can read."""
EXAMPLE_NAMES = tuple(
    dict.fromkeys(
        name for name in (*CORE, *OTHERS) if name not in HEADERS and (EXAMPLES / name).exists()
    )
)
"""The examples without sound files and C variables, of which MLIR has none."""
TABLE = """
process = _ <: rwtable(17, 0.0, idx, _, (idx + 3) % 17), rdtable(5, 1.0 : + ~ _, idx % 5)
with { idx = (+(1) : %(17)) ~ _ : max(0); };
"""
METER = 'process = *(hslider("gain", 0.5, 0, 1, 0.1)) : hbargraph("level", 0, 1);'
LONG = "process = par(i, 4, + ~ (@(9000 + i) : *(0.5)));"
LANES = "process = par(i, 8, *(100 * (i + 1)) : int : max(-3) : min(40) <: select2(>(7), _, +(i)));"


def both(source: Any, **options: Any) -> tuple[Running, InterpInstance, np.ndarray]:
    """The program in LLVM and in the interpreter, with its inputs."""
    compiled = dspc.compile(source, target="mlir", **options)
    running = Running(compiled.code, compiled.module, RATE)
    inputs = np.random.default_rng(1).uniform(-0.5, 0.5, (running.unit.inputs, FRAMES))
    return running, InterpInstance(compiled.module, RATE), inputs


def compare(source: Any, **options: Any) -> None:
    """Equal samples, but for what the mathematical functions of two libraries differ by."""
    if options.get("omp") or options.get("sch"):
        use_openmp()
    running, instance, inputs = both(source, double=True, **options)
    samples = running.compute(inputs)
    expected = np.asarray(instance.compute(inputs))
    assert expected.size
    assert np.isfinite(expected).all()
    np.testing.assert_allclose(samples, expected, rtol=0, atol=2e-6)


@pytest.mark.conformance
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", SAMPLE)
def test_examples_compute_the_same(name: str, mode: str) -> None:
    compare(EXAMPLES / name, **MODES[mode])


@pytest.mark.full
@pytest.mark.parametrize("mode", ["scalar", "vec", "default"])
@pytest.mark.parametrize("name", EXAMPLE_NAMES)
def test_all_examples_compute_the_same(name: str, mode: str) -> None:
    compare(EXAMPLES / name, **MODES[mode])


@pytest.mark.slow
@pytest.mark.parametrize("name", HEADERS[:2])
def test_calls_of_c_functions_are_printed(name: str) -> None:
    text = accepted(dspc.compile(EXAMPLES / name, target="mlir").code)
    assert "call @fast" in text


def test_there_are_sixty_examples() -> None:
    assert len(EXAMPLE_NAMES) >= 60


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "source", [TABLE, METER, LONG, LANES], ids=["table", "meter", "long", "lanes"]
)
def test_programs_compute_the_same(source: str, mode: str) -> None:
    compare(source, **MODES[mode])


def test_controls_are_set_and_meters_read() -> None:
    running, instance, inputs = both(METER)
    running.call("set_gain", None, running.number(0.25))
    instance.set("/<text>/gain", 0.25)
    np.testing.assert_array_equal(running.compute(inputs), instance.compute(inputs))
    # The last frame of each block of 64 frames, of which the last is shorter.
    level = running.call("get_level", running.number)
    assert level == pytest.approx(instance.get(next(p for p in paths(instance) if "level" in p)))


def paths(instance: InterpInstance) -> list[str]:
    return [widget.path for widget in instance.widgets]


def test_state_is_cleared() -> None:
    running, _, inputs = both("process = + ~ *(0.9);", double=True)
    first = running.compute(inputs)
    assert not np.array_equal(running.compute(inputs), first)
    running.call("instance_clear", None)
    np.testing.assert_array_equal(running.compute(inputs), first)


@pytest.mark.parametrize("mode", MODES)
def test_only_upstream_dialects_and_the_names_of_the_program(mode: str) -> None:
    text = dspc.compile(
        'process = *(hslider("gain", 0.5, 0, 1, 0.1)) : + ~ pole with { pole = *(0.5); };',
        target="mlir", class_name="filter", **MODES[mode],
    ).code  # fmt: skip
    accepted(text)
    words = {word.split(".")[0].strip('"') for word in text.split() if "." in word[1:-1]}
    assert not {word for word in words if word.startswith("dsp")}
    assert {"memref", "arith", "func"} <= words & UPSTREAM
    assert '"gain"' in text
    assert "@filter_compute(" in text
    assert "%in0: memref<?xf32>, %out0: memref<?xf32>" in text


def test_large_scratch_is_not_on_the_stack() -> None:
    text = dspc.compile(LONG, target="mlir", vec=True, vector_size=8192).code
    accepted(text)
    assert MOST_ON_STACK <= 4 * 8192 * 2
    assert text.count("memref.alloc(") == text.count("memref.dealloc") > 0


@pytest.mark.parametrize(
    "source",
    ['process = 0, 0 : soundfile("s", 1) : !, !, _;',
     'process = fvariable(float drift, "drift.h");'],
)  # fmt: skip
def test_features_that_upstream_mlir_lacks_are_errors(source: str) -> None:
    with pytest.raises(DspcError) as caught:
        dspc.compile(source, target="mlir")
    assert caught.value.code == "E0910"
