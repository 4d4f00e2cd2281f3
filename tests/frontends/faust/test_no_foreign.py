"""`--no-foreign` refuses C code at its place, in every command."""

from __future__ import annotations

from pathlib import Path

import pytest

import dspc
from dspc.cli import main as compile_main
from dspc.run import main as run_main
from dspc.support.diagnostics import DspcError

FOREIGN = {
    "function": 'process = _ : ffunction(float evil(float), "evil.h", "");',
    "mathematics of the program's own": 'process = ffunction(float sinhf(float), <math.h>, "");',
    "library": 'process = ffunction(float sinhf(float), <math.h>, "-levil");',
    "constant": 'process = fconstant(int EVIL, "evil.h");',
    "variable": 'process = _ * fvariable(float evil, "evil.h");',
    "unheard": "process = _, (fvariable(float evil, <evil.h>) : !);",
}
OWN = {
    "sampling rate": "process = fconstant(int fSamplingFreq, <math.h>);",
    "block size": "process = fvariable(int count, <math.h>);",
    "libraries": 'import("stdfaust.lib");\nprocess = ma.SR, ma.tanh(_), os.osc(440);',
}


def status(main: object, *arguments: str) -> int:
    assert callable(main)
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("name", FOREIGN)
def test_every_command_refuses(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "p.dsp"
    file.write_text(FOREIGN[name] + "\n")
    column = min(at for word in ("ffun", "fcon", "fvar") if (at := FOREIGN[name].find(word)) >= 0)
    for main, more in ((compile_main, ()), (compile_main, ("-e",)), (run_main, ("--silence",))):
        assert status(main, "--no-foreign", *more, str(file)) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith(f"{file}:1:{column + 1}: error[E0238]: "), captured.err
        assert "^" in captured.err
    for compiling in (dspc.compile, dspc.load):
        with pytest.raises(DspcError) as raised:
            compiling(FOREIGN[name], no_foreign=True)
        assert raised.value.code == "E0238"
        assert raised.value.span is not None


@pytest.mark.parametrize("name", FOREIGN)
def test_without_the_option_they_compile(name: str) -> None:
    assert dspc.compile(FOREIGN[name]).code


@pytest.mark.parametrize("name", OWN)
def test_the_language_itself_is_not_refused(name: str) -> None:
    plain, refused = dspc.compile(OWN[name]), dspc.compile(OWN[name], no_foreign=True)
    assert plain.code == refused.code


def test_a_library_beside_the_program_is_a_strangers(tmp_path: Path) -> None:
    (tmp_path / "x.lib").write_text('f = ffunction(float tanhf(float), <math.h>, "");\n')
    file = tmp_path / "p.dsp"
    file.write_text('process = library("x.lib").f;\n')
    with pytest.raises(DspcError) as raised:
        dspc.compile(str(file), no_foreign=True)
    assert str(raised.value.span) == f"{tmp_path}/x.lib:1:5"
