"""Options of Faust that shape the C++ class, and the labels that record them."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from commands import output

from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.targets.checked_names import check_cpp_names

PROGRAM = """g = hslider("gain", 0.5, 0, 1, 0.1);
process = vgroup("channel", *(g) : + ~ *(0.5) : hbargraph("level", 0, 1));
"""


@pytest.fixture
def program(tmp_path: Path) -> str:
    path = tmp_path / "strip.dsp"
    path.write_text(PROGRAM)
    return str(path)


HOST = """#include <cstdio>
struct UI; struct Meta; struct dsp { virtual ~dsp() {} };
struct Meta { void declare(const char*, const char*) {} };
struct UI { void openVerticalBox(const char*) {} void closeBox() {}
  void addHorizontalSlider(const char*, float*, float, float, float, float) {}
  void addHorizontalBargraph(const char*, float*, float, float) {} };
"""


def ran(tmp_path: Path, text: str, *flags: str) -> str:
    source = tmp_path / "host.cpp"
    source.write_text(text)
    subprocess.run(["g++", "-std=c++17", *flags, source, "-o", tmp_path / "host"], check=True)
    return subprocess.run([tmp_path / "host"], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
@pytest.mark.parametrize("mode", [(), ("-vec",), ("-sch",)])
def test_outputs_are_mixed(
    mode: tuple[str, ...], program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, mixing, _ = output(capsys, *mode, "-cm", "-cn", "mixing", program)
    assert code == 0
    code, plain, _ = output(capsys, *mode, program)
    assert code == 0
    printed = ran(
        tmp_path,
        f"{HOST}{plain}\n#undef FAUSTCLASS\n{mixing}\n"
        "int main() { static mydsp a; static mixing b; a.init(48000); b.init(48000);\n"
        "float x[1000], y[1000], z[1000], wrong = 0;\n"
        "for (int i = 0; i < 1000; i++) { x[i] = float(i % 17) / 16; y[i] = 3; z[i] = 0.5f; }\n"
        "float* in[] = {x}; float* out[] = {y}; float* sum[] = {z};\n"
        "a.compute(1000, in, out); b.compute(1000, in, sum);\n"
        "for (int i = 0; i < 1000; i++) wrong += z[i] != y[i] + 0.5f;\n"
        'std::printf("%g\\n", double(wrong)); }',
        "-pthread",
    )
    assert printed == "0\n"


@pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
def test_fast_functions_are_those_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wave.dsp"
    path.write_text("process = sin, floor;")
    (tmp_path / "mine.h").write_text(
        "inline float fast_sinf(float x) { return x + 1; }\n"
        "inline float fast_floorf(float x) { return x + 2; }\n"
    )
    code, text, _ = output(capsys, "-fm", str(tmp_path / "mine.h"), str(path))
    assert code == 0
    printed = ran(
        tmp_path,
        f"{HOST}{text}\nint main() {{ mydsp a; a.init(48000); float x = 0.5f, y[2];\n"
        "float* in[] = {&x, &x}; float* out[] = {y, y + 1}; a.compute(1, in, out);\n"
        'std::printf("%g %g\\n", y[0], y[1]); }',
    )
    assert printed == "1.5 2.5\n"
    assert '#include "faust/dsp/fastmath.cpp"' in output(capsys, "-fm", "def", str(path))[1]
    assert '#include "' not in output(capsys, "-fm", "arch", str(path))[1]


def test_a_file_is_injected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "arch.cpp").write_text("mydsp dsp\n<<includeclass>>\nend\n")
    (tmp_path / "mine.cpp").write_text("struct mydsp {};")
    words = ("-inj", str(tmp_path / "mine.cpp"), "-A", str(tmp_path))
    result = output(capsys, *words, "-a", "arch.cpp", "-scn", "base")
    assert result == (0, "mydsp base\nstruct mydsp {};\nend\n", "")
    code, out, result = output(capsys, *words)
    assert (code, out) == (2, "")
    assert "-inj requires -a" in result
    code, out, result = output(
        capsys, "-inj", str(tmp_path / "none.cpp"), "-a", "arch.cpp", *words[2:]
    )
    assert (code, out) == (2, "")
    assert "none.cpp: cannot be read: no such file" in result


LABELLED = (
    "",
    "-scal",
    "-double --lanes 0 -ftz 2 -rui",
    "-vec -vs 16 -lv 1 -mcd 8 -dlt 4",
    "-omp -pl -g",
    "-sch -vs 64",
    "-mem --mem-api info3",
    "-mem1 --mem-api info6 -fpga-mem-th 9",
    "-mem2 -nvi -uim -ns a::b -cn Strip -scn base",
    "--allocator-api",
    "--machine am572x --heap ddr",
    "-es 0 -exp10 -fui -cir -cm -fm arch",
    "-pn other",
)


def rebuilt(flags: list[str], program: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The text of a program and the options that it names, which give the same text."""
    code, text, errors = output(capsys, *flags, program)
    assert (code, errors) == (0, "")
    match = re.search(r"Compilation options: (.*)$", text, re.MULTILINE)
    assert match is not None
    assert output(capsys, *shlex.split(match[1]), program) == (0, text, "")
    return text, match[1]


