"""Teams of threads as OpenMP code: correct with OpenMP and without, and free of data races."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import dspc.backends.cpp
from dspc.backends.cpp.native import NativeInstance
from dspc.backends.cpp.printer import print_cpp

sys.path.insert(0, str(Path(__file__).parent.parent))
from thread_programs import MODES, PROGRAMS, compiled, played

from dspc.options.loop_options import LoopOptions

pytestmark = pytest.mark.builds

HOST = Path(dspc.backends.cpp.__file__).parent
MAIN = Path(__file__).parent / "programs" / "team_main.cpp"
COMPILERS = ("g++", "clang++")
BLOCKS = (1, 7, 64, 33, 128)
OMP = [mode for mode in MODES if mode.startswith("omp")]
# Threads that wait give way: more of them than processors would else spin against each other.
PASSIVE = {"OMP_WAIT_POLICY": "passive", "KMP_BLOCKTIME": "0", "GOMP_SPINCOUNT": "0"}
os.environ.update(PASSIVE, OMP_NUM_THREADS="3")
# gcc's libgomp does not annotate its barriers for ThreadSanitizer; clang's library does.
WATCHED = ("-g", "-O2", "-fsanitize=thread", "-DDSPC_PLAIN_VECTORS")
"""The sanitizer sees no accesses of more than 16 bytes: vectors are arrays, taken apart by -O2."""
TSAN = {"TSAN_OPTIONS": "ignore_noninstrumented_modules=1 exitcode=66"}


def build(code: str, folder: Path, compiler: str, *flags: str) -> Path:
    """The program `team_main` around a class; skips where the compiler or its OpenMP is absent."""
    if shutil.which(compiler) is None:
        pytest.skip(f"{compiler} is not installed")
    (folder / "generated.h").write_text(code)
    executable = folder / "program"
    common = ["-std=c++17", "-O1", f"-I{folder}", f"-I{HOST}"]
    done = subprocess.run(
        [compiler, *common, *flags, str(MAIN), "-o", str(executable)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "-fopenmp" in flags and re.search(r"cannot find.*omp|omp\.h", done.stderr):
        pytest.skip(f"{compiler} has no OpenMP library")
    assert done.returncode == 0, done.stderr
    return executable


def rendered(
    program: Path, threads: int, place: str = "apart", rounds: int = 3, **more: str
) -> np.ndarray:
    """The program's samples with a number of threads; fails if its exit status is not 0."""
    command = [str(program), place, str(rounds), *map(str, BLOCKS)]
    environment = {**os.environ, "OMP_NUM_THREADS": str(threads), **more}
    done = subprocess.run(command, capture_output=True, timeout=300, env=environment, check=False)
    assert done.returncode == 0, done.stderr.decode()[-4000:]
    return np.frombuffer(done.stdout)


def code_of(name: str, mode: str | None = None) -> str:
    return print_cpp(compiled(PROGRAMS[name], MODES[mode] if mode else None))


def directives(code: str) -> list[str]:
    return re.findall(r"#pragma omp (\w+)", code)


def test_two_filters_and_an_adder() -> None:
    """As in Faust's manual: two sections, then the adder, split over the team."""
    code = code_of("two filters", "omp")
    assert directives(code) == ["parallel", "sections", "section", "section", "for"]
    assert "single" in directives(code_of("filter after filters", "omp"))
    assert re.search(r"#pragma omp parallel firstprivate\(count, input0, input1, output0[,)]", code)


def test_scalars_computed_before_are_private() -> None:
    code = code_of("controls", "omp")
    (copied,) = re.findall(r"firstprivate\((.*?)\)", code)
    body = code[code.index("#pragma omp parallel") :]
    before = code[code.index("void compute") : code.index("#pragma omp parallel")]
    names = re.findall(r"const double (\w+) = ", before)
    used = [name for name in names if re.search(rf"\b{name}\b", body.partition("\n")[2])]
    assert used
    assert set(used) <= set(copied.split(", "))
    assert not re.search(r"\w+_block", copied), "rows that threads share"


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("flag", ["-fopenmp", "-fno-openmp"])
@pytest.mark.parametrize("name", ["reverbs", "short and long", "meters", "inputs past outputs"])
def test_same_samples(name: str, flag: str, compiler: str, tmp_path: Path) -> None:
    expected = rendered(build(code_of(name), tmp_path, "g++"), 1)
    for mode in OMP if flag == "-fopenmp" else OMP[:1]:
        program = build(code_of(name, mode), tmp_path, compiler, flag)
        for threads in (1, 2, 4) if flag == "-fopenmp" else (1,):
            for place in ("apart", "in-place"):
                samples = rendered(program, threads, place)
                np.testing.assert_allclose(samples, expected, rtol=0, atol=2e-6, err_msg=mode)


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_in_this_process(name: str) -> None:
    expected = played(NativeInstance(compiled(PROGRAMS[name]), flags=("-O1",)))
    for mode in OMP:
        samples = played(NativeInstance(compiled(PROGRAMS[name], MODES[mode]), flags=("-O1",)))
        np.testing.assert_allclose(samples, expected, rtol=0, atol=2e-6, err_msg=mode)


