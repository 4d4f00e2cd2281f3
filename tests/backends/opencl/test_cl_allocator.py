"""Allocators of another package give OpenCL C, LLVM and C++ code its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dspc.dialects.dsp_mem.machine import BUILT_IN
from tests.checkout import ROOT

pytestmark = pytest.mark.builds

ALLOCATORS = """
from dataclasses import replace

from dspc.dialects.dsp_mem.allocators.base import Allocator, array, pointer
from dspc.dialects.dsp_mem.spaces import Lifetime, Space


class Shelf(Allocator):
    "Memory of the space's heap, with a mark before it that release looks for."

    name = "shelf"
    languages = frozenset({"OpenCL C"})
    spaces = frozenset({Space.DDR, Space.MSMC})
    lifetimes = frozenset(Lifetime)
    can_free = True
    is_pointer = True
    includes = (
        "static inline DSPC_P(void) shelf_mark(DSPC_P(uint) p) "
        "{ if (!p) return p; p[0] = 0x5e1f5e1fu; return p + 4; }",
        "static inline DSPC_P(uint) shelf_unmark(DSPC_P(char) p) "
        "{ ((DSPC_P(uint))p)[-4] = 0u; return (DSPC_P(uint))p - 4; }",
    )

    def declare(self, piece):
        return pointer(piece)

    def acquire(self, piece):
        taken = f"__malloc_{piece.space.value}({piece.size} + 16u)"
        return piece.converted(f"shelf_mark((DSPC_P(uint)){taken})")

    def release(self, piece):
        return f"__free_{piece.space.value}(shelf_unmark({piece.name}))"


class Wide(Allocator):
    "Private arrays at multiples of 256 bytes."

    name = "wide"
    languages = frozenset({"OpenCL C", "C++"})
    spaces = frozenset({Space.STACK})
    lifetimes = frozenset({Lifetime.BLOCK})
    can_free = False
    includes = ("#define WIDE __attribute__((aligned(256)))",)

    def declare(self, piece):
        return f"{array(piece)} WIDE"


class Frame(Wide):
    name = "frame"
    languages = frozenset({"LLVM"})
    includes = ("; frames at multiples of 256 bytes",)

    def declare(self, piece):
        return array(replace(piece, alignment=256))


class Passing(Shelf):
    "What no kernel can keep: it declares an array, and acquires nothing."

    name = "passing"
    is_pointer = False

    def declare(self, piece):
        return array(piece)

    def acquire(self, piece):
        return ""

    def release(self, piece):
        return ""
"""
ENTRY_POINTS = """[dspc.allocators]
shelf = shelf:Shelf
wide = shelf:Wide
frame = shelf:Frame
passing = shelf:Passing
"""
PROGRAM = """
time = (+(1) ~ _) - 1;
table = rdtable(512, sin(6.2831853 * time / 512.0), int(512 * phase));
phase = (+(0.001) : \\(x).(x - floor(x))) ~ _;
clipped = (+ : min(1)) ~ *(0.5);
process = _ + table : clipped <: sin, @(3000) * 0.5, @(100) :> + ~ (@(700) : *(0.5));
"""
RUN = """
import sys
import numpy as np
from pathlib import Path
from dspc.api import open_processor
from dspc.options.loop_options import LoopOptions

modes = {"scal": {"scalar": True}, "vec": {"vec": True, "vector_size": 64}}
mode, machine = sys.argv[1:]
noise = np.random.default_rng(1).uniform(-0.5, 0.5, (1, 5000))
heard = []
for board in ("", machine):
    program = open_processor(
        "echo.dsp", "opencl", LoopOptions(machine=board, double=True, **modes[mode]),
        {"platform": "Portable Computing Language"},
    )
    instance = program.start(44100)
    heard.append(np.concatenate([instance.compute(noise[:, at : at + 500])
                                 for at in range(0, 5000, 500)], -1))
    kept = [np.frombuffer(heap.tobytes(), np.uint32) for heap in instance._memory.contents()[1:]]
    print(sum(int(np.count_nonzero(words == 0x5E1F5E1F)) for words in kept))
