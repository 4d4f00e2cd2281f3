"""Direct calls of compiled code with arrays: same results, and what takes the general way."""

from __future__ import annotations

import gc
import platform
import sys
import threading
from typing import Any

import numpy as np
import pytest

import dspc
from dspc.backends.llvm import array_call
from dspc.running.quick_calls import quick_call

TEXT = "process = (_, _ : (+ ~ *(0.5)), @(3)), 1;"


def stereo(frames: int = 700, kind: Any = np.float32) -> Any:
    return np.random.default_rng(2).uniform(-1, 1, (2, frames)).astype(kind)


@pytest.fixture(scope="module")
def program() -> dspc.Processor:
    return dspc.load(TEXT, "llvm")


def refused(program: dspc.Processor, x: Any, rate: Any = 48000, block: Any = 512) -> bool:
    """Whether the direct call leaves the state as it is and computes nothing."""
    before = program.start(48000).save()
    call = quick_call(program.start(48000), 48000)
    assert call is not None
    is_refused = call(x, None, None, rate, block) is None
    assert program.start(48000).save() == before or not is_refused
    return is_refused


@pytest.mark.parametrize("double", [False, True])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("block", [1, 64, 699, 4096])
def test_results_are_those_of_the_general_way(double: bool, kind: Any, block: int) -> None:
    x = stereo(kind=kind)
    quick, general = (dspc.load(TEXT, "llvm", double=double) for _ in range(2))
    assert quick_call(quick.start(48000), 48000) is not None
    general.start(48000)
    general._quick = None  # pyright: ignore[reportPrivateUsage]
    for _ in range(2):
        got, expected = quick(x, block=block), general(x, block=block)
        assert got.dtype == expected.dtype == kind
        assert got.tobytes() == expected.tobytes()


def test_a_generator_is_called_directly_too() -> None:
    count = dspc.load("process = 1 : + ~ _;", "llvm")
    count(frames=1)
    assert count(frames=3).dtype == np.float64
    assert count(frames=2, dtype=np.float32).tolist() == [[5, 6]]
    assert count(frames=0).shape == (1, 0)


def test_other_arguments_take_the_general_way(program: dspc.Processor) -> None:
    x = stereo()
    assert not refused(program, x)
    assert not refused(program, np.asfortranarray(x).astype(np.float64))
    others = (x[:, ::2], x[0], x[:1], x.astype(">f4"), x.astype(np.int32), x.tolist(), None)
    assert all(refused(program, each) for each in others)
    assert not any(refused(program, each) for each in (x[:, 3:9], x[::-1], x[:, :0]))
    assert refused(program, np.asfortranarray(x))
    assert refused(program, x.view(type("Kind", (np.ndarray,), {})))
    for number in (0, -1, True, 2.0, "3", None, 2**31, 2**63, 2**200, -(2**200)):
        assert refused(program, x, block=number)
        assert refused(program, x, rate=number)
    assert refused(program, x, rate=44100)


def test_strided_and_read_only_arrays_have_the_same_results() -> None:
    x = stereo()
    one, two, three = (dspc.load(TEXT, "llvm") for _ in range(3))
    held = x.copy()
    held.flags.writeable = False
    for _ in range(2):
        expected = one(x)
        assert np.array_equal(two(np.repeat(x, 2, axis=1)[:, ::2]), expected)
        assert np.array_equal(three(held), expected)


def test_parts_of_longer_sounds_and_reversed_rows_are_read_in_place() -> None:
    x = stereo(1000)
    whole, parts, mirrored = (dspc.load(TEXT, "llvm") for _ in range(3))
    expected = whole(x, block=100)
    parts(x[:, :0])
    made = [parts(x[:, at : at + 100]) for at in range(0, 1000, 100)]
    assert np.array_equal(np.concatenate(made, axis=1), expected)
    mirrored(x[:, :0])
    assert np.array_equal(mirrored(x[::-1].copy()[::-1], block=100), expected)


def references(x: Any) -> tuple[int, int, int]:
    """References to objects that every call reads; those of collectable garbage don't count."""
    gc.collect()
    return sys.getrefcount(x), sys.getrefcount(None), sys.getrefcount(x.dtype)


def test_calls_keep_no_references(program: dspc.Processor) -> None:
    x = stereo()
    program(x)
    before = references(x)
    made = program(x)
    for _ in range(2000):
        made = program(x)
        refused(program, x, block=0)
    assert sys.getrefcount(made) == 2
    assert all(abs(a - b) < 500 for a, b in zip(before, references(x), strict=True))


def test_a_copy_has_a_call_of_its_own(program: dspc.Processor) -> None:
    x = stereo()
    program(x)
    twin = program.clone()
    expected = program(x)
    assert np.array_equal(twin(x), expected)
    del program
    assert twin(x).shape == expected.shape


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="MXCSR is of x86")
def test_fast_arithmetic_flushes_subnormal_numbers_in_calls_only() -> None:
    x = np.full((1, 64), 1e-39, np.float32)
    fast, strict = (
        dspc.load("process = *(0.5);", "llvm", fast_math=is_fast) for is_fast in (True, False)
    )
    for _ in range(2):
        assert fast(x).max() == 0
        assert strict(x).max() == np.float32(5e-40)
        assert (x * np.float32(0.5)).max() == np.float32(5e-40)


def test_threads_run_at_once_and_keep_their_states() -> None:
    x = stereo(20000)
    programs = [dspc.load(TEXT, "llvm") for _ in range(4)]
    results: dict[int, Any] = {}

    def run(at: int) -> None:
        for _ in range(5):
            results[at] = programs[at](x)

    threads = [threading.Thread(target=run, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({results[at].tobytes() for at in range(4)}) == 1


def test_without_the_known_layout_programs_are_called_through_ctypes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    x = stereo()
    expected = dspc.load(TEXT, "llvm")(x)
    monkeypatch.setattr(array_call, "_has_known_layout", lambda: False)
    program = dspc.load(TEXT, "llvm")
    instance: Any = program.start(48000)
    assert instance.array_call() is None
    assert np.array_equal(program(x), expected)
