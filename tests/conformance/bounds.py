"""Bounds and races proved: every access of the examples, in every mode of every target.

    python -m tests.conformance.bounds --all
    python -m tests.conformance.bounds --mode sch,opencl-omp freeverb

A program's signals are read once for all modes that have the same passes on signals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.driver import read_program
from dspc.options.compile_options import CompileOptions
from dspc.passes.bounds.checker import Bounds
from dspc.pipelines.parsing import instantiate
from dspc.pipelines.selection import late_passes
from dspc.pipelines.standard import loop_passes, signal_passes
from dspc.support.diagnostics import DspcError
from dspc.targets.lookup import find_target

from .run import chosen_modes, program_parser

MODES: dict[str, dict[str, Any]] = {
    "scal": {"scalar": True},
    "default": {},
    "double": {"double": True},
    "lanes2": {"lanes": 2},
    "lanes16": {"lanes": 16},
    "llvm": {"target": "llvm"},
    "vec": {"vec": True},
    "vec-lv1": {"vec": True, "loop_variant": 1},
    "vec8": {"vec": True, "vector_size": 8},
    "vec128": {"vec": True, "vector_size": 128},
    "vec24-lv1": {"vec": True, "vector_size": 24, "loop_variant": 1},
    "vec-mcd": {"vec": True, "max_copy_delay": 64},
    "vec-ftz": {"vec": True, "flush_to_zero": 2},
    "dlt": {"delay_line_threshold": 0},
    "vec-dlt": {"vec": True, "delay_line_threshold": 0},
    "omp": {"omp": True},
    "omp-pl": {"omp": True, "par_loop": True, "vector_size": 24},
    "omp-g": {"omp": True, "group_tasks": True, "vector_size": 128},
    "sch": {"sch": True},
    "sch-g": {"sch": True, "group_tasks": True, "vector_size": 128},
    "heap-l2": {"heap": "l2"},
    "am572x": {"machine": "am572x"},
    "66ak2h-vec": {"machine": "66ak2h", "vec": True},
    "66ak2h-omp": {"machine": "66ak2h", "omp": True},
    "66ak2h-dlt": {"machine": "66ak2h", "scalar": True, "delay_line_threshold": 0},
    "opencl": {"target": "opencl"},
    "opencl-vec": {"target": "opencl", "vec": True},
    "opencl-omp": {"target": "opencl", "omp": True},
    "opencl-sch": {"target": "opencl", "sch": True},
    "opencl-l2": {"target": "opencl", "heap": "l2"},
    "opencl-66ak2h": {"target": "opencl", "machine": "66ak2h"},
}
"""Mode -> the fields of CompileOptions that differ from their defaults."""


@dataclass(frozen=True)
class Checked:
    """One program in one mode: the number of accesses, and those not proved."""

    mode: str
    accesses: int
    faults: list[str]


def check(path: Path, modes: Sequence[str]) -> Iterator[Checked]:
    """Lower a program in each mode, and prove its accesses and that nothing races.

    What no machine of a mode can hold (E0603, E0605) has no accesses.
    """
    known: dict[object, ModuleOp] = {}
    for mode in modes:
        options = CompileOptions(**MODES[mode])
        target = find_target(options.target)
        options = target.adapt(options)
        before = tuple(signal_passes(options))
        key = (before, options.double)
        if key not in known:
            known[key] = read_program(str(path), options.frontend())
            _run(known[key], before)
        module = known[key].clone()
        try:
            _run(module, loop_passes(options)[len(before) :])
            _run(module, late_passes(options, target))
        except DspcError as error:
            if error.code not in ("E0603", "E0605"):
                raise
            continue
        yield _checked(module, mode)


def _run(module: ModuleOp, passes: Sequence[str]) -> None:
    for one in instantiate(passes):
        one.apply(Context(), module)


def _checked(module: ModuleOp, mode: str) -> Checked:
    bounds = Bounds(module)
    faults = [
        f"{one.place.op.name} {one.place.verb} {one.place.row.type}: {one.reason}"
        for one in bounds.unproved()
    ]
    faults += [
        f"{race.writer.name} writes {race.memory} beside {race.other.name}"
        for race in bounds.races()
    ]
    return Checked(mode, len(bounds.places), faults)


def main() -> int:
    """Check the requested programs; 0 when all accesses are proved."""
    parser = program_parser("bounds", __doc__)
    parser.add_argument("--mode", default=",".join(MODES), help=f"of {', '.join(MODES)}")
    options = parser.parse_args()
    work, modes = chosen_modes(parser, options, MODES)
    accesses = faults = runs = 0
    for path, name in work:
        for one in check(path, modes):
            runs, accesses, faults = runs + 1, accesses + one.accesses, faults + len(one.faults)
            for fault in one.faults:
                print(f"{name} {one.mode}: {fault}", flush=True)
        print(f"{name}: done", flush=True)
    print(f"{len(work)} programs, {runs} modules, {accesses} accesses, {faults} not proved")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
