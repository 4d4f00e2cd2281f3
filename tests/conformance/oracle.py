"""Renders a program with Faust and with dspc, and compares samples and interfaces.

Both compilers' C++ goes into one harness of ours (harness/): 60 000 frames at 44 100 Hz in double
precision, an impulse on every input and then noise, buttons held for the first block of 64, and
for dspc once more with every block cut at a random point. The rule is that of Faust's own
suite: every sample within 2e-6 absolute, no frame and no channel missing.
"""

from __future__ import annotations

import functools
import json
import re
import shutil
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import steps
from .steps import StepError

FRAMES = 60_000
RATE = 44_100
SEED = 20_260_401
TOLERANCE = 2e-6
HARNESS = Path(__file__).parent / "harness"
FOREIGN_HEADERS = (Path("/usr/share/faust/sam"),)
"""Where Debian's package keeps C functions that some examples include."""

FAUST_SECONDS = 180
DSPC_SECONDS = 60
CXX_SECONDS = 300
RUN_SECONDS = 120

_FLAGS = ["-std=c++17", "-O1", "-DFAUSTFLOAT=double", "-w", "-pipe"]
_compilations = threading.Semaphore(2)
"""No more than two C++ compilers at once: one can take gigabytes."""


@dataclass
class Rendering:
    """What one compiler's program did.

    `samples` is [run][output][frame], run 0 the impulse and run 1 the noise; `ui` the calls that
    buildUserInterface made, in order; `split` the largest difference that cutting blocks made,
    its frame and its output.
    """

    inputs: int
    outputs: int
    ui: list[list[Any]]
    metadata: list[list[str]]
    split: tuple[float, int, int]
    samples: NDArray[np.float64]


@dataclass
class Comparison:
    """How two renderings differ; `problems` is empty when they agree."""

    largest: float = 0.0
    first_frame: int | None = None
    where: str = ""
    finite: bool = True
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.problems


def through_faust(program: Path, options: tuple[str, ...] = ()) -> Rendering:
    """Render `program` compiled by Faust. Raises StepError."""
    # Signed overflow is undefined in C++; Faust's generators (noise) rely on it wrapping.
    return _render(faust_code(program, options), program.parent, ["-fwrapv"], split=False)


def through_dspc(
    program: Path, options: tuple[str, ...] = (), flags: tuple[str, ...] = ()
) -> Rendering:
    """Render `program` compiled by dspc; `flags` are the C++ compiler's. Raises StepError."""
    return _render(dspc_code(program, options), program.parent, list(flags), split=True)


def through_exact_faust(program: Path) -> Rendering:
    """Render `program` compiled by Faust with `-quad` (64 bits of mantissa). Raises StepError."""
    code = steps.run("faust", ["faust", "-quad", str(program)], FAUST_SECONDS, program.parent)
    code = "typedef long double quad;\n" + code
    return _render(code, program.parent, ["-fwrapv"], split=False)


def through_faust_cut(program: Path, options: tuple[str, ...] = ()) -> Rendering:
    """The same with cut blocks, for checking the suite itself: Faust in the place of dspc."""
    return _render(faust_code(program, options), program.parent, ["-fwrapv"], split=True)


def faust_code(program: Path, options: tuple[str, ...] = ()) -> str:
    """Faust's C++ for `program`, or the error it gave, cached by everything it read."""
    key = steps.key_of("faust", _faust_version(), _sources(program), *options)
    known = steps.load(key + ".faust")
    if known is not None:
        code = known.decode()
        if code.startswith("!"):
            raise StepError("faust", code[1:])
        return code
    command = ["faust", "-t", str(FAUST_SECONDS), "-double", *options, str(program)]
    try:
        code = steps.run("faust", command, FAUST_SECONDS, program.parent)
    except StepError as error:
        # What a busy machine did not finish may end another time.
        if "no end within" not in error.message and "by signal" not in error.message:
            steps.store(key + ".faust", b"!" + error.message.encode())
        raise
    steps.store(key + ".faust", code.encode())
    return code


def dspc_code(program: Path, options: tuple[str, ...] = ()) -> str:
    """dspc's C++ for `program`, compiled afresh."""
    command = [*steps.dspc_command(), "-double", *options, str(program)]
    return steps.run("dspc", command, DSPC_SECONDS, program.parent)


