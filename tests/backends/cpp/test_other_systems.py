"""Generated C++ as MSVC and Apple's compiler see it: checked by clang, with stubs for headers.

The headers are this system's C++ library, and stubs where its headers are of its own system:
intrinsics of MSVC, threads, Apple's dispatch library. `__clang__` is undefined for MSVC, so that
the code takes the branches of a compiler without vector types.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions

PROGRAM = """
voice(i, x) = x * (i + 1) : (+ ~ (*(0.5 + i / 20.0) : max(-1.0) : min(1.0)));
count = (+ (12345) ~ *(1103515245)) & 65535;
process(x) = par(i, 8, voice(i, x)) :> _ , (int(x * 1000) % 7 : float), pow(10.0, x),
    rdtable(64, sin(count), count % 64), (x : @(300) : *(hslider("g", 0, 0, 1, 0.1))), rint(x);
"""
MODES = {
    "plain": CompileOptions(),
    "double": CompileOptions(double=True),
    "chunks": CompileOptions(vec=True),
    "tasks": CompileOptions(sch=True, vector_size=32),
    "teams": CompileOptions(omp=True),
    "frames": CompileOptions(one_sample=True, external_control=True),
    "zones": CompileOptions(host_zones=True),
    "powers": CompileOptions(exp10=True),
    "macros": CompileOptions(macros=True, namespace="own"),
}
HOST = """
struct Meta { void declare(const char*, const char*) {} };
struct UI { void openVerticalBox(const char*) {} void closeBox() {}
    void addHorizontalSlider(const char*, float*, float, float, float, float) {} };
struct dsp { virtual ~dsp() {} };
"""
INTRINSICS = """#pragma once
struct __m128 { float f[4]; }; struct __m128d { double d[2]; };
__m128 _mm_set_ss(float); __m128d _mm_set_sd(double);
int _mm_cvttss_si32(__m128); int _mm_cvttsd_si32(__m128d);
int _mm_cvtss_si32(__m128); int _mm_cvtsd_si32(__m128d);
unsigned _mm_getcsr(); void _mm_setcsr(unsigned); void _mm_pause();
"""
STUBS = {
    "windows": {
        "emmintrin.h": "#include <xmmintrin.h>\n",
        "xmmintrin.h": INTRINSICS,
        "mutex": "#pragma once\nnamespace std { struct mutex { void lock(); void unlock(); };\n"
        "template <class M> struct lock_guard { explicit lock_guard(M&); };\n"
        "template <class M> struct unique_lock { explicit unique_lock(M&); }; }\n",
        "condition_variable": "#pragma once\n#include <mutex>\nnamespace std {\n"
        "struct condition_variable { void notify_one(); template <class L> void wait(L&);\n"
        "template <class L, class F> void wait(L&, F); }; }\n",
        "thread": "#pragma once\nnamespace std { struct thread {\n"
        "thread(); template <class F> explicit thread(F); thread& operator=(thread&&);\n"
        "void join(); bool joinable() const; static unsigned hardware_concurrency(); };\n"
        "namespace this_thread { void yield(); template <class T> void sleep_for(T); } }\n",
        "chrono": "#pragma once\nnamespace std { namespace chrono {\n"
        "struct microseconds { explicit microseconds(long long = 0); };\n"
        "struct steady_clock { struct time_point { friend microseconds operator-(time_point,\n"
        "time_point); friend time_point operator+(time_point, microseconds);\n"
        "friend bool operator<(time_point, time_point); }; static time_point now(); };\n"
        "bool operator<(microseconds, microseconds); bool operator>(microseconds, microseconds);\n"
        "bool operator>=(microseconds, microseconds); } }\n",
    },
    "apple": {
        "dispatch/dispatch.h": "#pragma once\ntypedef struct semaphore* dispatch_semaphore_t;\n"
        "dispatch_semaphore_t dispatch_semaphore_create(long);\n"
        "void dispatch_release(dispatch_semaphore_t);\n"
        "long dispatch_semaphore_signal(dispatch_semaphore_t);\n"
        "long dispatch_semaphore_wait(dispatch_semaphore_t, unsigned long long);\n"
        "#define DISPATCH_TIME_FOREVER (~0ull)\n"
    },
}
ATOMIC = (
    "BOOL",
    "CHAR",
    "CHAR16_T",
    "CHAR32_T",
    "WCHAR_T",
    "SHORT",
    "INT",
    "LONG",
    "LLONG",
    "POINTER",
)
MSVC = (
    *("--target=x86_64-pc-windows-msvc", "-fms-compatibility", "-fms-extensions"),
    *("-U__clang__", "-D_MSVC_LANG=201703L", "-D__GCC_ATOMIC_TEST_AND_SET_TRUEVAL=1"),
    *(f"-D__GCC_ATOMIC_{kind}_LOCK_FREE=2" for kind in ATOMIC),
)
# The library's headers are not those of Apple's target, but the branches are taken.
FLAGS = {"windows": MSVC, "apple": ("-D__APPLE__", "-U__linux__")}


def checked(system: str, mode: str, folder: Path) -> str:
    """What clang says of a mode's code."""
    source = folder / "p.dsp"
    source.write_text(PROGRAM)
    code = compile_text(str(source), MODES[mode], Clock())
    for name, text in STUBS[system].items():
        path = folder / "stubs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "p.cpp").write_text(f"{HOST}{code}")
    library = sorted(Path("/usr/include/c++").iterdir())[-1]
    machine = next(Path("/usr/include").glob("*-linux-gnu"))
    paths = [folder / "stubs", library, machine / "c++" / library.name, machine, "/usr/include"]
    done = subprocess.run(
        [
            *("clang++", *FLAGS[system], "-std=c++17", "-fsyntax-only", "-Wno-everything"),
            *("-nostdinc++", *(f"-isystem{path}" for path in paths), str(folder / "p.cpp")),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("system", FLAGS)
def test_generated_code_of_other_systems(system: str, mode: str, tmp_path: Path) -> None:
    if shutil.which("clang++") is None:
        pytest.skip("clang++ is not installed")
    assert checked(system, mode, tmp_path) == ""
