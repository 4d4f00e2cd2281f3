"""The level `decisions`: decisions on loops are printed, edited, and carried out as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from commands import output, without_options

import dspc
from dspc.driver import Clock, compile_text
from dspc.mlir_text import MlirText
from dspc.multiverse import new_context
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.standard import LEVELS
from dspc.support.diagnostics import DspcError, DspcWarning, Source

LEVEL = "decisions"
PROGRAM = """
import("filters.lib");
process = sin : (+ ~ *(0.5)) : exp : @(20) <: par(i, 8, tf2(1, 0.1*i, 0.2, -1.2, 0.5)) :> _;
"""
MODES: tuple[dict[str, Any], ...] = (
    {}, {"vec": True}, {"vec": True, "loop_variant": 1, "lanes": 4}, {"sch": True},
    {"vec": True, "delay_line_threshold": 16}, {"scalar": True}, {"lanes": 0},
)  # fmt: skip


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("decided") / "x.dsp"
    file.write_text(PROGRAM)
    return str(file)


def decided(file: str, **options: Any) -> str:
    return compile_text(file, CompileOptions(file=file, emit=LEVEL, **options), Clock())


def module_of(text: str) -> Any:
    return MlirText(text, "x.mlir").read(new_context())


@pytest.mark.parametrize("options", MODES, ids=str)
def test_the_text_of_decisions_compiles_to_the_same_code(
    program: str, options: dict[str, Any]
) -> None:
    text = decided(program, **options)
    is_split = not options.get("scalar") and options.get("lanes") != 0
    assert ("dsp.chunk" in text) == is_split
    # Without decisions, the options decide again.
    again = {"sch": True} if "sch" in options else {} if is_split else options
    code = dspc.compile(module_of(text), target="interp", **again).code
    expected = dspc.compile(program, target="interp", **options).code
    assert without_options(code) == without_options(expected)


@pytest.mark.parametrize("level", LEVELS)
def test_python_has_the_text_of_each_level(program: str, level: str) -> None:
    command = compile_text(program, CompileOptions(file=program, emit=level), Clock())
    assert dspc.compile(program, emit=level).code == command


def test_edited_decisions_are_carried_out(program: str, tmp_path: Path) -> None:
    text = decided(program, vec=True)
    file = tmp_path / "x.mlir"
    file.write_text(text.replace("dsp.chunk 32", "dsp.chunk 8"))
    code = dspc.compile(file, target="cpp").code
    assert "first += 8" in code
    x = np.random.default_rng(1).normal(size=(1, 100))
    heard = dspc.load(file, backend="interp")(x, rate=48000)
    assert heard == pytest.approx(dspc.load(program, backend="interp")(x, rate=48000), abs=1e-5)


def test_decisions_that_contradict_the_program_are_refused(program: str, tmp_path: Path) -> None:
    text = decided(program, vec=True)
    assert "@loop1 scan" in text
    with pytest.raises(DspcError) as caught:
        dspc.compile(module_of(text.replace("@loop1 scan", "@loop1 free")))
    assert caught.value.code in ("E0021", "E0309")
    with pytest.raises(DspcError):
        dspc.compile(module_of(text.replace("dsp.loop = @loop1", "dsp.loop = @none")))


@pytest.mark.parametrize(
    ("edit", "replacement", "code", "words"),
    [
        ("outputs = array<i64: 0>", "", "E0309", "output 0 is in no loop that is declared"),
        (r"lines = \[@\w+\]", "", "E0309", "a delay line's input is in no loop that is declared"),
        (r"(dsp\.line @\w+ ring) \d+", r"\1 1099511627776", "E0021", "shorter than 2^31 frames"),
        (r"(dsp\.line @\w+ ring) \d+", r"\1 4294967296", "E0021", "shorter than 2^31 frames"),
    ],
)
def test_wrong_decisions_are_refused_at_a_place(
    edit: str, replacement: str, code: str, words: str, tmp_path: Path
) -> None:
    """Also where no op names the loop, but the program's output or input does."""
    source = tmp_path / "x.dsp"
    source.write_text("process = @(100) : sin;")
    text = decided(str(source), vec=True)
    edited = re.sub(edit, replacement, text)
    assert edited != text
    file = tmp_path / "x.mlir"
    file.write_text(edited)
    with pytest.raises(DspcError) as caught:
        dspc.compile(file)
    assert (caught.value.code, caught.value.span is not None) == (code, True)
    assert words in caught.value.message


