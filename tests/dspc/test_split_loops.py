"""`dsp-split-loops` stands for the passes that decide on loops, and the lowering."""

from __future__ import annotations

from pathlib import Path

import pytest

from dspc.cli import _compile, guarded
from dspc.driver import Clock, read_program, run_passes
from dspc.explain import explain, passes_explained
from dspc.options.compile_options import CompileOptions
from dspc.passes.packing import select
from dspc.passes.partition import choose_chunk, fir, fuse
from dspc.passes.partition.shared_analyses import GRAPHS
from dspc.pipelines.split_loops import DspSplitLoops
from dspc.pipelines.standard import SPLIT_PASSES

BANK = """
bank = _ <: par(i, 16, + ~ (_ * (0.9 - i * 0.01) : min(10))) :> _;
process = _ <: bank, (+ ~ (@(1000) : *(0.5))), (+ ~ *(0.5)), (_ <: par(i, 20, @(i) : *(i)) :> _);
"""


@pytest.fixture
def bank(tmp_path: Path) -> str:
    path = tmp_path / "bank.dsp"
    path.write_text(BANK)
    return str(path)


def compile_output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert guarded(lambda: _compile(list(arguments)), "dspc", list(arguments)) == 0
    done = capsys.readouterr()
    return done.out, done.err


def test_its_passes_are_those_that_are_named() -> None:
    assert tuple(one.name for one in DspSplitLoops().parts()) == SPLIT_PASSES


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("dsp-choose-chunk", "dsp.line @"),
        ("dsp-pack-recursions", "dsp.pack @"),
        ("dsp-find-firs", "dsp.fir @"),
        ("dsp-partition", "dsp.loop @"),
        ("dsp-lower-to-loops", "dsp_par.loop"),
        ("dsp-split-loops", "dsp_par.loop"),
    ],
)
def test_each_is_printed_after(
    bank: str, capsys: pytest.CaptureFixture[str], name: str, printed: str
) -> None:
    _, text = compile_output(capsys, "-vec", "--print-after", name, bank)
    assert f"// after {name}" in text
    assert printed in text


def test_each_can_be_left_out(bank: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole, _ = compile_output(capsys, "-vec", "--emit", "loops", bank)
    less, _ = compile_output(
        capsys, "-vec", "--emit", "loops", "--without", "dsp-pack-recursions", bank
    )
    assert "memref<16xf32> instance state" in whole
    assert "memref<16xf32> instance state" not in less
    scalar, _ = compile_output(
        capsys, "-vec", "--emit", "loops", "--without", "dsp-partition", bank
    )
    assert "dsp_par.loop" not in scalar


@pytest.mark.parametrize("is_vec", [True, False])
def test_explanations_read_nothing_but_the_ir(
    bank: str, monkeypatch: pytest.MonkeyPatch, is_vec: bool
) -> None:
    options = CompileOptions(file=bank, explain="dsp-split-loops", vec=is_vec)
    module = read_program(bank, options.frontend())
    passes = passes_explained(options)
    assert passes is not None
    run_passes(module, passes, options, Clock())
    first = explain(module, options)
    assert " pack, " in first
    for where, name in (
        (choose_chunk, "choose_chunk"),
        (select, "select_packs"),
        (fir, "find_firs"),
        (fuse, "make_groups"),
    ):
        monkeypatch.delattr(where, name)
    GRAPHS.drop()
    assert explain(module.clone(), options) == first