print(np.abs(heard[0] - heard[1]).max())
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH: an installed package with allocators, a program and a script."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "shelf.py").write_text(ALLOCATORS)
    about = folder / "shelf-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: shelf\nVersion: 1\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "echo.dsp").write_text(PROGRAM)
    (folder / "run.py").write_text(RUN)
    return folder


def board(package: Path, **allocators: str) -> str:
    """TI's 66AK2H, some of whose spaces an allocator of the package serves."""
    lines, space = [], ""
    for line in (BUILT_IN / "66ak2h.toml").read_text().splitlines():
        space = line[1:-1].removeprefix("spaces.") if line.startswith("[") else space
        if space in allocators and line.startswith("allocators"):
            line = f'allocators = ["{allocators[space]}"]'
        lines.append(line)
    path = package / f"{'_'.join(allocators.values())}.toml"
    path.write_text("\n".join(lines))
    return str(path)


def ran(package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{package}"},
    )


def compiled(package: Path, machine: str, target: str, *more: str) -> str:
    arguments = ("--machine", machine, "-lang", target, "echo.dsp")
    done = ran(package, "-m", "dspc", *more, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("mode", ["scal", "vec"])
def test_kernels_have_memory_of_it(package: Path, mode: str) -> None:
    """On PoCL: each array of an instance lies behind its mark, and the sound is the same."""
    machine = board(package, ddr="shelf", msmc="shelf", stack="wide")
    done = ran(package, "run.py", mode, machine)
    assert done.returncode == 0, done.stderr
    without, marks, difference = done.stdout.split()
    form = ("-scal",) if mode == "scal" else ("-vec", "-vs", "64")
    code = compiled(package, machine, "opencl", "-double", *form)
    assert int(without) == 0
    assert int(marks) == code.count("(shelf_mark((DSPC_P(uint))__malloc_") >= 3
    assert code.count("shelf_mark(") - 1 == code.count("shelf_unmark(") - 1
    assert ("] WIDE;" in code) == (mode == "vec")
    assert float(difference) == 0


@pytest.mark.parametrize(
    ("target", "allocator", "declared"),
    [
        ("cpp", "wide", "] WIDE;"),
        ("opencl", "wide", "] WIDE;"),
        ("llvm", "frame", "align 256"),
    ],
)
def test_scratch_is_declared_by_it(
    package: Path, target: str, allocator: str, declared: str
) -> None:
    """A C++ class took an array of its own, and nothing was said."""
    code = compiled(package, board(package, stack=allocator), target, "-vec", "-vs", "64")
    assert declared in code
    head = {"frame": "; frames at multiples", "wide": "#define WIDE"}[allocator]
    assert code.count(head) == 1
    assert code.index(head) < code.index(declared)


@pytest.mark.parametrize(
    ("target", "spaces", "reason"),
    [
        ("opencl", {"ddr": "passing", "msmc": "passing"}, "between kernels is acquired"),
        ("opencl", {"stack": "frame"}, "it can from heap, local, manager, stack, static"),
        ("llvm", {"ddr": "shelf", "msmc": "shelf"}, "it can from heap, local"),
        ("llvm", {"stack": "wide"}, "it can from heap, local"),
        ("cpp", {"ddr": "shelf", "msmc": "shelf"}, "it can from "),
    ],
)
def test_text_that_does_not_serve_is_refused(
    package: Path, target: str, spaces: dict[str, str], reason: str
) -> None:
    machine = board(package, **spaces)
    command = ("--machine", machine, "-lang", target, "-vec", "-vs", "64", "echo.dsp")
    done = ran(package, "-m", "dspc", *command)
    assert done.returncode == 1
    assert "error[E0704]" in done.stderr
    assert reason in done.stderr
    assert not done.stdout
