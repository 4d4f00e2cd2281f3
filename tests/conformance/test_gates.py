"""Signals under gates (`enable`, `control`), as Faust computes them, in every mode and precision.

A signal that is needed outside of its gate is computed once, in every frame, and its control is
that signal; one that several gates need is computed while any of them is open. What only one gate
needs stops with it and holds its value.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc

from .many import batch
from .many.batch import FRAMES, RATE, Outcome

pytestmark = pytest.mark.conformance

GATES = """
g0 = ((c0 - 1) / 33 : int) % 2 with { c0 = +(1) ~ _; };
g1 = checkbox("c");
g2 = (+(3) ~ _) % 7 == 1;
counter = (+(5) ~ _) * 0.01;
pole = + ~ *(0.9);
"""
PROGRAMS = {
    "input that is needed outside": "process(x) = control(x, g0), x;",
    "state that is needed outside": "process(x) = pole(x) <: control(_, g0), enable(_, g2), _;",
    "state that the gate needs alone": "process(x) = control(pole(x) + counter, g0), x;",
    "enabled and alone": "process(x) = enable(counter + x, g2);",
    "needed by the gate itself": "process(x) = control(x, x > 0.3), enable(x, x);",
    "operand of what is needed outside": "process(x) = control(pole(x), g0), pole(x) + 1;",
    "several gates": "process(x) = control(counter + x, g0), control(counter + x, g1);",
    "several gates and a sum": "process(x) = pole(x) <: control(_ + 1, g0), enable(_, g2);",
    "a part for several gates": "process(x) = control(counter * 2, g0), control(counter + x, g1);",
    "control of a control": "process(x) = control(control(pole(x), g0), g1), x;",
    "control of a control of a shared one": "process(x) = control(control(x, g0), g1), x;",
    "control of a control that is heard": "process = enable(counter, g0) <: control(_, g1), _;",
    "one gate after another": "process(x) = control(control(counter, g0) + control(x, g2), g1);",
    "short delay inside": "process(x) = control(x @ 5 + 0.5, g0);",
    "of complementary gates": "process(x) = control(counter, g0), control(counter, 1 - g0);",
    "used in a gated sum and outside": "process(x) = control(pole(x) + counter, g0), counter;",
    "gate that a control gives": "process(x) = control(counter, control(x, g0) > 0), x;",
    "shared by gates within gates": "process(x) = control(control(pole(x), g2) + x, g0), "
    "control(pole(x) + 1, g1);",
    "shared by two gates within gates": "process(x) = "
    "control(control(pole(x), g2) + x, g0), control(control(pole(x) + counter, g0) + 1, g1);",
    "shared by a gate within a gate and by the outer one": "process(x) = "
    "control(control(counter * x, g2) + x, g0), control(control(counter * x + 1, g1), g0);",
    "shared by gates three deep": "process(x) = "
    "control(control(control(pole(x), g1) + x, g2) + 1, g0), control(pole(x) + 2, g1);",
    "slower than its gate": 'process(x) = control(hslider("h", 0.3, 0, 1, 0.1), g0) + x;',
    "constant in gates": "process(x) = "
    "control(control(3, counter > 0.3), g2), control(counter, g1);",
    "gate of what is passed on": "process(x) = control(x, counter > 0.3), x, "
    "control(sin(counter), g1);",
    "gate of a slider": 'process(x) = control(hslider("h", 0.3, 0, 1, 0.1), counter > 0.3), '
    "control(sin(counter) + x, g1);",
    "control of a control that is passed on": "process(x) = "
    "control(sin(x), g2), control(control(sin(x), g2), control(g1, g0)), sin(x);",
    "one path of gates implies another": "process(x) = "
    "control(control(sin(counter) + x, g1), control(counter > 0.3, g1));",
    "equal recursions": "process(x) = control((s letrec { 's = 0.5 * t + x; 't = sin(s); }), g0), "
    "control((s letrec { 's = 0.5 * t + x; 't = sin(s); }) + 1, g1);",
    "in a recursion": "process(x) = (\\(y).(control(x + y * 0.5, g0))) ~ _;",
}
ITSELF = "control(control(x * 2 + counter, g0), g0)"
SORTED = "control(counter * 0.5, g1), enable(counter * 0.5, g0)"
OTHERS = {
    "a gate within itself": f"process(x) = {ITSELF};",
    "factors that gates share": f"process = {SORTED};",
    "delay of a control": "process(x) = control(x, g0)', control(counter, g2) @ 20;",
    "long delay": "process(x) = control(x @ 20, g0), control(x : + ~ (@(24) : *(0.5)), g2);",
    "short delay": "process(x) = control(x @ 3, g0), control(counter', g2);",
    "gate that shares with what it gates": "process(x) = "
    "control(counter * x, control(counter * 0.6 % 2 > 1, g1));",
}
"""Faust gives other samples, or none: docs/language.md."""
PLAIN: dict[str, Any] = {"scalar": True}
MODES: dict[str, dict[str, Any]] = {
    "lanes": {"lanes": 4},
    "vec": {"vec": True, "vector_size": 16},
    "omp": {"omp": True},
    "sch": {"sch": True},
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    texts = [GATES + text for text in PROGRAMS.values()]
    folder = tmp_path_factory.mktemp("gates")
    return dict(zip(PROGRAMS, batch.play(texts, batch.stimulus(), folder), strict=True))


@pytest.mark.parametrize("name", PROGRAMS)
def test_gated_program_agrees(outcomes: dict[str, Outcome], name: str) -> None:
    outcome = outcomes[name]
    assert outcome.ways["faust"].error is None
    assert batch.disagreements(outcome) == {}


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_gates_are_the_same_in_every_mode(mode: str, double: bool) -> None:
    x = batch.stimulus().inputs[:1]
    for text in (*PROGRAMS.values(), *OTHERS.values()):
        processors = [
            dspc.load(GATES + text, "interp", double=double, **options)
            for options in (PLAIN, MODES[mode])
        ]
        inputs = x if processors[0].inputs else None
        plain, other = (p(inputs, RATE, frames=FRAMES, block=64) for p in processors)
        np.testing.assert_allclose(other, plain, rtol=1e-5, atol=1e-6, err_msg=text)


@pytest.mark.parametrize("name", OTHERS)
def test_faust_computes_otherwise(tmp_path: Path, name: str) -> None:
    (outcome,) = batch.play([GATES + OTHERS[name]], batch.stimulus(), tmp_path)
    assert batch.disagreements(outcome) != {}
    ours = {way: played for way, played in outcome.ways.items() if way != "faust"}
    assert batch.disagreements(Outcome(outcome.text, ours), "cpp") == {}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (ITSELF, "control(x * 2 + counter, g0)"),
        (SORTED, "control(abs(counter) / 2, g1), enable(abs(counter) / 2, g0)"),
        ("control(x, g0) @ 20", "(control(x, g0) : sin : asin) @ 20"),
        ("control(x @ 20, g0)", "control(x, g0) <: control(_ @ 20, g0)"),
        ("control(x @ 3, g0)", "control(float(x @ 3) : max(-9), g0)"),
    ],
)
def test_results_that_differ_from_faust_are_as_documented(text: str, same: str) -> None:
    """Each as a program without the construct that sounds the same."""
    x = batch.stimulus().inputs[:1]
    one, other = (
        dspc.load(f"{GATES}process(x) = {t};", "interp", double=True) for t in (text, same)
    )
    np.testing.assert_allclose(one(x), other(x), rtol=1e-12, atol=1e-15)


def test_a_gate_that_is_shared_with_what_it_gates_runs_on() -> None:
    """A difference from Faust, which stops the gate's counter with the outer gate."""
    x = batch.stimulus().inputs[:1]
    shared = "process(x) = control(enable(pole(x), g2), g0), enable(pole(x), g1)"
    alone = dspc.load(f"{GATES}{shared};", "interp", double=True)(x)
    beside = dspc.load(f"{GATES}{shared}, g2;", "interp", double=True)(x)
    np.testing.assert_array_equal(alone, beside[:2])


def test_paths_beyond_the_limit_are_bounded() -> None:
    """Only the outermost gates count then: shared signals run in more frames."""
    texts = [f"control(control(pole(x), (x > {i} / 50)) + x, (x > {i} / 60))" for i in range(40)]
    processor = dspc.load(f"{GATES}process(x) = {', '.join(texts)};", "interp", double=True)
    sound = processor(batch.stimulus().inputs[:1])
    assert sound.shape == (40, FRAMES)
    assert np.isfinite(sound).all()


def test_a_gate_with_a_counter_and_an_input_in_voices() -> None:
    """What a gate holds is the same in all voices or not: OpenCL computes both in one region."""
    text = f"{GATES}process(x) = control((+(5) ~ _) + x, g2), control(pole(x) + counter, g0);"
    x = batch.stimulus().inputs[:1]
    sounds = [dspc.load(text, way, double=True)(x) for way in ("opencl", "interp")]
    np.testing.assert_allclose(*sounds, rtol=1e-12)