@pytest.mark.parametrize("words", LABELLED)
def test_the_label_rebuilds_the_text(
    words: str, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open(program, "a") as file:
        file.write('other = hslider("x", 1, 0, 2, 0.1) : pow(10) <: enable(_, _);\n')
    flags = shlex.split(words)
    text, label = rebuilt(flags, program, capsys)
    assert f"\nCompilation options: {label}\n" in text
    assert f'm->declare("compile_options", "{label}")' in text
    assert output(capsys, *flags, "-json", "-o", "/dev/null", program)[0] == 0
    description = json.loads(Path(f"{program}.json").read_text())
    assert description["compile_options"] == label


OTHER_LABELS = (
    "-lang c -vec -cn Strip",
    "--target opencl --heap l2 --machine am572x -vec",
    "--target opencl -omp --device ti -double",
    "--target llvm --fast-math -cn strip",
    "--target interp -vec -vs 16",
)


@pytest.mark.parametrize("words", OTHER_LABELS)
def test_the_label_of_other_targets_rebuilds_the_text(
    words: str, program: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rebuilt(words.split(), program, capsys)


HEADERS = {
    "g++ -std=c++17": """
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <new>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <thread>
#include <unistd.h>
#include <faust/dsp/dsp.h>
#include <faust/gui/UI.h>
#include <faust/gui/meta.h>
""",
    "gcc -std=c99": """
#include <limits.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <faust/gui/CInterface.h>
""",
}
"""What generated code and its hosts include."""


@pytest.mark.parametrize("compiler", HEADERS)
def test_macros_of_headers_are_no_class_names(compiler: str) -> None:
    """`-cn EOF` and `-cn M_PI` gave classes that no compiler took."""
    command = [*compiler.split(), "-dM", "-E", "-x", "c++" if "++" in compiler else "c", "-"]
    done = subprocess.run(
        command, input=HEADERS[compiler], capture_output=True, text=True, check=True
    )
    macros = set(re.findall(r"^#define ([A-Za-z]\w*)", done.stdout, re.MULTILINE))
    assert len(macros) > 150
    taken = [one for one in sorted(macros) if not _is_refused(one)]
    assert taken == []


@pytest.mark.parametrize("name", ["size_t", "int16_t", "sem_t", "DSPC_INSTANCES", "FAUSTCLASS"])
def test_types_and_macros_of_generated_code_are_no_class_names(name: str) -> None:
    assert _is_refused(name)


@pytest.mark.parametrize(
    "name", ["ECHO", "M_REVERB", "CLOCK_DIV", "MOD_DELAY", "reverb_t", "EQ", "E1"]
)
def test_names_like_those_of_headers_are_class_names(name: str) -> None:
    assert not _is_refused(name)


def _is_refused(name: str) -> bool:
    try:
        check_cpp_names(CompileOptions(class_name=name))
    except DspcError as error:
        return error.code == "E0029"
    return False
