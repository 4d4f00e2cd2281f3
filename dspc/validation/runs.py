"""The runs of translation validation: scripts that cover the program's behaviour, and their traces.

Frames are derived from the program: signals are watched until all that can change have changed, at
44.1 kHz and at a low rate, which shortens times in seconds, and past the longest delay
line and written table. `seconds` bounds this by an estimate of the interpreter's time, so that
equal programs have equal runs on all machines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import SSAValue

from dspc.backends.common.sounds import widened
from dspc.backends.interp import setting
from dspc.backends.interp.checks.error_bounds import ROUNDOFF
from dspc.backends.interp.checks.observed import WatchedSignals, moved, watchable
from dspc.backends.interp.checks.script import (
    Kind,
    Script,
    ScriptPlan,
    Trace,
    make_script,
    run_script,
)
from dspc.backends.interp.definition.memory import SoundPart
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.generated.generate import CompiledPython
from dspc.backends.interp.instance import InstanceWidget, InterpInstance, find_unit
from dspc.backends.interp.setting import Setting
from dspc.dialects.dsp import interface, tables, time
from dspc.dialects.dsp.composed import decomposed
from dspc.dialects.dsp.types import TableType
from dspc.dialects.dsp_mem.machine import Machine
from dspc.passes.analysis.intervals import Intervals
from dspc.validation.interval_bounds import fold_bounds
from dspc.validation.saved_runs import saved_run
from dspc.validation.zeros import zero_signals

SECONDS = 1.0
"""The default bound on the estimated time of all runs."""
SHARE = 0.1
"""The share of one run in it."""
PER_OP = 8e-8
"""Seconds that the interpreter takes for an op in double precision."""
USUAL, BEYOND, SPECIAL = 44100, 96000, 22050
"""Sampling rates in Hz."""
LOW = (2000, 4000, 8000, 11025)
"""Low rates: the lowest at which the program is stable."""
SLOW = (100, 400, 1000)
"""Rates of runs for signals that still have not moved."""
STABLE = 1e4
"""The largest sample of a stable program."""
LEAST, MOST = 640, 1 << 14
"""Frames of a run."""
FEW_STILL, MORE = 0.01, 4
"""A program of whose signals a greater part has not moved is run for more frames."""
FEW = 256
"""Frames of the runs of inputs and controls out of range."""

Codes = dict[bool, CompiledPython]
"""The code of a module, by whether it is executed in double precision."""


@dataclass
class Coverage:
    """Coverage of the runs: how many signals can move and do, and the longest memory in frames."""

    movable: int = 0
    moving: int = 0
    still: list[SSAValue] = field(default_factory=list[SSAValue])
    memory: int = 0
    frames: int = 0

    def shortfall(self) -> list[str]:
        """The coverage that the runs lack, in words."""
        lines: list[str] = []
        if self.memory > self.frames:
            lines.append(f"memory of up to {self.memory} frames, of which {self.frames} were run")
        return lines


class Watch:
    """The signals that can move, and which of them have: took two values in one run."""

    def __init__(self, signals: list[SSAValue]) -> None:
        self.signals = signals
        self.is_moving = np.zeros(len(signals), dtype=bool)
        self.rows: list[tuple[Any, ...]] = []
        """The values in each frame since the last look."""
        self.codes: Codes = {}
        self._first: list[tuple[Any, ...]] = []

    def start(self) -> None:
        """A run begins."""
        self.rows.clear()
        self._first.clear()

    def look(self) -> bool:
        """Whether signals have moved of which this was not known."""
        known = int(self.is_moving.sum())
        self.is_moving |= moved([*self._first, *self.rows], len(self.signals))
        if not self._first:
            self._first.extend(self.rows[:1])
        self.rows.clear()
        return int(self.is_moving.sum()) > known

    def still(self) -> list[SSAValue]:
        pairs = zip(self.signals, self.is_moving, strict=True)
        return [signal for signal, is_moving in pairs if not is_moving]


class Runs:
    """The scripts of a program, and the reach measured on `module`, a program of signals.

    Raises InterpreterError for a module that cannot be run.
    """

    def __init__(
        self, module: ModuleOp, seconds: float = SECONDS, chunk: int = 32, seed: int = 0
    ) -> None:
        self.module = module = decomposed(fold_bounds(module))
        self.chunk = chunk
        self.seed = seed
        self._tables: dict[Any, list[Any]] = {}
        with setting.apply(self._setting(True)):
            probe = InterpInstance(module, USUAL)
        self.inputs = probe.inputs
        self.widgets: list[InstanceWidget] = probe.widgets
        self.symbols = [w.symbol for w in self.widgets if not w.kind.is_output]
        self.meters = [w.symbol for w in self.widgets if w.kind.is_output]
        self.sounds = noise_sounds(self.widgets)
        self.roundoff = ROUNDOFF[element_name(find_unit(module).precision)]
        self.seconds = seconds
        self.codes: Codes = {}
        """The code of `module`."""
        self.reach = Coverage()
        self.scripts = self._make_scripts()

    def _make_scripts(self) -> list[Script]:
        saved = saved_run(self.module, self.inputs)
        if saved is not None:
            return [saved]
        program = find_unit(self.module)
        plans = [
            self._plan("usual", "usual", USUAL, False, LEAST),
            self._plan("low", "usual", LOW[0], True, FEW),
            self._plan("beyond", "beyond", BEYOND, True, FEW),
        ]
        if isinstance(program, interface.ProgramOp):
            plans = self._reaching(program)
        plans.append(self._plan("special", "special", SPECIAL, False, FEW))
        return [make_script(plan, self.inputs, self.widgets) for plan in plans]

    def _reaching(self, program: interface.ProgramOp) -> list[ScriptPlan]:
        """The runs in which the signals of a program move, each as long as it is of use."""
        intervals = Intervals(program, is_sound=False)
        cap = self._most_frames(program)
        self.reach.memory = longest_memory(program, intervals)
        zeros = zero_signals(program, intervals)
        signals = watchable(program)
        watched = [v for v in signals if can_move(intervals, v) and v not in zeros]
        self.reach.movable = len(watched)
        self.reach.still = watched
        watch = Watch(watched)
        plans: list[ScriptPlan] = []
        for plan, least in self._candidates(cap):
            frames = self._watch(watch, plan) if self.reach.still else 0
            self.reach.still = watch.still()
            if plan.title == "long" and self.reach.memory > LEAST:
                least = min(cap, self.reach.memory)
            if frames or least:
                plans.append(replace(plan, frames=max(frames, least)))
        self.reach.moving = self.reach.movable - len(self.reach.still)
        self.reach.frames = max(plan.frames for plan in plans)
        return plans

    def _candidates(self, cap: int) -> Iterator[tuple[ScriptPlan, int]]:
        """Runs at length, with the least frames of those that are always made.

        The last ones are for programs of which many signals have not moved.
        """
        yield self._plan("usual", "usual", USUAL, False, LEAST), LEAST
        low = self._plan("low", "usual", self._low_rate(), True, cap)
        yield low, FEW
        yield self._plan("beyond", "beyond", BEYOND, True, FEW), FEW
        long = self._plan("long", "usual", USUAL, True, cap)
        sweep = replace(long, title="sweep", is_sweep=True)
        has_controls = any(widget.kind.is_control for widget in self.widgets)
        if has_controls:
            yield sweep, 0
        for rate in SLOW:
            yield self._plan(f"slow {rate}", "usual", rate, True, cap), 0
        yield long, 0
        for plan in (low, sweep, long):
            if self._is_still() and (plan != sweep or has_controls):
                frames = min(MORE * cap, MOST)
                yield replace(plan, title=f"late {plan.title}", frames=frames), 0
        for rate in SLOW:
            if self._is_still():
                yield self._plan(f"unstable {rate}", "usual", rate, True, cap), 0

    def _is_still(self) -> bool:
        return len(self.reach.still) > FEW_STILL * self.reach.movable

    def _low_rate(self) -> int:
        """The lowest rate at which samples stay small: filters may be unstable below."""
        for rate in LOW:
            plan = self._plan("low", "usual", rate, True, FEW)
            script = make_script(plan, self.inputs, self.widgets)
            trace = self.trace(self.module, script, codes=self.codes)
            if is_stable(trace):
                return rate
        return LOW[-1]

    def _plan(self, title: str, kind: Kind, rate: int, is_wide: bool, frames: int) -> ScriptPlan:
        return ScriptPlan(title, kind, rate, is_wide, frames, self.chunk, self.seed)

    def _most_frames(self, program: interface.ProgramOp) -> int:
        ops = sum(1 for _ in program.walk())
        return int(min(max(self.seconds * SHARE / (PER_OP * ops), LEAST), MOST))

    def _watch(self, watch: Watch, plan: ScriptPlan) -> int:
        """Run a plan until all signals have moved: the frames that were of use, 0 if none was."""
        is_moving, end = watch.is_moving.copy(), 0
        watch.start()

        def all_move(frames: int) -> bool:
            nonlocal end
            if len(watch.rows) < 200 and frames < plan.frames:
                return False
            if watch.look():
                end = frames
            return bool(watch.is_moving.all())

        script = make_script(replace(plan, is_wide=True), self.inputs, self.widgets)
        trace = self.trace(
            self.module,
            script,
            codes=watch.codes,
            emit=lambda program, memory: WatchedSignals(program, memory, watch.signals, watch.rows),
            until=all_move,
        )
        limit = math.inf if plan.title.startswith("unstable") else STABLE
        if plan.rate in SLOW and not is_stable(trace, limit):
            watch.is_moving = is_moving
            return 0
        # The last change still has to propagate to an output.
        return min(plan.frames, end + end // 4)

    def _setting(self, is_wide: bool) -> Setting:
        return Setting(is_wide, stands_in=True, tables=self._tables)

    def trace(
        self,
        module: ModuleOp,
        script: Script,
        machine: Machine | None = None,
        codes: Codes | None = None,
        **options: Any,
    ) -> Trace:
        """Run a script. `emit` and `until` are those of `InterpInstance` and `run_script`.

        `codes` has the code of earlier runs of the same module and `emit`.
        """
        until = options.pop("until", None)
        codes = {} if codes is None else codes
        with setting.apply(self._setting(script.is_wide)):
            instance = self._instance(module, script, machine, codes, **options)
            return run_script(script, instance, self.symbols, self.meters, until)

    def are_equal(
        self, script: Script, modules: Sequence[ModuleOp], codes: Sequence[Codes]
    ) -> bool:
        """Whether two programs of signals are executed by one text, so that traces are equal."""
        if not all(isinstance(find_unit(module), interface.ProgramOp) for module in modules):
            return False
        with setting.apply(self._setting(script.is_wide)):
            one, other = (
                self._instance(module, script, None, own)
                for module, own in zip(modules, codes, strict=True)
            )
            return one.equals(other)

    def _instance(
        self,
        module: ModuleOp,
        script: Script,
        machine: Machine | None,
        codes: Codes,
        **options: Any,
    ) -> InterpInstance:
        instance = InterpInstance(
            fold_bounds(module),
            script.rate,
            soundfiles=self.sounds,
            seed=script.seed + script.rate,
            machine=machine,
            code=codes.get(script.is_wide),
            **options,
        )
        if instance.code is not None:
            codes[script.is_wide] = instance.code
        return instance


def is_stable(trace: Trace, limit: float = STABLE) -> bool:
    """Whether all samples of a run are small."""
    return bool(np.all(np.abs(trace.samples) < limit))


def can_move(intervals: Intervals, value: SSAValue) -> bool:
    """Whether interval analysis does not prove a signal constant."""
    interval = intervals.table.get(value)
    return interval is None or interval.lo != interval.hi


def longest_memory(program: interface.ProgramOp, intervals: Intervals) -> int:
    """Frames after which every ring buffer has wrapped, and every written table is full."""
    longest = 0
    for op in program.walk():
        frames = 0.0
        if isinstance(op, time.DelayOp):
            frames = op.offset.value.data
            if op.amount is not None:
                interval = intervals.table.get(op.amount)
                frames += 0 if interval is None else interval.hi
        elif isinstance(op, tables.TableWriteOp) and isinstance(op.table.type, TableType):
            frames = op.table.type.size.data
        if frames < 2**31:
            longest = max(longest, int(frames))
    # Ring buffers have the next power of two.
    return 1 << (longest + 1).bit_length() if longest else 0


def noise_sounds(widgets: Sequence[InstanceWidget]) -> Mapping[str, list[SoundPart]]:
    """Noise for each slot of sound files: parts of several lengths, rates and channels.

    They have as many channels as a host gives them (`backends.common.sounds`).
    """
    random = np.random.default_rng(7)
    shapes = ((2, 300, 44100), (1, 77, 8000), (3, 1000, 48000))

    def noise() -> list[tuple[Any, int]]:
        return [
            (random.uniform(-1, 1, (channels, frames)).astype(np.float32), rate)
            for channels, frames, rate in shapes
        ]

    return {
        widget.symbol: [SoundPart(*part) for part in widened(noise())]
        for widget in widgets
        if widget.kind == "soundfile"
    }
