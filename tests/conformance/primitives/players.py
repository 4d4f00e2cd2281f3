"""Cells through Faust's C++ and through our back ends, on all edge values."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import dspc
from dspc.backends.cpp import build, native

from .. import steps
from ..steps import StepError
from .cells import CHANNELS, COUNT, FIRST_RATE, INTS, REALS, Cell, program

Samples = NDArray[np.float64]
Block = tuple[Samples, Samples]
"""What the controls are, and what the inputs give: [channel], [channel][frame]."""
Play = Callable[[int, Sequence[Block]], Samples]
"""Runs a program anew at a rate (Hz); its outputs, [output][frame]."""

EXACT = ("-O0", "-fwrapv", "-w")
"""For Faust's code, which relies on integers that wrap and on x86 where C++ leaves a value open."""


def halves(value: int) -> tuple[float, float]:
    return float(value >> 16), float(value & 0xFFFF)


def channels(a: int, b: int, seconds: Sequence[int] = INTS) -> Samples:
    """What controls or inputs give for the edge values number `a` and `b`."""
    return np.array([REALS[a], *halves(INTS[a]), REALS[b], *halves(seconds[b])])


def pairs(seconds: Sequence[int]) -> list[Samples]:
    return [channels(p % COUNT, p // COUNT, seconds) for p in range(COUNT * COUNT)]


def render(play: Play, seconds: Sequence[int] = INTS, rates: Sequence[int] = ()) -> Samples:
    """A program's outputs, without those of its controls, for all values.

    Without `rates`: all pairs, a block each in which controls and inputs are alike, and again as
    one block. For each of the rates: all values of a control beside all values of an input.
    """
    every = range(COUNT)
    if rates:
        each = [channels(k, k, seconds) for k in every]
        inputs = np.stack(each, axis=1)
        parts = [play(rate, [(now, inputs) for now in each]) for rate in rates]
    else:
        each = [channels(a, b, seconds) for b in every for a in every]
        apart = [(now, now[:, None]) for now in each]
        parts = [play(FIRST_RATE, apart), play(FIRST_RATE, [(each[0], np.stack(each, axis=1))])]
    return np.concatenate(parts, axis=1)[: -len(CHANNELS)]


DIAGONAL = tuple(FIRST_RATE + k + COUNT * ((k * 7 + 3) % COUNT) for k in range(COUNT))
"""Rates at which each value of either operand comes once."""


def accepted(
    cells: Sequence[Cell], single: bool, folder: Path, seconds: Sequence[int]
) -> list[Cell]:
    """The cells that Faust does not refuse (constants that are NaN, remainders by a literal 0)."""
    work, result = [list(cells)], list[Cell]()
    while work:
        part = work.pop()
        try:
            faust_code(program(part, seconds), single, folder)
        except StepError:
            half = len(part) // 2
            work += [part[half:], part[:half]] if half else []
        else:
            result += part
    return result


def faust_code(text: str, single: bool, folder: Path) -> str:
    """Faust's C++ for a program. Raises StepError where it refuses the program."""
    path = folder / "cells.dsp"
    path.write_text(text)
    return steps.run("faust", ["faust", "-single" if single else "-double", str(path)], 120)


def through_faust(text: str, single: bool, folder: Path) -> Play:
    """What Faust makes of a program. Raises StepError where it refuses the program."""
    code = faust_code(text, single, folder)
    # It prints the smallest integer as a literal that C++ takes for a long.
    code = re.sub(r"-2147483648(?![.\d])", "(-2147483647 - 1)", code)
    return _Faust(code, single).play


class _Faust:
    """A class that Faust printed, run as `native` runs ours."""

    def __init__(self, code: str, single: bool) -> None:
        self.real: Any = np.float32 if single else np.float64
        here = Path(native.__file__)
        host, shim = (here.with_name(f"native_{name}.hpp").read_text() for name in ("host", "shim"))
        kind = "float" if single else "double"
        text = f"#define FAUSTFLOAT {kind}\n{host}\n{code}\n#define FAUSTCLASS mydsp\n{shim}"
        self.library = ctypes.CDLL(str(build.build_library(text, EXACT)))
        self.library.dspc_create.restype = ctypes.c_void_p
        real = ctypes.c_float if single else ctypes.c_double
        self.library.dspc_zone.restype = ctypes.POINTER(real)

    def play(self, rate: int, blocks: Sequence[Block]) -> Samples:
        library = self.library
        handle = ctypes.c_void_p(library.dspc_create())
        library.dspc_init(handle, rate)
        zones = [library.dspc_zone(handle, number) for number in range(len(CHANNELS))]
        sounds: list[Samples] = []
        for controls, inputs in blocks:
            for zone, value in zip(zones, controls, strict=True):
                zone[0] = self.real(value)
            channels = np.ascontiguousarray(inputs, self.real)
            block = np.zeros((library.dspc_outputs(handle), inputs.shape[1]), self.real)
            library.dspc_compute(handle, inputs.shape[1], native.rows(channels), native.rows(block))
            sounds.append(block.astype(np.float64))
        library.dspc_destroy(handle)
        return np.concatenate(sounds, axis=1)


def through_dspc(text: str, single: bool, backend: Any, **options: Any) -> Play:
    """What dspc makes of a program. Raises DspcError where it refuses it."""
    processor = dspc.load(text, backend, double=not single, **options)

    def play(rate: int, blocks: Sequence[Block]) -> Samples:
        instance = processor.start(rate)
        processor.reset()
        paths = {path.rpartition("/")[2]: path for path in processor.paths()}
        sounds: list[Samples] = []
        for controls, inputs in blocks:
            for name, value in zip(CHANNELS, controls, strict=True):
                instance.set(paths[name], float(value))
            sounds.append(np.asarray(instance.compute(inputs), np.float64))
        return np.concatenate(sounds, axis=1)

    return play


def differences(cells: Sequence[Cell], mine: Samples, theirs: Samples, single: bool) -> list[str]:
    """How cells differ, a line each: NaN equals NaN, all else has a relative tolerance.

    Zeros have signs, but not where an operand is a literal: there Faust's terms are sorted. Of
    literals alone, infinities have none: Faust prints INFINITY for both.
    """
    relative, smallest = (1e-6, 2.0**-149) if single else (1e-14, 2.0**-1074)
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(mine - theirs) <= relative * np.abs(theirs) + 4 * smallest
    same = (near & np.isfinite(theirs)) | (mine == theirs) | (np.isnan(mine) & np.isnan(theirs))
    signs = np.signbit(mine) == np.signbit(theirs)
    endless = np.isinf(mine) & np.isinf(theirs)
    lines: list[str] = []
    for number, cell in enumerate(cells):
        right = same[number]
        if not cell.has("L"):
            right = right & (signs[number] | (theirs[number] != 0))
        elif all(operand[1] == "L" for operand in cell.operands):
            right = right | endless[number]
        if not right.all():
            at = int((~right).argmax())
            count = f"{int((~right).sum())} of {right.size}"
            a, b = float(mine[number, at]), float(theirs[number, at])
            lines.append(f"{cell}, frame {at}: {a!r} not {b!r}; {count}")
    return lines
