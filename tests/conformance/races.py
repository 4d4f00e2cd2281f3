"""Programs of `-sch` under the thread sanitizer, on 1 to 8 threads over many blocks.

    python -m tests.conformance.races [--threads 1,2,3,4,8] [--blocks 10000] [PROGRAM ...]

Each program is compiled once with chunks of 64 frames and plays an impulse and noise in blocks of
64 frames, so many of each. No number of threads may race, hang, or give another sample.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import oracle, programs, steps
from .steps import StepError

PROGRAMS = (
    *("SAM/freeverb/freeverb.dsp", "delayEcho/tapiir.dsp", "filtering/moogVCF.dsp"),
    *("misc/capture.dsp", "misc/tester.dsp", "physicalModeling/karplus.dsp"),
    *("phasing/phaser.dsp", "pitchShifting/pitchShifter.dsp", "reverb/zitaRev.dsp"),
    *("misc/mixer.dsp", "filtering/filterBank.dsp", "dynamic/noiseGate.dsp"),
    *("delayEcho/quadEcho.dsp", "generator/osc.dsp"),
)
"""Programs of different shape: wide, deep, with tables, feedback around everything, meters."""
WATCHED = ("-fsanitize=thread", "-g", "-O2", "-DDSPC_PLAIN_VECTORS")
"""The sanitizer sees no accesses of more than 16 bytes: vectors are arrays, taken apart by -O2."""
BLOCK = 64
SECONDS = 1200
"""The most that a run may take; a hang is a fault."""


def build(program: Path, folder: Path) -> Path:
    """The program's harness under the sanitizer; raises StepError."""
    code = oracle.dspc_code(program, ("-sch", "-vs", str(BLOCK)))
    source, executable = folder / "program.cpp", folder / "program"
    source.write_text(f'#include "glue.h"\n{code}\n#include "factory.h"\n')
    folders = (oracle.HARNESS, program.parent)
    options = [*WATCHED, "-pthread", "-DFAUSTFLOAT=double", *(f"-I{one}" for one in folders)]
    main = str(oracle.HARNESS / "main.cpp")
    command = ["g++", "-std=c++17", "-w", *options, str(source), main, "-o", str(executable)]
    steps.run("c++", command, oracle.CXX_SECONDS)
    return executable


def play(executable: Path, threads: int, blocks: int) -> bytes:
    """The samples on so many threads; raises StepError for a race, a crash or a hang."""
    samples = executable.with_name(f"samples{threads}")
    numbers = [str(blocks * BLOCK), str(oracle.RATE), str(oracle.SEED), "0"]
    # Several threads run blocks of a single frame, too; a race ends the program.
    settings = {"DSPC_NUM_THREADS": f"{threads}", "DSPC_SHARE_ALL": "1", "DSPC_SPIN_US": "0"}
    settings["TSAN_OPTIONS"] = "halt_on_error=1"
    command = ["env", *(f"{name}={value}" for name, value in settings.items()), str(executable)]
    steps.run("run", [*command, str(samples), os.devnull, *numbers], SECONDS)
    return samples.read_bytes()


def races(program: Path, threads: Sequence[int], blocks: int) -> Iterator[str]:
    """The failures of a program, a line each."""
    with tempfile.TemporaryDirectory(prefix="dspc-races-") as name:
        try:
            executable = build(program, Path(name))
        except StepError as error:
            yield f"{error.step}: {error.message}"
            return
        first: bytes | None = None
        for count in threads:
            try:
                samples = play(executable, count, blocks)
            except StepError as error:
                yield f"{count} threads: {error.message}"
                continue
            if first is not None and samples != first:
                yield f"{count} threads: other samples than on {threads[0]}"
            first = samples if first is None else first


def main() -> int:
    """Run the requested programs; 0 without findings."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance.races",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("programs", nargs="*", default=PROGRAMS, help="names of examples")
    parser.add_argument("--threads", default="1,2,3,4,8")
    parser.add_argument("--blocks", type=int, default=10_000)
    options = parser.parse_args()
    threads = [int(count) for count in options.threads.split(",")]
    faults = 0
    for name in options.programs:
        problems = list(races(programs.EXAMPLES / name, threads, options.blocks))
        faults += len(problems)
        print("\n".join([f"{name}: {'wrong' if problems else 'good'}", *problems]), flush=True)
    print(f"{len(options.programs)} programs, {len(threads)} counts of threads, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
