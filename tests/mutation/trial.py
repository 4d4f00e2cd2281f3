"""What a compiler makes of a program: its text, its samples in a long run, what validation says."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dspc.backends.interp import setting
from dspc.backends.interp.checks.error_bounds import ROUNDOFF
from dspc.backends.interp.checks.observed import JitteredSignals
from dspc.backends.interp.instance import InterpInstance
from dspc.backends.interp.setting import Setting
from dspc.driver import Clock, read_plain, read_program, run_passes
from dspc.modules import level_of
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.selection import choose_passes
from dspc.targets.lookup import find_target

from .programs import MODES, Cell

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

RATES = (44100, 6000)
FRAMES = 16000
RESET = 13000
"""The frame of the reset; the state before is as full as in a run without one."""
SIZES = (1, 0, 31, 512, 32, 33, 64, 7, 1024, 257, 65, 128)
"""Frames of blocks, in turn."""
TOLERANCE = {True: 1e-8, False: 1e-3}
"""What is not heard, relative to the largest sample: in double precision and in single."""

DIVERGED = 1e15
"""Samples beyond which a program is unstable: where it overflows depends on rounding."""
DISTURBANCES = 3
"""Disturbed runs, for differences that validation let pass."""

Rows = NDArray[np.float64]


@dataclass(frozen=True)
class Played:
    """Samples [outputs and meters, frames] at each rate; a meter's value holds for a block."""

    runs: list[Rows]


def options_of(cell: Cell, validate: str = "off") -> CompileOptions:
    options = CompileOptions(**MODES[cell.mode], validate=validate)
    return find_target(options.target).adapt(options)


def lowered(program: str | ModuleOp, options: CompileOptions) -> ModuleOp:
    """The module that the target prints; with validation where the options ask for it."""
    module = read_program(program, options.frontend())
    passes = choose_passes(options, level_of(module))
    with contextlib.redirect_stderr(io.StringIO()):
        run_passes(module, passes, options, Clock(), plain=read_plain(program, options))
    return module


def text_of(program: str | ModuleOp, cell: Cell) -> str:
    options = options_of(cell)
    return find_target(options.target).text(lowered(program, options), options)


def validate(program: str | ModuleOp, cell: Cell) -> None:
    """Compile with validation; raises DspcError where it finds the compiler at fault."""
    options = options_of(cell, "code")
    module = lowered(program, options)
    find_target(options.target).text(module, replace(options, validate="off"))


def play(program: str | ModuleOp, cell: Cell) -> Played:
    """Run the code of the target: longer than validation does, with moving controls and a reset."""
    options = options_of(cell)
    target = find_target(options.target)
    module = lowered(program, options)
    settings = target.settings(options, options.machine is not None)
    return Played(
        [
            _run(target.open_printed(module, rate, "", number, **settings))
            for number, rate in enumerate(RATES)
        ]
    )


def disturbed(program: str | ModuleOp, cell: Cell) -> list[Played]:
    """Long runs of the program of signals by the interpreter, the first without disturbances."""
    options = options_of(cell)
    module = read_program(program, options.frontend())
    roundoff = ROUNDOFF["f64" if options.double else "f32"]

    def instance(rate: int, seed: int) -> InterpInstance:
        if not seed:
            return InterpInstance(module, rate)
        emit = partial(JitteredSignals, roundoff=roundoff, seed=seed)
        return InterpInstance(module, rate, emit=emit)

    with setting.apply(Setting(is_wide=True)):
        return [
            Played([_run(_ByPath(instance(rate, seed))) for rate in RATES])
            for seed in range(1 + DISTURBANCES)
        ]


class _ByPath:
    """An instance of the interpreter, whose widgets are asked for as those of compiled code."""

    def __init__(self, instance: InterpInstance) -> None:
        self.inputs = instance.inputs
        self.set, self.get = instance.set, instance.get
        self.reset, self.compute = instance.reset, instance.compute
        self._widgets = instance.widgets

    def widgets(self) -> dict[str, Any]:
        return {widget.path: widget for widget in self._widgets}


def within_rounding(right: Played, wrong: Played, runs: list[Played], cell: Cell) -> bool:
    """Whether two runs differ only from frames on where disturbed ones do."""
    share = TOLERANCE[bool(MODES[cell.mode].get("double"))]
    base, *others = runs
    for at, (first, second) in enumerate(zip(right.runs, wrong.runs, strict=True)):
        frame = _first_frame(first, second, share)
        pairs = (_first_frame(base.runs[at], one.runs[at], share) for one in others)
        if frame < min(pairs):
            return False
    return True


def _first_frame(first: Rows, second: Rows, share: float) -> int:
    """The first frame in which runs differ; their number if none does."""
    differing = _differing(first, second, share).any(axis=0)
    return int(np.argmax(differing)) if differing.any() else first.shape[1]


def _run(instance: Any) -> Rows:
    random = np.random.default_rng(1)
    signal = _signal(instance.inputs, random)
    widgets = instance.widgets().items()
    controls = {path: w for path, w in widgets if not w.kind.is_output and w.kind != "soundfile"}
    meters = [path for path, widget in widgets if widget.kind.is_output]
    parts: list[Rows] = []
    at = number = 0
    is_reset = False
    while at < FRAMES:
        size = min(SIZES[number % len(SIZES)], FRAMES - at)
        for path, widget in controls.items():
            if at and random.random() < 0.2:
                instance.set(path, _position(widget, random))
        if at >= RESET and not is_reset:
            instance.reset()
            is_reset = True
        output = np.asarray(instance.compute(signal[:, at : at + size]), dtype=np.float64)
        read = np.array([instance.get(path) for path in meters]).reshape(len(meters), 1)
        parts.append(np.concatenate([output, np.repeat(read, size, axis=1)]))
        at, number = at + size, number + 1
    return np.concatenate(parts, axis=1)


def _signal(inputs: int, random: np.random.Generator) -> Rows:
    """Noise of several levels, silence and impulses."""
    signal = random.uniform(-1, 1, (inputs, FRAMES))
    at = np.arange(FRAMES)
    signal *= np.choose(at // 1000 % 4, [1.0, 0.3, 1.6, 0.0])
    signal[:, at % 977 == 0] += 1.0
    return signal


def _position(widget: Any, random: np.random.Generator) -> float:
    if widget.kind in ("button", "checkbox"):
        return float(random.integers(0, 2))
    value = random.choice([widget.min, widget.max, random.uniform(widget.min, widget.max)])
    if widget.step > 0:
        value = widget.min + widget.step * round((value - widget.min) / widget.step)
    return float(min(max(value, widget.min), widget.max))


def differs(one: Played, other: Played, cell: Cell) -> bool:
    """Whether two runs sound otherwise."""
    share = TOLERANCE[bool(MODES[cell.mode].get("double"))]
    for first, second in zip(one.runs, other.runs, strict=True):
        if first.shape != second.shape:
            return True
        if _differing(first, second, share).any():
            return True
    return False


def _differing(first: Rows, second: Rows, share: float) -> NDArray[np.bool_]:
    """The frames of rows that differ, until the first run diverges."""
    diverged = (np.abs(first) > DIVERGED).any(axis=0)
    if diverged.any():
        end = int(np.argmax(diverged))
        first, second = first[:, :end], second[:, :end]
    finite = np.where(np.isfinite(first), np.abs(first), 0.0)
    allowed = share * np.maximum(finite.max(axis=1, initial=0.0), 1e-6)[:, None]
    with np.errstate(all="ignore"):
        same = (first == second) | (np.isnan(first) & np.isnan(second))
        close = np.abs(first - second) <= allowed
    return ~(same | close)
