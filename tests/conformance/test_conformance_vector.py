"""`-vec` against scalar Faust: the same samples, however chunks and blocks are cut.

All examples: `python -m tests.conformance.run --all --with '-vec -vs 8 -lv 1'`.
"""

from __future__ import annotations

from functools import partial

import pytest

from . import oracle, programs
from .run import check

pytestmark = pytest.mark.conformance

MODES = {
    "vs32": ("-vec",),
    "vs8-lv1": ("-vec", "-vs", "8", "-lv", "1"),
    "vs128": ("-vec", "-vs", "128"),
}
SOME = (
    "SAM/freeverb/freeverb.dsp",
    "delayEcho/tapiir.dsp",
    "dynamic/compressor.dsp",
    "filtering/moogVCF.dsp",
    "misc/capture.dsp",
    "misc/tester.dsp",
    "physicalModeling/karplus.dsp",
    "physicalModeling/violin.dsp",
    "phasing/phaser.dsp",
    "pitchShifting/pitchShifter.dsp",
    "reverb/zitaRev.dsp",
)
"""Programs with every kind of delay, feedback and table."""


def _assert_agrees(name: str, mode: str) -> None:
    render = partial(oracle.through_dspc, options=MODES[mode])
    outcome = check(programs.EXAMPLES / name, name, render)
    assert outcome.good, f"{outcome.status}: {outcome.detail}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", SOME)
def test_split_loops_agree(name: str, mode: str) -> None:
    _assert_agrees(name, mode)


@pytest.mark.full
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", sorted({*programs.example_names()} - {*SOME}))
def test_split_loops_agree_on_other_example(name: str, mode: str) -> None:
    _assert_agrees(name, mode)
