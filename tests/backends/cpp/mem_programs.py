"""Programs for the tests of memory managers, and the C++ drivers of their life cycles."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from xdsl.dialects.builtin import ModuleOp

import dspc.backends.cpp
from dspc.driver import Clock, compile_text, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.selection import choose_passes
from dspc.pipelines.standard import loop_passes
from dspc.targets.cpp import CppTarget

HERE = Path(__file__).parent
BACKEND = Path(dspc.backends.cpp.__file__ or "").parent
EXAMPLES = Path("/usr/share/faust/examples")
SANITIZERS = ("-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
SHAPES = {"original": 0, "info3": 3, "info6": 6}

SOURCES = {
    "nothing": "process = _;",
    "echo": 'process = + ~ @(1000) * hslider("g", 0.5, 0, 0.9, 0.1);',
    "two_delays": 'process = _ <: @(300), @(5000 * button("b"));',
    "sine": """
phase = (+(0.01) : \\(x).(x - floor(x))) ~ _;
time = (+(1) ~ _) - 1;
process = rdtable(1024, sin(6.2831853 * time / 1024.0), int(1024 * phase));
""",
    "waves": """
step = %(7) ~ +(3);
process = rdtable(waveform{10, 20, 30, 40, 50, 60, 70}, step), (waveform{1, 2.5, -3} : !, _);
""",
    "generator_with_delay": """
time = (+(1) ~ _) - 1;
noise = (+(12345) ~ *(1103515245)) / 2147483647.0;
process = rdtable(500, noise + noise@(100), time % 500),
          rwtable(50, noise - noise@(40), time % 50, _, (time + 7) % 50);
""",
    "rate": """
SR = fconstant(int fSamplingFreq, <math.h>);
time = (+(1) ~ _) - 1;
process = rdtable(64, sin(time * 440.0 / SR), time % 64);
""",
    "recorders": """
time = (+(1) ~ _) - 1;
process(x) = rwtable(100, 0.0, time % 100, x, time % 77), rwtable(20, 0.0, time % 20, x, 3);
""",
    "near_and_far": """
time = (+(1) ~ _) - 1;
wave = rdtable(1024, sin(6.2831853 * time / 1024.0), time % 1024);
process = _ * wave <: @(500), @(60000 * button("b"));
""",
    "feedback": "process = (+ : @(3)) ~ (*(0.5) : @(20)) : + ~ @(2);",
}


def need_compiler() -> None:
    if shutil.which("g++") is None:
        pytest.skip("g++ is not installed")


def write_source(name: str, folder: Path) -> Path:
    """The file of a program: one of ours, or the path of an example."""
    if name.endswith(".dsp"):
        path = EXAMPLES / name
        if not path.exists():
            pytest.skip("Faust's examples are not installed")
        return path
    path = folder / f"{name}.dsp"
    path.write_text(SOURCES[name])
    return path


def compiled(source: Path, options: CompileOptions | None = None) -> str:
    """The C++ text of a program."""
    return compile_text(str(source), options or CompileOptions(file=str(source)), Clock())


def printed(
    source: Path, options: CompileOptions, loops: CompileOptions | None = None
) -> tuple[ModuleOp, str]:
    """The module from which a program is printed, and its C++ text; with the loops of others."""
    chosen = replace(options, file=str(source))
    module = read_program(str(source), chosen.frontend())
    passes = choose_passes(chosen) if loops is None else loop_passes(loops)
    run_passes(module, passes, chosen, Clock())
    return module, CppTarget().text(module, chosen)


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    text = [str(part) for part in command]
    return subprocess.run(text, capture_output=True, text=True, timeout=300, check=False)


def live(
    source: Path,
    shape: str,
    folder: Path,
    flags: tuple[str, ...] = (),
    option: str = "-mem",
    sch: bool = False,
) -> str:
    """What managed/life.cpp says of a program: "ok" or the first thing that is wrong."""
    need_compiler()
    in_zones = option == "-mem1"
    options = CompileOptions(
        manager=not in_zones, manager_zones=in_zones, manager_shape=shape, sch=sch
    )
    managed = compiled(source, options)
    plain = printed(source, CompileOptions(class_name="plain", sch=sch), options)[1]
    (folder / "managed.h").write_text(managed)
    (folder / "plain.h").write_text(f"{plain}\n#undef FAUSTCLASS\n")
    tables = len(re.findall(r"^\w+\* mydsp::\w+ = nullptr;$", managed, re.M)) - 1
    scratch = len(re.findall(r"^\t\t\w+\* \w+ = nullptr;$", managed, re.M))
    done = run(
        *("g++", "-std=c++11", "-O0", "-Wall", "-Werror", "-Wno-unused-variable", *flags),
        *(f"-DSHAPE={SHAPES[shape]}", f"-DTABLES={tables + scratch}", "-Wl,--wrap=malloc"),
        *(f"-I{folder}", f"-I{BACKEND}", HERE / "managed" / "life.cpp", "-o", folder / "life"),
    )
    assert done.returncode == 0, done.stderr
    ran = run(folder / "life")
    return (ran.stdout + ran.stderr).strip()
