"""What Python users pass to programs: taken as meant, or refused by one clear error."""

from __future__ import annotations

import array
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import dspc
from dspc.support.diagnostics import DspcError, DspcWarning

GAIN = 'process = *(hslider("gain", 0.5, 0, 1, 0.1));'
TWO = 'process = _, *(hslider("Left Gain [unit:dB]", 1, 0, 2, 0.1));'
RAMP = np.linspace(-1, 1, 8)


def gain() -> dspc.Processor:
    return dspc.load(GAIN, backend="interp")


@pytest.mark.parametrize(
    "x",
    [
        *(RAMP.astype(kind) for kind in ("f2", ">f4", ">f8", np.longdouble)),
        *(RAMP[::-1].copy()[::-1], np.repeat(RAMP, 2)[::2], RAMP.reshape(8, 1).T),
        *(RAMP.tolist(), [RAMP], (RAMP,), array.array("d", RAMP.tolist())),
    ],
    ids=lambda x: f"{type(x).__name__}-{getattr(x, 'dtype', '')}",
)
def test_samples_in_any_layout(x: Any) -> None:
    made = gain()(x)
    assert made.shape == (1, 8)
    assert made.dtype == np.float64
    np.testing.assert_allclose(made[0], RAMP / 2, atol=1e-3)


def test_integers_of_sound_files_are_warned_of() -> None:
    with pytest.warns(DspcWarning, match="samples from -1 to 1 are x / 32768"):
        made = gain()(np.array([100, -200], np.int16))
    assert made.tolist() == [[50, -100]]
    with pytest.warns(DspcWarning, match=r"\(x.astype\(float\) - 128\) / 128"):
        gain()(np.array([128, 255], np.uint8))
    assert gain()(np.array([1, 0, 0], np.int16)).tolist() == [[0.5, 0, 0]]  # an impulse


