"""Random programs in every mode and target, in both precisions, beside Faust; and under sanitizers.

    python -m tests.conformance.fuzz.wide --count 300 --seed 1
    python -m tests.conformance.fuzz.wide --count 100 --seed 1 --wild

With `--wild` inputs are NaN, infinite and huge, controls outside of their ranges, blocks of 0 and 1
frames, and every mode is compiled under the address and undefined-behaviour sanitizers; samples are
not compared. The classes of a batch are one C++ file.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.selection import choose_passes
from dspc.pipelines.standard import SIGNAL_PASSES
from dspc.support.diagnostics import DspcError, Source
from dspc.targets.lookup import find_target
from dspc.targets.option_tables import compile_table

from .. import modes, steps
from ..many import batch
from ..many.batch import Outcome, Played, Stimulus
from ..steps import StepError
from . import command, run
from .grammar import Program
from .strategy import drawn

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

BATCH = 20
SIZES = (0, 1, 0, 1, 127, 63, 64, 0)
MODES = {
    name: modes.MODES.get(name, modes.SCALAR)
    for name in ("scalar", "default", "vec8-lv1", "vec32-lv0", "omp-g", "sch-g", "vec-dlt")
}
MODES["lanes0"] = LoopOptions(lanes=0)
SANITIZED = (
    "-fsanitize=address,undefined,float-cast-overflow",
    "-fno-sanitize=signed-integer-overflow,shift,float-divide-by-zero",
    "-fno-sanitize-recover=all",
)
"""Integers wrap by definition: the classes are compiled with -fwrapv."""
TOLERANCES = {"double": (2e-6, 1e-7), "single": (2e-3, 2e-3)}
NUDGES = {"double": 1e-13, "single": 3e-7}
"""Relative changes of an input that are within its rounding."""

IN_PROCESS = ("signals", "llvm", "opencl")
"""Ways that no C++ compiler makes: the interpreter of signals, and two targets."""

Precision = Literal["double", "single"]


def wild(seed: int) -> Stimulus:
    """Inputs that no sound is, controls where no slider stands, blocks of no frames and of one."""
    stimulus = run.noise(seed)
    rng = np.random.default_rng(seed)
    edges = [np.nan, np.inf, -np.inf, 1e300, -1e300, 1e38, -1e10, 5e-324, 2.0**31, -(2.0**31), 0.0]
    chosen = rng.random(stimulus.inputs.shape) < 0.3
    stimulus.inputs[chosen] = rng.choice(edges, int(chosen.sum()))
    chosen = rng.random(stimulus.fractions.shape) < 0.4
    stimulus.fractions[chosen] = rng.choice([*edges, -3.0, 7.5], int(chosen.sum()))
    return Stimulus(stimulus.inputs, stimulus.fractions, SIZES)


def play(
    texts: Sequence[str], precision: Precision, stimulus: Stimulus, flags: Sequence[str] = ()
) -> list[Outcome]:
    """Each program through Faust, each mode's C++, and, unless under sanitizers, LLVM, OpenCL and
    the interpreter of signals."""
    outcomes = [Outcome(text) for text in texts]
    classes: list[tuple[Outcome, str, str]] = []
    with tempfile.TemporaryDirectory(prefix="dspc-wide-") as name:
        for number, outcome in enumerate(outcomes):
            if not flags:
                classes += _of_faust(outcome, number, precision, Path(name))
            classes += _of_modes(outcome, number, precision, stimulus, not flags)
        batch.compile_and_run(classes, stimulus, Path(name), (*modes.FLAGS, *flags))
    return outcomes


def _of_faust(
    outcome: Outcome, number: int, precision: Precision, folder: Path
) -> Iterator[tuple[Outcome, str, str]]:
    path = folder / f"p{number}.dsp"
    path.write_text(outcome.text)
    command = ["faust", f"-{precision}", "-cn", f"F{number}", str(path)]
    try:
        yield outcome, "faust", steps.run("faust", command, 20, folder)
    except StepError as error:
        outcome.ways["faust"] = Played(error=error.message.strip())


def _of_modes(
    outcome: Outcome, number: int, precision: Precision, stimulus: Stimulus, interpreted: bool
) -> Iterator[tuple[Outcome, str, str]]:
    try:
        source = Source(f"p{number}.dsp", outcome.text)
        signals = read_program(source, FrontendOptions(precision=precision))
    except DspcError as error:
        outcome.ways.update({mode: Played(error=str(error)) for mode in MODES})
        return
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(modes.Context(), signals)
    for mode, options in MODES.items():
        name = f"D{number}_{mode.replace('-', '_')}"
        try:
            yield outcome, mode, modes.class_of(signals, options, name)
        except Exception as error:
            outcome.ways[mode] = Played(error=f"{type(error).__name__}: {error}")
    if interpreted:
        for way in IN_PROCESS:
            outcome.ways[way] = _in_process(way, signals, precision, stimulus)


def _in_process(way: str, signals: ModuleOp, precision: Precision, stimulus: Stimulus) -> Played:
    """A back end that runs here, with the passes that its target has; signals are interpreted."""
    target = find_target("interp" if way == "signals" else way)
    module = signals.clone()
    try:
        if way != "signals":
            table = compile_table(target)
            options = table(target=way, double=precision == "double")
            for chosen in choose_passes(options)[len(SIGNAL_PASSES) :]:
                one = parse_pipeline(chosen)[0] if isinstance(chosen, str) else chosen
                one.apply(modes.Context(), module)
        return batch.run_instance(target.open(module, batch.RATE, ""), stimulus)
    except Exception as error:
        return Played(error=f"{type(error).__name__}: {error}")


def judged(outcome: Outcome, precision: Precision) -> dict[str, str]:
    """How ways differ from Faust's, or, where that has no result or is known to be wrong, from our
    scalar code."""
    held = "control(" in outcome.text or "enable(" in outcome.text
    ways = outcome.ways
    reference = "scalar" if held or ways["faust"].error is not None else "faust"
    differences: dict[str, str] = {}
    for way, played in ways.items():
        if way not in (reference, "faust"):
            difference = batch.difference(played, ways[reference], *TOLERANCES[precision])
            if difference is not None:
                differences[way] = difference
    return differences


def excuse(outcome: Outcome, precision: Precision, stimulus: Stimulus) -> str | None:
    """Why a difference says nothing of us: rounding decides, or Faust leaves its memory."""
    nudge = NUDGES[precision]
    for factor in (1 + nudge, 1 - nudge, 1 + 3 * nudge):
        moved = Stimulus(stimulus.inputs * factor, stimulus.fractions / factor, stimulus.sizes)
        with tempfile.TemporaryDirectory(prefix="dspc-wide-") as name:
            outcomes = [
                batch.play([outcome.text], each, Path(name), ("signals",))[0]
                for each in (stimulus, moved)
            ]
        one, other = (each.ways["signals"] for each in outcomes)
        if batch.difference(one, other, *TOLERANCES[precision]) is not None:
            return "decided by rounding"
    return "Faust leaves its memory" if run.leaves_its_memory(outcome, stimulus) else None


def compare(seed: int, count: int, precision: Precision, counts: Counter[str]) -> list[str]:
    """The differences among so many programs, with the programs."""
    findings: list[str] = []
    for at in range(0, count, BATCH):
        stimulus = run.noise(seed + at)
        texts = [str(program) for program in _batch(seed, at, count)]
        for outcome in play(texts, precision, stimulus):
            differences = judged(outcome, precision)
            why = excuse(outcome, precision, stimulus) if differences else None
            ours = {way for way in differences if way != "faust"}
            counts[f"{precision}: {why or ('differ' if differences else 'agree')}"] += 1
            counts["runs"] += len(outcome.ways)
            if differences and why is None:
                ways = "".join(
                    f"\n// {precision} {way}: {differences[way]}" for way in sorted(ours)
                )
                findings.append(f"{outcome.text}{ways}\n")
        print(f"{precision} {at + len(texts)}: {dict(counts)}", file=sys.stderr, flush=True)
    return findings


def sanitized(seed: int, count: int, precision: Precision, counts: Counter[str]) -> list[str]:
    """What sanitizers stop, or what does not compile, under wild inputs."""
    findings: list[str] = []
    for at in range(0, count, BATCH):
        texts = [str(program) for program in _batch(seed, at, count)]
        for outcome in play(texts, precision, wild(seed + at), SANITIZED):
            faults = {w: p.error for w, p in outcome.ways.items() if p.error is not None}
            counts[f"{precision}, sanitized: {'stopped' if faults else 'sound'}"] += 1
            counts["runs"] += len(outcome.ways)
            if faults:
                ways = "".join(f"\n// {precision} {way}: {fault}" for way, fault in faults.items())
                findings.append(f"{outcome.text}{ways}\n")
        print(f"{precision} {at + len(texts)}: {dict(counts)}", file=sys.stderr, flush=True)
    return findings


def _batch(seed: int, at: int, count: int) -> list[Program]:
    return drawn(min(BATCH, count - at), seed * 1_000_003 + at)


def main() -> int:
    """Run the requested programs; 0 without findings."""
    parser = command.parser("wide", 300)
    parser.add_argument("--wild", action="store_true", help="under sanitizers, with wild inputs")
    options = parser.parse_args()
    modes.set_threads(2)
    return command.run(sanitized if options.wild else compare, options)


if __name__ == "__main__":
    sys.exit(main())
