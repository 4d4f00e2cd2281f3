"""Measures this machine's processor: prints a machine file for `--machine`, costs in cycles.

    python benchmarks/processor.py > here.toml
    python benchmarks/processor.py --cxx 'clang++ -O2' --title "my laptop" > here.toml
    dspc --machine ./here.toml prog.dsp

Latencies are of chains of dependent operations, throughputs of eight independent ones, each the
least of 15 tries; a cycle is a dependent integer addition. `barrier` is half a round of two threads
that wait for each other, `hand_over` is twice that: on a busy machine, or with one core, both are
too large. What is not measured (`window`, `issue`) is the default's.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dspc.dialects.dsp_mem.processor_model import LATENCY, THROUGHPUT, time_fields

BASES = {"latency": LATENCY, "throughput": THROUGHPUT}
SOURCE = Path(__file__).with_suffix(".cpp")
WIDTHS = {
    "__AVX512F__": (512, 32),
    "__AVX__": (256, 16),
    "__SSE2__": (128, 16),
    "__ARM_NEON": (128, 32),
}
"""Vector bits and registers by the macro that a compiler defines, the widest first."""
PLAIN = ("vector", "insert", "extract", "barrier", "hand_over")
LEAST = 0.01
"""Shorter times are below what can be measured, in cycles."""


def vectors(command: list[str]) -> tuple[int, int]:
    """The vector bits and registers that a compiler uses with its options; (0, 16) without."""
    asked = [*command, "-dM", "-E", "-x", "c++", "/dev/null"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    macros = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("#define ")}
    return next((width for macro, width in WIDTHS.items() if macro in macros), (0, 16))


def measured(command: list[str], bits: int) -> dict[str, float]:
    """Times in ns by name."""
    with tempfile.TemporaryDirectory(prefix="processor-") as folder:
        program = Path(folder) / "processor"
        build = [*command, "-std=c++17", "-pthread", f"-DWIDTH={bits // 8}", str(SOURCE)]
        subprocess.run([*build, "-o", str(program)], check=True)
        done = subprocess.run([str(program)], capture_output=True, text=True, check=True)
    return {name: float(value) for name, value in map(str.split, done.stdout.splitlines())}


def machine_text(title: str, vector: tuple[int, int], times: Mapping[str, float]) -> str:
    """The machine file."""
    cycle = times["cycle"]
    cycles = {name: max(value / cycle, LEAST) for name, value in times.items() if name != "cycle"}
    bits, registers = vector
    lines = [f"title = {json.dumps(title)}", "", "[processor]"]
    lines += [f"vector_bits = {bits}", f"vector_registers = {registers}", f"cycle = {cycle:.3g}"]
    lines += [f"{name} = {cycles[name]:.3g}" for name in PLAIN if name in cycles]
    for table in ("latency", "throughput"):
        lines += ["", f"[processor.{table}]"]
        for name, value in cycles.items():
            kind, _, operation = name.partition(".")
            if kind == table and operation in time_fields(BASES[table]):
                lines.append(f"{json.dumps(operation)} = {value:.3g}")
    lines.append(f"gather = {cycles['gather']:.3g}")
    return "\n".join(lines) + "\n"


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("processor", description=__doc__, formatter_class=form)
    parser.add_argument("--cxx", default="c++ -O2 -march=native", metavar="COMMAND")
    parser.add_argument("--title", default="this machine")
    options = parser.parse_args()
    command = shlex.split(options.cxx)
    try:
        vector = vectors(command)
        times = measured(command, vector[0])
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"processor: {error}", file=sys.stderr)
        return 1
    print(machine_text(options.title, vector, times), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
