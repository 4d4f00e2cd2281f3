"""Both ends of the pipeline: rewrite rules of the front end, and the printed code."""

from __future__ import annotations

import math
import re
import sys
from typing import Any

import pytest

import dspc
from dspc.backends.llvm import instance, printer
from dspc.backends.llvm.printer import LlvmProgram, print_llvm
from dspc.backends.wasm.arithmetic import HANDLERS
from dspc.dialects.dsp.constants import FOLDERS
from dspc.dialects.dsp.rules import RULES
from dspc.running import c_programs
from dspc.support.diagnostics import DspcError
from dspc.validation.constant_folding import wrong_fold

TEXT = 'process(x, y) = (x - y) * hslider("gain", 0.5, 0, 1, 0.1) <: _, @(9);'


def test_a_rule_of_the_front_end_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def swapped(b: Any, args: Any, _: object) -> Any:
        return b.raw("sub", args[::-1])

    dspc.compile(TEXT, validate="each")
    monkeypatch.setitem(RULES, "sub", swapped)
    with pytest.raises(DspcError, match="the front end changed the results") as caught:
        dspc.compile(TEXT, validate="each")
    assert caught.value.code == "E0501"


def test_constants_that_are_folded_otherwise_than_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Numbers of copies and routes are folded with and without rewrite rules."""
    assert wrong_fold() == ""
    monkeypatch.setitem(FOLDERS, "floor", math.ceil)
    assert wrong_fold() == "floor(0.5) is folded to 1, and computed to be 0.0"
    monkeypatch.undo()
    monkeypatch.setitem(FOLDERS, "int", round)
    with pytest.raises(DspcError, match=r"the front end: int\(1.5\) is folded to 2") as caught:
        dspc.compile("process = par(i, int(3.7), _) :> _;", validate="each")
    assert caught.value.code == "E0501"


def test_printed_code_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dspc.compile(TEXT, target="llvm", validate="code")
    line = capsys.readouterr().err
    assert "; the code of target llvm compared; " in line
    assert "not compared" not in line
    wrong_llvm(monkeypatch, " fsub ", " fadd ")
    dspc.compile(TEXT, target="llvm", validate="each")
    with pytest.raises(DspcError, match="the code of target llvm computes otherwise") as caught:
        dspc.compile(TEXT, target="llvm", validate="code")
    assert caught.value.code == "E0506"


@pytest.mark.builds
def test_printed_c_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'{TEXT[:-1]} : abs, hbargraph("level", -1, 1);'
    dspc.compile(text, target="c", validate="code")
    assert "not compared" not in capsys.readouterr().err
    printed = c_programs.print_c99
    monkeypatch.setattr(
        c_programs, "print_c99", lambda module: printed(module).replace("fabsf(", "abs(")
    )
    with pytest.raises(DspcError, match="the code of target c computes otherwise") as caught:
        dspc.compile(text, target="c", validate="code")
    assert caught.value.code == "E0506"


@pytest.mark.parametrize("no_llvm", [False, True], ids=["by LLVM", "encoded"])
def test_webassembly_that_is_wrong(
    no_llvm: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sound files, meters, copies and resets among it: what wasmtime runs is the interpreter's."""
    text = f"""sound = soundfile("s[url:{{'a.wav'}}]", 1);
        process(x, y) = out <: _, hbargraph("level", -1, 1), (0, (+(1) ~ _) % 500 : sound)
        with {{ out = {TEXT[len("process(x, y) = ") : -len(" <: _, @(9);")]} : @(9) : sin; }};"""
    options: dict[str, Any] = {"target": "wasm", "no_llvm": no_llvm}
    dspc.compile(text, **options, validate="code")
    assert "; the code of target wasm compared; " in capsys.readouterr().err
    if no_llvm:
        monkeypatch.setitem(HANDLERS, "arith.subf", HANDLERS["arith.addf"])
    else:
        wrong_llvm(monkeypatch, " fsub ", " fadd ")
    with pytest.raises(DspcError, match="the code of target wasm computes otherwise") as caught:
        dspc.compile(text, **options, validate="code")
    assert caught.value.code == "E0506"


def test_webassembly_that_is_not_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "arith.subf", lambda op, args, code: code.emit("i32.const", 1))
    with pytest.raises(DspcError, match="the WebAssembly module can't be loaded") as caught:
        dspc.compile(TEXT, target="wasm", no_llvm=True, validate="code")
    assert caught.value.code == "E0722"


def test_webassembly_without_a_runner_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "wasmtime", None)
    dspc.compile(TEXT, target="wasm", no_llvm=True, validate="code")
    assert "not compared: the code of target wasm (running WebAssembly needs" in (
        capsys.readouterr().err
    )


def test_code_that_cannot_be_run_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    text = 'process = ffunction(float mine(float), "mine.h", "");'
    dspc.compile(text, target="llvm", validate="code")
    assert "not compared: the code of target llvm (the program calls foreign C functions)" in (
        capsys.readouterr().err
    )


DECIDED = """SR = fconstant(int fSamplingFreq, <math.h>);
process = @(int(1116.0 * SR / 44100)) : *(select2(1116.0 * SR / 44100 < 1116, 0.5, 0.25));
"""


@pytest.mark.slow
def test_decisions_that_depend_on_rounding_are_compared_at_the_front_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """1116 * 44100 / 44100 is 1116, and less once the constants are merged."""
    dspc.compile(DECIDED, validate="each")
    assert "not compared" not in capsys.readouterr().err

    def wrong(b: Any, args: Any, _: object) -> Any:
        return b.raw("div", (args[0], b.float(44000.0)))

    monkeypatch.setitem(RULES, "div", wrong)
    with pytest.raises(DspcError, match="the front end changed the results"):
        dspc.compile(DECIDED, validate="each")


def wrong_llvm(monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    """Have LLVM code printed with other text in one place."""

    def wrong(module: Any, options: Any = None) -> LlvmProgram:
        program = print_llvm(module, options)
        assert re.search(old, program.text)
        rest = [getattr(program, name) for name in LlvmProgram.__slots__ if name != "text"]
        return LlvmProgram(re.sub(old, new, program.text), *rest)

    monkeypatch.setattr(instance, "print_llvm", wrong)
    monkeypatch.setattr(printer, "print_llvm", wrong)


@pytest.mark.builds
def test_sound_files_of_printed_code_are_not_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong channel is heard."""
    slot = "soundfile(\"s [url:{'a.wav';'b.wav'}]\", 3)"
    text = f"process = (1, +(1) ~ _) : {slot} : !, !, _, _, _;"
    dspc.compile(text, target="llvm", validate="code")
    wrong_llvm(monkeypatch, r"(getelementptr inbounds ptr, ptr \S+, i64) 2\b", r"\1 0")
    with pytest.raises(DspcError, match="the code of target llvm computes otherwise"):
        dspc.compile(text, target="llvm", validate="code")


@pytest.mark.parametrize("options", [{"host_zones": True}, {"manager": True}, {"one_sample": True}])
def test_classes_that_need_a_host(
    options: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    """Memory that a host provides is not run; proofs of bounds know the length of a frame."""
    dspc.compile("process = @(100), _ : +;", validate="code", **options)
    is_run = "its memory is that of a host" not in capfd.readouterr().err
    assert is_run == ("one_sample" in options)


@pytest.mark.builds
def test_a_class_whose_host_calls_control() -> None:
    """Its code is run with a call of `control` before each block."""
    dspc.compile(
        'process = *(hslider("g", 0.5, 0, 1, 0.1) : sin);', validate="code", external_control=True
    )
