"""The allocator of docs/allocators.md, in another package, gives a C++ class its memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT

PAGE = (ROOT / "docs" / "allocators.md").read_text()
ALLOCATOR = PAGE.partition("```python\n")[2].partition("```")[0]
OTHERS = """

class Broken:
    name = "broken"


class Abstract(Allocator):
    name = "abstract"
"""
ENTRY_POINTS = """[dspc.allocators]
arena = arena:ArenaAllocator
missing = no_such_module:Allocator
broken = arena:Broken
abstract = arena:Abstract
static = arena:ArenaAllocator
"""
MACHINE = """
title = "a board with an arena"
cores = 1
line = 32
staging = false

[copy]
setup = 100

[spaces.ddr]
bytes = 67108864
read = 8
write = 8
shared = true
persists = true
host_visible = true
allocators = ["arena"]
"""
PROGRAM = """
time = (+(1) ~ _) - 1;
table = rdtable(4096, sin(6.2831853 * time / 4096.0), int(4096 * phase));
given = waveform{0.5, 0.25, -0.5, 1.0}, (time % 4) : rdtable;
phase = (+(0.001) : \\(x).(x - floor(x))) ~ _;
process = _ + table * given <: _, @(3000) * 0.5, @(100) :> + ~ (@(700) : *(0.5));
"""
HOST = """
#include <cstdio>
#include <cstdlib>
#include <cstring>

static unsigned char arena[1 << 20];
static unsigned long used = 0, live = 0, limit = sizeof arena;
void* arena_take(unsigned long size)
{
	unsigned long start = used;
	if (start + size > limit) return nullptr;
	used = (start + size + 15) / 16 * 16;
	++live;
	std::memset(arena + start, 0x55, size);
	return arena + start;
}
void arena_give(void* memory)
{
	if (memory < arena || memory >= arena + used) std::abort();
	--live;
}
"""
MAIN = """
int main(int count, char**)
{
	float in[512], out[512];
	float *inputs[] = {in}, *outputs[] = {out};
	unsigned long before = 0;
	{
		mydsp first, second;
		first.init(48000);
		second.init(48000);
		mydsp* third = first.clone();
		third->init(48000);
		mydsp* all[] = {&first, third, &second};
		for (mydsp* one : all) {
			for (int block = 0; block < 9; ++block) {
				for (int i = 0; i < 512; ++i) in[i] = i % 7 * 0.25f - block;
				before = used;
				one->compute(512, inputs, outputs);
				if (used != before) return 2;
				if (one == &second) for (float y : out) std::printf("%.9g\\n", y);
			}
		}
		std::fprintf(stderr, "%lu %lu %d ", live, used, int(sizeof first));
		delete third;
	}
	std::fprintf(stderr, "%lu ", live);
	limit = used + 100;
	try { mydsp last; last.init(48000); std::fprintf(stderr, "went on"); }
	catch (...) { std::fprintf(stderr, "thrown"); }
	std::fprintf(stderr, " %lu\\n", live);
}
"""
needs_gcc = pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH: an installed package with an allocator and three broken ones."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "arena.py").write_text(ALLOCATOR + OTHERS)
    about = folder / "arena-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: arena\nVersion: 1\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    (folder / "board.toml").write_text(MACHINE)
    (folder / "echo.dsp").write_text(PROGRAM)
    return folder


def dspc(package: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dspc", "echo.dsp", *arguments],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{package}"},
    )


def played(package: Path, *arguments: str) -> tuple[str, list[str]]:
    """The samples of the class that options make, and the host's statistics of the arena."""
    done = dspc(package, *arguments)
    assert done.returncode == 0, done.stderr
    base = (ROOT / "dspc" / "backends" / "cpp" / "native_host.hpp").read_text()
    text = "\n".join(["#define FAUSTFLOAT float", base, HOST, done.stdout, MAIN])
    (package / "host.cpp").write_text(text)
    flags = ["-O1", "-w", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    built = subprocess.run(
        ["g++", *flags, "-std=c++17", "-pthread", "host.cpp", "-o", "host"],
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    ran = subprocess.run([package / "host"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout, ran.stderr.split()


@pytest.mark.builds
@needs_gcc
@pytest.mark.parametrize("mode", ["-scal", "-vec", "-sch"])
def test_memory_is_of_the_arena(package: Path, mode: str) -> None:
    own, (live, used, size, *_) = played(package, mode)
    assert (live, used) == ("0", "0")
    printed, (live, used, small, retained, exhausted, leaked) = played(
        package, mode, "--machine", "board.toml"
    )
    assert printed == own
    assert len(printed.splitlines()) == 9 * 512
    # Three instances with a line of 4096 and of 1024 places each, and a table that all share.
    assert int(live) > 6
    assert int(used) > 3 * 4 * (4096 + 1024) + 4 * 4096
    assert int(small) < int(size) - 4 * 4096
    # Destructors give back all but the tables; memory that there is not is an exception.
    assert 0 < int(retained) < 4
    assert (exhausted, leaked) == ("thrown", retained)


def test_a_manager_takes_its_place(package: Path) -> None:
    done = dspc(package, "--machine", "board.toml", "-mem", "--mem-api", "info6")
    assert done.returncode == 0, done.stderr
    assert "arena_take" not in done.stdout
    assert 'fSpaces->space("ddr")' in done.stdout


@pytest.mark.parametrize("target", ["opencl", "llvm"])
def test_other_languages_refuse_it(package: Path, target: str) -> None:
    done = dspc(package, "--machine", "board.toml", "--target", target)
    assert done.returncode == 1
    assert "error[E0704]" in done.stderr
    assert "from the allocator arena" in done.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "the allocator missing cannot be loaded: No module named 'no_such_module'"),
        ("broken", "the allocator broken cannot be loaded: arena:Broken is no such class"),
        (
            "abstract",
            "the allocator abstract cannot be loaded: it lacks languages, spaces, ",
        ),
        ("absent", "no allocator is called absent; there are static, "),
        ("static", "the allocator static does not serve ddr"),
    ],
)
def test_broken_allocators_are_reported(package: Path, name: str, message: str) -> None:
    (package / f"{name}.toml").write_text(MACHINE.replace('"arena"', f'"{name}"'))
    done = dspc(package, "--machine", f"{name}.toml")
    assert done.returncode == 2
    assert "error[E0602]" in done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
