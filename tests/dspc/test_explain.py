"""`--explain`: explanations of passes agree with the modules they produce."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dspc.cli import _compile, guarded
from dspc.dialects.dsp_par import GraphOp, LoopKind, LoopOp, ParallelOp, SectionOp
from dspc.driver import Clock, read_program, run_passes
from dspc.explain import EXPLAINED
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.selection import choose_passes

BANK = """
bank = _ <: par(i, 16, + ~ (_ * (0.9 - i * 0.01) : min(10))) :> _;
comb = + ~ (@(1000) : *(0.5));
short = + ~ (@(27) : *(0.3));
pole = + ~ *(0.5);
vary = @(hslider("n", 20, 10, 300, 1) : int);
process = _ <: bank, comb, short, pole, vary :> _;
"""


def explain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str, text: str = BANK
) -> str:
    path = tmp_path / "bank.dsp"
    path.write_text(text)
    arguments = [*options, str(path)]
    assert guarded(lambda: _compile(arguments), "dspc", arguments) == 0
    return capsys.readouterr().out


def lowered(path: Path, **options: object):
    chosen = CompileOptions(file=str(path), **options)  # pyright: ignore[reportArgumentType]
    module = read_program(str(path), chosen.frontend())
    run_passes(module, choose_passes(chosen), chosen, Clock())
    return module


def test_reported_loops_are_those_of_the_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = explain(tmp_path, capsys, "--explain", "dsp-split-loops", "-vec", "-lv", "1")
    module = lowered(tmp_path / "bank.dsp", vec=True, loop_variant=1)
    loops = [op for op in module.walk() if isinstance(op, LoopOp)]
    kinds = re.findall(r"^L\d+[^:]*(?: output \d+)?: (free|recursive|pack|scan),", text, re.M)
    assert len(kinds) == len(loops)
    assert kinds.count("free") == sum(op.kind.data == LoopKind.FREE for op in loops)
    assert "pack" in kinds
    assert "scan" in kinds


def test_loops_say_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(explain(tmp_path, capsys, "--explain", "dsp-split-loops", "-vec").split())
    place = re.escape(str(tmp_path / "bank.dsp"))
    assert "chunks of 24 frames, vectors of 8 lanes" in text
    assert re.search(
        rf"within 24 frames, feedback of 28 frames is no loop-carried dependence, "
        rf"from {place}:4:14",
        text,
    )
    assert "16 recursions of one shape" in text
    assert "pole is a linear recurrence of order 1" in text
    assert "without -vec" not in text


@pytest.mark.parametrize(
    ("text", "verdict", "count"),
    [
        ("process = + ~ (*(0.5) : min(1));", "one loop instead", 0),
        (
            "process = *(0.1) : + ~ *(0.5);",
            "these loops: one takes about",
            3 + 1,
        ),  # and single frames
        (BANK, "these loops: packs save", 6 * 2),  # of full chunks, of the rest
    ],
)
def test_default_mode_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, verdict: str, count: int
) -> None:
    said = explain(tmp_path, capsys, "--explain", "dsp-split-loops", text=text)
    assert f"without -vec, dspc makes {verdict}" in said
    loops = [op for op in lowered(tmp_path / "bank.dsp").walk() if isinstance(op, LoopOp)]
    assert len(loops) == count


def test_firs_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "process = _ <: sum(i, 20, @(i) * sin(i + 1));"
    explanation = explain(tmp_path, capsys, "--explain", "dsp-split-loops", text=text)
    assert re.search(r"^L\d+ [^:]*: fir, 1 op", explanation, re.M)
    assert "20 taps of" in explanation
    assert "chunks of 128 frames" in explanation


@pytest.mark.parametrize("lanes", ["0", "4"])
def test_lanes_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str], lanes: str) -> None:
    options = ("--explain", "dsp-split-loops", "-vec", "--lanes", lanes)
    text = explain(tmp_path, capsys, *options)
    assert ("vectors of 4 lanes" in text) == (lanes == "4")
    assert ("pack" in text) == (lanes == "4")


def test_delays_are_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = " ".join(explain(tmp_path, capsys, "--explain", "dsp-size-delays").split())
    assert "comb: up to 1 001 frames" in text
    assert "in [10, 300]: 300 frames at most" in text
    assert "16 equal delay lines" in text


def test_reported_tasks_are_those_of_the_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = explain(tmp_path, capsys, "--explain", "dsp-schedule-tasks")
    module = lowered(tmp_path / "bank.dsp", sch=True)
    graph = next(op for op in module.walk() if isinstance(op, GraphOp))
    numbers = [int(number) for number in re.findall(r"^T(\d+) ", text, re.M)]
    assert numbers == [task.number.data for task in graph.tasks]
    gain = re.search(r"gain ([\d.]+) times at most", " ".join(text.split()))
    assert gain is not None
    assert 1.0 <= float(gain[1]) <= len(numbers)


def test_reported_sections_are_those_of_the_module(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = explain(tmp_path, capsys, "--explain", "dsp-section")
    module = lowered(tmp_path / "bank.dsp", omp=True)
    team = next(op for op in module.walk() if isinstance(op, ParallelOp))
    count = sum(isinstance(op, SectionOp) for op in team.walk())
    assert len(re.findall(r"^  section \d+", text, re.M)) == count


@pytest.mark.parametrize("explained", ["dsp-section", "dsp-schedule-tasks"])
def test_absent_parallelism_is_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], explained: str
) -> None:
    text = explain(tmp_path, capsys, "--explain", explained, text="process = + ~ (sin : *(0.5));")
    assert "no parallelism: its 1 loop" in text


@pytest.mark.parametrize("explained", EXPLAINED)
@pytest.mark.parametrize("text", ["process = 0;", "process = _,!,_;", BANK])
def test_every_explanation_of_every_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], explained: str, text: str
) -> None:
    assert explain(tmp_path, capsys, "--explain", explained, text=text)


@pytest.mark.parametrize("more", [("-p", "dsp-rates"), ("--emit", "loops"), ("-e",)])
def test_explain_excludes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    path = tmp_path / "bank.dsp"
    path.write_text(BANK)
    arguments = ["--explain", "dsp-split-loops", *more, str(path)]
    assert guarded(lambda: _compile(arguments), "dspc", arguments) == 2
    assert "E0007" in capsys.readouterr().err
