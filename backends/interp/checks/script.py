"""Scripts of test runs: the actions of a host on a program, and its observations.

A script is a list of steps (widgets set, a reset, a copy of the instance, blocks) with the inputs
of all frames. It is made at random from a seed, runs on any kind of instance, and can be shortened
and saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np

from dspc.backends.interp.instance import InstanceWidget, Samples

Kind = Literal["usual", "beyond", "special"]
"""Controls and inputs in range; beyond their ranges; with NaN, infinities and subnormal numbers."""
SEGMENT = 128
"""Frames of an input signal of one shape."""
SPECIAL = (np.nan, np.inf, -np.inf, 1e-310, 1e-40, -0.0, 1e30, -1e30, 2.0**31, 65536.0)


class ScriptStep(NamedTuple):
    """`action` with its argument: (symbol, value) of set, (first frame, frames) of a block."""

    action: Literal["set", "reset", "clone", "block", "in place"]
    name: str = ""
    value: float = 0.0
    first: int = 0
    frames: int = 0


@dataclass(frozen=True)
class Script:
    """A run at a sampling rate; `signal` is [inputs, frames]. `is_wide`: f32 is run as f64."""

    title: str
    kind: Kind
    rate: int
    is_wide: bool
    signal: Samples
    steps: list[ScriptStep]
    seed: int = 0

    @property
    def frames(self) -> int:
        return self.signal.shape[1]


class Runnable(Protocol):
    """An instance of the interpreter or of compiled code."""

    @property
    def outputs(self) -> int: ...
    def compute(self, inputs: Any, /) -> Any: ...
    def set(self, path: str, value: float, /) -> None: ...
    def get(self, path: str, /) -> float: ...
    def reset(self) -> None: ...
    def clone(self) -> Any: ...


@dataclass
class Trace:
    """The result of a run: `samples` [outputs, frames], and each meter's value after each block."""

    samples: Samples
    meters: Samples
    """[meters, blocks]."""
    ends: list[int] = field(default_factory=list[int])
    """The number of frames after each block."""


@dataclass(frozen=True)
class ScriptPlan:
    """The parameters of a script: `chunk` frames of the program's inner loops."""

    title: str
    kind: Kind
    rate: int
    is_wide: bool
    frames: int
    chunk: int = 32
    seed: int = 0
    is_sweep: bool = False
    """Blocks of at most 3 frames; all controls change in each, and visit their ranges evenly."""


AFTER = 192
"""Frames after the reset, which comes near the end."""


def make_script(plan: ScriptPlan, inputs: int, widgets: Sequence[InstanceWidget]) -> Script:
    """The script of a plan; a longer one of the same seed begins alike."""
    random = np.random.default_rng([plan.seed, hash_of(plan.title)])
    total = plan.frames + AFTER
    steps: list[ScriptStep] = []
    at = 0
    copied = reset = False
    blocks = 0
    controls = [w for w in widgets if w.kind.is_control]
    for size in _sizes(plan, random):
        if at >= total:
            break
        if at and plan.is_sweep:
            steps += _swept(controls, blocks)
        elif at:
            steps += _changes(controls, random, plan.kind, at)
        if at > 40 and not copied:
            steps.append(ScriptStep("clone"))
            copied = True
        if at >= plan.frames and not reset:
            steps.append(ScriptStep("reset"))
            reset = True
        size = min(size, total - at)
        action = "in place" if inputs and random.random() < 0.3 else "block"
        steps.append(ScriptStep(action, first=at, frames=size))
        at, blocks = at + size, blocks + 1
    signal = make_signal(plan, inputs, total)
    return Script(plan.title, plan.kind, plan.rate, plan.is_wide, signal, steps, plan.seed)


def hash_of(text: str) -> int:
    """A number of a text that is the same in all processes."""
    return int.from_bytes(text.encode()[:8], "little")


def _sizes(plan: ScriptPlan, random: np.random.Generator) -> Iterator[int]:
    """Sizes of blocks: around those of chunks first, then random ones."""
    while plan.is_sweep:
        yield from (2, 1, 3)
    chunk = plan.chunk
    yield from (1, 0, 7, 40, chunk - 1, chunk, 2 * chunk + 1, chunk + 1, 64)
    while True:
        largest = max(200, 3 * chunk)
        yield int(random.choice([1, 2, 7, 64, chunk, 2 * chunk, *random.integers(1, largest, 6)]))


def _changes(
    widgets: Sequence[InstanceWidget], random: np.random.Generator, kind: Kind, at: int
) -> Iterator[ScriptStep]:
    """New values of some widgets: all of them at first, then about a quarter."""
    for widget in widgets:
        if at > 1 and random.random() > 0.25:
            continue
        if widget.kind in ("button", "checkbox"):
            value = 1.0 if at == 1 else float(random.integers(0, 2))
        else:
            value = _setting(widget, random, kind)
        yield ScriptStep("set", widget.symbol, value)


BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29)


def _swept(widgets: Sequence[InstanceWidget], at: int) -> Iterator[ScriptStep]:
    """Values of all widgets: a point of a Halton sequence (Halton, Numer. Math. 2, 1960)."""
    for number, widget in enumerate(widgets):
        share = radical_inverse(at + number, BASES[number % len(BASES)])
        if widget.kind in ("button", "checkbox"):
            yield ScriptStep("set", widget.symbol, float(share < 0.5))
        else:
            yield ScriptStep("set", widget.symbol, _within(widget, widget.min, widget.max, share))


