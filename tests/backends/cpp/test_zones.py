"""Arrays in zones: from a manager, from the host by type, and from the host by space."""

from __future__ import annotations

from pathlib import Path

import pytest
from mem_programs import BACKEND, HERE, SANITIZERS, SOURCES, live, need_compiler, run, write_source
from zone_programs import SECTIONS, printed, sizes_of, zones_live

from dspc.dialects.dsp_mem import BufferOp, Lifetime
from dspc.options.compile_options import CompileOptions

HOST = CompileOptions(host_zones=True)
SOME = ("reverb/freeverb.dsp", "generator/osc.dsp", "delayEcho/tapiir.dsp")


def board(folder: Path) -> str:
    """A machine on which arrays of any length lie in ddr or, where they fit, in l2 or msmc."""
    path = folder / "board.toml"
    path.write_text(BOARD)
    return str(path)


BOARD = """
title = "a board with memory of four kinds"
cores = 1
line = 64
staging = false
[copy]
setup = 100
[spaces.l2]
bytes = 4096
read = 1
write = 1
shared = false
persists = false
host_visible = false
allocators = ["local"]
[spaces.msmc]
bytes = 9000
read = 2
write = 2
shared = true
persists = true
host_visible = true
allocators = ["heap"]
[spaces.ddr]
bytes = 100000000
read = 50
write = 50
shared = true
persists = true
host_visible = true
allocators = ["heap", "manager"]
"""


@pytest.mark.parametrize("name", SOURCES)
def test_host_zones(tmp_path: Path, name: str) -> None:
    assert zones_live(write_source(name, tmp_path), HOST, tmp_path) == "ok"


@pytest.mark.parametrize("vec", [False, True])
def test_space_zones(tmp_path: Path, vec: bool) -> None:
    options = CompileOptions(machine=board(tmp_path), vec=vec)
    assert zones_live(write_source("generator_with_delay", tmp_path), options, tmp_path) == "ok"


@pytest.mark.sanitize
@pytest.mark.parametrize("name", [*SOURCES, *SOME])
def test_host_zones_under_sanitizers(tmp_path: Path, name: str) -> None:
    options = CompileOptions(host_zones=True, double=True)
    source = write_source(name, tmp_path)
    assert zones_live(source, options, tmp_path, ("-DGUARD=0", *SANITIZERS)) == "ok"


@pytest.mark.sanitize
@pytest.mark.parametrize("vec", [False, True])
@pytest.mark.parametrize(
    ("name", "pool"), [*((name, 1) for name in [*SOURCES, *SOME]), (SOME[0], 0), (SOME[0], 3)]
)
def test_space_zones_under_sanitizers(tmp_path: Path, name: str, pool: int, vec: bool) -> None:
    options = CompileOptions(machine=board(tmp_path), vec=vec, vector_size=48)
    source = write_source(name, tmp_path)
    flags = ("-DGUARD=0", f"-DDSPC_INSTANCES={pool}", *SECTIONS, *SANITIZERS)
    assert zones_live(source, options, tmp_path, flags) == "ok"


@pytest.mark.parametrize("shape", ["info3", "info6"])
def test_manager_zones(tmp_path: Path, shape: str) -> None:
    source = write_source("generator_with_delay", tmp_path)
    assert live(source, shape, tmp_path, option="-mem1") == "ok"


@pytest.mark.sanitize
@pytest.mark.parametrize("name", [*SOURCES, *SOME])
def test_manager_zones_under_sanitizers(tmp_path: Path, name: str) -> None:
    assert live(write_source(name, tmp_path), "info6", tmp_path, SANITIZERS, "-mem1") == "ok"


def test_two_blocks_for_all_arrays(tmp_path: Path) -> None:
    options = CompileOptions(manager_zones=True, manager_shape="info6")
    module, text = printed(write_source("generator_with_delay", tmp_path), options)
    assert text.count("fManager->allocate(") - text.count("fManager->allocate(sizeof(mydsp))") == 1
    # The generators' scratch costs nothing: delay lines lie there later. 500 + 50 numbers, and 256
    # in the first generator's delay, 64 in the second's.
    assert sizes_of(module).keys() == {"fZone"}
    assert "fManager->begin(2);" in text


def test_short_arrays_stay(tmp_path: Path) -> None:
    source = write_source("recorders", tmp_path)
    sizes = [
        sizes_of(printed(source, CompileOptions(host_zones=True, zone_threshold=n))[0])["fZone"]
        for n in (4, 20, 21)
    ]
    assert sizes == [480, 480, 400]


def test_arrays_that_are_all_short_are_members(tmp_path: Path) -> None:
    source = tmp_path / "short.dsp"
    source.write_text("process = + ~ (_ <: _, mem, @(2) :> *(0.3));")
    _, text = printed(source, CompileOptions(manager_zones=True, manager_shape="info6"))
    assert "fManager->begin(1);" in text
    assert text.count("fManager->allocate(") == text.count("fManager->allocate(sizeof(mydsp))")
    assert live(source, "info6", tmp_path, option="-mem1") == "ok"


def test_class_tables_lie_in_sections(tmp_path: Path) -> None:
    options = CompileOptions(machine=board(tmp_path), heap="ddr")
    source = write_source("waves", tmp_path)
    assert zones_live(source, options, tmp_path, ("-DDSPC_INSTANCES=2", *SECTIONS)) == "ok"
    assert "IN_SECTION(ddr" in (tmp_path / "places.h").read_text()


def heard_by_a_manager(source: Path, options: CompileOptions, folder: Path, *flags: str) -> str:
    need_compiler()
    (folder / "managed.h").write_text(printed(source, options)[1])
    executable = folder / "spaces"
    places = (f"-I{folder}", f"-I{BACKEND}", HERE / "managed" / "spaces.cpp")
    done = run("g++", "-std=c++11", "-O0", "-Wall", "-Werror", *flags, *places, "-o", executable)
    assert done.returncode == 0, done.stderr
    return run(executable).stdout


@pytest.mark.parametrize("option", ["manager", "manager_zones"])
def test_managers_receive_the_space_of_each_block(tmp_path: Path, option: str) -> None:
    options = CompileOptions(machine=board(tmp_path), manager_shape="info6", **{option: True})  # type: ignore
    source = write_source("near_and_far", tmp_path)
    lines = heard_by_a_manager(source, options, tmp_path, "-DLISTEN").splitlines()
    announced = [line.removeprefix("told ") for line in lines if line.startswith("told")]
    given = [line.removeprefix("given ") for line in lines if line.startswith("given")]
    assert lines[-1] == "ok"
    assert given[: len(announced)] == announced
    spaces = {line.split()[0] for line in announced}
    assert "untold" not in spaces
    # The board has room for the table nearby, and none for the delay line.
    assert {"any", "msmc", "ddr"} <= spaces
    # The twin has an object and arrays of its own, in the same spaces.
    module = printed(source, options)[0]
    shared = [op for op in module.body.block.ops if isinstance(op, BufferOp)]
    shared = [op for op in shared if op.lifetime.data == Lifetime.CLASS and op.type.get_shape()]
    own = announced if option == "manager_zones" else announced[len(shared) :]
    assert given[len(announced) :] == own


def test_plain_managers_work_with_placed_arrays(tmp_path: Path) -> None:
    options = CompileOptions(machine=board(tmp_path), manager=True, manager_shape="info6")
    source = write_source("near_and_far", tmp_path)
    lines = heard_by_a_manager(source, options, tmp_path).splitlines()
    assert lines[-1] == "ok"
    assert all("untold" in line for line in lines[:-1])
