"""Programs on OpenCL and in C++, compared in a separate process: kernels may crash or hang.

`cl_agree.py PLATFORM HEAPS VOICES PRECISION FILE...` prints a line of JSON for each file and each
of the heaps (separated by commas): its name, the heap, and the largest difference, relative to the
sound's own peak where that is above 1, or what happened. PRECISION is single or double, or, in
double precision, a form of the program: vec for many loops, wide for such of large chunks, near
for these with rows in l2, omp or sch for levels, placed for
memory that is placed on TI's AM572x, with copies in l2 as ops; lanes for vectors of four, pairs
for many loops with vectors of two in such memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from dspc.api import open_processor
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.instance import OpenClInstance
from dspc.backends.opencl.printer import print_opencl
from dspc.options.loop_options import LoopOptions
from dspc.support.diagnostics import DspcError

RATE = 44100
BLOCKS = (64, 1, 200, 256)


FORMS: dict[str, dict[str, Any]] = {
    "single": {"double": False},
    "double": {},
    "vec": {"vec": True},
    "omp": {"omp": True},
    "sch": {"sch": True},
    "placed": {"machine": "am572x"},
    "wide": {"vec": True, "vector_size": 2048},
    "near": {"vec": True, "vector_size": 2048, "machine": "66ak2g"},
    "lanes": {"lanes": 4},
    "pairs": {"vec": True, "lanes": 2, "machine": "am572x"},
}
LIMITS = {form: 1e-4 if form == "single" else 2e-6 for form in FORMS}
"""How far a form may be from the C++ code of the same precision."""


def loops(path: str, precision: str = "double", target: str = "opencl", heap: str = "auto") -> Any:
    """The loop-level module of a program, its memory placed for a heap."""
    chosen = {"double": True, "heap": heap, **FORMS[precision]}
    return open_processor(path, target, LoopOptions(**chosen)).module


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


def press(instance: Any) -> None:
    """Press all buttons, so that instruments sound."""
    for path in buttons(instance):
        instance.set(path, 1.0)


class Reference:
    """A program's sound and meters in C++; `folder` is where sound files are."""

    def __init__(self, module: Any, folder: str = ".") -> None:
        self.folder = folder
        native = NativeInstance(module, RATE, ("-O1",), folder)
        press(native)
        self.sound = play(native)
        widgets = native.widgets().items()
        meters = [path for path, w in widgets if w.kind.value.endswith("bargraph")]
        self.meters = {path: native.get(path) for path in meters}

    def difference(self, module: Any, platform: str, heap: str, voices: int) -> float:
        """The largest difference of any voice of a module in OpenCL from it."""
        ours = OpenClInstance(module, RATE, voices, heap, platform, folder=self.folder)
        press(ours)
        samples = play(Voices(ours))
        scale = max(1.0, float(np.abs(self.sound).max(initial=0.0)))
        same = (samples == self.sound) | (np.isnan(samples) & np.isnan(self.sound))
        apart = np.where(same, 0.0, np.abs(samples - self.sound))
        most = [float(apart.max(initial=0.0)) / scale]
        most += [abs(v - ours.get(path, voices - 1)) for path, v in self.meters.items()]
        return max(most)


def error_text(error: DspcError) -> str:
    return f"{error.code}: {error.message} {[note.message for note in error.notes]}"


def outcomes(
    path: str, platform: str, heaps: Sequence[str], voices: int, precision: str
) -> Iterator[tuple[str, float | str]]:
    """For each heap the difference, or the error."""
    try:
        module = loops(path, precision)
        print_opencl(module)  # refuses programs that need C, before a C++ compiler may
        scalar = loops(path, precision if precision == "single" else "double", "cpp")
        reference = Reference(scalar, os.path.dirname(path))
    except DspcError as error:
        yield from ((heap, error_text(error)) for heap in heaps)
        return
    for heap in heaps:
        try:
            placed = loops(path, precision, heap=heap)
            yield heap, reference.difference(placed, platform, heap, voices)
        except DspcError as error:
            yield heap, error_text(error)


def main() -> None:
    platform, heaps, voices, precision, *files = sys.argv[1:]
    for path in files:
        results = outcomes(path, platform, heaps.split(","), int(voices), precision)
        for heap, outcome in results:
            print(json.dumps([path, heap, outcome]), flush=True)


if __name__ == "__main__":
    main()
