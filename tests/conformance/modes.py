"""All modes compared with scalar code: the same samples, in blocks of odd sizes.

    python -m tests.conformance.modes --all --mode omp,sch --threads 4
    python -m tests.conformance.modes --mode vec8-lv1 freeverb karplus

The classes of some programs in all modes share one C++ file (tests/conformance/many), so that all
examples take minutes, not hours. The other conformance tests compare scalar code with Faust's.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

import dspc.backends.cpp
from dspc.backends.cpp.class_text import ClassOptions
from dspc.backends.cpp.printer import print_cpp
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import SIGNAL_PASSES, loop_passes
from dspc.support.diagnostics import DspcError

from .many.batch import Outcome, Played, compile_and_run, difference, stimulus
from .run import chosen_modes, program_parser

SCALAR = LoopOptions(scalar=True)
MODES: dict[str, LoopOptions] = {
    "default": LoopOptions(),
    **{
        f"vec{size}-lv{variant}": LoopOptions(vec=True, vector_size=size, loop_variant=variant)
        for size in (8, 32, 128)
        for variant in (0, 1)
    },
    "dlt": LoopOptions(delay_line_threshold=0),
    "vec-dlt": LoopOptions(vec=True, delay_line_threshold=0),
    "omp": LoopOptions(omp=True),
    "omp-pl": LoopOptions(omp=True, par_loop=True, vector_size=24),
    "omp-g": LoopOptions(omp=True, group_tasks=True, vector_size=128),
    "sch": LoopOptions(sch=True),
    "sch-g": LoopOptions(sch=True, group_tasks=True, vector_size=128),
}
RUNTIME = Path(dspc.backends.cpp.__file__).parent / "runtime"
FLAGS = ("-fopenmp", "-pthread", f"-I{RUNTIME}")
ENVIRONMENT = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0", "DSPC_SPIN_US": "0"}
SCHEDULER = '#include "dspc/scheduler.h"\n'
COPIED = re.compile(
    r"^// The task scheduler of generated classes.*^}  // namespace (dspc_\w+)$",
    re.DOTALL | re.MULTILINE,
)
"""The scheduler in the file of a class, which one file of many classes includes once."""
AT_ONCE = 3
"""Programs whose classes are compiled in one go."""


@dataclass(frozen=True)
class Result:
    """One program in one mode: `deviation` describes the difference; None where there is none."""

    name: str
    mode: str
    deviation: str | None


def set_threads(count: int) -> None:
    """How many threads run the programs from here on."""
    os.environ.update(ENVIRONMENT)
    os.environ["OMP_NUM_THREADS"] = os.environ["DSPC_NUM_THREADS"] = str(count)


def compare_modes(
    work: Sequence[tuple[Path, str]], modes: Sequence[str], at_once: int = AT_ONCE
) -> Iterator[Result]:
    """Run each program (path and name) in each mode, and yield the differences from scalar code."""
    for at in range(0, len(work), at_once):
        yield from _together(work[at : at + at_once], modes)


def _together(work: Sequence[tuple[Path, str]], modes: Sequence[str]) -> Iterator[Result]:
    outcomes: list[tuple[str, Outcome]] = []
    classes: list[tuple[Outcome, str, str]] = []
    for number, (path, name) in enumerate(work):
        outcome = Outcome(name)
        outcomes.append((name, outcome))
        try:
            signals = _read(path)
        except DspcError as error:
            outcome.ways["scalar"] = Played(error=str(error))
            continue
        for mode in ("scalar", *modes):
            options = MODES.get(mode, SCALAR)
            class_name = f"D{number}_{mode.replace('-', '_')}"
            try:
                classes.append((outcome, mode, class_of(signals, options, class_name)))
            except Exception as error:
                outcome.ways[mode] = Played(error=f"{type(error).__name__}: {error}")
    with tempfile.TemporaryDirectory() as folder:
        compile_and_run(classes, stimulus(), Path(folder), FLAGS)
    for name, outcome in outcomes:
        for mode in modes:
            if mode in outcome.ways:
                deviation = difference(outcome.ways[mode], outcome.ways["scalar"])
                yield Result(name, mode, deviation)


def _read(path: Path) -> ModuleOp:
    module = read_program(str(path), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join(SIGNAL_PASSES)):
        one.apply(Context(), module)
    return module


def loops_of(signals: ModuleOp, options: LoopOptions) -> ModuleOp:
    """The loops of a program in one mode."""
    module = signals.clone()
    for one in parse_pipeline(",".join(loop_passes(options)[len(SIGNAL_PASSES) :])):
        one.apply(Context(), module)
    return module


def class_of(signals: ModuleOp, options: LoopOptions, class_name: str) -> str:
    """The class of a program in one mode, verified before it is printed."""
    module = loops_of(signals, options)
    if options.threads:
        module.verify()
    code = print_cpp(module, ClassOptions(class_name=class_name))
    if options.sch:
        code = SCHEDULER + COPIED.sub(r"namespace \1 = dspc;", code)
    return code


def main() -> int:
    """Run the requested programs; 0 when all modes agree."""
    parser = program_parser("modes", __doc__)
    parser.add_argument("--mode", default=",".join(MODES), help=f"of {', '.join(MODES)}")
    parser.add_argument("--threads", type=int, default=2, help="threads of -omp and -sch (2)")
    options = parser.parse_args()
    work, modes = chosen_modes(parser, options, MODES)
    set_threads(options.threads)
    count = differing = 0
    for result in compare_modes(work, modes):
        count += 1
        if result.deviation is not None:
            differing += 1
            print(f"{result.name} {result.mode}: {result.deviation}", flush=True)
        elif result.mode == modes[-1]:
            print(f"{result.name}: done", flush=True)
    print(f"{count} runs of {len(work)} programs, {differing} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
