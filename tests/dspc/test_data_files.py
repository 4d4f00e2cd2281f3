"""Data files have a schema: what each value may be, and where a fault stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import mutants
import numpy as np
import pytest
from xdsl.dialects.builtin import IntegerType

import dspc
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import InterpreterError
from dspc.dialects.dsp_mem.machine import BUILT_IN, load_machine
from dspc.running.audio import write_sound
from dspc.running.batch import read_batch
from dspc.running.controls import read_change_file
from dspc.running.rates import check_rate
from dspc.support.diagnostics import DspcError


@pytest.mark.parametrize(
    ("line", "wrong", "reason"),
    [
        ("read = 60", "read = -1", "read is a whole number from 0"),
        ("vector_bits = 64", "vector_bits = 63", "vector_bits is one of"),
        ("line = 128", "line = 1099511627776", "line is a power of two"),
        ('allocators = ["static"]', 'allocators = [["heap"]]', "no allocator is called"),
        ("cores = 2", "cores = " + "9" * 5000, "digits"),
        ("cores = 2", "cores = " + "[" * 5000, "brackets within each other"),
        ("cores = 2", "cores = = 2", "alue"),
    ],
)
def test_a_machine_file(line: str, wrong: str, reason: str, tmp_path: Path) -> None:
    text = (BUILT_IN / "am572x.toml").read_text()
    assert line in text
    file = tmp_path / "m.toml"
    file.write_text(text.replace(line, wrong, 1))
    with pytest.raises(DspcError, match="E0602") as caught:
        load_machine(str(file))
    assert reason in caught.value.message
    assert caught.value.exit_status == 2
    assert caught.value.span is not None
    assert caught.value.span.line == text[: text.index(line)].count("\n") + 1


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('{"g": ' + "9" * 400 + "}", 2),
        ('{"g": ' + "9" * 401 + "}", 7),
        ("[" * 100_000, 65),
        ('{"g": NaN}', 2),
        ('{"g": "1"}', 2),
        ('{"g": [[-1, 0]]}', 2),
        ('{"g": [[1e30, 0]]}', 2),
        ('{"g": 1, "g": 2}', 2),
        ('{"g": 1,, "f": 2}', 9),
        ('{"g": 1, "f": 2}', 10),
    ],
)
def test_a_control_file(text: str, column: int, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text(text)
    with pytest.raises(DspcError) as caught:
        read_change_file(str(file), ["/e/g"], 48000)
    assert caught.value.exit_status == 2
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (1, column)


def test_the_elements_of_a_batch_have_places(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_text('[{"g": 1},\n {"g": 2} , {}]')
    batch = read_batch(str(file))
    assert batch.starts == [1, 12, 23]


@pytest.mark.parametrize("rate", [0, -1, 2**31, 44100.5, float("nan"), "48000", True])
def test_sampling_rates_are_whole_numbers_of_an_int(rate: object) -> None:
    with pytest.raises(DspcError, match="E0008"):
        check_rate(rate)
    with pytest.raises(DspcError, match="E0008"):
        dspc.load("process = _;", backend="interp").start(rate)  # type: ignore[arg-type]


def test_a_rate_that_no_wav_header_holds(tmp_path: Path) -> None:
    with pytest.raises(DspcError, match="E0014"):
        write_sound(str(tmp_path / "o.wav"), np.zeros((2, 4)), 2**31 - 1)
    assert list(tmp_path.iterdir()) == []


def test_a_use_before_its_definition_has_its_place(tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text(
        "builtin.module {\n  %a = arith.addi %b, %b : i32\n  %b = arith.constant 1 : i32\n}\n"
    )
    with pytest.raises(DspcError, match="E0021") as caught:
        mutants.opt(str(file))
    assert caught.value.span is not None
    assert caught.value.span.line == 2


def test_a_string_without_its_end_takes_linear_time(tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text('builtin.module {\n  %a = scf.for "' + "a%1 to step " * 10_000 + "\n}\n")
    with pytest.raises(DspcError, match="E0020") as caught:
        mutants.opt(str(file))
    assert caught.value.span is not None
    assert (caught.value.span.line, caught.value.span.column) == (2, 16)


PROGRAM = """builtin.module {
  dsp.program @one f32 metadata [] ui {
    dsp.group vgroup "one" [] {
    }
  } body {
  ^bb0(%0: !dsp.signal<f32, sample>):
    HERE
    dsp.yield %0 : (!dsp.signal<f32, sample>) -> ()
  }
}
"""
AMONG_SIGNALS = {
    "a widget": 'dsp.widget @a button "a" [] {init = 0.0 : f64}',
    "an op of loops": "%1 = arith.constant 1 : i32",
    "a buffer": "dsp_mem.buffer @b : memref<f32> instance state",
}


@pytest.mark.parametrize("op", AMONG_SIGNALS.values(), ids=AMONG_SIGNALS)
def test_other_ops_among_signals_have_their_place(op: str, tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text(PROGRAM.replace("HERE", op))
    done = subprocess.run(
        [sys.executable, "-m", "dspc.opt", "-p", "dsp-simplify", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{file}:7:5: error[E0305]: ")
    assert "cannot stand among signals" in done.stderr


def test_integers_of_odd_widths_are_no_numbers_of_the_interpreter() -> None:
    with pytest.raises(InterpreterError, match="no values of type i7"):
        element_name(IntegerType(7))


def test_mutants_are_accepted_or_diagnosed() -> None:
    counts, faults = mutants.run(100, seed=3)
    assert faults == []
    assert sum(counts.values()) == 100


def test_the_judge_of_mutants() -> None:
    assert mutants.wrong("m.toml", 3, "dspc: error[E0099]: internal error\n")
    assert mutants.wrong("m.toml", 2, "error[E0602]: no place\n")
    assert mutants.wrong("m.toml", 0, "warning\n")
    assert mutants.wrong("m.toml", 2, "m.toml:1:1: error[E0602]: bad\n") is None
