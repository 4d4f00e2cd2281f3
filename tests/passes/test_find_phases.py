"""`dsp-find-phases` on modules: the files of phases/ have FileCheck directives."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from filechecks import assert_directives, ran
from xdsl.parser import Parser

import dspc
from dspc.backends.interp.instance import InterpInstance
from dspc.multiverse import new_context
from dspc.pipelines.parsing import parse_pipeline

FILES = sorted((Path(__file__).parent / "phases").glob("*.mlir"))
NOT_FOUND = (
    "compared double doubled fmod_of_control fmod_of_two other_floor reflected scaled"
    " truncated_control two_frames two_results"
)
"""Files in which no phase is found."""
FOUND = [path for path in FILES if path.stem not in NOT_FOUND.split()]
INCREMENTS = (0.1, -0.1, 0.0, 1.0, -1.0, 1.5, -0.75, 0.5, 1e-7, 123.456)
LOOPS = (
    "dsp-lower-to-loops",
    "dsp-split-loops{lanes=8}",
    "dsp-split-loops{vector-size=64 loop-variant=1}",
    "dsp-split-loops{lanes=0}",
)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_is_found(path: Path) -> None:
    status, text = ran(path, "dsp-find-phases")
    assert status == 0, text
    assert_directives(path, text)
    assert ("dsp.rint" in text) == (path in FOUND)


def instance(path: Path, passes: str) -> InterpInstance:
    context = new_context()
    module = Parser(context, path.read_text(), str(path)).parse_module()
    for one in parse_pipeline(passes) if passes else ():
        one.apply(context, module)
    module.verify()
    return InterpInstance(module, 44100)


def turns(steps: np.ndarray, processor: InterpInstance, blocks: tuple[int, ...]) -> np.ndarray:
    """The output for increments that are input, in blocks, then those of the slider."""
    rows: list[np.ndarray] = []
    at = 0
    for number, size in enumerate(blocks):
        if any(widget.symbol == "step" for widget in processor.widgets):
            processor.set("step", INCREMENTS[number % len(INCREMENTS)])
        rows.append(processor.compute(steps[None, at : at + size])[0])
        at += size
    return np.concatenate(rows)


BLOCKS = (1, 7, 64, 0, 65, 129, 32, 33, 100, 69)


@pytest.mark.parametrize("path", FOUND, ids=[path.stem for path in FOUND])
def test_sounds_the_same_but_for_rounding(path: Path) -> None:
    """For positive and negative increments, those of a turn and more, none, and after resets."""
    steps = np.random.default_rng(1).choice(INCREMENTS, sum(BLOCKS))
    before, after = (
        turns(steps, instance(path, passes), BLOCKS) for passes in ("", "dsp-find-phases")
    )
    assert np.all((after >= 0) & (after < (65536 if path.stem == "index" else 1)))
    scale = 65536 if path.stem == "index" else 1
    distance = np.abs(before - after) / scale
    # A phase of 0 and one of a turn are the same.
    assert np.max(np.minimum(distance, 1 - distance)) < 1e-4


@pytest.mark.parametrize("passes", LOOPS)
@pytest.mark.parametrize("path", FOUND, ids=[path.stem for path in FOUND])
def test_loops_have_the_same_bits(path: Path, passes: str) -> None:
    """Integers are exact in any order of additions: in each form of loops, and for NaN as well."""
    steps = np.random.default_rng(2).choice([*INCREMENTS, np.nan, np.inf], sum(BLOCKS))
    spec = "dsp-rates,dsp-find-phases"
    signals = turns(steps, instance(path, spec), BLOCKS)
    loops = turns(steps, instance(path, f"{spec},{passes}"), BLOCKS)
    np.testing.assert_array_equal(signals, loops)


def test_no_error_accumulates() -> None:
    """After 60 000 frames a phase is within a unit of 24 bits of the product."""
    path = Path(__file__).parent / "phases" / "constant.mlir"
    step, count = float(np.float32(0.1)), 60_000
    zeros = np.zeros((1, count))
    phases = instance(path, "dsp-find-phases").compute(zeros)[0]
    recurrence = instance(path, "").compute(zeros)[0]
    exact = step * np.arange(1, count + 1) % 1
    far = [np.abs((one - exact + 0.5) % 1 - 0.5).max() for one in (phases, recurrence)]
    assert far[0] < 2**-24
    assert far[1] > 1e-4


def test_a_step_that_is_no_number_holds_the_phase() -> None:
    path = Path(__file__).parent / "phases" / "varying.mlir"
    steps = np.array([[0.25, np.nan, np.inf, -np.inf, 0.25]])
    phases = instance(path, "dsp-find-phases").compute(steps)[0]
    np.testing.assert_array_equal(phases, [0.25, 0.25, 0.25, 0.25, 0.5])


@pytest.mark.parametrize(("hertz", "late"), [(3, 0), (7, 0), (10, 0), (25, 0), (2, 1)])
def test_turns_of_a_whole_number_of_frames(hertz: int, late: int) -> None:
    """At 44.1 kHz: the step is rounded to 2^-32 of a turn, up or down. Down, wraps are a frame
    late (`late` is 1); up, they are exact until the error is a step. docs/language.md has the
    numbers of 7 Hz."""
    text = f"process = {hertz}/44100.0 : (+ : \\(x).(x - floor(x))) ~ _ <: _ < mem;"
    pulses = np.flatnonzero(dspc.load(text, "interp")(frames=60000, rate=44100)[0])
    exact = np.arange(44100 // hertz, 60001, 44100 // hertz) - 1
    assert pulses.tolist() == (exact + late).tolist()
    if hertz == 7:
        double = dspc.load(text, "interp", double=True)(frames=60000, rate=44100)[0]
        assert np.setxor1d(np.flatnonzero(double), exact).size == 18
