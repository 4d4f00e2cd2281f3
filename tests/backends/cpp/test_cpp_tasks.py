"""Classes whose `compute` runs a graph of tasks (`-sch`), on one thread and on several."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from mem_programs import compiled, live, need_compiler
from xdsl.dialects.builtin import ModuleOp

import dspc
from dspc.backends.cpp.build import build_library
from dspc.backends.cpp.bundle import bundled
from dspc.backends.cpp.tasks import TASK_FLAGS
from dspc.options.compile_options import CompileOptions

pytestmark = pytest.mark.builds

DIAMOND = """
a = hslider("a", 0.5, 0, 1, 0.01);
process = _ <: (+ ~ *(a)), (+ ~ *(0.3)), @(100) :> _ <: sin, (+ ~ (@(40) : *(0.5)));
"""
WIDE = """
voice(i) = + ~ (@(61 + 13 * i) : *(0.9) : (+ ~ *(0.2 + 0.01 * i)) : *(0.5));
process = _ <: par(i, 9, voice(i)) :> *(0.1) <: _, (_ : vbargraph("level", 0, 1));
"""
TABLES = """
phase(f) = (+(f) ~ _) : int : &(255);
sine = rdtable(256, sin(float((+(1) ~ _) - 1) * 0.0245), _);
process = par(i, 4, rwtable(256, 0.0, phase(1 + i), sine(phase(3 + i)), phase(7)));
"""
PROGRAMS = {"diamond": DIAMOND, "wide": WIDE, "tables": TABLES}
BLOCKS = [1, 7, 64, 512, 33, 1, 1000, 128, 5]


@pytest.fixture(autouse=True)
def _share_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several threads run blocks of a single frame, too."""
    monkeypatch.setenv("DSPC_SHARE_ALL", "1")


def noise(inputs: int, frames: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-1, 1, (inputs, frames))


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("name", PROGRAMS)
def test_samples_are_those_of_one_loop(
    name: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_compiler()
    monkeypatch.setenv("DSPC_NUM_THREADS", str(threads))
    tasks = dspc.load(PROGRAMS[name], double=True, sch=True, vector_size=32).start(48000)
    plain = dspc.load(PROGRAMS[name], double=True).start(48000)
    assert any(op.name == "dsp_par.graph" for op in tasks_module(name).walk())
    for seed, frames in enumerate(BLOCKS * 4):
        x = noise(plain.inputs, frames, seed)
        assert np.abs(tasks.compute(x) - plain.compute(x)).max(initial=0) < 2e-6


def tasks_module(name: str) -> ModuleOp:
    return dspc.compile(PROGRAMS[name], sch=True, vector_size=32).module


def test_clones_have_their_own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    need_compiler()
    monkeypatch.setenv("DSPC_NUM_THREADS", "3")
    first = dspc.load(WIDE, double=True, sch=True).start(48000)
    plain = dspc.load(WIDE, double=True).start(48000)
    x, y = noise(1, 700, 1), noise(1, 700, 2)
    first.compute(x)
    plain.compute(x)
    twins = first.clone(), plain.clone()
    assert np.allclose(first.compute(x), plain.compute(x), atol=2e-6)
    assert np.allclose(twins[0].compute(y), twins[1].compute(y), atol=2e-6)
    del first
    assert np.allclose(twins[0].compute(x), twins[1].compute(x), atol=2e-6)


def test_libraries_with_a_class_of_one_name_share_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tables that were members of the class would be one for all libraries of a process."""
    need_compiler()
    monkeypatch.setenv("DSPC_NUM_THREADS", "2")
    for options in ((), ("-O0",)):
        for name in ("diamond", "wide"):
            code = compiled_text(name)
            library = build_library(code, (*options, *TASK_FLAGS))
            listed = subprocess.run(
                ["nm", library], capture_output=True, text=True, check=True
            ).stdout
            assert not [line for line in listed.splitlines() if line.split()[-2] == "u"]


def compiled_text(name: str) -> str:
    base = Path(dspc.__file__).parent / "backends" / "cpp"
    host = (base / "native_host.hpp").read_text()
    shim = (base / "native_shim.hpp").read_text()
    code = dspc.compile(PROGRAMS[name], sch=True, vector_size=32).code
    return f"#define FAUSTFLOAT float\n{host}\n{code}\n{shim}"


def test_the_file_needs_no_other() -> None:
    code = compiled_text("wide")
    assert '#include "dspc/' not in code
    assert bundled("dspc/scheduler.h", "own").count("class TaskPool {") == 1
    assert "static_assert(dspc_mydsp::isSound<" in code
    assert "namespace dspc {" not in code


@pytest.mark.parametrize(
    ("shape", "option", "name"),
    [("original", "-mem", "wide"), ("info6", "-mem", "tables"), ("info3", "-mem1", "wide")],
)
def test_memory_managers(
    name: str, shape: str, option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One thread: others are not the manager's to give.
    monkeypatch.setenv("DSPC_NUM_THREADS", "1")
    source = tmp_path / "program.dsp"
    source.write_text(PROGRAMS[name])
    assert live(source, shape, tmp_path, ("-std=c++17", "-pthread"), option, True) == "ok"


ALLOCATED = """
#include <cstdio>
#include "host.hpp"
#include "program.h"
int main()
{
    dspc::CountingAllocator counting(nullptr);
    {
        dspc::Instance<mydsp>* one = nullptr;
        if (!dspc::ok(dspc::createDSPInstance2<mydsp>(&counting, 48000, &one))) return 1;
        float row[100] = {1}, left[100], right[100];
        float* inputs[] = {row};
        float* outputs[] = {left, right};
        (*one)->compute(100, inputs, outputs);
        dspc::Instance<mydsp>* twin = nullptr;
        if (!dspc::ok(one->clone(&twin))) return 2;
        one->release();
        (*twin)->compute(100, inputs, outputs);
        for (float x : left) std::printf("%.5f ", x);
        twin->release();
    }
    return counting.isClean() ? 0 : 3;
}
"""


def test_allocators(tmp_path: Path) -> None:
    need_compiler()
    base = Path(dspc.__file__).parent / "backends" / "cpp"
    source = tmp_path / "program.dsp"
    source.write_text(WIDE)
    said: list[str] = []
    for sch in (True, False):
        (tmp_path / "program.h").write_text(
            compiled(source, CompileOptions(allocator_api=True, sch=sch))
        )
        (tmp_path / "host.hpp").write_text(
            "#define FAUSTFLOAT float\n" + (base / "native_host.hpp").read_text()
        )
        (tmp_path / "main.cpp").write_text(ALLOCATED)
        flags = ("-std=c++17", "-pthread", "-fsanitize=address,undefined", "-O1")
        command = ["g++", *flags, f"-I{tmp_path}", f"-I{base / 'runtime'}", tmp_path / "main.cpp"]
        subprocess.run([*command, "-o", tmp_path / "main"], check=True)
        done = subprocess.run([tmp_path / "main"], capture_output=True, text=True, check=True)
        said.append(done.stdout)
    ours, plain = (np.array([float(x) for x in text.split()]) for text in said)
    assert np.allclose(ours, plain, atol=2e-5)
