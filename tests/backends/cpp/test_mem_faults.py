"""`dspc --fault-test`: each allocation in a program's life cycle fails in turn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mem_programs import EXAMPLES, SANITIZERS, SOURCES, need_compiler, run, write_source

from dspc.options.compile_options import CompileOptions
from dspc.targets.cpp_fault_test import FLAGS, build_program, fault_test_code

pytestmark = pytest.mark.builds

SOME = (
    "reverb/freeverb.dsp",
    "generator/osc.dsp",
    "delayEcho/echo.dsp",
    "filtering/vcfWahLab.dsp",
)


def test_table_and_status(tmp_path: Path) -> None:
    need_compiler()
    source = write_source("sine", tmp_path)
    done = run(sys.executable, "-m", "dspc", "--fault-test", source)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["nth", "bytes", "once", "sticky", "allocation"]
    assert any(line.split()[1:4] == ["4096", "clean", "clean"] for line in lines[1:-1])
    assert lines[-1].endswith("all failures survived")


def test_a_leak_is_detected(tmp_path: Path) -> None:
    need_compiler()
    code = fault_test_code(CompileOptions(file=str(write_source("echo", tmp_path))))
    before = "void instanceClear() {"
    lost = '(void)dspc::currentAllocator().allocate(8, 8, "lost");'
    leaking = code.replace(before, f"{before}\n{lost}")
    assert leaking != code
    done = run(build_program(leaking, tmp_path))
    assert done.returncode == 1
    assert "FAILED" in done.stdout


def test_programs_that_are_wrong(tmp_path: Path) -> None:
    source = tmp_path / "wrong.dsp"
    source.write_text("process = nothing;")
    done = run(sys.executable, "-m", "dspc", "--fault-test", source)
    assert done.returncode == 1
    assert "E0201" in done.stderr


@pytest.mark.sanitize
@pytest.mark.parametrize("name", [*SOURCES, *SOME])
def test_every_failure_under_sanitizers(tmp_path: Path, name: str) -> None:
    need_compiler()
    source = write_source(name, tmp_path)
    code = fault_test_code(CompileOptions(file=str(source)))
    done = run(build_program(code, tmp_path, (*FLAGS, *SANITIZERS)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "all failures survived" in done.stdout


def all_examples() -> list[str]:
    """Those of Faust's examples that have a process and that Faust compiles."""
    names = (path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.dsp"))
    left_out = ("layout", "2dKirchhoffThinPlate")
    return sorted(name for name in names if not Path(name).name.startswith(left_out))


@pytest.mark.full
@pytest.mark.parametrize("name", all_examples())
def test_every_failure_of_all_examples(tmp_path: Path, name: str) -> None:
    need_compiler()
    done = run(sys.executable, "-m", "dspc", "--fault-test", write_source(name, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
