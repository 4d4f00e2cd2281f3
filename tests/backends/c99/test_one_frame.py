"""`-os` and `-ec`: `frame` and `control` compute what `compute` does, in C++ and C99."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from c_programs import in_c, in_cpp

from dspc.api import load
from dspc.cli import guarded
from dspc.driver import Clock, compile_text
from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source
from tests.conformance.programs import EXAMPLES

PROGRAM = """
import("stdfaust.lib");
g = button("g");
level = hslider("level", 0.25, 0, 1, 0.01) + g;
mode = nentry("mode", 1, 0, 2, 1) : int;
table = rdtable(8, ba.time, mode), level;
gated = enable(_ + 1 ~ *(0.5), level > 0.5), control(_ : +~_, checkbox("on"));
process = _, _ <: *(level : sqrt), @(mode + int(g)), ((mode > 0), _, 3 : select2), gated
    : _, _, _, (_ + (level * level : hbargraph("shown", 0, 9))), _ : par(i, 5, _ <: _, _' :> +);
"""
SAMPLE = ("reverb/freeverb.dsp", "phasing/phaser.dsp", "generator/osc.dsp")
FORMS = (
    (("-DFRAME",), {"one_sample": True}),
    ((), {"one_sample": True}),
    (("-DCONTROL",), {"external_control": True}),
    (("-DFRAME", "-DCONTROL"), {"one_sample": True, "external_control": True}),
)


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "parts.dsp"
    path.write_text(PROGRAM)
    return str(path)


@pytest.mark.parametrize(("flags", "settings"), FORMS, ids=str)
def test_all_forms_compute_the_same(
    program: str, tmp_path: Path, flags: tuple[str, ...], settings: dict[str, Any]
) -> None:
    expected = in_cpp(program, tmp_path)
    assert (in_cpp(program, tmp_path, *flags, **settings) == expected).all()
    if settings.get("one_sample"):
        assert (in_c(program, tmp_path, *flags, **settings) == expected).all()


@pytest.mark.parametrize("example", SAMPLE)
@pytest.mark.conformance
def test_examples_by_frames(example: str, tmp_path: Path) -> None:
    path = str(EXAMPLES / example)
    flags, settings = FORMS[-1]
    samples = in_cpp(path, tmp_path, *flags, **settings)
    assert (samples == in_cpp(path, tmp_path)).all()


def test_chunks_take_separate_controls(program: str, tmp_path: Path) -> None:
    expected = in_c(program, tmp_path, vec=True)
    samples = in_c(program, tmp_path, "-DCONTROL", vec=True, external_control=True)
    assert (samples == expected).all()


def test_controls_are_read_by_control_only(program: str) -> None:
    options = CompileOptions(one_sample=True, external_control=True)
    code = compile_text(program, options, Clock())
    parts = code.split("void control() {")[1].split("void frame(")
    assert "sqrt" in parts[0]
    assert "FAUSTFLOAT(fSlow" not in parts[0]
    assert "shown =" in parts[1]
    assert "float(level)" not in parts[1]
    assert "sqrt" not in parts[1]


def test_the_interpreter_runs_control_before_each_block() -> None:
    chosen = CompileOptions(external_control=True, scalar=True)
    from dspc.pipelines.selection import choose_passes

    passes = choose_passes(chosen)
    text = 'process = *(hslider("gain", 0.5, 0, 1, 0.1) + 1);'
    parted = load(text, backend="interp", passes=list(passes))
    for gain in (0.25, 1.0):
        assert parted([[1.0]], controls={"gain": gain})[0, 0] == gain + 1


@pytest.mark.parametrize("target", ["llvm", "opencl", "interp"])
def test_targets_without_control_refuse_it(target: str) -> None:
    options = CompileOptions(
        target=target, pipeline="dsp-simplify,dsp-rates,dsp-lower-to-loops,dsp-separate-control"
    )
    with pytest.raises(DspcError, match="control"):
        compile_text(Source("a.dsp", 'process = *(hslider("g", 1, 0, 1, 1));'), options, Clock())


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"one_sample": True, "vec": True}, "-os excludes -vec"),
        ({"one_sample": True, "compute_mix": True}, "-os excludes -cm"),
        ({"external_control": True, "sch": True}, "-ec excludes -omp and -sch"),
        ({"one_sample": True, "target": "llvm"}, "-os requires the target cpp, not llvm"),
    ],
    ids=str,
)
def test_contradictions_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(DspcError, match=message):
        compile_text(Source("a.dsp", "process = _;"), CompileOptions(**settings), Clock())


def test_one_frame_takes_no_chunks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dspc.cli import _compile

    path = tmp_path / "a.dsp"
    path.write_text("process = _ : + ~ *(0.5);")
    pipeline = "dsp-simplify,dsp-rates,dsp-split-loops,dsp-one-sample"
    assert guarded(lambda: _compile(["-p", pipeline, str(path)]), "dspc", []) == 2
    assert "error[E0024]: dsp-one-sample takes scalar loops" in capsys.readouterr().err


@pytest.mark.parametrize(
    "label", ["compute", "frame", "control", "instance_clear", "cbrt", "exp10"]
)
def test_widgets_may_have_the_names_of_functions(label: str) -> None:
    text = (
        'root = ffunction(float cbrtf|cbrt(float), <math.h>, ""); '
        f'process = root(button("{label}")) + pow(10, button("{label}"));'
    )
    samples = load(text, backend="interp", double=True, exp10=True)(frames=1, controls={label: 1.0})
    assert samples[0, 0] == pytest.approx(11.0)
