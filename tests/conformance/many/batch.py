"""Many small programs at once, each by Faust, our C++ back end and our interpreter.

All classes of a batch share one C++ file, each in its own namespace, so that a hundred programs
take a few seconds. Every program has the same input: noise, blocks of odd sizes, changing widgets.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import oracle, steps
from ..steps import StepError

Samples = NDArray[np.float64]

HERE = Path(__file__).parent
RATE = 44_100
FRAMES = 256
CHANNELS = 8
WIDGETS = 16
SIZES = (1, 32, 63, 7, 64, 33, 2, 54)
"""Frames of each block; FRAMES in all."""

_FLAGS = ["-std=c++17", "-O0", "-fwrapv", "-DFAUSTFLOAT=double", "-w", "-pipe", "-lm"]
CHECKED = ("-fsanitize=address,bounds,float-cast-overflow", "-fno-sanitize-recover=all")
"""More flags, for a program that ends where it leaves its memory or what an int holds."""

_FAUST_SECONDS = 20
_CXX_SECONDS = 240
_RUN_SECONDS = 60


@dataclass
class Stimulus:
    """Inputs [channel][frame], blocks' frames, positions of widgets [block][widget], 0 to 1."""

    inputs: Samples
    fractions: Samples
    sizes: tuple[int, ...] = SIZES

    def write(self, path: Path) -> None:
        sizes = self.sizes
        head = np.array([RATE, FRAMES, CHANNELS, len(sizes), WIDGETS, *sizes], np.int32)
        parts = (head, self.fractions, self.inputs)
        path.write_bytes(b"".join(part.tobytes() for part in parts))


def stimulus(seed: int = oracle.SEED) -> Stimulus:
    """Noise with an impulse at the start, and the edges that comparisons and tables care about."""
    rng = np.random.default_rng(seed)
    inputs = rng.uniform(-1.0, 1.0, (CHANNELS, FRAMES))
    inputs[:, 0] = 1.0
    inputs[:, 40:44] = [0.0, -1.0, 0.5, -0.5]
    fractions = rng.uniform(0.0, 1.0, (len(SIZES), WIDGETS))
    fractions[3], fractions[5] = 0.0, 1.0
    return Stimulus(inputs, fractions)


@dataclass
class Played:
    """The result of one compiler for one program: its outputs, or the reason for none."""

    inputs: int = 0
    samples: Samples = field(default_factory=lambda: np.zeros((0, FRAMES)))
    error: str | None = None


@dataclass
class Outcome:
    """The results of one program, by executor."""

    text: str
    ways: dict[str, Played] = field(default_factory=dict[str, Played])


WAYS = ("faust", "cpp", "signals", "loops")


def play(
    texts: Sequence[str],
    stimulus: Stimulus,
    folder: Path,
    ways: Sequence[str] = WAYS,
    flags: Sequence[str] = (),
) -> list[Outcome]:
    """Every program through `faust`, `cpp`, `signals` and `loops` (the interpreter on a level)."""
    outcomes = [Outcome(text) for text in texts]
    classes: list[tuple[Outcome, str, str]] = []
    for number, outcome in enumerate(outcomes):
        path = folder / f"p{number}.dsp"
        path.write_text(outcome.text)
        if "faust" in ways:
            _through_faust(outcome, path, f"F{number}", classes)
        if set(ways) != {"faust"}:
            _through_dspc(outcome, path, f"D{number}", classes, stimulus, ways)
    compile_and_run(classes, stimulus, folder, flags)
    return outcomes


def _through_faust(
    outcome: Outcome, path: Path, name: str, classes: list[tuple[Outcome, str, str]]
) -> None:
    command = ["faust", "-double", "-cn", name, str(path)]
    try:
        code = steps.run("faust", command, _FAUST_SECONDS, path.parent)
    except StepError as error:
        outcome.ways["faust"] = Played(error=error.message.strip())
        return
    classes.append((outcome, "faust", code))


