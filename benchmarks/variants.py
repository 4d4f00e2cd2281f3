"""The variants of a program that are timed, built once and cached by content.

The key of a build is the generated text, the harness, the compiler and its flags. The key of a
generated text is the program, the command, and the compiler that generates it.
"""

from __future__ import annotations

import hashlib
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import get_ident

ROOT = Path(__file__).resolve().parents[1]
HARNESS = Path(__file__).with_name("run_time.cpp")
RUNNER = Path(__file__).with_name("run_rounds.cpp")
BUILD_SECONDS = 90
"""The processor time that a generator or a compiler may take, if nothing else is said."""
RUN_SECONDS = 900
"""The longest that all rounds of a program may take."""
LIMITED = 'ulimit -t "$1"; shift; exec "$@"'
"""Runs a command that may use so many seconds of processor time, whatever else the machine does."""


@dataclass(frozen=True)
class Variant:
    """One way to compile a program: by Faust or by dspc, with options, by a C++ compiler."""

    maker: str
    options: tuple[str, ...]
    compiler: str
    flags: tuple[str, ...]

    @property
    def mode(self) -> str:
        return " ".join((self.maker, *(word for word in self.options if word != "-double")))

    @property
    def name(self) -> str:
        fast = "fast" if "-ffast-math" in self.flags else "strict"
        return f"{self.mode} | {self.compiler} {fast}"


def cache_folder() -> Path:
    base = os.environ.get("DSPC_BENCHMARK_CACHE")
    folder = Path(base) if base else Path(tempfile.gettempdir()) / f"dspc-benchmarks-{os.getuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


@cache
def version(command: str) -> str:
    """The identity of a generator or compiler: its version or content."""
    if command == "dspc":
        links = ("dialects", "passes", "frontends", "backends")
        folders = (ROOT / "dspc", *(ROOT / "dspc" / link for link in links))
        files = sorted({path for folder in folders for path in folder.rglob("*.py")})
        return digest(*(path.read_text(encoding="utf-8") for path in files))
    return subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout


def run(command: Sequence[str], seconds: int) -> int | None:
    """The exit status of a command, negative if a signal ended it; None if it took too long."""
    limited = ["sh", "-c", LIMITED, "sh", str(seconds), *command]
    began = time.monotonic()
    status = subprocess.run(limited, capture_output=True, check=False).returncode
    return None if status and time.monotonic() - began >= seconds else status


def produce(target: Path, command: Sequence[str], seconds: int = BUILD_SECONDS) -> Path | None:
    """The file that a command writes, whose last word but one is `-o`; None where it fails."""
    failed, late = target.with_suffix(".failed"), target.with_suffix(".late")
    if target.exists():
        return target
    if failed.exists() or (late.exists() and int(late.read_text()) >= seconds):
        return None
    # Two variants may come out as the same text, and are built at once.
    partial = target.with_name(f"{os.getpid()}-{get_ident()}-{target.name}")
    status = run([*command, "-o", str(partial)], seconds)
    if status == 0 and partial.exists():
        partial.replace(target)
        return target
    partial.unlink(missing_ok=True)
    if status is None:
        late.write_text(str(seconds))
    elif status > 0:
        failed.touch()
    return None


def text_of(path: Path, variant: Variant) -> Path:
    """The cache path of the generated text of a variant."""
    text, harness = path.read_text(encoding="utf-8"), HARNESS.read_text(encoding="utf-8")
    key = digest(version(variant.maker), harness, str(path), text, *variant.options)
    return cache_folder() / f"{key}.cpp"


def generated(path: Path, variant: Variant, seconds: int = BUILD_SECONDS) -> Path | None:
    command = ["faust"] if variant.maker == "faust" else [sys.executable, "-m", "dspc"]
    options = [*variant.options, "-a", str(HARNESS), str(path)]
    return produce(text_of(path, variant), [*command, *options], seconds)


def built(path: Path, variant: Variant, seconds: int = BUILD_SECONDS) -> Path | None:
    """The library of a program in a variant; None where it can't be generated or compiled.

    `seconds` is the processor time that each step may take.
    """
    code = generated(path, variant, seconds)
    if code is None:
        return None
    options = ["-std=c++17", "-shared", "-fPIC", "-w", f"-I{path.parent}", *variant.flags]
    options.append("-fvisibility=hidden")
    if variant.compiler.startswith("g++"):
        options.append("-fno-gnu-unique")
    return produce(library_of(code, variant), [variant.compiler, *options, str(code)], seconds)


def library_of(code: Path, variant: Variant) -> Path:
    """The cache path of the library of a generated text."""
    text = code.read_text(encoding="utf-8")
    key = digest(version(variant.compiler), text, variant.compiler, *variant.flags)
    return cache_folder() / f"{key}.so"


def build_all(
    path: Path, variants: Iterable[Variant], jobs: int, seconds: int = BUILD_SECONDS
) -> dict[Variant, Path]:
    """The libraries of those variants that can be built in time."""
    wanted = list(variants)
    for variant in wanted[:1]:
        version(variant.maker)
    with ThreadPoolExecutor(jobs) as pool:
        made = pool.map(lambda variant: built(path, variant, seconds), wanted)
        return {v: library for v, library in zip(wanted, made, strict=True) if library is not None}


def is_late(path: Path, variant: Variant) -> bool:
    """Whether a variant that was not built took too long, rather than being refused."""
    code = text_of(path, variant)
    steps = [code, library_of(code, variant)] if code.exists() else [code]
    return any(step.with_suffix(".late").exists() for step in steps)


def program_of(source: Path, *flags: str) -> Path:
    """A program of this folder, compiled."""
    key = digest(version("g++"), source.read_text(encoding="utf-8"))
    command = ["g++", "-O2", "-std=c++17", str(source), *flags]
    made = produce(cache_folder() / f"{key}.run", command)
    if made is None:
        raise RuntimeError(f"{source.name} does not compile")
    return made


def runner() -> Path:
    """The program that times libraries."""
    return program_of(RUNNER, "-ldl")


@dataclass(frozen=True)
class Timing:
    """Minimum nanoseconds per frame; the maximum difference from the reference and its peak."""

    nanoseconds: float
    error: float
    peak: float


BLOCK = 512
"""Frames of a call."""


def timed(
    libraries: dict[Variant, Path], reference: Path, rounds: int, block: int = BLOCK
) -> dict[Variant, Timing]:
    """The timings of each library in blocks of so many frames, measured in turns in one process."""
    command = [str(runner()), str(rounds), str(reference), *map(str, libraries.values())]
    if os.geteuid() == 0:
        command = ["nice", "-n", "-5", *command]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        timeout=RUN_SECONDS,
        env={**os.environ, "BENCHMARK_BLOCK": str(block)},
    )
    rows = [tuple(map(float, line.split())) for line in done.stdout.splitlines()]
    return {variant: Timing(*row) for variant, row in zip(libraries, rows, strict=True)}


def right(timings: dict[Variant, Timing], own: float, name: str) -> dict[Variant, Timing]:
    """The timings of the variants that compute the right samples; the others are reported.

    `own` is the error of Faust's own default, of which an error may be ten times.
    """
    good: dict[Variant, Timing] = {}
    for variant, timing in timings.items():
        if timing.error > max(0.01 * timing.peak, 10 * own) or math.isnan(timing.error):
            off = f"{timing.error:.3g} at a peak of {timing.peak:.3g}"
            print(f"  {name}: {variant.name} is off by {off}", flush=True)
        else:
            good[variant] = timing
    return good
