"""Both ends of the pipeline: rewrite rules of the front end, and the printed code."""

from __future__ import annotations

from typing import Any

import pytest

import dspc
from dspc.backends.llvm import instance
from dspc.backends.llvm.printer import LlvmProgram, print_llvm
from dspc.dialects.diagnostics import DspcError
from dspc.dialects.dsp.rules import RULES

TEXT = 'process(x, y) = (x - y) * hslider("gain", 0.5, 0, 1, 0.1) <: _, @(9);'


def test_a_rule_of_the_front_end_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def swapped(b: Any, args: Any, _: object) -> Any:
        return b.raw("sub", args[::-1])

    dspc.compile(TEXT, validate="each")
    monkeypatch.setitem(RULES, "sub", swapped)
    with pytest.raises(DspcError, match="the front end changed the results") as caught:
        dspc.compile(TEXT, validate="each")
    assert caught.value.code == "E0501"


def test_printed_code_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(module: Any, options: Any = None) -> LlvmProgram:
        program = print_llvm(module, options)
        assert " fsub " in program.text
        text = program.text.replace(" fsub ", " fadd ")
        return LlvmProgram(
            text,
            *[getattr(program, name) for name in LlvmProgram.__slots__ if name != "text"],
        )

    dspc.compile(TEXT, target="llvm", validate="code")
    assert "not compared" not in capsys.readouterr().err
    monkeypatch.setattr(instance, "print_llvm", wrong)
    dspc.compile(TEXT, target="llvm", validate="each")
    with pytest.raises(DspcError, match="the code of target llvm computes otherwise") as caught:
        dspc.compile(TEXT, target="llvm", validate="code")
    assert caught.value.code == "E0506"


def test_code_that_cannot_be_run_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    text = 'process = ffunction(float mine(float), "mine.h", "");'
    dspc.compile(text, target="llvm", validate="code")
    assert "not compared: the code of target llvm (the program calls foreign C functions)" in (
        capsys.readouterr().err
    )


DECIDED = """SR = fconstant(int fSamplingFreq, <math.h>);
process = @(int(1116.0 * SR / 44100)) : *(select2(1116.0 * SR / 44100 < 1116, 0.5, 0.25));
"""


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
