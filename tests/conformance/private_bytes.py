"""Bytes of the private arrays of every kernel, beside the stack of the machine.

    python -m tests.conformance.private_bytes --all --results FILE
    python -m tests.conformance.private_bytes --mode=-omp,-sch --machine am572x reverb/

Examples in all modes of OpenCL C on the machines whose kernels have a stack: TI's, and a GPU.
Nothing is compiled but by dspc; the front end reads a program once, and machines differ in
placement only. The results file has one line of JSON for each kernel's program, mode and machine;
a command that is given it again goes on where the last one ended. Ends with 1 if an example's
hungriest kernel exceeds the stack, or does not compile for another reason than its language.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dspc.support.diagnostics import DspcError
from tests.backends.opencl.cl_private import MODES, STACKS, options_of, private_bytes

from . import results
from .run import chosen_modes, program_parser
from .shared_passes import SharedPasses

LARGE = ("E0603", "E0605")
"""Errors of programs that no memory of a machine can hold."""
FOREIGN = ("E0236", "E0801")
"""A file without `process`, and calls of C functions, which OpenCL C cannot have."""


@dataclass(frozen=True)
class Kernels:
    """The private arrays of a program's hungriest kernel, in bytes."""

    program: str
    mode: str
    machine: str
    status: str
    """fits, exceeds, too large (refused), no OpenCL C, or the error's code."""
    bytes: int


def measured(shared: SharedPasses, name: str, mode: str, machine: str) -> Kernels:
    try:
        code = shared.text(options_of(mode, machine))
    except DspcError as error:
        known = {**dict.fromkeys(LARGE, "too large"), **dict.fromkeys(FOREIGN, "no OpenCL C")}
        return Kernels(name, mode, machine, known.get(error.code, error.code), 0)
    size = max(private_bytes(code).values())
    return Kernels(name, mode, machine, "fits" if size <= STACKS[machine] else "exceeds", size)


def all_of(
    work: Sequence[tuple[Path, str]], modes: Sequence[str], machines: Sequence[str], done: set[str]
) -> Iterator[Kernels]:
    for path, name in work:
        shared = SharedPasses(path)
        for mode in modes:
            for machine in machines:
                if f"{name} {mode} {machine}" not in done:
                    yield measured(shared, name, mode, machine)


def summary(found: Sequence[Kernels]) -> str:
    """What does not fit, and a row for each mode and machine: counts and the largest sum."""
    lines = [
        f"{one.program} {one.mode} {one.machine}: {one.status}, {one.bytes} bytes"
        for one in found
        if is_bad(one)
    ]
    for mode in MODES:
        for machine in STACKS:
            row = [one for one in found if (one.mode, one.machine) == (mode, machine)]
            if row:
                counts = Counter(one.status for one in row).most_common()
                shown = ", ".join(f"{count} {status}" for status, count in counts)
                most = max(row, key=lambda one: one.bytes)
                lines.append(f"{mode}, {machine}: {shown}; at most {most.bytes} ({most.program})")
    return "\n".join([*lines, f"{len(found)} measured"])


def is_bad(one: Kernels) -> bool:
    return one.status not in ("fits", "too large", "no OpenCL C")


def main() -> int:
    """Measure the requested programs; 0 where all fit or are refused."""
    parser = program_parser("private_bytes", __doc__)
    parser.add_argument("--mode", default=",".join(MODES), help=f"of {', '.join(MODES)}")
    parser.add_argument("--machine", default=",".join(STACKS), help=f"of {', '.join(STACKS)}")
    parser.add_argument("--results", type=Path, help="file of results, which is continued")
    options = parser.parse_args()
    work, modes = chosen_modes(parser, options, MODES)
    machines = options.machine.split(",")
    if any(machine not in STACKS for machine in machines):
        parser.error(f"machines with a stack for kernels: {', '.join(STACKS)}")
    found = results.load(options.results, Kernels)
    done = {f"{one.program} {one.mode} {one.machine}" for one in found}
    for one in all_of(work, modes, machines, done):
        found.append(one)
        results.append(options.results, one)
        print(f"{one.status:10} {one.bytes:6} {one.program} {one.mode} {one.machine}", flush=True)
    print(summary(found))
    return int(any(map(is_bad, found)))


if __name__ == "__main__":
    sys.exit(main())