@pytest.mark.parametrize("compiler", COMPILERS)
def test_without_openmp_no_directive_is_seen(compiler: str, tmp_path: Path) -> None:
    strict = ("-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter")
    if compiler == "clang++":
        strict = (*strict, "-Wsource-uses-openmp")
    build(code_of("filter after filters", "omp"), tmp_path, compiler, *strict)
    # Clang knows no place in the source for what OpenMP runs, and so heeds no pragma there.
    more = ("-Wno-pass-failed", "-fopenmp") if compiler == "clang++" else ("-fopenmp",)
    build(code_of("filter after filters", "omp"), tmp_path, compiler, *strict, *more)


@pytest.mark.parametrize("level", ["-O1", "-O3"])
def test_clang_does_not_warn_of_free_loops_that_it_cannot_vectorise(
    level: str, tmp_path: Path
) -> None:
    """It has no `fmod` of vectors; it still warns of the host's own loops."""
    code = print_cpp(compiled("process = fmod(_, 0.3) : +(0.1);", LoopOptions(vec=True)))
    strict = ("-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter", level)
    build(code, tmp_path, "clang++", *strict)
    source = tmp_path / "host.cpp"
    loop = "for (int i = 0; i < n; ++i) x[i] = fmod(x[i], 0.3);"
    pragma = "#pragma clang loop vectorize(assume_safety)"
    source.write_text(f"{code}\nvoid f(double* x, int n) {{\n{pragma}\n{loop}\n}}\n")
    command = [
        "clang++",
        *strict,
        "-DFAUSTFLOAT=double",
        f"-I{HOST}",
        "-include",
        "native_host.hpp",
        "-c",
    ]
    done = subprocess.run(
        [*command, str(source), "-o", str(tmp_path / "host.o")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pass-failed" in done.stderr


# Races


def sanitized(code: str, folder: Path, *places: str) -> str:
    """The reports of ThreadSanitizer for a class; empty if there are none."""
    program = build(code, folder, "clang++", "-fopenmp", *WATCHED, "-w")
    errors = ""
    for place in places:
        command = [str(program), place, "5", *map(str, BLOCKS)]
        environment = {**os.environ, **TSAN, "OMP_NUM_THREADS": "4"}
        done = subprocess.run(
            command, capture_output=True, timeout=300, env=environment, check=False
        )
        assert done.returncode in (0, 66), done.stderr.decode()[-4000:]
        errors += done.stderr.decode() if done.returncode else ""
    return errors


@pytest.mark.sanitize
@pytest.mark.parametrize("name", PROGRAMS)
def test_no_races(name: str, tmp_path: Path) -> None:
    assert not sanitized(code_of(name, "omp -pl"), tmp_path, "apart", "in-place")


PLANTED = (
    ("omp sections", "omp sections nowait"),
    ("omp for simd schedule(static)", "omp for simd schedule(static) nowait"),
    ("omp single", 'message "all threads run this"'),
)


@pytest.mark.sanitize
@pytest.mark.parametrize(("directive", "broken"), PLANTED)
def test_a_missing_directive_is_detected(directive: str, broken: str, tmp_path: Path) -> None:
    """Faust's own mistake is of this kind: its `single` ends before what belongs to it."""
    code = code_of("filter after filters", "omp")
    planted = code.replace(f"#pragma {directive}\n", f"#pragma {broken}\n")
    assert planted != code
    assert "data race" in sanitized(planted, tmp_path, "apart", "apart", "apart")