def radical_inverse(number: int, base: int) -> float:
    """The digits of a number mirrored at the radix point: evenly spread in [0, 1)."""
    result, unit = 0.0, 1.0 / base
    while number:
        number, digit = divmod(number, base)
        result += digit * unit
        unit /= base
    return result


def _setting(widget: InstanceWidget, random: np.random.Generator, kind: Kind) -> float:
    """A value of a slider: an end, or in range and quantised; beyond its range if `kind` is."""
    low, high, step = widget.min, widget.max, widget.step
    chosen = random.random()
    if kind != "usual" and chosen < 0.5:
        width = max(high - low, 1.0)
        return float(random.choice([low - width, high + width, high + step, low - step]))
    if chosen > 0.75:
        return low if chosen > 0.9 else high
    return _within(widget, low, high, float(random.random()))


def _within(widget: InstanceWidget, low: float, high: float, share: float) -> float:
    """The value at a share of a range, quantised to the widget's step."""
    value = low + share * (high - low)
    if widget.step > 0:
        value = low + widget.step * round((value - low) / widget.step)
    return min(max(value, low), high)


def make_signal(plan: ScriptPlan, inputs: int, frames: int) -> Samples:
    """[inputs, frames]: segments of noise, impulses, ramps, silence and steps."""
    rows = np.zeros((inputs, frames))
    shapes: list[Callable[[np.random.Generator, int], Samples]] = [
        _noise, _impulse, _ramp, _noise, _silence, _square,
    ]  # fmt: skip
    for number, row in enumerate(rows):
        random = np.random.default_rng([plan.seed, number, hash_of(plan.kind)])
        for at, first in enumerate(range(0, frames, SEGMENT)):
            shape = shapes[(at + number) % len(shapes)]
            piece = shape(random, SEGMENT)
            if plan.kind != "usual":
                piece = piece * random.choice([1.0, 1.5, 4.0, 300.0])
            if plan.kind == "special":
                places = random.integers(0, SEGMENT, 3)
                piece[places] = random.choice(SPECIAL, 3)
            row[first : first + SEGMENT] = piece[: frames - first]
    return rows


def _noise(random: np.random.Generator, frames: int) -> Samples:
    return random.uniform(-1.0, 1.0, frames)


def _impulse(random: np.random.Generator, frames: int) -> Samples:
    row = np.zeros(frames)
    row[int(random.integers(0, 8))] = 1.0
    return row


def _ramp(random: np.random.Generator, frames: int) -> Samples:
    return np.linspace(-1.0, 1.0, frames)


def _silence(random: np.random.Generator, frames: int) -> Samples:
    return np.zeros(frames)


def _square(random: np.random.Generator, frames: int) -> Samples:
    """Steps between the ends of the range."""
    period = int(random.integers(3, 40))
    return np.where(np.arange(frames) // period % 2, -1.0, 1.0)


def run_script(
    script: Script,
    instance: Runnable,
    names: Sequence[str],
    meters: Sequence[str],
    until: Callable[[int], bool] | None = None,
) -> Trace:
    """Run a script; `names` are the widgets that can be set, `meters` those that are read.

    The original of a copied instance runs on for one block, which must not change the copy. The
    run ends early where `until`, called with the frames after each block, is true.
    """
    known = set(names)
    blocks: list[Samples] = []
    read: list[list[float]] = []
    ends: list[int] = []
    for step in script.steps:
        if step.action == "set":
            if step.name in known:
                instance.set(step.name, step.value)
        elif step.action == "reset":
            instance.reset()
        elif step.action == "clone":
            twin = instance.clone()
            instance.compute(np.ones((script.signal.shape[0], 3)))
            instance = twin
        else:
            block = script.signal[:, step.first : step.first + step.frames]
            in_place = getattr(instance, "compute_in_place", None)
            run = in_place if step.action == "in place" and in_place else instance.compute
            blocks.append(np.asarray(run(block), dtype=np.float64))
            read.append([instance.get(meter) for meter in meters])
            ends.append(step.first + step.frames)
            if until is not None and until(ends[-1]):
                break
    empty = np.zeros((instance.outputs, 0))
    samples = np.concatenate([empty, *blocks], axis=1)
    return Trace(samples, np.array(read, dtype=float).reshape(len(ends), len(meters)).T, ends)


def controls_at(script: Script, widgets: Sequence[InstanceWidget], frame: int) -> dict[str, float]:
    """The values of the input widgets while a frame is computed."""
    values = {w.symbol: w.init for w in widgets if w.kind.is_control}
    for step in script.steps:
        if step.action == "set":
            values[step.name] = step.value
        elif step.frames and step.first + step.frames > frame:
            break
    return values


def cut_script(script: Script, frames: int) -> Script:
    """The script up to a number of frames, whose last block ends there."""
    steps: list[ScriptStep] = []
    for step in script.steps:
        if step.action in ("block", "in place"):
            if step.first >= frames and frames:
                break
            step = step._replace(frames=min(step.frames, frames - step.first))
        steps.append(step)
    return replace(script, steps=steps, signal=script.signal[:, :frames])
