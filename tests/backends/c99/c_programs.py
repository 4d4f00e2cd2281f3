"""Programs in C99 beside C++: `c_programs.py [PART...]` compares all of Faust's examples.

Prints, for each example and mode, the largest difference of samples in double precision, relative
to the peak where that is above 1, or what a compiler said; ends with 1 if one is above 2e-6.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dspc.diagnostics import DspcError
from dspc.driver import Clock, compile_text
from dspc.options import CompileOptions
from tests.conformance.programs import EXAMPLES

HERE = Path(__file__).resolve().parent
BOARDS = HERE.parents[1] / "boards"
STRICT = ("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror")
FLAGS = ("-O1", "-ffp-contract=off", "-DFAUSTFLOAT=double")
MODES: dict[str, dict[str, Any]] = {"default": {}, "-vec": {"vec": True}}
LIMIT = 2e-6
TIMEOUT = 300


def rendered(command: list[str], folder: Path) -> NDArray[np.float64]:
    """The samples of a program after it is compiled. Raises CalledProcessError."""
    run = {"check": True, "cwd": folder, "capture_output": True, "text": True, "timeout": TIMEOUT}
    subprocess.run([*command, "-lm", "-o", "program"], **run)
    subprocess.run([str(folder / "program")], **run)
    return np.fromfile(folder / "samples.raw", np.float64)


def in_c(path: str, folder: Path, *flags: str, **settings: Any) -> NDArray[np.float64]:
    options = CompileOptions(target="c", double=True, **settings)
    (folder / "program.h").write_text(compile_text(path, options, Clock()), encoding="utf-8")
    command = ["gcc", *STRICT, *FLAGS, *flags, f"-I{Path(path).parent}", '-DPROGRAM="program.h"']
    return rendered([*command, f"-I{folder}", str(HERE / "render.c")], folder)


def in_cpp(path: str, folder: Path, *flags: str, **settings: Any) -> NDArray[np.float64]:
    options = CompileOptions(double=True, lanes=0, scalar=True, **settings)
    code = compile_text(path, options, Clock())
    (folder / "cpp.h").write_text(code, encoding="utf-8")
    command = ["g++", *FLAGS, *flags, "-DCHANNELS=64", f"-I{BOARDS}", f"-I{Path(path).parent}"]
    return rendered(
        [*command, f"-I{folder}", '-DPROGRAM="cpp.h"', str(BOARDS / "render.cpp")], folder
    )


def difference(expected: NDArray[np.float64], actual: NDArray[np.float64]) -> float:
    if expected.shape != actual.shape:
        raise ValueError(f"{actual.size} samples of {expected.size}")
    same = (actual == expected) | (np.isnan(actual) & np.isnan(expected))
    apart = np.where(same, 0.0, np.abs(actual - expected))
    return float(apart.max(initial=0.0)) / max(1.0, float(np.abs(expected).max(initial=0.0)))


def main() -> None:
    is_bad = False
    for path in sorted(EXAMPLES.rglob("*.dsp")):
        name = str(path.relative_to(EXAMPLES))
        if sys.argv[1:] and not any(part in name for part in sys.argv[1:]):
            continue
        with tempfile.TemporaryDirectory() as folder:
            try:
                expected = in_cpp(str(path), Path(folder))
            except (DspcError, subprocess.CalledProcessError) as error:
                print(
                    f"{name}: C++: {str(getattr(error, 'stderr', '') or error)[:200]!r}", flush=True
                )
                continue
            for mode, settings in MODES.items():
                try:
                    deviation = difference(expected, in_c(str(path), Path(folder), **settings))
                    is_bad |= not deviation <= LIMIT
                    outcome = f"{deviation:.2g}"
                except (DspcError, subprocess.CalledProcessError) as error:
                    is_bad = True
                    outcome = repr(str(getattr(error, "stderr", "") or error)[:600])
                print(f"{name} {mode}: {outcome}", flush=True)
    sys.exit(is_bad)


if __name__ == "__main__":
    main()
