"""Running programs in Python: arguments, controls, threads, copies, pickles."""

from __future__ import annotations

import copy
import pickle
import threading
from typing import Any

import numpy as np
import pytest

import dspc
from tests.work import lines_of

TEXT = 'process = + ~ *(hslider("gain", 0.5, 0, 0.9, 0.01)) : @(7) : hbargraph("meter", -9, 9);'
COUNT = "process = + ~ _;"
BACKENDS = ("llvm", "interp", "cpp", "opencl")


@pytest.fixture(scope="module")
def echo() -> dspc.Processor:
    return dspc.load(TEXT, "interp")


def noise(frames: int) -> Any:
    return np.random.default_rng(1).standard_normal(frames)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (name, value)
        for name in ("block", "rate", "frames")
        for value in (-1, 2**31, 0.5, True, "9", None, float("nan"))
        if (name, value) != ("frames", None)
    ],
)
def test_a_number_of_frames_or_hertz_is_refused(name: str, value: Any) -> None:
    generator = dspc.load("process = 1;", "interp")
    arguments: dict[str, Any] = {"frames": 4, name: value}
    with pytest.raises(dspc.DspcError, match="is a whole number from") as raised:
        generator(**arguments)
    assert raised.value.code == "E0008"


def test_no_block_is_no_endless_loop(echo: dspc.Processor) -> None:
    with pytest.raises(dspc.DspcError, match="a block is a whole number from 1"):
        echo(noise(8), block=0)


def test_a_rate_may_be_a_float(echo: dspc.Processor) -> None:
    assert echo(noise(8), 44100.0).shape == (1, 8)  # pyright: ignore
    assert echo.rate == 44100


@pytest.mark.parametrize("x", [np.zeros(3, complex), np.array(["a"]), np.array([object()])])
def test_samples_are_real_numbers(echo: dspc.Processor, x: Any) -> None:
    with pytest.raises(TypeError, match="array of real numbers"):
        echo(x)


def test_samples_keep_their_type(echo: dspc.Processor) -> None:
    assert echo(np.zeros(3, np.float32)).dtype == np.float32
    assert echo(np.zeros(3)).dtype == echo(np.zeros(3, int)).dtype == np.float64
    assert echo(np.zeros(3), dtype="float32").dtype == np.float32
    with pytest.raises(TypeError, match="dtype is float32 or float64"):
        echo(np.zeros(3), dtype=np.int16)


def test_controls_are_a_mapping(echo: dspc.Processor) -> None:
    echo["gain"] = 0.25
    assert echo["gain"] == echo.controls["gain"] == 0.25
    echo.controls.update(gain=0.75)
    assert list(echo.controls) == echo.paths()
    assert dict(echo.controls)[echo.paths()[0]] == 0.75
    with pytest.raises(dspc.DspcError, match="unknown control gian"):
        echo["gian"] = 1
    with pytest.raises(dspc.DspcError, match="is no value of a control"):
        echo["gain"] = float("inf")
    with pytest.warns(dspc.DspcWarning, match="outside of 0 to 0.9"):
        echo["gain"] = 2


