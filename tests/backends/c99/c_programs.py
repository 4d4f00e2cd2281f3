"""Samples of programs in C99 and in C++, and the modes of the target c."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from tests.conformance.oracle import FOREIGN_HEADERS

HERE = Path(__file__).resolve().parent
BOARDS = HERE.parents[1] / "boards"
STRICT = ("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror")
FLAGS = ("-O1", "-ffp-contract=off")
MODES: dict[str, dict[str, Any]] = {"default": {}, "-vec": {"vec": True}}
"""In double precision."""
LIMIT = 2e-6
MORE_MODES: dict[str, dict[str, Any]] = {
    **MODES,
    "-scal": {"scalar": True},
    "-vec -lv 1 -vs 24": {"vec": True, "loop_variant": 1, "vector_size": 24},
    "-vec -dlt 0": {"vec": True, "delay_line_threshold": 0},
    "--machine cortex-m7": {"machine": "cortex-m7"},
    "--machine xtensa-lx7": {"machine": "xtensa-lx7"},
    "-single": {"double": False},
    "-single -vec": {"double": False, "vec": True},
    "-single --machine cortex-m7": {"double": False, "machine": "cortex-m7"},
}
SINGLE_LIMIT = 1e-4
"""Beside C++ in single precision, without lanes: other orders of additions in filters."""
TIMEOUT = 300


def rendered(command: list[str], folder: Path, real: str = "double") -> NDArray[np.float64]:
    """The samples of a program after it is compiled. Raises CalledProcessError."""
    run = {"check": True, "cwd": folder, "capture_output": True, "text": True, "timeout": TIMEOUT}
    subprocess.run([*command, "-lm", "-o", "program"], **run)
    subprocess.run([str(folder / "program")], **run)
    kind = np.float64 if real == "double" else np.float32
    return np.fromfile(folder / "samples.raw", kind).astype(np.float64)


def in_c(path: str, folder: Path, *flags: str, **settings: Any) -> NDArray[np.float64]:
    options = CompileOptions(**{"target": "c", "double": True, **settings})
    (folder / "program.h").write_text(compile_text(path, options, Clock()), encoding="utf-8")
    command = ["gcc", *STRICT, *FLAGS, f"-DFAUSTFLOAT={_real(options)}", *flags]
    command += [*_beside(path), '-DPROGRAM="program.h"', f"-I{folder}"]
    return rendered([*command, str(HERE / "render.c")], folder, _real(options))


def in_cpp(path: str, folder: Path, *flags: str, **settings: Any) -> NDArray[np.float64]:
    options = CompileOptions(**{"double": True, "lanes": 0, "scalar": True, **settings})
    code = compile_text(path, options, Clock())
    (folder / "cpp.h").write_text(code, encoding="utf-8")
    command = ["g++", *FLAGS, f"-DFAUSTFLOAT={_real(options)}", *flags, "-DCHANNELS=64"]
    command += [f"-I{BOARDS}", *_beside(path), f"-I{folder}", '-DPROGRAM="cpp.h"']
    return rendered([*command, str(BOARDS / "render.cpp")], folder, _real(options))


def _beside(path: str) -> list[str]:
    """Folders of the headers that examples include."""
    return [f"-I{folder}" for folder in (Path(path).parent, *FOREIGN_HEADERS)]


def _real(options: CompileOptions) -> str:
    return "double" if options.double else "float"


def difference(expected: NDArray[np.float64], actual: NDArray[np.float64]) -> float:
    if expected.shape != actual.shape:
        raise ValueError(f"{actual.size} samples of {expected.size}")
    same = (actual == expected) | (np.isnan(actual) & np.isnan(expected))
    apart = np.where(same, 0.0, np.abs(actual - expected))
    return float(apart.max(initial=0.0)) / max(1.0, float(np.abs(expected).max(initial=0.0)))


def limit(double: bool) -> float:
    """The largest difference from C++ that a mode may have."""
    return LIMIT if double else SINGLE_LIMIT
