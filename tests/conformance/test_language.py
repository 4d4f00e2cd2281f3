"""Every row of the language, and every known fault of Faust, as small programs.

The programs of language_programs.py must sound the same from Faust's C++, from ours and from the
interpreter on signals and on loops. Where Faust 2.54.9 is wrong (the tests named
`test_faust_...`), the real compiler is asked, and dspc is held to the language's meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from .language_programs import PROGRAMS, SIDE_FILES
from .many import batch
from .many.batch import FRAMES, Outcome, Played

pytestmark = pytest.mark.conformance

OURS = ("cpp", "signals", "loops")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """All programs, played: in two batches, so that no C++ file is large."""
    result: dict[str, Outcome] = {}
    names = list(PROGRAMS)
    for start in range(0, len(names), 110):
        folder = tmp_path_factory.mktemp("language")
        _write_side_files(folder)
        part = names[start : start + 110]
        played = batch.play([PROGRAMS[name] for name in part], batch.stimulus(), folder)
        result.update(zip(part, played, strict=True))
    return result


def _write_side_files(folder: Path) -> None:
    for name, text in SIDE_FILES.items():
        (folder / name).write_text(text)


@pytest.mark.parametrize("name", PROGRAMS)
def test_language_program_agrees(outcomes: dict[str, Outcome], name: str) -> None:
    outcome = outcomes[name]
    assert outcome.ways["faust"].error is None
    assert batch.disagreements(outcome) == {}


def _play(folder: Path, *texts: str) -> list[Outcome]:
    _write_side_files(folder)
    return batch.play(texts, batch.stimulus(), folder)


def _ours(outcome: Outcome) -> Iterator[Played]:
    """What our ways made, at least two of them, all without an error."""
    ours = [played for way, played in outcome.ways.items() if way != "faust"]
    assert len(ours) >= 2
    for played in ours:
        assert played.error is None
        yield played


def _assert_ours(outcome: Outcome, expected: np.ndarray) -> None:
    for played in _ours(outcome):
        np.testing.assert_allclose(played.samples, expected, rtol=0, atol=1e-9)


def _constants(*values: float) -> np.ndarray:
    return np.repeat(np.array(values, float)[:, None], FRAMES, axis=1)


def _faust(outcome: Outcome) -> np.ndarray:
    assert outcome.ways["faust"].error is None
    return outcome.ways["faust"].samples


# Where Faust gives a wrong result ---------------------------------------------------------------


def test_faust_folds_the_remainder_of_reals_as_integers(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, "process = 7.5 % 2, 7.5 % 2.5;")
    assert _faust(outcome)[:, 0].tolist() == [1.0, 1.0]
    _assert_ours(outcome, _constants(1.5, 0.0))


def test_faust_folds_the_logarithm_of_zero_to_plus_infinity(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, "process = log(0), log(_ * 0);")
    assert _faust(outcome)[0, 0] == np.inf
    _assert_ours(outcome, _constants(-np.inf, -np.inf))


def test_faust_leaves_the_sampling_rate_unset_in_generated_tables(tmp_path: Path) -> None:
    rate = "fconstant(int fSamplingFreq, <math.h>)"
    (outcome,) = _play(
        tmp_path, f"process = rdtable(8, {rate} * 1.0, 3), rdtable(8, {rate} / 2, 5);"
    )
    assert not np.array_equal(_faust(outcome), _constants(44100.0, 22050.0))
    _assert_ours(outcome, _constants(44100.0, 22050.0))


def test_faust_leaves_nested_generated_tables_empty(tmp_path: Path) -> None:
    inner = "rdtable(8, (+(1) ~ _) * 10, (+(1) ~ _) & 7)"
    (outcome,) = _play(tmp_path, f"process = rdtable(8, {inner}, 2);")
    assert outcome.ways["faust"].error is not None or _faust(outcome)[0, 0] != 40.0
    _assert_ours(outcome, _constants(40.0))


def test_faust_passes_a_delay_on_while_control_holds_it(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, "process = control(_ @ 5, (+(1) ~ _) <= 20);")
    x = batch.stimulus().inputs[0]
    expected = np.concatenate([np.zeros(5), x[:15], np.full(FRAMES - 20, x[14])])
    assert not np.allclose(_faust(outcome)[0], expected)
    _assert_ours(outcome, expected[None, :])


def test_faust_reads_out_of_bounds_with_an_input_beyond_one() -> None:
    """Faust sizes a delay for inputs within [-1, 1] and never clamps; ours stays inside."""
    from xdsl.context import Context

    from dspc.backends.interp.instance import InterpInstance
    from dspc.driver import read_program
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.pipelines.standard import LOOP_PASSES, load_pass
    from dspc.support.diagnostics import Source

    source = Source("delay.dsp", "process = _ @ (abs(_) * 4);")
    module = read_program(source, FrontendOptions(precision="double"))
    for name in LOOP_PASSES:
        load_pass(name)().apply(Context(), module)
    # The interpreter stops at an access outside a buffer.
    loud = np.full((2, 64), 500.0)
    assert np.isfinite(InterpInstance(module).compute(loud)).all()


def test_faust_lets_a_ring_delay_run_on_while_control_stops_its_writes(tmp_path: Path) -> None:
    text = "process = control((+(3) ~ _) @ 40, ((+(1) ~ _) / 50 : int) & 1);"
    (outcome,) = _play(tmp_path, text)
    # The gate is open in frames 49 to 98, 149 to 198 and from 249: the counter runs only then.
    gate = (np.arange(1, FRAMES + 1) // 50) & 1
    delayed = 3 * np.maximum(np.cumsum(gate) - 40, 0)
    assert not np.array_equal(_faust(outcome)[0], delayed)
    _assert_ours(outcome, delayed[None, :])


def test_faust_prints_the_smallest_int_as_a_long(tmp_path: Path) -> None:
    x = "rwtable(5, 2, 0, 2147483647, (+(1) ~ _) % 5)"
    (outcome,) = _play(tmp_path, f"process = {x} * (-2147483647 - 1);")
    assert np.abs(_faust(outcome)).max() >= 2.0**32
    expected = np.where(np.arange(1, FRAMES + 1) % 5 == 0, -(2.0**31), 0.0)
    _assert_ours(outcome, expected[None, :])


def test_faust_forgets_that_a_delay_starts_at_zero(tmp_path: Path) -> None:
    """It takes 1' for 1 always, the index for 0, and reads element 14 of 12 in the first frame."""
    index = "asin((1 - 1') : max(-1.0) : min(1.0)) * 9.3 : int"
    text = f"process = rdtable(12, (+(1) ~ _) * 0.5, {index});"
    (outcome,) = _play(tmp_path, text)
    assert _faust(outcome)[0, 0] != 6.0
    _assert_ours(outcome, np.array([[6.0] + [0.5] * (FRAMES - 1)]))