def test_an_array_of_values_is_spread_over_the_frames() -> None:
    gain = dspc.load('process = *(hslider("gain", 0, -1, 1, 0.1));', "interp", double=True)
    ramp = np.linspace(-1, 1, 8)
    assert np.array_equal(gain(np.ones(8), controls={"gain": ramp})[0], ramp)
    assert np.array_equal(gain(np.ones(8), controls={"gain": [0, 1]})[0], [0] * 4 + [1] * 4)
    with pytest.raises(dspc.DspcError, match="is no value of a control"):
        gain(np.ones(8), controls={"gain": np.ones((2, 4))})


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("options", [{}, {"vec": True}], ids=["default", "vec"])
@pytest.mark.parametrize(
    "twin_of",
    [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_twins_continue_from_the_same_state(backend: str, options: Any, twin_of: Any) -> None:
    first = dspc.load(TEXT, backend, **options)
    x = noise(700)
    first(x[:300], 44100, {"gain": 0.8})
    twin = twin_of(first)
    assert twin.controls == first.controls
    expected = first(x[300:], 44100)
    assert np.array_equal(twin(x[300:], 44100), expected)
    assert np.ptp(expected) > 1
    first["gain"] = 0.1
    assert twin["gain"] == pytest.approx(0.8)


def test_written_tables_are_pickled() -> None:
    text = "at = int(*(16)) : &(15); process = rwtable(16, 0.0, at, _, at);"
    for backend in BACKENDS:
        first = dspc.load(text, backend)
        x = np.abs(noise(3 * 100).reshape(3, 100)) % 0.99
        first(x)
        twin = pickle.loads(pickle.dumps(first))
        assert np.array_equal(twin(x), first(x))


def test_state_that_cannot_be_saved_is_refused() -> None:
    tasks = dspc.load("p = + ~ *(0.5) : sin : + ~ *(0.3) : cos; process = p, p;", "cpp", sch=True)
    x = np.ones((2, 9))
    assert np.array_equal(pickle.loads(pickle.dumps(tasks))(x), tasks(x))
    with pytest.raises(dspc.DspcError, match="cannot be saved"):
        pickle.dumps(tasks)


@pytest.mark.parametrize("backend", ["llvm", "interp"])
def test_threads_take_turns(backend: str) -> None:
    count = dspc.load(COUNT, backend, double=True)

    def call() -> None:
        for _ in range(40):
            count(np.ones(50), block=7)

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(np.ones(1))[0, 0] == 4 * 40 * 50 + 1


def test_reprs_are_short(echo: dspc.Processor) -> None:
    assert repr(echo).startswith("<dspc.Processor ")
    assert "1 in, 1 out, 2 controls, interp" in repr(echo)
    assert repr(dspc.compile(TEXT)).endswith(" lines of code>")
    html = echo._repr_html_()
    assert "data:image/svg+xml" in html
    assert "gain" in html
    assert "class mydsp" in dspc.compile(TEXT)._repr_html_()


def test_the_module_lists_its_names() -> None:
    assert {"load", "compile", "render_many", "__version__"} <= set(dir(dspc))
    assert dspc.__version__.count(".") >= 1
    assert all(hasattr(dspc, name) for name in dir(dspc))


def test_arrays_of_every_layout_give_the_same() -> None:
    source = "process = +(_, _) : *(hslider('g', 0.5, 0, 1, 0.1)) <: _ , mem;".replace("'", '"')
    f = dspc.load(source, backend="llvm")
    x = np.random.default_rng(1).uniform(-1, 1, (2, 64)).astype(np.float32)
    expected = f(x.tolist(), dtype=np.float32)  # a list takes the way of any input
    fixed = x.copy()
    fixed.setflags(write=False)
    layouts = [x, fixed, np.asfortranarray(x), np.repeat(x, 2, axis=1)[:, ::2], x[::-1][::-1]]
    layouts += [x.astype(">f4"), x.astype(np.float64)]
    for samples in layouts:
        f.reset()
        result = f(samples)
        assert np.array_equal(result, expected)
        assert result.dtype == (np.float32 if samples.dtype == np.float32 else np.float64)
    assert f(x[:, :0]).shape == (2, 0)
    for wrong in (x[:1], x[0], np.zeros((2, 3, 4), np.float32)):
        with pytest.raises(ValueError, match="shape"):
            f(wrong)
    f(x, rate=44100)
    assert f.rate == 44100
    with pytest.raises(dspc.DspcError, match="a block"):
        f(x, rate=44100, block=0)


def test_a_call_runs_few_lines_of_python() -> None:
    counts: set[int] = set()
    for channels in (1, 8):
        f = dspc.load(f"process = par(i, {channels}, *(0.5));", backend="llvm")
        x = np.zeros((channels, 512), np.float32)
        f(x)
        counts.add(lines_of(lambda f=f, x=x: f(x)))
    assert len(counts) == 1
    assert max(counts) < 35