def test_one_loop_is_a_decision(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = module_of(re.sub(r"(dsp\.chunk .*?\{)", r"\1is_one_loop, ", decided(program)))
    assert "int first" not in dspc.compile(module).code


def test_options_of_decisions_have_no_effect_afterwards(program: str) -> None:
    module = module_of(decided(program))
    with pytest.warns(DspcWarning, match="loops of the module are decided already: -vec has no"):
        dspc.compile(module, vec=True)


def test_decided_modules_are_explained_and_validated(
    program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.mlir"
    file.write_text(decided(program, vec=True))
    explained = {
        name: output(capsys, "--explain", "dsp-split-loops", *options)
        for name, options in {"mlir": [str(file)], "dsp": ["-vec", program]}.items()
    }
    # Only the places in the source differ.
    kinds = [
        [line.partition(", from")[0] for line in out.splitlines() if line.startswith("L")]
        for _, out, _ in explained.values()
    ]
    assert kinds[0] == kinds[1] != []
    status, out, err = output(
        capsys, "--validate", "each", "-o", str(tmp_path / "x.cpp"), str(file)
    )
    assert (status, out) == (0, "")
    assert "passes compared" in err


def test_passes_run_on_decided_modules(program: str) -> None:
    """A pass may be inserted before the lowering, and signal passes accept decisions."""
    module = module_of(decided(program, vec=True))
    inserted = "before dsp-lower-to-loops: cse"
    with_cse = dspc.compile(module, "interp", insert=[inserted]).code
    assert with_cse.replace(f" --insert '{inserted}'", "") == dspc.compile(module, "interp").code
    simplified = dspc.compile(module, passes=["dsp-simplify", "dsp-lower-to-loops"])
    assert "int first" not in simplified.code


BANK = """
voice(i) = (\\(y, x).(x + (y : *(0.4 - 0.01*i)) + (y@1 : *(0.2 - 0.01*i)))) ~ _
    : _ <: _, (@(9) : *(0.25 + 0.01*i)) :> _;
process = _ <: par(i, 9, *(i + 2) : voice(i)) :> _;
"""
"""Recursive filters, each with an echo: a pack that reads nine frames of its own past."""
ROWS = "rows = 16 : i64"


def test_the_ring_of_a_pack_has_the_rows_that_are_declared() -> None:
    """Edited, in all lanes, they are those of the code; what cannot hold the past is refused."""
    text = compile_text(Source("x.dsp", BANK), CompileOptions(emit=LEVEL, vec=True), Clock())
    assert text.count(ROWS) == 9
    x = np.random.default_rng(1).normal(size=(1, 200))
    expected = dspc.load(BANK, backend="interp")(x)
    for rows in (16, 32, 64):
        module = module_of(text.replace(ROWS, f"rows = {rows} : i64"))
        lowered = str(dspc.compile(module, "interp").module)
        assert f"memref<{rows * 16}xf32> instance state" in lowered
        assert dspc.load(module, backend="interp")(x) == pytest.approx(expected, abs=1e-5)
    wrong = {
        "has 9 rows, but its pack reads 9 frames": text.replace(ROWS, "rows = 9 : i64"),
        "has 0 rows": text.replace(f", {ROWS}", ""),
        "fewer rows than a chunk has frames": text.replace(ROWS, "rows = 17 : i64"),
        "different numbers of rows": text.replace(ROWS, "rows = 32 : i64", 1),
    }
    for words, edited in wrong.items():
        with pytest.raises(DspcError, match=words) as caught:
            dspc.compile(module_of(edited))
        assert caught.value.code == "E0306"
    with pytest.raises(DspcError, match="a ring has rows"):
        dspc.compile(module_of(text.replace(ROWS, "rows = 1 : i64")))


def test_rings_of_packs_are_explained(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "bank.dsp"
    file.write_text(BANK)
    assert (
        "rings of their pack, 16 rows"
        in output(capsys, "--explain", "dsp-split-loops", str(file))[1]
    )
