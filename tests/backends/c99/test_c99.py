"""C99: samples of C++, Faust's architecture files, one instance without malloc, refused options."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from c_programs import LIMIT, MODES, difference, in_c, in_cpp, rendered

from dspc.driver import Clock, compile_text
from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source
from tests.conformance.programs import EXAMPLES

SAMPLE = ("generator/osc.dsp", "physicalModeling/karplus.dsp", "dynamic/compressor.dsp")
MEMBERS = Source(
    "members.dsp",
    """
free = hslider("free", 0.5, 0, 1, 0.1); gamma = button("gamma"); y0 = nentry("max", 3, 0, 9, 1);
process = _ * free + gamma * sin(y0) + (+ ~ *(0.5)) + rwtable(64, 0.0, int(free * 63), _, int(y0))
    + int(_) * 1103515245 + min(3, int(y0)) : hbargraph("log", 0, 1);
""",
)
"""Widgets with names of functions of the C library; integers that wrap."""


@pytest.mark.parametrize("mode", sorted(MODES))
@pytest.mark.parametrize("name", SAMPLE)
def test_samples_of_cpp(name: str, mode: str, tmp_path: Path) -> None:
    path = str(EXAMPLES / name)
    assert difference(in_cpp(path, tmp_path), in_c(path, tmp_path, **MODES[mode])) <= LIMIT


@pytest.mark.parametrize("settings", [{}, {"vec": True}, {"scalar": True}], ids=str)
def test_names_of_the_c_library(settings: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "members.dsp"
    path.write_text(MEMBERS.text)
    samples = in_c(str(path), tmp_path, **settings)
    assert difference(in_cpp(str(path), tmp_path), samples) <= LIMIT


def test_instances_without_malloc(tmp_path: Path) -> None:
    path = str(EXAMPLES / SAMPLE[0])
    in_c(path, tmp_path)
    symbols = subprocess.run(
        ["nm", "-u", "program"], check=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert "alloc" not in symbols.stdout
    in_c(path, tmp_path, "-DDSPC_MALLOC")


@pytest.mark.slow
@pytest.mark.parametrize("vec", [False, True])
def test_an_architecture_file_of_faust(vec: bool, tmp_path: Path) -> None:
    options = CompileOptions(target="c", architecture="minimal.c", class_name="one", vec=vec)
    code = compile_text(str(EXAMPLES / "reverb" / "freeverb.dsp"), options, Clock())
    (tmp_path / "program.c").write_text(code)
    command = ["gcc", "-std=c99", "-Wall", "program.c", "-lm", "-o", "program"]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=120)
    subprocess.run([tmp_path / "program"], check=True, timeout=60, capture_output=True)


MANAGED = """
#include <stdio.h>
#include <stdlib.h>
#include "faust/gui/CInterface.h"
#include "program.h"
static int live;
static void* take(void* told, size_t size) { (void)told; ++live; return malloc(size); }
static void give(void* told, void* memory) { (void)told; --live; free(memory); }
int main(void)
{
    FILE* file = fopen("samples.raw", "wb");
    MemoryManagerGlue glue = {0, take, give};
    mydsp* none = newmydsp();
    mydspManager = &glue;
    mydsp* one = newmydsp();
    mydsp* two = newmydsp();
    initmydsp(one, 44100);
    initmydsp(two, 44100);
    const int taken = live;
    deletemydsp(one);
    deletemydsp(two);
    const double found[] = {none != 0, one != two, taken, live};
    fwrite(found, sizeof(double), 4, file);
    return fclose(file);
}
"""


def test_a_memory_manager(tmp_path: Path) -> None:
    """`-mem`: Faust's `MemoryManagerGlue` gives the struct of each instance."""
    options = CompileOptions(target="c", manager=True)
    code = compile_text(str(EXAMPLES / SAMPLE[1]), options, Clock())
    (tmp_path / "program.h").write_text(code)
    (tmp_path / "host.c").write_text(MANAGED)
    command = ["gcc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "host.c"]
    assert rendered(command, tmp_path).tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"omp": True}, "require the target cpp or opencl"),
        ({"sch": True}, "require the target cpp or opencl"),
        ({"machine": "daisy"}, "its memory in one struct"),
        ({"heap": "ddr"}, "its memory in one struct"),
        ({"manager_zones": True}, "-mem1 requires the target cpp"),
        ({"class_name": "dsp"}, "uses this name itself"),
        ({"class_name": "sin"}, "uses this name itself"),
    ],
)
def test_features_that_c_lacks_are_refused(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(DspcError, match=message) as caught:
        compile_text(MEMBERS, CompileOptions(target="c", **settings), Clock())
    assert caught.value.exit_status == 2


ZONES = (
    (("-DZONES=2",), {"host_zones": True}),
    (("-DZONES=2",), {"host_zones": True, "vec": True, "near_memory": 600}),
    (("-DZONES=3",), {"zone_parameters": True}),
    (
        ("-DZONES=3", "-DFRAME", "-DCONTROL"),
        {"zone_parameters": True, "one_sample": True, "external_control": True},
    ),
)
TABLES = """
time = (+(1) ~ _) - 1;
table = rdtable(256, sin(6.2831853 * time / 256.0), int(255 * abs(_)));
given = waveform{1, 2, 3, 4.5, 5}, (time % 5) : rdtable;
process(x) = table(x) + given + rwtable(64, 0.0, time % 64, x, (time + 9) % 64)
    + (x : @(300) : *(0.5)) + ((int(x * 99) : @(50)) : float) * hslider("g", 0.1, 0, 1, 0.1);
"""


@pytest.mark.parametrize(("flags", "settings"), ZONES, ids=str)
def test_zones_of_the_host(
    flags: tuple[str, ...], settings: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "tables.dsp"
    path.write_text(TABLES)
    samples = in_c(str(path), tmp_path, *flags, **settings)
    assert difference(in_cpp(str(path), tmp_path), samples) <= LIMIT


def test_zones_as_parameters_are_of_c(tmp_path: Path) -> None:
    options = CompileOptions(zone_parameters=True)
    with pytest.raises(DspcError, match="-mem3 requires the target c, not cpp"):
        compile_text(Source("a.dsp", "process = _;"), options, Clock())
