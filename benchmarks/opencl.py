"""OpenCL compared with our own C++: one voice, many voices, and how many run in real time.

    python benchmarks/opencl.py [--platform TEXT] [--seconds S] [--most VOICES] [--frames N]...
        [--only PROGRAM] [--host] [--lanes N]

Names the device. Programs: freeverb, a subtractive synth, a bank of 64 resonators, all in single
precision at 48 kHz, in blocks of 512 and of 4096 frames. C++ runs one voice after another on one
core: the time of one, whose memory stays in the cache, times their number. Each time is the minimum
of several, measured in turns. `kernel` is the kernel's own time by the device's profiling; `waited`
includes launching it and waiting for it; `streamed` is the average of 16 blocks that are launched
one after another and waited for once, as in an offline host. `host` is the
C++ host program that dspc writes, which streams through the device in batches of up to 64 blocks:
the processor time of all its threads for a block, with the making of noise and the copying of
sound, as the difference of a long and a short run.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dspc.api import open_processor
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.devices import describe
from dspc.backends.opencl.host import host_files
from dspc.backends.opencl.instance import OpenClInstance
from dspc.backends.opencl.printer import print_opencl
from dspc.options.loop_options import LoopOptions
from dspc.support.diagnostics import DspcError, Source

RATE = 48000
STREAMED = 16
FLAGS = ("-O3", "-march=native")
PROGRAMS = {
    "freeverb": """import("stdfaust.lib"); process = dm.freeverb_demo;""",
    "subtractive": """import("stdfaust.lib");
        freq = hslider("freq", 220, 20, 5000, 1); cutoff = hslider("cutoff", 1500, 20, 9000, 1);
        process = os.sawtooth(freq) + os.square(freq * 1.01) : fi.resonlp(cutoff, 4, 0.3)
            * (hslider("gain", 0.5, 0, 1, 0.01) : si.smoo);""",
    "resonators": """import("stdfaust.lib");
        process = _ <: par(i, 64, pm.modeFilter(80 * (i + 1) * hslider("tune", 1, 0.5, 2, 0.01),
            2 / (i + 1), 1 / (i + 1))) :> /(64);""",
}


class Times(NamedTuple):
    """Seconds for a block of sound."""

    native: float
    waited: float
    kernel: float
    streamed: float


def spread(instance: Any, voices: int) -> None:
    """Set different controls for each voice."""
    for number, (path, widget) in enumerate(instance.widgets().items()):
        if not widget.kind.is_output:
            values = np.linspace(widget.min, widget.max, voices)
            for voice in range(0, voices, max(1, voices // 64)):
                instance.set(path, float(values[(voice + number) % voices]), voice)


def device_module(source: Source, voices: int, lanes: int | None) -> Any:
    """The lowered module of a program for a number of voices."""
    options = LoopOptions(lanes=lanes)
    return open_processor(source, "opencl", options, {"voices": voices}).module


class Runs:
    """A program in C++ and in OpenCL; samples stay on the device."""

    def __init__(
        self, source: Source, voices: int, platform: str | None, frames: int, lanes: int | None
    ) -> None:
        self.voices, self.frames = voices, frames
        module = device_module(source, voices, lanes)
        self.opencl = OpenClInstance(module, RATE, voices, platform=platform, profile=True)
        spread(self.opencl, voices)
        shape = self.opencl.inputs, frames
        noise = np.random.default_rng(1).uniform(-0.1, 0.1, shape).astype(np.float32)
        self.opencl.compute_voices(noise)
        self.buffers = self.opencl.block_buffers()
        native = open_processor(source, "cpp", LoopOptions()).module
        _, self.native = NativeInstance(native, RATE, FLAGS).block(noise)

    def run_native(self) -> float:
        """Seconds of one block of all voices, one after another."""
        start = time.perf_counter()
        self.native()
        return (time.perf_counter() - start) * self.voices

    def run_opencl(self) -> tuple[float, float, float]:
        """Seconds of one block of all voices: with waiting, of its kernel alone, and streamed."""
        start = time.perf_counter()
        event = self.opencl.launch(self.frames, *self.buffers, 1)
        self.opencl.finish()
        waited = time.perf_counter() - start
        for _ in range(STREAMED):
            self.opencl.launch(self.frames, *self.buffers, 1)
        self.opencl.finish()
        streamed = (time.perf_counter() - start - waited) / STREAMED
        return waited, (event.profile.end - event.profile.start) * 1e-9, streamed

    def measure(self, seconds: float) -> Times:
        """The least times of runs that take about `seconds` in all."""
        self.run_native()
        least = Times(np.inf, np.inf, np.inf, np.inf)
        end = time.perf_counter() + seconds
        count = 0
        while time.perf_counter() < end or count < 5:
            now = Times(self.run_native(), *self.run_opencl())
            least = Times(*map(min, least, now))
            count += 1
        return least


class Host:
    """The C++ host program of a module, built in a folder of its own."""

    def __init__(self, module: Any, folder: str, platform: str | None) -> None:
        program = print_opencl(module)
        for name, text in host_files(program).items():
            Path(folder, name).write_text(text)
        subprocess.run(["make", "-s", "-C", folder], check=True)
        self._command = [str(Path(folder, program.name)), "--noise", "--rate", str(RATE)]
        self._command += ["--platform", platform] if platform else []
        self._environment = {**os.environ, "POCL_CACHE_DIR": os.path.join(folder, "cache")}

    def _spent(self, frames: int, blocks: int, voices: int) -> float:
        seconds = str(blocks * frames / RATE)
        sizes = ["--block", str(frames), "--voices", str(voices), "--seconds", seconds]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [*self._command, *sizes], check=True, capture_output=True, env=self._environment
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    def measure(self, frames: int, voices: int) -> float:
        """Seconds of processor time for a block of all voices: the least of three."""
        blocks = max(16, int(2e7 / frames / voices))
        self._spent(frames, 4, voices)  # compiles
        return min(
            (self._spent(frames, 4 + blocks, voices) - self._spent(frames, 4, voices)) / blocks
            for _ in range(3)
        )


def measure_host(
    source: Source, frames: int, platform: str | None, lanes: int | None, native: float
) -> str:
    """Print the time of one voice in the C++ host, and its ratio to a block in C++."""
    module = device_module(source, 1, lanes)
    with tempfile.TemporaryDirectory() as folder:
        spent = Host(module, folder, platform).measure(frames, 1)
    return f"  host, 1 voice: {spent * 1e6:8.1f} us; C++ {native * 1e6:8.1f} us"


def measure(
    name: str,
    frames: int,
    platform: str | None,
    seconds: float,
    most: int,
    host: bool,
    lanes: int | None,
    say: Callable[..., Any],
) -> None:
    """Print one program's lines."""
    source = Source(f"{name}.dsp", PROGRAMS[name])
    real_time = frames / RATE
    voices, best = 1, 0.0
    say(f"{name}, blocks of {frames} frames")
    while voices <= most:
        try:
            runs = Runs(source, voices, platform, frames, lanes)
        except DspcError as error:
            say(f"  {voices:6} voices: {error.message}")
            break
        times = runs.measure(seconds)
        if voices == 1:
            say(f"  on {describe(runs.opencl.device)}")
            if host:
                say(measure_host(source, frames, platform, lanes, times.native))
        best = max(best, voices * real_time / times.streamed)
        say(
            f"  {voices:6} voices: C++ {times.native * 1e6:8.0f} us; OpenCL: kernel "
            f"{times.kernel * 1e6:8.0f} us, streamed {times.streamed * 1e6:8.0f} us, waited "
            f"{times.waited * 1e6:8.0f} us; {times.native / times.streamed:6.2f} times as fast"
        )
        if times.waited > 2 * real_time:
            break
        voices *= 4
    say(f"  voices in real time: about {best:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform", help="part of its name or version, or of the device's name")
    parser.add_argument("--seconds", type=float, default=0.5, help="for each measurement")
    parser.add_argument("--most", type=int, default=16384, help="voices")
    parser.add_argument("--frames", type=int, action="append", help="of a block")
    parser.add_argument("--host", action="store_true", help="measure the C++ host program, too")
    parser.add_argument("--lanes", type=int, help="numbers of a vector, at most")
    parser.add_argument("--only", choices=sorted(PROGRAMS), action="append", help="this program")
    options = parser.parse_args()

    def say(line: str) -> None:
        print(line, flush=True)

    for frames in options.frames or (512, 4096):
        for name in options.only or PROGRAMS:
            sizes = frames, options.platform, options.seconds, options.most
            measure(name, *sizes, options.host, options.lanes, say)


if __name__ == "__main__":
    main()
