"""Programs on the back end llvm, in this process, with the input of the harness for C++ classes.

All examples: `python -m tests.conformance.run --all --jobs 1 --llvm`.
"""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import oracle
from .steps import StepError

BLOCK = 64
_LENGTHS, _RATES = (1000, 333, 5000), (44100, 22050, 48000)


def through_llvm(program: Path, options: tuple[str, ...] = ()) -> oracle.Rendering:
    """Render `program` by LLVM; the user interface is Faust's. Raises StepError."""
    from dspc.support.diagnostics import DspcError

    faust = oracle.through_faust(program)
    try:
        instance, samples, split = render(lowered(program, options))
    except DspcError as error:
        raise StepError("dspc", f"error[{error.code}]: {error.message}") from error
    return oracle.Rendering(
        instance.inputs, instance.outputs, faust.ui, faust.metadata, split, samples
    )


def lowered(program: Path, options: tuple[str, ...] = ()) -> Any:
    """The program's loops in double precision."""
    from dspc.cli import parse_arguments
    from dspc.driver import Clock, read_program, run_passes
    from dspc.options.compile_options import CompileOptions
    from dspc.pipelines.selection import choose_passes

    chosen = parse_arguments(CompileOptions, ["-double", *options, str(program)], "dspc")
    assert chosen is not None
    module = read_program(str(program), chosen.frontend())
    run_passes(module, choose_passes(chosen), chosen, Clock())
    return module


def render(module: Any) -> tuple[Any, NDArray[np.float64], tuple[float, int, int]]:
    """An instance, its samples [run][output][frame], and the differences by split blocks."""
    from dspc.backends.llvm.instance import LlvmInstance

    instance = LlvmInstance(module, oracle.RATE)
    instance._sounds = dict.fromkeys(instance._sounds, _TestSound())
    runs: list[NDArray[np.float64]] = []
    worst = (0.0, -1, -1)
    for noise in (False, True):
        rows = stimulus(instance.inputs, oracle.FRAMES, noise)
        whole, cut = (play(instance, rows, cuts) for cuts in (False, True))
        runs.append(whole)
        worst = max(worst, _apart(whole, cut))
    return instance, np.array(runs), worst


def stimulus(channels: int, frames: int, noise: bool) -> NDArray[np.float64]:
    """The harness's input: an impulse, or splitmix64's numbers, one channel after the other."""
    if not noise:
        rows = np.zeros((channels, frames))
        rows[:, :1] = 1.0
        return rows
    with np.errstate(over="ignore"):
        steps = np.arange(1, channels * frames + 1, dtype=np.uint64)
        z = np.uint64(oracle.SEED) + steps * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = (z ^ (z >> np.uint64(31))) >> np.uint64(32)
    return (z.astype(np.float64) / 2147483648.0 - 1.0).reshape(channels, frames)


def play(instance: Any, rows: NDArray[np.float64], cuts: bool) -> NDArray[np.float64]:
    """A fresh start's outputs, in blocks of 64, buttons held for the first, perhaps cut in two."""
    from dspc.dialects.dsp.interface import WidgetKind

    instance._start()
    random = np.random.default_rng(3)
    buttons = [p for p, w in instance.widgets().items() if w.kind == WidgetKind.BUTTON]
    for path in buttons:
        instance.set(path, 1.0)
    parts: list[NDArray[np.float64]] = []
    for start in range(0, rows.shape[1], BLOCK):
        if start == BLOCK:
            for path in buttons:
                instance.set(path, 0.0)
        block = rows[:, start : start + BLOCK]
        at = int(random.integers(block.shape[1] + 1)) if cuts else 0
        cut = [part for part in (block[:, :at], block[:, at:]) if part.shape[1]]
        parts += map(instance.compute, cut)
    return np.concatenate(parts, axis=1)


def _apart(whole: NDArray[np.float64], cut: NDArray[np.float64]) -> tuple[float, int, int]:
    """The largest difference, its frame and its output."""
    if not whole.size:
        return 0.0, -1, -1
    with np.errstate(invalid="ignore"):
        off = np.abs(whole - cut)
    off[(whole == cut) | (np.isnan(whole) & np.isnan(cut))] = 0.0
    off[np.isnan(off)] = np.inf
    output, frame = np.unravel_index(int(off.argmax()), off.shape)
    return float(off.max()), int(frame), int(output)


class _TestSound:
    """The harness's sound: three parts of two channels, repeated up to the most there can be."""

    def __init__(self) -> None:
        from dspc.backends.common.sounds import _Structure

        frames = np.arange(1, sum(_LENGTHS) + 1)
        self._rows = np.sin(0.01 * frames[None] * np.array([[1], [2]]))
        starts = np.cumsum([0, *_LENGTHS[:-1]])
        self._fields = [
            np.array([*kind, *[kind[-1]] * (256 - len(kind))], np.int32)
            for kind in (_LENGTHS, _RATES, starts)
        ]
        pointers = [self._rows[channel % 2].ctypes.data for channel in range(64)]
        self._buffers = (ctypes.c_void_p * 64)(*pointers)
        addresses = [field.ctypes.data for field in self._fields]
        self._structure = _Structure(ctypes.addressof(self._buffers), *addresses, 2, 3)

    def pointer(self) -> int:
        return ctypes.addressof(self._structure)