@functools.cache
def _faust_version() -> str:
    said = steps.run("faust", ["faust", "--version"], 20).splitlines()[0]
    folder = Path(steps.run("faust", ["faust", "-dspdir"], 20).strip())
    libraries = sorted((p.name, p.stat().st_size) for p in folder.glob("*.lib"))
    return f"{said} {libraries}"


_IMPORTED = re.compile(r'"([^"\n]+\.(?:dsp|lib))"')


def _sources(program: Path) -> str:
    """The text of `program` and of the files that it names beside itself, for a key."""
    seen: dict[Path, str] = {}
    waiting = [program.resolve()]
    while waiting:
        path = waiting.pop()
        if path in seen or not path.is_file():
            continue
        seen[path] = path.read_text(errors="replace")
        for name in _IMPORTED.findall(seen[path]):
            waiting += [(path.parent / name).resolve(), (program.parent / name).resolve()]
    return program.name + "\0".join(seen.values())


@functools.cache
def _harness_text() -> str:
    return "".join(path.read_text() for path in sorted(HARNESS.iterdir()))


@functools.cache
def _main_object() -> Path:
    """The harness's own part, compiled once."""
    path = steps.cache_folder() / (steps.key_of(_harness_text()) + ".main.o")
    if not path.exists():
        with tempfile.TemporaryDirectory() as folder:
            object_file = Path(folder) / "main.o"
            command = [
                "g++",
                *_FLAGS,
                "-O2",
                "-c",
                str(HARNESS / "main.cpp"),
                "-o",
                str(object_file),
            ]
            steps.run("c++", command, CXX_SECONDS)
            steps.store(path.name, object_file.read_bytes())
    return path


_render_lock = threading.Lock()


def _render(code: str, include: Path, flags: list[str], split: bool) -> Rendering:
    with _render_lock:
        main_object = _main_object()
    # The opening comment may hold a date or a file's path, which change nothing.
    body = re.sub(r"\A\s*/\*.*?\*/", "", code, flags=re.DOTALL)
    key = steps.key_of(body, _harness_text(), str(include), str(split), *_FLAGS, *flags)
    described = steps.load(key + ".json")
    samples = steps.load(key + ".f64") if described is not None else None
    if described is None or samples is None:
        described, samples = _compile_and_run(code, include, flags, split, main_object)
        steps.store(key + ".f64", samples)
        steps.store(key + ".json", described)
    return _rendering(described, samples)


def _compile_and_run(
    code: str, include: Path, flags: list[str], split: bool, main_object: Path
) -> tuple[bytes, bytes]:
    with tempfile.TemporaryDirectory(prefix="dspc-conformance-") as name:
        folder = Path(name)
        source, program = folder / "program.cpp", folder / "program"
        source.write_text(f'#include "glue.h"\n{code}\n#include "factory.h"\n')
        folders = [HARNESS, include, *FOREIGN_HEADERS]
        command = ["g++", *_FLAGS, *flags, *(f"-I{path}" for path in folders)]
        with _compilations:
            steps.run(
                "c++", [*command, str(source), str(main_object), "-o", str(program)], CXX_SECONDS
            )
        samples, described = folder / "samples", folder / "described"
        numbers = [str(FRAMES), str(RATE), str(SEED), str(int(split))]
        steps.run("run", [str(program), str(samples), str(described), *numbers], RUN_SECONDS)
        return described.read_bytes(), samples.read_bytes()


def _rendering(described: bytes, samples: bytes) -> Rendering:
    facts = json.loads(described.decode(errors="replace"))
    frames = np.frombuffer(samples, np.float64).reshape(2, facts["outputs"], FRAMES)
    largest, frame, output = facts["split"]
    return Rendering(
        facts["inputs"],
        facts["outputs"],
        facts["ui"],
        facts["metadata"],
        (largest, frame, output),
        frames,
    )