def test_faust_forgets_what_a_table_held_at_first(tmp_path: Path) -> None:
    """Its interval of a table covers only the values written: the delay by 2 becomes none."""
    text = "process = _ @ (rwtable(5, 2, 2, 0, 1) : max(0) : min(4));"
    (outcome,) = _play(tmp_path, text)
    x = batch.stimulus().inputs[0]
    assert not np.allclose(_faust(outcome)[0], np.concatenate([[0, 0], x[:-2]]))
    _assert_ours(outcome, np.concatenate([[0, 0], x[:-2]])[None, :])


def test_faust_takes_less_than_no_parts_for_one(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, "process = par(i, -1, _), sum(i, -2, _);")
    assert _faust(outcome).shape[0] == 2
    assert all("E0225" in (outcome.ways[way].error or "") for way in OURS)


def test_faust_takes_the_exponential_for_one_at_most(tmp_path: Path) -> None:
    """Its line for a delay of up to 69 holds 32 frames."""
    (outcome,) = _play(tmp_path, "process = 0.5 @ (exp(max(_, 1)) * 23 : int : max(0) : min(69));")
    assert _faust(outcome)[0, 50] == 0.5
    _assert_ours(outcome, np.where(np.arange(FRAMES) < 62, 0.0, 0.5)[None, :])


