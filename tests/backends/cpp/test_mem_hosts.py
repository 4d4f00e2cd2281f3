"""Classes with a memory manager in hosts that make, copy and delete objects as others do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mem_programs import HERE, SANITIZERS, SHAPES, compiled, need_compiler, run

from dspc.options.compile_options import CompileOptions

pytestmark = pytest.mark.builds

DSP_H = Path("/usr/include/faust/dsp/dsp.h")
SIX = """enum MemType { kInt32, kInt32_ptr, kFloat, kFloat_ptr, kDouble, kDouble_ptr,
        kQuad, kQuad_ptr, kFixedPoint, kFixedPoint_ptr, kObj, kObj_ptr, kSound, kSound_ptr };
    virtual void info(const char*, MemType, size_t, size_t, size_t, size_t) {}
"""
VOICE = """
time = (+(1) ~ _) - 1;
phase(f) = (+(f / 48000.0) : \\(x).(x - floor(x))) ~ _;
sine(f) = rdtable(1024, sin(6.2831853 * time / 1024.0), int(1024 * phase(f)));
level = hslider("gain", 0.5, 0, 1, 0.01) * (button("gate") + 0.25) : *(0.01) : + ~ *(0.99);
process = sine(hslider("freq", 440, 20, 2000, 1)) * level : + ~ (@(700) : *(0.3)) <: _, @(90);
"""
OPTIONS = {
    "info3": {
        "original": CompileOptions(manager=True, manager_shape="original"),
        "info3": CompileOptions(manager=True, manager_shape="info3"),
        "zones3": CompileOptions(manager_zones=True, manager_shape="info3"),
    },
    "info6": {
        "info6": CompileOptions(manager=True, manager_shape="info6"),
        "vectors": CompileOptions(manager=True, manager_shape="info6", vec=True),
        "tasks": CompileOptions(manager=True, manager_shape="info6", sch=True),
        "zones6": CompileOptions(manager_zones=True, manager_shape="info6"),
    },
}
"""Classes by the manager in the headers; the oldest kind of class works with all."""


def headers(folder: Path, shape: str) -> None:
    """Faust's headers, with the manager of another version of Faust."""
    text = DSP_H.read_text()
    start = text.index("struct FAUST_API dsp_memory_manager {")
    begin = text.index("virtual void info(", start)
    end = text.index("}", begin) + 1
    if shape == "info6":
        text = f"{text[:begin]}{SIX}{text[end:]}"
    path = folder / "faust" / "dsp" / "dsp.h"
    path.parent.mkdir(parents=True)
    path.write_text(text)


@pytest.mark.skipif(not DSP_H.exists(), reason="Faust's headers are not installed")
@pytest.mark.parametrize("shape", OPTIONS)
def test_hosts_that_know_little_of_managers(shape: str, tmp_path: Path) -> None:
    need_compiler()
    source = tmp_path / "voice.dsp"
    source.write_text(VOICE)
    headers(tmp_path, shape)
    parts: list[str] = []
    calls: list[str] = []
    for name, options in OPTIONS[shape].items():
        managed = replace(options, file=str(source), class_name=name)
        plain = replace(
            managed,
            manager=False,
            manager_zones=False,
            manager_shape="auto",
            class_name=f"plain_{name}",
            # As with a manager: loops of other forms round otherwise.
            scalar=not (options.vec or options.sch),
        )
        parts += [f"{compiled(source, one)}\n#undef FAUSTCLASS" for one in (managed, plain)]
        calls.append(f"hosts<plain_{name}, {name}>({int(options.manager_zones)});")
    parts.append(f"static void run() {{ {' '.join(calls)} }}\n")
    (tmp_path / "classes.h").write_text("\n".join(parts))
    done = run(
        *("g++", "-std=c++17", "-O0", "-w", *SANITIZERS, f"-DSHAPE={SHAPES[shape]}"),
        *('-DCLASSES="classes.h"', f"-I{tmp_path}", "-pthread"),
        *(HERE / "managed" / "hosts.cpp", "-o", tmp_path / "hosts"),
    )
    assert done.returncode == 0, done.stderr
    ran = run(tmp_path / "hosts")
    assert (ran.stdout + ran.stderr).strip() == "ok"


OWL = Path("/usr/share/faust/owl.cpp")
PATCH = """
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include "faust/dsp/dsp.h"
#include "faust/gui/UI.h"
#include "faust/gui/meta.h"
%(code)s
%(manager)s
int main() {
    OwlMemoryManager manager;
    mydsp* program = new mydsp();
    mydsp::fManager = &manager;
    mydsp::classInit(48000);
    program->instanceInit(48000);
    FAUSTFLOAT left[64], right[64], *outputs[] = {left, right};
    float sum = 0;
    for (int block = 0; block < 20; ++block) {
        program->compute(64, nullptr, outputs);
        for (float sample : left) sum += sample * sample;
    }
    assert(sum > 0);
    delete program;
    mydsp::classDestroy();
}
"""


@pytest.mark.skipif(not OWL.exists(), reason="Faust's architecture files are not installed")
def test_the_manager_of_the_owl_in_its_order(tmp_path: Path) -> None:
    need_compiler()
    text = OWL.read_text(encoding="latin-1")
    start = text.index("struct OwlMemoryManager")
    manager = text[start : text.index("};", start) + 2]
    source = tmp_path / "voice.dsp"
    source.write_text(VOICE)
    code = compiled(source, CompileOptions(file=str(source), manager=True, manager_shape="info3"))
    (tmp_path / "patch.cpp").write_text(PATCH % {"code": code, "manager": manager})
    # Its `destroy` deletes memory of `new[]` by `delete`, which the sanitizer would report.
    flags = ("g++", "-std=c++17", "-O1", "-w", *SANITIZERS, tmp_path / "patch.cpp")
    assert run(*flags, "-o", tmp_path / "patch").returncode == 0
    done = run("env", "ASAN_OPTIONS=alloc_dealloc_mismatch=0", tmp_path / "patch")
    assert done.returncode == 0, done.stderr
