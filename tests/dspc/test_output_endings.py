"""Paths of outputs: endings that contradict the contents, and standard output as `-`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from commands import output

from dspc import run
from dspc.figures.plot import check_plot
from dspc.options.compile_options import CompileOptions
from dspc.running.audio import read_sound
from dspc.support.diagnostics import DspcError
from dspc.targets.endings import check_other_endings, check_output_ending
from dspc.targets.lookup import find_target

PROGRAM = "process = _ * 0.5;\n"

REFUSED = [
    ({"target": "llvm", "output": f"x{ending}"}, "--target llvm -o FILE.o")
    for ending in (".so", ".dll", ".dylib", ".a", ".lib", ".exe")
] + [
    ({"output": "x.ll"}, "--target llvm writes .ll"),
    ({"output": "x.PY"}, "it is as .cpp"),
    ({"output": "x.c"}, "--target c writes .c"),
    ({"output": "x.wav"}, "it is as .cpp"),
    ({"target": "c", "output": "x.cpp"}, "--target cpp writes .cpp"),
    ({"target": "opencl", "output": "x.cpp"}, "--target cpp writes .cpp"),
    ({"target": "web", "output": "x.js"}, "it is as .html"),
    ({"target": "interp", "output": "x.ll"}, "--target llvm writes .ll"),
    ({"emit": "loops", "output": "x.cpp"}, "it is as .mlir"),
    ({"emit": "llvm", "output": "x.cpp"}, "it is as .ll"),
    ({"memory_map": "svg", "output": "x.png"}, "it is as .svg"),
    ({"export_dsp": True, "output": "x.cpp"}, "it is as .dsp"),
    ({"explain": "dsp-split-loops", "output": "x.html"}, "it is as .txt"),
    ({"report": "x.txt"}, "it is as .html"),
    ({"report": "x.pdf"}, "it is as .html"),
    ({"stats": "x.csv"}, "it is as .json"),
]

ACCEPTED = [
    *({"output": name} for name in ("x", "x.txt", "x.C", "x.hpp", "X.CPP", "tmp.aB3dE", "-")),
    *({"target": "llvm", "output": name} for name in ("x.o", "x.s", "x.bc", "x.ll", "x")),
    {"output": "x.html", "architecture": "page.cpp"},
    {"memory_map": "svg", "output": "x.svg"},
    {"memory_map": "text", "output": "x.txt"},
    {"emit": "loops", "output": "x.mlir"},
    {"emit": "llvm", "output": "x.ll"},
    {"report": "x.htm"},
    {"report": "-"},
]


def _check(options: CompileOptions) -> None:
    check_output_ending(options)
    check_other_endings(options)


@pytest.mark.parametrize(("options", "hint"), REFUSED)
def test_ending_of_another_format_was_accepted(options: dict[str, str], hint: str) -> None:
    with pytest.raises(DspcError) as caught:
        _check(CompileOptions("x.dsp", **options))  # pyright: ignore[reportArgumentType]
    assert (caught.value.code, caught.value.exit_status) == ("E0014", 2)
    assert hint in (caught.value.hint or "")


@pytest.mark.parametrize("options", ACCEPTED)
def test_endings_that_say_nothing_else_are_accepted(options: dict[str, str]) -> None:
    _check(CompileOptions("x.dsp", **options))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("name", ["c+", "c++", "cxx", "C++"])
def test_cpp_as_people_write_it_was_a_syntax_error(name: str) -> None:
    with pytest.raises(DspcError) as caught:
        find_target(name)
    assert (caught.value.code, caught.value.hint) == ("E0003", "did you mean cpp?")


def test_dash_was_the_name_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.dsp").write_text(PROGRAM)
    plain = output(capsys, "p.dsp")
    assert plain[0] == 0
    assert output(capsys, "p.dsp", "-o", "-") == plain
    assert output(capsys, "p.dsp", "--report", "-")[1].startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["p.dsp"]


def test_dash_of_sound_was_the_name_of_a_file(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.dsp").write_text(PROGRAM)
    with pytest.raises(SystemExit) as ended:
        run.main(["p.dsp", "--impulse", "--seconds", "0.01", "--format", "float", "-o", "-"])
    assert ended.value.code in (0, None)
    (tmp_path / "out.wav").write_bytes(capfdbinary.readouterr().out)
    sound, rate = read_sound("out.wav")
    assert (sound.shape, rate, sound[0, 0], np.abs(sound).sum()) == ((1, 480), 48000, 0.5, 0.5)


def test_two_outputs_on_standard_output_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [str(tmp_path / name) for name in ("p.dsp", "q.dsp")]
    for name in names:
        Path(name).write_text(PROGRAM)
    refused = [
        ((*names, "-O", str(tmp_path), "-o", "-"), "several files need -O DIR, and no -o"),
        ((names[0], "-o", "-", "--report", "-"), "both be written to standard output"),
    ]
    for arguments, words in refused:
        status, out, error = output(capsys, *arguments)
        assert (status, out) == (2, "")
        assert words in error


def test_plots_of_unknown_endings_are_refused_before_rendering() -> None:
    for ending in (".png", ".svg", ".PDF", ""):
        check_plot(f"x{ending}")
    with pytest.raises(DspcError) as caught:
        check_plot("x.html")
    assert (caught.value.code, caught.value.exit_status) == ("E0014", 2)