@pytest.mark.parametrize(
    ("source", "x", "message"),
    [
        (TWO, np.ones((8, 2)), r"shape \(2, frames\), not \(8, 2\); x\.T has it"),
        (TWO, np.ones(8), r"shape \(2, frames\), not \(1, 8\)"),
        (TWO, [[1, 2, 3], [4, 5]], "its rows have different lengths"),
        (TWO, np.ones((1, 2, 8)), r"not \(1, 2, 8\)"),
        (TWO, None, r"the program has 2 inputs: x must have shape \(2, frames\)"),
        (GAIN, "voice.wav", "not 'voice.wav'; the package soundfile reads files"),
        (GAIN, RAMP + 1j, "real numbers, not of complex128"),
        ("process = 1;", 8, "the program has no inputs, and is called with frames"),
        ("process = 1;", None, "the program has no inputs: frames must be given"),
    ],
    ids=str,
)
def test_samples_that_do_not_fit(source: str, x: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        dspc.load(source, backend="interp")(x)


@pytest.mark.parametrize("backend", ["interp", "cpp"])
def test_a_program_without_inputs_takes_no_array_on_later_calls(backend: str) -> None:
    f = dspc.load("process = 1;", backend=backend)
    assert f(frames=2).tolist() == [[1, 1]]
    with pytest.raises(ValueError, match="has no inputs"):
        f(np.ones((1, 8)))


def test_more_frames_than_samples_end_in_silence() -> None:
    echo = dspc.load("process = _ <: _, @(2);", backend="interp")
    assert echo([1, 2], frames=5).tolist() == [[1, 2, 0, 0, 0], [0, 0, 1, 2, 0]]
    with pytest.raises(ValueError, match="x has 2 frames, more than 1"):
        echo([1, 2], frames=1)
    assert echo(np.zeros((1, 0))).shape == (2, 0)


@pytest.mark.parametrize("rate", [np.int64(8000), np.float32(8000), 8000.0], ids=repr)
def test_rates_are_numbers_of_any_kind(rate: Any) -> None:
    f = gain()
    f(RAMP, rate=rate, block=4)
    assert (f.rate, type(f.rate)) == (8000, int)


@pytest.mark.parametrize("rate", [np.float32(0.5), np.nan, np.inf, "8000", None, True, 0], ids=repr)
def test_rates_that_are_none(rate: Any) -> None:
    with pytest.raises(DspcError, match="the sampling rate is a whole number"):
        gain()(RAMP, rate=rate)


def test_controls_are_found_by_what_the_program_calls_them() -> None:
    f = dspc.load(TWO, backend="interp")
    f["Left Gain"] = 1.5
    assert f["Left_Gain"] == f["left gain"] == 1.5
    assert "Left Gain" in f
    assert "Left Gain" in f.controls
    assert "right gain" not in f
    assert 3 not in f.controls
    assert list(f) == f.paths()


def test_hints_are_in_tracebacks() -> None:
    with pytest.raises(DspcError) as caught:
        gain()["gian"] = 0.5
    assert "hint: did you mean /<text>/gain?" in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("action", "kind", "message"),
    [
        (lambda f: setattr(f, "gain", 0.5), AttributeError, r"set by processor\['gain'\]"),
        (lambda f: f(RAMP, controls=[("gain", 1)]), TypeError, "controls is a mapping"),
        (lambda f: f(RAMP, controls={"gain": "0.5"}), DspcError, "gain: '0.5' is no value"),
        (lambda f: f(RAMP, controls={"gain": [[0], [1]]}), DspcError, "is no value"),
        (lambda f: f(RAMP, dtype=np.int16), TypeError, "dtype is float32 or float64"),
        (lambda f: f(RAMP, controls={1: 1}), TypeError, "named by a text, not 1"),
        (lambda f: f.set(0, 1), TypeError, "named by a text, not 0"),
        (lambda f: f.set("gain", np.array([0.1, 0.2])), DspcError, "one value is set, not 2"),
        (lambda f: f.set("gain", np.full(3, 0.5)), DspcError, "one value is set, not 3"),
        (lambda f: f(np.ma.masked_less(RAMP, 0.5)), TypeError, "x has masked samples"),
        (lambda f: f(RAMP, RAMP), TypeError, "channels are the rows of one array"),
    ],
    ids=[
        "attribute",
        "pairs",
        "text",
        "table",
        "type",
        "key",
        "index",
        "array",
        "equal values",
        "masked",
        "channels",
    ],
)
def test_what_cannot_be_done_with_controls(
    action: Callable[[Any], Any], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        action(gain())


@pytest.mark.parametrize("program", [None, 3, b"process = _;"], ids=repr)
def test_what_is_no_program(program: Any) -> None:
    with pytest.raises(TypeError, match="a program is a path, a source text or a module"):
        dspc.load(program)


def test_options_take_integers_of_numpy(tmp_path: Path) -> None:
    path = tmp_path / "x.dsp"
    path.write_text("process = _;")
    size: Any = np.int64(16)
    f = dspc.load(path, backend="interp", double=True, vec=True, vector_size=size)
    assert f(RAMP).tolist() == [RAMP.tolist()]


METER = 'process = _ <: attach(_, abs : hbargraph("level", 0, 1));'


@pytest.mark.parametrize(
    "action",
    [
        lambda f: f.set("level", 0.5),
        lambda f: f.controls.update(level=0.5),
        lambda f: f(RAMP, controls={"level": 0.5}),
        lambda f: f(RAMP, controls={"level": np.ones(8)}),
        lambda f: dspc.render_many(f, [{"level": 0.5}], RAMP),
    ],
    ids=["set", "controls", "call", "array", "many"],
)
def test_meters_are_read_only(action: Callable[[Any], Any]) -> None:
    """They took a value, which the program overwrote."""
    f = dspc.load(METER, backend="interp")
    f(RAMP)
    with pytest.raises(DspcError, match="/level is a meter, which the program sets"):
        action(f)
    assert f["level"] == 1


def test_sound_files_are_no_numbers() -> None:
    f = dspc.load('process = 0, _ : soundfile("drum", 1) : !, !, _;', backend="interp")
    with pytest.raises(DspcError, match="/drum is a sound file, not a number"):
        f["drum"] = 1


def test_a_compiled_program_is_loaded() -> None:
    assert dspc.load(dspc.compile(GAIN), backend="interp")(RAMP)[0, 0] == -0.5