def test_faust_takes_the_arc_cosine_for_less_than_it_is(tmp_path: Path) -> None:
    text = "process = 0.5 @ (acos(max(min(_, -0.5), -1)) * 30 : int : max(0) : min(69));"
    (outcome,) = _play(tmp_path, text)
    assert not np.array_equal(_faust(outcome)[0, :62], np.zeros(62))
    assert all((played.samples[0, :62] == 0).all() for played in _ours(outcome))


# What Faust refuses or crashes on ---------------------------------------------------------------


def test_faust_crashes_on_labels_that_are_primitives(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, 'process = checkbox("sin") + hslider("mem", 0, 0, 0, 1);')
    assert "signal" in (outcome.ways["faust"].error or "")
    assert all(played.samples.shape == (1, FRAMES) for played in _ours(outcome))


def test_faust_refuses_assertbounds(tmp_path: Path) -> None:
    (outcome,) = _play(tmp_path, "process = assertbounds(-1, 1, _), assertbounds(0, 2, 1);")
    assert outcome.ways["faust"].error is not None
    expected = np.stack([batch.stimulus().inputs[0], np.ones(FRAMES)])
    _assert_ours(outcome, expected)


def test_faust_stops_at_bounds_of_constants_and_inputs(tmp_path: Path) -> None:
    (outcome,) = _play(
        tmp_path, "process = lowest(3), highest(4.5), lowest(_), highest(max(_, 0));"
    )
    assert outcome.ways["faust"].error is not None
    _assert_ours(outcome, _constants(3, 4.5, -1, 1))


def test_faust_takes_no_more_than_three_foreign_names(tmp_path: Path) -> None:
    text = 'process = ffunction(float tanhf|tanh|tanhl|tanhfx(float), <math.h>, "");'
    (outcome,) = _play(tmp_path, text)
    assert "syntax error" in (outcome.ways["faust"].error or "")
    _assert_ours(outcome, np.tanh(batch.stimulus().inputs[:1]))


def test_faust_lacks_round(tmp_path: Path) -> None:
    """Later versions fold `round` with rint: round(2.5) is 3 here, as it is at run time."""
    (outcome,) = _play(
        tmp_path, "process = round(2.5), round(-2.5), round(_ * 0 + 2.5), round(0.4);"
    )
    assert outcome.ways["faust"].error is not None
    _assert_ours(outcome, _constants(3, -3, 3, 0))


# Modulation, which 2.54.9 lacks -----------------------------------------------------------------

X = 'hslider("x", 0.5, 0.5, 0.5, 0.1)'
Y = 'hslider("y", 0.5, 0.5, 0.5, 0.1)'
MODULATIONS = {
    "replaces": (f'["x": 3 -> {X} * 2]', _constants(6)),
    "transforms": (f'["x": *(4) -> {X} + 1]', _constants(3)),
    "by_default_multiplies": (f'2 : ["x" -> {X} + 1]', _constants(2)),
    "adds_an_input": (f'5 : ["x": + -> {X} * 2]', _constants(11)),
    "of_two_targets": (f'["x": 3, "y": *(2) -> {X} + {Y}]', _constants(4)),
    "in_a_group": (f'["h:g/x": 7 -> hgroup("g", {X}) + vgroup("o", {X})]', _constants(7.5)),
    "of_nothing": (f'["z": 3 -> {X}]', _constants(0.5)),
}


@pytest.fixture(scope="module")
def modulated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    texts = [f"process = {text};" for text, _ in MODULATIONS.values()]
    folder = tmp_path_factory.mktemp("modulation")
    return dict(zip(MODULATIONS, batch.play(texts, batch.stimulus(), folder, OURS), strict=True))


@pytest.mark.parametrize("name", MODULATIONS)
def test_modulation(modulated: dict[str, Outcome], name: str) -> None:
    _assert_ours(modulated[name], MODULATIONS[name][1])