def _through_dspc(
    outcome: Outcome,
    path: Path,
    name: str,
    classes: list[tuple[Outcome, str, str]],
    stimulus: Stimulus,
    ways: Sequence[str],
) -> None:
    from xdsl.context import Context

    from dspc.backends.cpp.class_text import ClassOptions
    from dspc.backends.cpp.printer import print_cpp
    from dspc.backends.interp.errors import InterpreterError, UnknownFunctionError
    from dspc.driver import read_program
    from dspc.frontends.faust.options import FrontendOptions
    from dspc.pipelines.standard import LOOP_PASSES, load_pass
    from dspc.support.diagnostics import DspcError

    try:
        module = read_program(str(path), FrontendOptions(precision="double"))
        loops = module.clone()
        for each in LOOP_PASSES:
            load_pass(each)().apply(Context(), loops)
        if "cpp" in ways:
            code = print_cpp(loops, ClassOptions(class_name=name))
            classes.append((outcome, "cpp", code))
    except (DspcError, RecursionError) as error:
        message = f"{getattr(error, 'code', type(error).__name__)}: {error}"
        outcome.ways.update({way: Played(error=message) for way in ways if way != "faust"})
        return
    # The ends of intervals have values only when lowering has found them.
    bounded = "lowest" in outcome.text or "highest" in outcome.text
    for way, program in (("signals", module), ("loops", loops)):
        if way in ways and not (bounded and way == "signals"):
            try:
                outcome.ways[way] = interpreted(program, stimulus)
            except (InterpreterError, UnknownFunctionError) as error:
                outcome.ways[way] = Played(error=f"{type(error).__name__}: {error}")


def interpreted(module: object, stimulus: Stimulus) -> Played:
    from dspc.backends.interp.instance import InterpInstance

    return run_instance(InterpInstance(module, RATE), stimulus)  # pyright: ignore[reportArgumentType]


def run_instance(instance: Any, stimulus: Stimulus) -> Played:
    """The outputs of an instance of any back end for the stimulus."""
    from dspc.dialects.dsp.interface import WidgetKind

    toggles = (WidgetKind.BUTTON, WidgetKind.CHECKBOX)
    meters = (WidgetKind.HBARGRAPH, WidgetKind.VBARGRAPH, WidgetKind.SOUNDFILE)
    controls = (
        instance.widgets() if callable(instance.widgets) else {w.path: w for w in instance.widgets}
    )
    widgets = [(path, widget) for path, widget in controls.items() if widget.kind not in meters]
    channels = np.resize(stimulus.inputs, (max(instance.inputs, 1), FRAMES))[: instance.inputs]
    blocks: list[Samples] = []
    start = 0
    for block, size in enumerate(stimulus.sizes):
        for number, (path, widget) in enumerate(widgets):
            at = float(stimulus.fractions[block, number % WIDGETS])
            value = widget.min + at * (widget.max - widget.min)
            instance.set(path, float(at > 0.5) if widget.kind in toggles else value)
        blocks.append(instance.compute(channels[:, start : start + size]))
        start += size
    return Played(instance.inputs, np.concatenate(blocks, axis=1))


_INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)


def _unit(classes: Sequence[tuple[Outcome, str, str]]) -> str:
    """One C++ file of all the classes: their includes, then each in a namespace."""
    includes = dict.fromkeys(line for _, _, code in classes for line in _INCLUDE.findall(code))
    lines = ['#include "glue.h"', '#include "batch.h"', *includes]
    makers: list[str] = []
    for number, (_, _, code) in enumerate(classes):
        name = re.search(r"class (\w+)\s*:\s*public dsp", code)
        assert name is not None
        body = _INCLUDE.sub("", code)
        lines += [f"namespace n{number} {{", body, "}"]
        makers.append(f"[]() -> dsp* {{ return new n{number}::{name[1]}(); }}")
    lines.append(f"const BatchEntry batch_entries[] = {{{', '.join(makers)}}};")
    lines.append(f"const int batch_count = {len(makers)};")
    return "\n".join(lines) + "\n"


def _main_object() -> Path:
    texts = [path.read_text() for path in (HERE / "batch.cpp", HERE / "batch.h")]
    path = steps.cache_folder() / (steps.key_of(*texts) + ".batch.o")
    if not path.exists():
        with tempfile.TemporaryDirectory() as folder:
            object_file = Path(folder) / "batch.o"
            folders = [f"-I{HERE}", f"-I{oracle.HARNESS}"]
            source = str(HERE / "batch.cpp")
            command = ["g++", *_FLAGS, "-O1", *folders, "-c", source, "-o", str(object_file)]
            steps.run("c++", command, _CXX_SECONDS)
            steps.store(path.name, object_file.read_bytes())
    return path