def compare(
    ours: Rendering,
    faust: Rendering,
    tolerance: float = TOLERANCE,
    relative: float = 0.0,
    frames: int = FRAMES,
) -> Comparison:
    """Compare `ours` with `faust`: channels, samples, split blocks, user interface, metadata.

    A sample may differ by `tolerance`, or by `relative` times Faust's where that is more; only the
    first `frames` count.
    """
    result = Comparison(finite=bool(np.isfinite(faust.samples).all()))
    counts = (ours.inputs, ours.outputs)
    if counts != (faust.inputs, faust.outputs):
        result.problems.append(
            f"{counts[0]} inputs and {counts[1]} outputs, not {faust.inputs} and {faust.outputs}"
        )
        return result
    mine, theirs = ours.samples[:, :, :frames], faust.samples[:, :, :frames]
    with np.errstate(over="ignore"):
        allowed = np.maximum(tolerance, relative * np.abs(theirs)) if relative else tolerance
    _compare_samples(mine, theirs, allowed, result)
    if ours.split[0] > tolerance:
        result.problems.append(
            f"cut blocks differ by {ours.split[0]:.3g}, most at frame {ours.split[1]}"
            f" of output {ours.split[2]}"
        )
    if (problem := _ui_difference(ours.ui, faust.ui)) is not None:
        result.problems.append("user interface: " + problem)
    missing = {key for key, _ in faust.metadata} - {key for key, _ in ours.metadata}
    if missing - {"compile_options", "library_path"}:
        result.notes.append("metadata without " + ", ".join(sorted(missing)))
    return result


def _compare_samples(
    ours: NDArray[np.float64],
    faust: NDArray[np.float64],
    allowed: NDArray[np.float64] | float,
    result: Comparison,
) -> None:
    if ours.size == 0:
        return
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.abs(ours - faust)
    apart[(ours == faust) | (np.isnan(ours) & np.isnan(faust))] = 0.0
    apart[np.isnan(apart)] = np.inf
    result.largest = float(apart.max())
    wrong = apart > allowed
    if not wrong.any():
        return
    frames = wrong.any(axis=(0, 1))
    frame = int(frames.argmax())
    run, output = (int(index) for index in np.argwhere(wrong[:, :, frame])[0])
    result.first_frame = frame
    result.where = f"{('impulse', 'noise')[run]}, output {output}"
    result.problems.append(
        f"first differs at frame {frame} ({result.where}): {ours[run, output, frame]:.17g}"
        f" not {faust[run, output, frame]:.17g}; largest difference {result.largest:.3g};"
        f" {int(wrong.sum())} of {wrong.size} samples"
    )


_ADDRESS = re.compile(r"^0x[0-9a-f]+$")


def controls(events: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Each widget's kind, path, numbers and metadata, and each group's, in the order built."""
    result: list[tuple[Any, ...]] = []
    groups: list[str] = []
    declared: list[tuple[str, str]] = []
    for kind, label, *numbers in events:
        if kind == "declare":
            declared.append((label, str(numbers[0])))
        elif kind == "close":
            groups.pop()
        else:
            # Faust calls what has no label by an address in its memory, different in every run.
            label = _ADDRESS.sub("0x00", label)
            path = "/".join([*groups, label])
            result.append((kind, path, *numbers, tuple(sorted(declared))))
            declared = []
            if kind in ("tgroup", "hgroup", "vgroup"):
                groups.append(label)
    return result


def _ui_difference(ours: list[list[Any]], faust: list[list[Any]]) -> str | None:
    mine, theirs = controls(ours), controls(faust)
    for a, b in zip(mine, theirs, strict=False):
        if a != b:
            odd = [f"{x!r} not {y!r}" for x, y in zip(a[2:], b[2:], strict=False) if x != y]
            where = f"{a[0]} {a[1]!r}" if a[:2] == b[:2] else f"{a[:2]} not {b[:2]}"
            same_set = " (the same set)" if set(mine) == set(theirs) else ""
            return f"{where}: {', '.join(odd)}{same_set}"
    if len(mine) != len(theirs):
        extra = (mine if len(mine) > len(theirs) else theirs)[min(len(mine), len(theirs))]
        return f"{len(mine)} elements not {len(theirs)}: {extra}"
    return None


def have_tools() -> bool:
    """Whether Faust and a C++ compiler are installed."""
    return shutil.which("faust") is not None and shutil.which("g++") is not None
