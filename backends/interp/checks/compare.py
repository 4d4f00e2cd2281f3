"""Comparison of two modules on the same inputs: the first frame in which they differ.

This is the core of translation validation (`--validate`). The modules can be of different levels
but must have the same inputs, outputs and widgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.interp.definition.memory import Soundfiles
from dspc.backends.interp.errors import InterpreterError
from dspc.backends.interp.instance import InstanceWidget, InterpInstance, Samples
from dspc.dialects.dsp_mem.machine import Machine

SIGNALS = ("impulse", "noise", "ramp", "silence")
MOST_FRAMES = 1024


@dataclass(frozen=True)
class Policy:
    """The tolerance: a difference of at most `ulps` units in the last place, or of `absolute`.

    By default results must be equal. NaNs are equal; infinities must agree under any tolerance.
    """

    ulps: int = 0
    absolute: float = 0.0

    def differing(self, first: Samples, second: Samples) -> Samples:
        """A bool array: where two arrays differ by more than the tolerance."""
        same = (first == second) | (np.isnan(first) & np.isnan(second))
        if self.ulps == 0 and self.absolute == 0.0:
            return ~same
        with np.errstate(all="ignore"):
            distance = np.abs(first - second)
            unit = np.spacing(np.maximum(np.abs(first), np.abs(second)))
            close = (distance <= self.absolute) | (distance <= self.ulps * unit)
        return ~(same | close)


EXACT = Policy()


@dataclass(frozen=True)
class Mismatch:
    """The first difference of two modules; `output` is the index of an output or a meter's path."""

    frame: int
    output: int | str
    first: float
    second: float
    controls: dict[str, float] = field(default_factory=dict[str, float])
    """The widgets' values at that frame."""

    @property
    def difference(self) -> float:
        return abs(self.first - self.second)


def compare(
    first: ModuleOp,
    second: ModuleOp,
    policy: Policy = EXACT,
    seed: int = 0,
    frames: int = MOST_FRAMES,
    rate: int = 44100,
    soundfiles: Soundfiles | None = None,
    machine: Machine | None = None,
) -> Mismatch | None:
    """The first mismatch over impulse, noise, ramps and silence, or None.

    Both run continuously, with one reset at half time, in blocks of 1, 7, 64 and random sizes;
    between blocks some widgets change. Runs are deterministic for a seed. `machine` is the machine
    of placed modules.
    """
    one = InterpInstance(first, rate, soundfiles=soundfiles, machine=machine)
    other = InterpInstance(second, rate, soundfiles=soundfiles, machine=machine)
    return compare_instances(one, other, policy, seed, frames)


def compare_instances(
    one: InterpInstance, other: InterpInstance, policy: Policy, seed: int, frames: int
) -> Mismatch | None:
    """As `compare`, for two instances, whose state changes."""
    if (one.inputs, one.outputs) != (other.inputs, other.outputs):
        shapes = f"{one.inputs} to {one.outputs} and {other.inputs} to {other.outputs}"
        raise InterpreterError(f"the programs have different inputs and outputs: {shapes}")
    random = np.random.default_rng(seed)
    signal = stimulus(one.inputs, frames, random)
    values = {widget.symbol: widget.init for widget in one.widgets if not widget.kind.is_output}
    at = 0
    has_reset = False
    for size in block_sizes(frames, random):
        if at:
            for symbol, value in changes(one.widgets, random):
                values[symbol] = value
                one.set(symbol, value)
                other.set(symbol, value)
        if at >= frames // 2 and not has_reset:
            one.reset()
            other.reset()
            has_reset = True
        block = signal[:, at : at + size]
        mismatch = _difference(one.compute(block), other.compute(block), policy, at, values)
        mismatch = mismatch or _meters(one, other, policy, at + size - 1, values)
        if mismatch is not None:
            return mismatch
        at += size
    return None


def stimulus(inputs: int, frames: int, random: np.random.Generator) -> Samples:
    """Input signals [inputs, frames]: the four SIGNALS in turn, rotated for each input."""
    quarter = max(1, frames // len(SIGNALS))
    rows = np.zeros((inputs, frames))
    for number, row in enumerate(rows):
        for at in range(len(SIGNALS)):
            part = row[at * quarter : (at + 1) * quarter]
            match SIGNALS[(at + number) % len(SIGNALS)]:
                case "impulse":
                    part[:1] = 1.0
                case "noise":
                    part[:] = random.uniform(-1.0, 1.0, len(part))
                case "ramp":
                    part[:] = np.linspace(-1.0, 1.0, len(part))
                case _:
                    pass
    return rows


def block_sizes(frames: int, random: np.random.Generator) -> Iterator[int]:
    """Block sizes that sum to `frames`: 1, 7, 64, 1, then random ones below 200."""
    fixed = [1, 7, 64, 1]
    while frames > 0:
        size = (
            fixed.pop(0) if fixed else int(random.choice([1, 7, 64, int(random.integers(1, 200))]))
        )
        size = min(size, frames)
        yield size
        frames -= size


def changes(
    widgets: list[InstanceWidget], random: np.random.Generator
) -> Iterator[tuple[str, float]]:
    """New values for about a third of the input widgets, in range and quantised to the step."""
    for widget in widgets:
        if not widget.kind.is_control or random.random() > 0.35:
            continue
        if widget.kind.is_switch:
            yield widget.symbol, float(random.integers(0, 2))
            continue
        value = random.uniform(widget.min, widget.max)
        if widget.step > 0:
            value = widget.min + widget.step * round((value - widget.min) / widget.step)
        yield widget.symbol, min(max(value, widget.min), widget.max)


def _difference(
    first: Samples, second: Samples, policy: Policy, at: int, values: dict[str, float]
) -> Mismatch | None:
    """The first differing frame of a block; the lowest output if several differ in it."""
    differs = policy.differing(first, second)
    if not differs.any():
        return None
    frame = int(np.argmax(differs.any(axis=0)))
    output = int(np.argmax(differs[:, frame]))
    pair = float(first[output, frame]), float(second[output, frame])
    return Mismatch(at + frame, output, *pair, controls=dict(values))


def _meters(
    one: InterpInstance, other: InterpInstance, policy: Policy, frame: int, values: dict[str, float]
) -> Mismatch | None:
    for widget in one.widgets:
        if widget.kind.is_output:
            pair = np.array([one.get(widget.symbol)]), np.array([other.get(widget.symbol)])
            if policy.differing(*pair)[0]:
                shown = float(pair[0][0]), float(pair[1][0])
                return Mismatch(frame, widget.path, *shown, controls=dict(values))
    return None