def compile_and_run(
    classes: list[tuple[Outcome, str, str]],
    stimulus: Stimulus,
    folder: Path,
    flags: Sequence[str],
) -> None:
    if not classes:
        return
    source, program = folder / "batch_unit.cpp", folder / "batch_unit"
    source.write_text(_unit(classes))
    folders = [f"-I{HERE}", f"-I{oracle.HARNESS}", *(f"-I{p}" for p in oracle.FOREIGN_HEADERS)]
    command = [
        "g++",
        *_FLAGS,
        *flags,
        *folders,
        str(source),
        str(_main_object()),
        "-o",
        str(program),
    ]
    try:
        steps.run("c++", command, _CXX_SECONDS)
    except StepError as error:
        _halve(classes, stimulus, folder, flags, error)
        return
    (folder / "stimulus").unlink(missing_ok=True)
    stimulus.write(folder / "stimulus")
    _run(classes, program, folder)


def _halve(
    classes: list[tuple[Outcome, str, str]],
    stimulus: Stimulus,
    folder: Path,
    flags: Sequence[str],
    error: StepError,
) -> None:
    """Find the class that the C++ compiler refuses."""
    if len(classes) == 1:
        outcome, way, _ = classes[0]
        outcome.ways[way] = Played(error=f"c++: {error.first_line()}")
        return
    middle = len(classes) // 2
    compile_and_run(classes[:middle], stimulus, folder, flags)
    compile_and_run(classes[middle:], stimulus, folder, flags)


def _run(classes: list[tuple[Outcome, str, str]], program: Path, folder: Path) -> None:
    """Run all; one that crashes or hangs is recorded, and the run resumes after it."""
    first = 0
    while first < len(classes):
        records = folder / "records"
        records.unlink(missing_ok=True)
        command = [str(program), str(folder / "stimulus"), str(records), str(first)]
        fault = "no record"
        try:
            steps.run("run", command, _RUN_SECONDS)
        except StepError as error:
            fault = error.first_line()
        done = _read(records, classes) if records.exists() else []
        first = max(done, default=first - 1) + 1
        if first < len(classes):
            outcome, way, _ = classes[first]
            outcome.ways[way] = Played(error=f"run: {fault}")
            first += 1


def _read(path: Path, classes: list[tuple[Outcome, str, str]]) -> list[int]:
    """Take the records of a run to their outcomes; their numbers."""
    data, at, done = path.read_bytes(), 0, list[int]()
    while at + 12 <= len(data):
        number, inputs, outputs = np.frombuffer(data, np.int32, 3, at).tolist()
        size = outputs * FRAMES * 8
        if at + 12 + size > len(data):
            break
        samples = np.frombuffer(data, np.float64, outputs * FRAMES, at + 12)
        outcome, way, _ = classes[number]
        outcome.ways[way] = Played(inputs, samples.reshape(outputs, FRAMES))
        at += 12 + size
        done.append(number)
    return done


def difference(a: Played, b: Played, tolerance: float = 2e-6, relative: float = 1e-7) -> str | None:
    """How two differ, in a line; None where they agree. NaN and infinities equal only their like.

    A sample may differ by `tolerance`, or by `relative` times its size where that is more.
    """
    if a.error is not None or b.error is not None:
        return None if a.error is not None and b.error is not None else f"{a.error or b.error}"
    if (a.inputs, a.samples.shape) != (b.inputs, b.samples.shape):
        counts = [f"{way.inputs} -> {way.samples.shape[0]}" for way in (a, b)]
        return f"channels: {counts[0]} not {counts[1]}"
    with np.errstate(invalid="ignore", over="ignore"):
        allowed = np.maximum(tolerance, relative * np.abs(b.samples))
        same = (np.abs(a.samples - b.samples) <= allowed) & np.isfinite(b.samples)
    same |= (a.samples == b.samples) | (np.isnan(a.samples) & np.isnan(b.samples))
    if same.all():
        return None
    frame = int((~same).any(axis=0).argmax())
    output = int((~same)[:, frame].argmax())
    mine, theirs = float(a.samples[output, frame]), float(b.samples[output, frame])
    return f"output {output}, frame {frame}: {mine!r} not {theirs!r}; {int((~same).sum())} samples"


def disagreements(outcome: Outcome, reference: str = "faust") -> dict[str, str]:
    """How each way differs from the reference; empty where all agree."""
    differences = {
        way: difference(played, outcome.ways[reference])
        for way, played in outcome.ways.items()
        if way != reference
    }
    return {way: text for way, text in differences.items() if text is not None}
