"""Several generated files in one program: in a host's namespaces, in one unit, as objects."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions

pytestmark = pytest.mark.builds

LANES = "lane(f) = + ~ (*(f) : max(-1.0) : min(1.0)); "
PROGRAM = f"""{LANES}
count = (+ (12345) ~ *(1103515245)) & 65535;
process(x) = par(i, 8, x * (i + 1) : lane(0.5 + i / 20.0)) :> _
           + rdtable(64, sin(count), count % 64) + (x : @(300) : *(0.25)) + float(int(x * 1e3) % 7);
"""
MODES = {
    "plain": CompileOptions(),
    "scalar": CompileOptions(scalar=True),
    "wide": CompileOptions(lanes=4),
    "chunks": CompileOptions(vec=True),
    "precise": CompileOptions(double=True),
    "zones": CompileOptions(host_zones=True),
    "placed": CompileOptions(machine="am572x"),
    "mixing": CompileOptions(compute_mix=True),
    "teams": CompileOptions(omp=True),
    "tasks": CompileOptions(sch=True, vector_size=32),
    "frames": CompileOptions(one_sample=True, external_control=True),
    "board": CompileOptions(machine="daisy"),
}
C_MODES = {
    "plain": CompileOptions(),
    "scalar": CompileOptions(scalar=True),
    "chunks": CompileOptions(vec=True),
    "precise": CompileOptions(double=True),
    "exact": CompileOptions(vec=True, delay_line_threshold=0),
    "spilled": CompileOptions(machine="xtensa-lx7"),
    "managed": CompileOptions(manager=True),
    "zones": CompileOptions(host_zones=True),
    "given": CompileOptions(zone_parameters=True),
    "frames": CompileOptions(one_sample=True, external_control=True),
}
HOST = """#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <new>
#include <thread>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/resource.h>
#include <unistd.h>
#include <xmmintrin.h>
#ifndef FAUSTFLOAT
#define FAUSTFLOAT float
#endif
#ifndef HOST
#define HOST
struct Meta { void declare(const char*, const char*) {} };
struct UI { void openVerticalBox(const char*) {} void closeBox() {} };
struct dsp { virtual ~dsp() {} };
template <class D> void prepare(D&) {}
template <class D> void heard(const char* name)
{
	static float x[500], y[500];
	float *in[] = {x}, *out[] = {y};
	for (int i = 0; i < 500; ++i) { x[i] = float(i * 7 % 11) / 11; y[i] = 0; }
	static D one;
	prepare(one);
	one.init(48000);
	one.compute(500, in, out);
	double sum = 0;
	for (float each : y) sum += each * each;
	std::printf("%s %.6g\\n", name, sum);
}
#endif
"""

C_HOST = """#include <stdio.h>
#include <stdlib.h>
#include "faust/gui/CInterface.h"
"""
C_CALL = """
void heard_{name}(void)
{{
	static float x[500], y[500];
	float *in[] = {{x}}, *out[] = {{y}};
	double sum = 0;
	{memory}
	{cn}* one = new{cn}({create});
	for (int i = 0; i < 500; ++i) {{ x[i] = (float)(i * 7 % 11) / 11; y[i] = 0; }}
	init{cn}(one, 48000{zones});
	compute{cn}(one, 500, in, out{samples});
	for (int i = 0; i < 500; ++i) sum += y[i] * y[i];
	printf("{name} %.6g\\n", sum);
}}
"""
C_MANAGER = """static void* take(void* told, size_t size) { (void)told; return malloc(size); }
static MemoryManagerGlue glue = {0, take, 0};
"""


def files(folder: Path) -> dict[tuple[str, bool], str]:
    """The text of the class of each mode, with and without a namespace of its own."""
    source = folder / "p.dsp"
    source.write_text(PROGRAM)
    texts: dict[tuple[str, bool], str] = {}
    for (name, options), is_named in product(MODES.items(), (False, True)):
        namespace = f"own_{name}" if is_named else None
        # All classes have one name where a namespace distinguishes them.
        chosen = replace(
            options, file=str(source), class_name="mydsp" if is_named else name, namespace=namespace
        )
        texts[name, is_named] = compile_text(str(source), chosen, Clock())
    return texts


def apart(folder: Path) -> dict[str, str]:
    """Classes for objects of their own: one that two objects have is the same in both in C++."""
    source = str(folder / "p.dsp")
    return {
        name: compile_text(source, replace(options, class_name=f"apart_{name}"), Clock())
        for name, options in MODES.items()
    }


def zones(where: str, kind: str) -> str:
    """What gives an instance with zones its memory."""
    return (
        f"template <> void prepare({where}& one) {{ static int i[{where}::kIntZone + 1];\n"
        f"static {kind} f[{where}::kRealZone + 1]; one.setMemory(i, f); }}\n"
    )


def in_c(source: str, mode: str, class_name: str) -> str:
    """A C file with a class, and a function that plays it."""
    options = replace(C_MODES[mode], target="c", class_name=class_name)
    memory, create, zones, samples, before = "", "", "", "", ""
    if mode in ("zones", "given"):
        memory = f"static int i[{class_name}_I]; static float f[{class_name}_F];"
        sizes = f"{class_name}_I = FAUST_INT_ZONE + 1, {class_name}_F = FAUST_FLOAT_ZONE + 1"
        before = f"enum {{ {sizes} }};\n#undef FAUST_INT_ZONE\n#undef FAUST_FLOAT_ZONE\n"
        create, zones = ("0, 0, i, f", "") if mode == "zones" else ("", ", i, f")
        samples = zones and f", 0, 0{zones}"
    if mode == "managed":
        before, memory = C_MANAGER, f"{class_name}Manager = &glue;"
    names = {"name": class_name, "cn": class_name, "memory": memory, "create": create}
    call = C_CALL.format(**names, zones=zones, samples=samples)
    return compile_text(source, options, Clock()) + before + call


def built(folder: Path, parts: list[str], flags: tuple[str, ...]) -> list[str]:
    """The lines that a program of several units prints."""
    names: list[str] = []
    for number, text in enumerate(parts):
        (folder / f"u{number}.cpp").write_text(text)
        names.append(f"u{number}.cpp")
    command = [flags[0], "-std=c++17", "-O0", "-w", *flags[1:], *names, "-o", "many"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:3000]
    ran = subprocess.run([folder / "many"], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


@pytest.mark.parametrize("flags", [("g++",), ("clang++",)])
def test_all_files_are_together_in_a_program(flags: tuple[str, ...], tmp_path: Path) -> None:
    """Each pair is in one unit, in two namespaces of the host, and in two objects at once."""
    if shutil.which(flags[0]) is None:
        pytest.skip(f"{flags[0]} is not installed")
    texts = files(tmp_path)
    calls: list[str] = []
    inside, alone = [HOST], []
    for (name, is_named), text in texts.items():
        for where in ("", "first", "second"):
            # A guard serves one inclusion; hosts that include a file twice take it away.
            guard = f"own_{name}_mydsp" if is_named else name
            again = f"#undef FAUSTCLASS\n#undef __{guard}_H__\n"
            wrapped = f"namespace {where} {{\n{text}\n}}\n" if where else f"{text}\n"
            own = f"own_{name}::mydsp" if is_named else name
            full = f"{where}::{own}" if where else own
            inside.append(f"{wrapped}{again}")
            if name == "zones":
                inside.append(zones(full, "float"))
            calls.append(f'heard<{full}>("{name}");')
    for name, text in apart(tmp_path).items():
        given = zones(f"apart_{name}", "float") if name == "zones" else ""
        call = f'heard<apart_{name}>("{name}");'
        alone.append(f"{HOST}{text}\n{given}void other_{name}() {{ {call} }}\n")
    inside += [f"void other_{name}();" for name in MODES]
    calls += [f"other_{name}();" for name in MODES]
    inside.append(f"int main() {{ {' '.join(calls)} }}\n")
    lines = built(tmp_path, ["\n".join(inside), *alone], flags)
    assert len(lines) == len(calls)
    values = {float(line.split()[1]) for line in lines}
    assert max(values) - min(values) <= 1e-4 * max(values)
    assert min(values) > 1.0


@pytest.mark.parametrize("compilers", [("gcc", "g++"), ("clang", "clang++")])
def test_c_files_are_together_in_a_program(compilers: tuple[str, str], tmp_path: Path) -> None:
    """Each pair of C files is in one unit and in two objects at once, beside classes of C++."""
    if shutil.which(compilers[0]) is None:
        pytest.skip(f"{compilers[0]} is not installed")
    files(tmp_path)
    source = str(tmp_path / "p.dsp")
    units = {"all": C_HOST}
    for mode in C_MODES:
        together = in_c(source, mode, f"one_{mode}")
        units["all"] += together
        units[mode] = C_HOST + in_c(source, mode, f"apart_{mode}")
    strict = ("-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-Wno-unused-function")
    objects: list[str] = []
    for name, text in units.items():
        (tmp_path / f"{name}.c").write_text(text)
        command = [compilers[0], *strict, "-O0", "-c", f"{name}.c", "-o", f"{name}.o"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[:3000]
        objects.append(f"{name}.o")
    names = [f"{where}_{mode}" for mode in C_MODES for where in ("one", "apart")]
    host = HOST + compile_text(source, CompileOptions(class_name="plain"), Clock())
    host += "".join(f'\nextern "C" void heard_{name}(void);' for name in names)
    calls = [*(f"heard_{name}();" for name in names), 'heard<plain>("plain");']
    host += f"\nint main() {{ {' '.join(calls)} }}\n"
    lines = built(tmp_path, [host], (compilers[1], *objects))
    assert len(lines) == len(names) + 1
    values = {float(line.split()[1]) for line in lines}
    assert max(values) - min(values) <= 1e-4 * max(values)
    assert min(values) > 1.0
