"""The programs that faults are seeded for, and the modes and targets that compile them."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Any

from tests.conformance.programs import EXAMPLES

SMALL = {
    "filters": """
        a = hslider("a", 0.9, 0, 0.999, 0.001);
        pole(c) = *(1 - c) : + ~ *(c);
        section(x) = x : (+ : *(0.3)) ~ (_ <: _, mem :> *(0.4)) <: _, mem : -;
        process = _ <: pole(a), pole(0.7), section :> _;
    """,
    "delays": """
        n = hslider("n", 5, 0, 90, 1) : int;
        moving(x) = x @ (int(20 + 15 * (+(0.01) ~ (_ <: _, floor : -))));
        echo = (+ : @(100)) ~ *(0.6);
        process(x, y) = x @ (n), y @ (300) - x', moving(echo(x + y));
    """,
    "tables": """
        step = %(64) ~ +(1);
        recorder(x) = rwtable(64, 0.25, step, x, int(step * 7) % 64);
        waves = (waveform{1, -2, 3, 5, -7}, (step % 5) : rdtable);
        sine = rdtable(256, sin(6.2831853 * float((+(1) ~ _) - 1) / 256.0), step * 4);
        process(x) = recorder(x), waves * x, sine;
    """,
    "integers": """
        bits(x) = (x & 255) | (x << 2), (x xor 85), (x >> 3), (0 - x) % 17, x / 3;
        random = +(12345) ~ *(1103515245);
        process(y) = bits(int(y * 1000)), float(random) * 0.0000001;
    """,
    "choices": """
        gate = button("gate");
        mode = nentry("mode", 1, 0, 3, 1) : int;
        clip(x) = x : max(-0.5) : min(0.7);
        held(x) = select2(x > 0.2, _, x) ~ _;
        process(x, y) = select3(mode, x, y, x - y) * (1 - gate), clip(x), held(y),
            (x < y) + (x <= 0.25) * 2 + (x == y) * 4 + (mode >= 2) * 8;
    """,
    "functions": """
        process(x, y) = sin(x) + cos(y * 2), exp(x - 1) - log(2 + y),
            sqrt(abs(x)) * pow(1.5 + x, y), atan2(x, y + 3),
            floor(x * 8) - ceil(y * 8) + rint(x * y), fmod(x * 9, 2.5) + remainder(y, 0.3),
            acos(y * 0.5) - asin(x * 0.25), log10(3 + x) * exp(y : min(0.5));
    """,
    "meters": """
        level = abs : max ~ *(0.99) : hbargraph("level", 0, 1);
        gain = hslider("gain [unit:dB]", 0, -20, 20, 0.1) : /(20) : pow(10);
        smooth = gain : *(0.01) : + ~ *(0.99);
        process(x) = attach(x * smooth, level(x)), x * gain - 0.5 * x;
    """,
    "oscillators": """
        SR = fconstant(int fSamplingFreq, <math.h>);
        f = hslider("f", 440, 20, 2000, 1);
        phase(f) = f / SR : (+ : (_ <: _, floor : -)) ~ _;
        osc(f) = 2 * phase(f) - 1;
        process = par(i, 4, osc(f * (i + 1)) / (i + 1)) :> _ <: _, *(0.3);
    """,
    "network": """
        ro = library("routes.lib");
        line(i) = @(31 + 17 * i) : + ~ *(0.3 + i / 20);
        mix = par(i, 4, _) <: par(i, 4, (*(0.5), *(-0.5 + i / 4), *(0.25), *(0.125)) :> *(0.4));
        process(x) = x <: (ro.interleave(4, 2) : par(i, 4, +) : par(i, 4, line(i))) ~ mix :> _, _;
    """,
    "letrec": """
        process(x) = y, z letrec { 'y = x * 0.5 + z * 0.25 - y * 0.125; 'z = y' * 0.5 + sin(x); };
    """,
    "convolution": """
        taps = par(i, 24, @(i) * ((i * 7) % 5 - 1.5) / 9);
        process(x, y) = (x <: taps :> _), y + x * 3 + y * x' + (x - y) * 0.25 + x';
    """,
    "voices": """
        import("stdfaust.lib");
        string(i) = + ~ (de.fdelay(256, 90.3 + 11 * i) : *(0.97) <: _, mem :> *(0.5));
        process = no.noise * (button("pluck") : ba.impulsify) <: par(i, 3, string(i)) :> _;
    """,
    "biquads": """
        import("stdfaust.lib");
        g = hslider("g", 3, -12, 12, 0.1);
        process(x, y) = (x : fi.lowpass(2, 1000)), (y : fi.peak_eq(g, 700, 120));
    """,
    "cascades": """
        import("stdfaust.lib");
        g = hslider("g", 3, -12, 12, 0.1);
        process(x, y) = (x : fi.lowpass(2, 1000)), (y : fi.highpass(4, 300)),
            (x + y : fi.peak_eq(g, 700, 120));
    """,
    "bank": """
        import("stdfaust.lib");
        mode(i) = fi.resonbp(300 + 97 * i, 20 + i, 0.5);
        process = _ <: par(i, 8, mode(i)) :> *(hslider("gain", 0.2, 0, 1, 0.01));
    """,
    "chirps": """
        import("stdfaust.lib");
        f = hslider("f", 440, 20, 2000, 1) : si.smoo;
        process(x) = os.osc(f) * 0.5, os.sawtooth(f * 1.5), x * os.oscsin(330) + os.phasor(1, f);
    """,
    "waves": """
        import("stdfaust.lib");
        f = hslider("f", 440, 20, 2000, 1);
        process = par(i, 4, os.lf_sawpos(f * (i + 1.5))), os.lf_triangle(f / 3);
    """,
    "dice": """
        rand(i) = +(12345 + i) ~ *(1103515245 + 4 * i);
        process = par(i, 9, rand(i) / 2147483647.0);
    """,
    "combs": """
        comb(i) = + ~ (@(9 + i) : *(0.3 + i / 20) : min(0.9));
        process(x) = x <: par(i, 12, comb(i)) :> _;
    """,
    "ladder": """
        process = seq(i, 40, *(0.4 + i / 90) : + ~ *(0.5 - i / 100));
    """,
    "swept": """
        import("stdfaust.lib");
        f = hslider("f", 1000, 100, 5000, 1);
        process(x, y) = (x : fi.lowpass(2, f)), (y : fi.resonlp(f, 3, 0.7));
    """,
}  # fmt: skip
"""Programs that compile in a tenth of a second, by their features."""
LARGE = {
    "freeverb": EXAMPLES / "reverb/freeverb.dsp",
    "zitaRev": EXAMPLES / "reverb/zitaRev.dsp",
}

MODES: dict[str, dict[str, Any]] = {
    "llvm": {"target": "llvm"},
    "llvm-scal": {"target": "llvm", "scalar": True},
    "llvm-double": {"target": "llvm", "double": True},
    "llvm-vec": {"target": "llvm", "vec": True, "double": True},
    "llvm-vec-lv1": {"target": "llvm", "vec": True, "loop_variant": 1, "vector_size": 24},
    "llvm-dlt": {"target": "llvm", "delay_line_threshold": 0, "double": True},
    "llvm-vec-dlt": {"target": "llvm", "vec": True, "delay_line_threshold": 0, "double": True},
    "llvm-omp": {"target": "llvm", "omp": True, "double": True},
    "llvm-omp-pl": {"target": "llvm", "omp": True, "par_loop": True, "vector_size": 24},
    "llvm-sch-g": {"target": "llvm", "sch": True, "group_tasks": True, "double": True},
    "llvm-ftz": {"target": "llvm", "flush_to_zero": 2},
    "llvm-am572x": {"target": "llvm", "machine": "am572x"},
    "llvm-teensy41": {"target": "llvm", "machine": "teensy41"},
    "cpp": {"target": "cpp", "double": True},
    "cpp-single": {"target": "cpp"},
    "cpp-scal": {"target": "cpp", "scalar": True, "double": True},
    "cpp-vec": {"target": "cpp", "vec": True},
    "cpp-omp": {"target": "cpp", "omp": True, "double": True},
    "cpp-sch": {"target": "cpp", "sch": True, "double": True},
    "cpp-66ak2h": {"target": "cpp", "machine": "66ak2h"},
    "c": {"target": "c", "double": True},
    "c-single": {"target": "c"},
    "wasm": {"target": "wasm", "no_llvm": True, "double": True},
    "wasm-single": {"target": "wasm", "no_llvm": True},
    "wasm-vec": {"target": "wasm", "no_llvm": True, "vec": True, "lanes": 8},
    "opencl": {"target": "opencl", "double": True},
    "opencl-single": {"target": "opencl"},
    "opencl-vec": {"target": "opencl", "vec": True},
    "opencl-omp": {"target": "opencl", "omp": True, "double": True},
    "opencl-sch": {"target": "opencl", "sch": True},
    "opencl-l2": {"target": "opencl", "heap": "l2", "double": True},
}  # fmt: skip
"""Mode -> the fields of CompileOptions that differ from their defaults."""
SPREAD = 4
"""Modes of each program: the programs take them in turn."""
ALSO: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("biquads", "cascades", "bank", "chirps"), ("llvm", "cpp-vec")
)
"""More modes of programs: vectors of single precision, for which state spaces and phases are."""


@dataclass(frozen=True)
class Cell:
    """A program in a mode."""

    program: str
    mode: str

    @property
    def is_large(self) -> bool:
        return self.program in LARGE

    def __str__(self) -> str:
        return f"{self.program} {self.mode}"


def cells(programs: list[str], spread: int = SPREAD) -> list[Cell]:
    """Each program in `spread` modes, so that every mode has programs.

    C++ compilers take seconds for the large programs, so these are run by LLVM.
    """
    result: list[Cell] = []
    for number, program in enumerate(programs):
        names = [mode for mode in MODES if program in SMALL or MODES[mode]["target"] == "llvm"]
        # Steps that share no factor with the number of modes visit all of them.
        step = next(step for step in (9, 7, 5) if gcd(step, len(names)) == 1)
        turn = [names[(number * 7 + at * step) % len(names)] for at in range(spread)]
        chosen = dict.fromkeys([*turn, *ALSO.get(program, ())])
        result += [Cell(program, mode) for mode in chosen]
    return result


def source_of(program: str, folder: Path) -> str:
    """The path of a program, written to the folder if it is one of ours."""
    if program in LARGE:
        return str(LARGE[program])
    path = folder / f"{program}.dsp"
    if not path.exists():
        path.write_text(SMALL[program], encoding="utf-8")
    return str(path)
