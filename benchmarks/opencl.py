"""OpenCL against our own C++: one voice, 64 voices, and how many run in real time.

    python benchmarks/opencl.py [--platform TEXT] [--seconds S] [--most VOICES]

Names the device. Programs: freeverb, a subtractive synth, a bank of 64 resonators, all in single
precision at 48 kHz, blocks of 512 frames. `--seconds` bounds the time of each measurement.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

import numpy as np
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.opencl.devices import describe
from dspc.backends.opencl.instance import OpenClInstance
from dspc.dialects.diagnostics import DspcError, Source

from dspc.api import open_processor
from dspc.options import LoopOptions

RATE, FRAMES = 48000, 512
REAL_TIME = FRAMES / RATE
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


def median_time(run: Any, seconds: float) -> float:
    """Median time of a call, in seconds, over calls that take about `seconds` in all."""
    run()
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 3:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def voices_time(module: Any, voices: int, platform: str | None, seconds: float) -> Any:
    """The time of a block of so many voices, and the device's name.

    Sound stays on the device; kernels and their waiting are measured, as in one more effect of a
    chain that lives there.
    """
    instance = OpenClInstance(module, RATE, voices, platform=platform)
    for number, (path, widget) in enumerate(instance.widgets().items()):
        if not widget.kind.is_output:
            spread = np.linspace(widget.min, widget.max, voices)
            for voice in range(0, voices, max(1, voices // 64)):
                instance.set(path, float(spread[(voice + number) % voices]), voice)
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (instance.inputs, FRAMES))
    instance.compute_voices(noise)
    heard, made = instance.block_buffers()

    def run() -> None:
        instance.launch(FRAMES, heard, made, 1)
        instance.finish()

    return median_time(run, seconds), describe(instance.device)


def measure(name: str, platform: str | None, seconds: float, most: int) -> None:
    """Print one program's lines."""
    source = Source(f"{name}.dsp", PROGRAMS[name])
    module = open_processor(source, "interp", LoopOptions()).module
    native = NativeInstance(module, RATE)
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (native.inputs, FRAMES))
    cpp = median_time(lambda: native.compute(noise), seconds)
    print(f"{name}: C++ {cpp * 1e6:.0f} us a block of {FRAMES}")
    voices, best = 1, 0.0
    while voices <= most:
        try:
            spent, device = voices_time(module, voices, platform, seconds)
        except DspcError as error:
            print(f"  {voices:6} voices: {error.message}")
            break
        if voices == 1:
            print(f"  on {device}")
        speed = voices * cpp / spent
        best = max(best, voices * REAL_TIME / spent)
        print(f"  {voices:6} voices: {spent * 1e6:10.0f} us, {speed:6.2f}x C++ in turn", flush=True)
        if spent > 4 * REAL_TIME:
            break
        voices *= 4
    print(f"  voices in real time at 48 kHz: about {best:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--platform")
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--most", type=int, default=16384)
    options = parser.parse_args()
    for name in PROGRAMS:
        measure(name, options.platform, options.seconds, options.most)


if __name__ == "__main__":
    main()
