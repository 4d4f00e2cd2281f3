"""The back end llvm against Faust: the same samples, from one loop and from many.

All examples: `python -m tests.conformance.run --all --jobs 1 --llvm`.
"""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path

import pytest

from . import programs
from .llvm import through_llvm
from .run import check

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(importlib.util.find_spec("llvmlite") is None, reason="needs llvmlite"),
]
SEEDS = sorted((Path(__file__).parent / "seeds").glob("*.dsp"))
SOME = (
    "SAM/freeverb/freeverb.dsp",
    "SAM/flanger/flanger.dsp",
    "analysis/FFT.dsp",
    "delayEcho/tapiir.dsp",
    "dynamic/compressor.dsp",
    "filtering/moogVCF.dsp",
    "generator/noise.dsp",
    "misc/capture.dsp",
    "misc/tester.dsp",
    "physicalModeling/karplus.dsp",
    "physicalModeling/fds/1dDampedWaveEquation.dsp",
    "pitchShifting/pitchShifter.dsp",
    "reverb/zitaRev.dsp",
    "smartKeyboard/trumpet.dsp",
)
"""Programs with every kind of delay, feedback, table and meter."""
OF_HEADERS = (
    "SAM/echo/echo.dsp",
    "SAM/effects/echo.dsp",
    "SAM/effects/effects.dsp",
    "physicalModeling/faust-stk/bass.dsp",
    "physicalModeling/faust-stk/harpsi.dsp",
    "physicalModeling/faust-stk/modalBar.dsp",
    "physicalModeling/faust-stk/piano.dsp",
    "physicalModeling/faust-stk/voiceForm.dsp",
)
"""Programs with C functions that only a header defines, which is a limit of docs/llvm.md."""
MODES = {"scalar": (), "vec": ("-vec", "-vs", "32")}


def _assert_agrees(path: Path, name: str, mode: str) -> None:
    outcome = check(path, name, partial(through_llvm, options=MODES[mode]))
    assert outcome.good, f"{outcome.status}: {outcome.detail}"


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_llvm_agrees_on_seed_program(path: Path) -> None:
    _assert_agrees(path, path.name, "scalar")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", SOME)
def test_llvm_agrees_on_example(name: str, mode: str) -> None:
    _assert_agrees(programs.EXAMPLES / name, name, mode)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted({*programs.example_names()} - {*SOME, *OF_HEADERS}))
def test_llvm_agrees_on_other_example(name: str) -> None:
    _assert_agrees(programs.EXAMPLES / name, name, "scalar")


@pytest.mark.full
@pytest.mark.parametrize("name", OF_HEADERS)
def test_functions_of_headers_are_refused(name: str) -> None:
    outcome = check(programs.EXAMPLES / name, name, partial(through_llvm, options=()))
    assert outcome.status == "dspc"
    assert outcome.detail.startswith("error[E0906]")


def test_llvm_agrees_on_sound_files(tmp_path: Path) -> None:
    program = tmp_path / "sounds.dsp"
    program.write_text(
        "process = 1, (+(1) ~ _) : soundfile(\"two[url:{'a.wav';'b.wav'}]\", 2) : _, _, _, _;"
    )
    _assert_agrees(program, program.name, "scalar")
