"""`clone` of a generated class: a second instance in the same state, in every mode."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions

PROGRAM = """
count = + (1) ~ _;
process = count, (hslider("g", 0.5, 0, 1, 0.1) : + ~ (@(900) : *(0.5))),
          rwtable(50, 0.0, count % 50, count * 0.25, (count + 7) % 50);
"""
MODES = {
    "scalar": CompileOptions(scalar=True),
    "chunks": CompileOptions(vec=True),
    "tasks": CompileOptions(sch=True),
    "placed": CompileOptions(machine="66ak2h"),
    "placed_chunks": CompileOptions(machine="am572x", vec=True),
}
HOST = """#include <cstdio>
struct Meta { void declare(const char*, const char*) {} };
struct UI { void openVerticalBox(const char*) {} void closeBox() {} float* zone = nullptr;
  void addHorizontalSlider(const char*, float* z, float, float, float, float) { zone = z; } };
struct dsp { virtual ~dsp() {} };
"""
MAIN = """
template <class D> void check(const char* name)
{
	static float a[3][700], b[3][700];
	float *outs[] = {a[0], a[1], a[2]}, *twins[] = {b[0], b[1], b[2]};
	D* one = new D();
	one->init(48000);
	UI ui;
	one->buildUserInterface(&ui);
	*ui.zone = 0.75f;
	one->compute(700, nullptr, outs);
	D* two = one->clone();
	one->compute(700, nullptr, outs);
	two->compute(700, nullptr, twins);
	delete one;
	int wrong = 0;
	for (int c = 0; c < 3; ++c) for (int i = 0; i < 700; ++i) wrong += a[c][i] != b[c][i];
	two->compute(10, nullptr, twins);
	std::printf("%s %d %g\\n", name, wrong, b[0][9]);
	delete two;
}
"""


@pytest.mark.builds
@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
def test_clones_are_in_the_same_state(tmp_path: Path) -> None:
    source = tmp_path / "p.dsp"
    source.write_text(PROGRAM)
    parts = [HOST]
    for name, options in MODES.items():
        named = CompileOptions(**{**options.__dict__, "class_name": name, "file": str(source)})
        parts.append(f"{compile_text(str(source), named, Clock())}\n#undef FAUSTCLASS")
    calls = " ".join(f'check<{name}>("{name}");' for name in MODES)
    parts.append(f"{MAIN}int main() {{ {calls} }}\n")
    (tmp_path / "clones.cpp").write_text("\n".join(parts))
    flags = ("-std=c++17", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
    command = ["g++", *flags, "-w", "-pthread", "clones.cpp", "-o", "clones"]
    subprocess.run(command, cwd=tmp_path, check=True)
    done = subprocess.run(
        [tmp_path / "clones"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "".join(f"{name} 0 1410\n" for name in MODES)
