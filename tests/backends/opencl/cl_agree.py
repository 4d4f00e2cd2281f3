"""Programs on OpenCL against the C++ back end; a process of its own, as kernels may crash or hang.

`cl_agree.py PLATFORM HEAP VOICES PRECISION FILE...` prints a line of JSON for each file: its name
and the largest difference, relative to the sound's own peak where that is above 1. PRECISION is
single, double, or vec for double with many loops.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import numpy as np
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.instance import OpenClInstance
from dspc.dialects.diagnostics import DspcError

from dspc.api import open_processor
from dspc.options import LoopOptions

RATE = 44100
BLOCKS = (64, 1, 200, 256)


def loops(path: str, precision: str = "double") -> Any:
    """The loop-level module of a program."""
    return open_processor(
        path, "opencl", LoopOptions(double=precision != "single", vec=precision == "vec")
    ).module


def play(instance: Any, seed: int = 1) -> Any:
    """Noise in, for blocks of several lengths."""
    noise = np.random.default_rng(seed).uniform(-0.5, 0.5, (instance.inputs, sum(BLOCKS)))
    starts = np.cumsum((0, *BLOCKS))
    parts = zip(starts, BLOCKS, strict=False)
    return np.concatenate([instance.compute(noise[:, at : at + n]) for at, n in parts], -1)


def buttons(instance: Any) -> list[str]:
    """The paths of all buttons, which are pressed so that instruments sound."""
    return [path for path, w in instance.widgets().items() if w.kind.value == "button"]


class Voices:
    """All voices as if they were one instance with three axes of sound."""

    def __init__(self, instance: OpenClInstance) -> None:
        self.instance, self.inputs = instance, instance.inputs

    def compute(self, sound: Any) -> Any:
        return self.instance.compute_voices(sound)


def difference(
    module: Any, platform: str, heap: str, voices: int, folder: str = ".", reference: Any = None
) -> float:
    """The largest difference of any voice from the C++ code's sound.

    `folder` is where sound files are; `reference` is the module in C++, if it is another.
    """
    ours = OpenClInstance(module, RATE, voices, heap, platform, folder=folder)
    native = NativeInstance(reference or module, RATE, ("-O1",), folder)
    for instance in (native, ours):
        for path in buttons(instance):
            instance.set(path, 1.0)
    expected = play(native)
    found = play(Voices(ours))
    scale = max(1.0, float(np.abs(expected).max(initial=0.0)))
    same = (found == expected) | (np.isnan(found) & np.isnan(expected))
    apart = np.where(same, 0.0, np.abs(found - expected))
    meters = [p for p, w in native.widgets().items() if w.kind.value.endswith("bargraph")]
    most = [float(apart.max(initial=0.0)) / scale]
    most += [abs(native.get(path) - ours.get(path, voices - 1)) for path in meters]
    return max(most)


def main() -> None:
    platform, heap, voices, precision, *files = sys.argv[1:]
    for path in files:
        try:
            module = loops(path, precision)
            scalar = loops(path) if precision == "vec" else None
            folder = os.path.dirname(path)
            found: float | str = difference(module, platform, heap, int(voices), folder, scalar)
        except DspcError as error:
            found = f"{error.code}: {error.message} {[note.message for note in error.notes]}"
        print(json.dumps([path, found]), flush=True)


if __name__ == "__main__":
    main()
