"""How compile time and memory grow with the program: generated programs of rising size.

    python benchmarks/scaling.py [FAMILY ...] [--markdown] [--faust]

For each family and size: signals in the program, CPU seconds and peak memory of the whole `dspc`
process, and microseconds per signal, which are about constant if growth is linear. `--faust` adds
the Faust compiler's CPU time (with the same time limit).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

TIME_LIMIT = 300
SIZES = (10_000, 50_000, 100_000)

Family = Callable[[int], str]


def parallel_filters(signals: int) -> str:
    """Different one-pole filters side by side; each is about 4 signals."""
    return f"process = _ <: par(i, {signals // 4}, (+ ~ *(0.9 / (i + 1)))) :> _;"


def filter_chain(signals: int) -> str:
    """Different one-pole filters one after another."""
    return f"process = seq(i, {signals // 4}, (+ ~ *(0.9 / (i + 1))));"


def sum_of_oscillators(signals: int) -> str:
    """An additive synthesiser: phasors into sines; each voice is about 10 signals."""
    return (
        'import("stdfaust.lib"); '
        f"process = sum(i, {signals // 10}, sin(ma.PI * os.phasor(2, 55 + i / 7)) / (i + 1));"
    )


def fir(signals: int) -> str:
    """Banks of FIR filters of 512 taps each; a tap is 3 signals."""
    bank = "fir(k) = _ <: sum(i, 512, @(i) * sin(i * k + 0.5));"
    return f"{bank} process = _ <: par(k, {max(1, signals // 1536)}, fir(k + 1)) :> _;"


def feedback_networks(signals: int) -> str:
    """Feedback delay networks of 64 lines mixed by a Hadamard matrix, one after another."""
    return (
        'import("stdfaust.lib"); '
        "fdn = (si.bus(128) :> par(i, 64, @(101 + 7 * i) * 0.02) : ro.hadamard(64)) ~ si.bus(64); "
        f"process = seq(k, {max(1, signals // 600)}, (_ <: fdn :> _));"
    )


def nested_expression(signals: int) -> str:
    """One expression nested as deep as it is long."""
    return "process = " + "(0.5 * sin(" * (signals // 2) + "_" + "))" * (signals // 2) + ";"


FAMILIES: dict[str, Family] = {
    family.__name__: family
    for family in (
        parallel_filters,
        filter_chain,
        sum_of_oscillators,
        fir,
        feedback_networks,
        nested_expression,
    )
}


class Cost(NamedTuple):
    seconds: float
    megabytes: float


def cost(command: Sequence[str]) -> Cost | None:
    """CPU time and peak memory of a process; None where it fails or exceeds the time limit."""
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command,
        stdout=null,
        stderr=null,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT)),
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def count_signals(path: Path) -> int:
    """The number of signals of a program, as the front end gives it."""
    from dspc.dialects.dsp.emit import emit_program
    from dspc.frontends.faust.compile import build_graph
    from dspc.frontends.faust.options import FrontendOptions

    module = emit_program(build_graph(str(path), FrontendOptions()))
    return sum(1 for op in module.walk() if op.results)


def rows(names: Sequence[str], with_faust: bool) -> Iterator[list[str]]:
    """One row for each family and size, as they come."""
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for size in SIZES:
                path = Path(folder) / f"{name}_{size}.dsp"
                path.write_text(FAMILIES[name](size))
                output = ["-o", str(path.with_suffix(".cpp"))]
                ours = cost([sys.executable, "-m", "dspc", str(path), *output])
                row = [name, "", "fails", "", ""]
                if ours is not None:
                    signals = count_signals(path)
                    per_signal = f"{ours.seconds / signals * 1e6:.0f}"
                    row = [name, str(signals), f"{ours.seconds:.2f}"]
                    row += [f"{ours.megabytes:.0f}", per_signal]
                if with_faust:
                    theirs = cost(["faust", str(path), *output])
                    row.append("fails" if theirs is None else f"{theirs.seconds:.2f}")
                yield row


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("families", nargs="*", choices=[*FAMILIES, []])
    parser.add_argument("--markdown", action="store_true", help="a table for a page of docs/")
    parser.add_argument("--faust", action="store_true", help="the Faust compiler beside it")
    options = parser.parse_args()
    header = ["family", "signals", "CPU s", "peak MB", "us/signal"]
    if options.faust:
        header.append("Faust CPU s")
    separator = " | " if options.markdown else "  "
    print(separator.join(header))
    if options.markdown:
        print(separator.join("---" for _ in header))
    for row in rows(options.families or list(FAMILIES), options.faust):
        print(separator.join(row), flush=True)


if __name__ == "__main__":
    main()
