"""`dspc.load` compared with DawDreamer, which runs Faust's own LLVM back end in Python.

    python benchmarks/beside_dawdreamer.py --python VENV/bin/python [FILES] [--rounds 10] [--fast]

VENV is another environment with `pip install dawdreamer numpy`; its processes and ours take turns.
Times per frame are of CPU: the least of the rounds, of 64 blocks of 512 frames in one call, noise
as input, as a user hears them (arrays in, arrays out). `first` is the CPU time in milliseconds of a
process that has compiled another program before, from the name of the file to the end of its first
block: with dspc's cache empty but for libraries, and again where it is filled; DawDreamer has no
cache.
`ratio` is DawDreamer's time over ours. The last line has the overhead of a call of 512 frames: that
of a program of two wires, in microseconds.

Without FILES, twelve programs.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

OURS = Path(__file__).with_name("programs")
EXAMPLES = Path("/usr/share/faust/examples")
SOME = (
    *(OURS / f"{name}.dsp" for name in ("biquad8", "bank32", "poly16")),
    *(
        EXAMPLES / f"{name}.dsp"
        for name in (
            "reverb/freeverb", "reverb/zitaRev", "reverb/greyhole", "generator/osc",
            "filtering/moogLadder", "filtering/vocoder", "dynamic/compressor",
            "physicalModeling/karplus", "physicalModeling/fds/StiffString",
        )
    ),
)  # fmt: skip
RATE, BLOCK, BLOCKS = 48000, 512, 64
FRAMES = BLOCK * BLOCKS
WIRES = "process = _, _;"
LINE = "| {:14} | {:>7} | {:>7} | {:>5} | {:>7} | {:>7} | {:>7} | {:>7} |"


def noise(channels: int, frames: int) -> Any:
    return np.random.default_rng(1).uniform(-0.5, 0.5, (channels, frames)).astype(np.float32)


class DawDreamer:
    """A program in DawDreamer: a playback processor plays the input into it."""

    def __init__(self, file: str) -> None:
        import dawdreamer  # pyright: ignore

        daw: Any = dawdreamer
        self._engine = daw.RenderEngine(RATE, BLOCK)
        self._program = self._engine.make_faust_processor("program")
        if file == WIRES:
            self._program.set_dsp_string(file)
        else:
            self._program.faust_libraries_paths = [str(Path(file).parent)]
            self._program.set_dsp(file)
        assert self._program.compile()
        channels = self._program.get_num_input_channels()
        play = self._engine.make_playback_processor("input", noise(max(channels, 1), FRAMES))
        graph = [(play, []), (self._program, ["input"])] if channels else [(self._program, [])]
        self._engine.load_graph(graph)

    def run(self, frames: int) -> Any:
        self._engine.render(frames / RATE)
        return self._engine.get_audio()


class Dspc:
    """A program by `dspc.load`."""

    def __init__(self, file: str, fast: bool = False) -> None:
        import dspc

        self._program = dspc.load(file, backend="llvm", fast_math=fast)
        inputs = self._program.inputs
        self._noise = noise(inputs, FRAMES) if inputs else None

    def run(self, frames: int) -> Any:
        if self._noise is None:
            return self._program(frames=frames, dtype=np.float32, block=BLOCK)
        return self._program(self._noise[:, :frames], block=BLOCK)


def serve(make: Callable[[str], Any]) -> None:
    """Answers requests, a line each: the name of a program that is to be loaded and run for a block
    (answer: CPU seconds), or a number of frames to be run (answer: the same)."""
    make(WIRES).run(BLOCK)
    program: Any = None
    for line in sys.stdin:
        asked = json.loads(line)
        if isinstance(asked, str):
            begin = time.process_time()
            program = make(asked)
            program.run(BLOCK)
            answer = time.process_time() - begin
        else:
            begin = time.process_time()
            program.run(asked)
            answer = time.process_time() - begin
        print(json.dumps(answer), flush=True)


class Served:
    """A process that runs `serve`."""

    def __init__(self, python: str, kind: str, fast: bool, cache: str) -> None:
        command = [python, __file__, "--serve", kind, *(["--fast"] if fast else [])]
        environment = os.environ | {"DSPC_CACHE_DIR": cache}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, asked: str | int) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"no answer for {asked}")
        return float(json.loads(answer))

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def least(pair: list[Served], rounds: int, frames: int) -> list[float]:
    """The least CPU seconds of each, in turns."""
    times = [math.inf, math.inf]
    for number in range(rounds):
        for at in (0, 1) if number % 2 else (1, 0):
            times[at] = min(times[at], pair[at].ask(frames))
    return times


def compare(path: Path, options: argparse.Namespace, cache: str) -> tuple[float, float, float]:
    """Prints a program's line; the ratios: per frame, first block, and first block when cached."""
    pair = [Served(options.python, "dawdreamer", False, cache)]
    pair.append(Served(sys.executable, "dspc", options.fast, cache))
    starts = [one.ask(str(path)) for one in pair]
    daw, ours = (seconds * 1e9 / FRAMES for seconds in least(pair, options.rounds, FRAMES))
    pair[1].close()
    again = Served(sys.executable, "dspc", options.fast, cache)
    starts.append(again.ask(str(path)))
    again.close()
    pair[0].close()
    cells = [f"{daw:.2f}", f"{ours:.2f}", f"{daw / ours:.2f}"]
    cells += [f"{seconds * 1e3:.0f}" for seconds in starts]
    print(LINE.format(path.stem, *cells, f"{starts[0] / starts[2]:.2f}"), flush=True)
    return daw / ours, starts[0] / starts[1], starts[0] / starts[2]


def overhead(options: argparse.Namespace, cache: str) -> None:
    """Prints the seconds of a call of one block."""
    pair = [Served(options.python, "dawdreamer", False, cache)]
    pair.append(Served(sys.executable, "dspc", options.fast, cache))
    for one in pair:
        one.ask(WIRES)
    daw, ours = least(pair, 20000, BLOCK)
    for one in pair:
        one.close()
    print(
        f"a call of {BLOCK} frames, two wires: DawDreamer {daw * 1e6:.2f} us, dspc {ours * 1e6:.2f}"
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--python", help="the Python that has dawdreamer")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--fast", action="store_true", help="load with fast_math=True")
    parser.add_argument("--serve", choices=("dawdreamer", "dspc"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(
            DawDreamer if options.serve == "dawdreamer" else lambda file: Dspc(file, options.fast)
        )
        return
    if not options.python:
        parser.error("--python is needed")
    names = ("DawDr.", "dspc", "ratio", "first", "dspc", "cached", "ratio")
    print(LINE.format("ns per frame; ms", *names))
    print(LINE.format("---", *["--:"] * len(names)))
    with tempfile.TemporaryDirectory() as cache:
        found = [compare(path, options, cache) for path in options.files or SOME]
        means = [math.exp(sum(math.log(row[at]) for row in found) / len(found)) for at in range(3)]
        cells = ("", "", f"{means[0]:.2f}", "", f"{means[1]:.2f}", "", f"{means[2]:.2f}")
        print(LINE.format(f"mean of {len(found)}", *cells))
        overhead(options, cache)


if __name__ == "__main__":
    main()
