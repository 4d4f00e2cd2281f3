"""Each op has a meaning that its name leads to, and both executors have the same ops."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from interp_programs import lowered, program

from dspc.backends.interp.definition.scalar_ops import CONSTANTS, scalar_op_types
from dspc.backends.interp.generated.generate import TERMINATORS
from dspc.backends.interp.generated.generate_loops import LoopEmitter
from dspc.backends.interp.generated.generate_signals import SignalEmitter
from dspc.backends.interp.instance_memory import LoopMemory, SignalMemory
from dspc.backends.interp.meanings import main, meanings
from dspc.backends.interp.orders import Order
from dspc.dialects.dsp import Dsp
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar
from tests.checkout import ROOT, located

STRUCTURE = {
    "dsp.program", "dsp.lowered", "dsp.group", "dsp.widget", "dsp_mem.buffer",
    "dsp_par.section", "dsp_par.task",
}  # fmt: skip
"""Ops that declare or hold others, of which the executors run the contents."""


def test_each_op_of_the_dialects_has_a_meaning() -> None:
    ops = {op.name for dialect in (Dsp, DspMem, DspPar) for op in dialect.operations}
    assert ops - meanings().keys() == STRUCTURE


def test_generated_python_has_the_ops_of_the_definition() -> None:
    module = program("dsp.yield %in0 : (!S) -> ()")
    wire = next(op for op in module.body.block.ops if isinstance(op, ProgramOp))
    signals = SignalEmitter(wire, SignalMemory(wire, {}, {})).handlers
    empty = lowered("")
    loops = LoopEmitter(empty, LoopMemory(empty, {}, {}), Order(0)).handlers
    scalars = {op.name for op in (*scalar_op_types(), *CONSTANTS)}
    assert signals.keys() | loops.keys() | scalars | TERMINATORS == meanings().keys()


def test_meanings_say_where_they_stand(capsys: pytest.CaptureFixture[str]) -> None:
    names = list(meanings())
    assert main(names) == 0
    text = capsys.readouterr().out
    for name in names:
        place = re.search(rf"^{re.escape(name)}: (\S+\.py):(\d+)", text, re.MULTILINE)
        if place is None:
            assert re.search(rf"^{re.escape(name)}: \w+ of (Python|the C library)", text, re.M)
            continue
        lines = located(place[1]).read_text().splitlines()
        assert lines[int(place[2]) - 1].strip() in text


def test_the_command_of_the_documentation() -> None:
    page = (ROOT / "docs" / "backends.md").read_text()
    command = re.search(r"python -m (dspc\.backends\.interp\.meanings) (.*)", page)
    assert command is not None
    names = command[2].split()
    done = subprocess.run(
        [sys.executable, "-m", command[1], *names], capture_output=True, text=True, check=True
    )
    assert all(f"{name}: backends/interp/definition/" in done.stdout for name in names)
    for file in re.findall(r"`((?:backends/interp/)?\w+\.py)`", page[page.index(command[0]) :]):
        assert located(file).exists() or located(f"backends/interp/definition/{file}").exists()


def test_an_unknown_op_is_answered_by_close_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dsp.dely"]) == 2
    assert "dsp.delay" in capsys.readouterr().err
