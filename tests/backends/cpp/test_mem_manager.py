"""Classes with a memory manager: announcements, requests, and samples."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from mem_programs import (
    SANITIZERS,
    SHAPES,
    SOURCES,
    compiled,
    live,
    need_compiler,
    run,
    write_source,
)  # fmt: skip

from dspc.backends.cpp.manager_shape import declared_shape, installed_shape
from dspc.compile_checks import check_options
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import DspcError

pytestmark = pytest.mark.builds

DSP_H = Path("/usr/include/faust/dsp/dsp.h")
SANITIZED = (
    *SOURCES, "reverb/freeverb.dsp", "generator/osc.dsp", "delayEcho/tapiir.dsp",
    "pitchShifting/pitchShifter.dsp",
)  # fmt: skip


def manager(source: str, tmp_path: Path, shape: str) -> str:
    options = CompileOptions(manager=True, manager_shape=shape)
    return compiled(write_source(source, tmp_path), options)


@pytest.mark.parametrize("shape", SHAPES)
def test_announced_structure(tmp_path: Path, shape: str) -> None:
    seed = Path(__file__).parents[2] / "conformance" / "seeds" / "two_tables.dsp"
    text = compiled(seed, CompileOptions(manager=True, manager_shape=shape))
    tables = re.findall(r"^\tstatic (?:int|float)\* (\w+);", text, re.M)
    assert len(tables) == 2
    filled = text[text.index("classInit(int") : text.index("classDestroy() {")]
    freed = text[text.index("classDestroy() {") :]
    for table in tables:
        assert f"{table} = static_cast<" in filled
        assert f"fManager->destroy({table});" in freed
    assert f"if (!{tables[-1]} && !classInit(sample_rate)) return;\n\t\tinstanceInit(" in text


def test_infos_of_each_shape(tmp_path: Path) -> None:
    assert "memoryInfo" not in manager("echo", tmp_path, "original")
    assert "fManager->info(1024 * sizeof(float), 1, 1);" in manager("echo", tmp_path, "info3")
    wanted = 'info("fVec0", dsp_memory_manager::kFloat_ptr, 8192, 8192 * sizeof(float), 2, 1);'
    text = manager("two_delays", tmp_path, "info6")
    assert wanted in text or re.search(
        r'info\("\w+", dsp_memory_manager::kFloat_ptr, 8192, 8192', text
    )
    assert "dsp_memory_manager::kObj_ptr, 0, sizeof(mydsp), " in text


def test_shapes_of_headers() -> None:
    struct = (
        "struct FAUST_API dsp_memory_manager {{\n  virtual ~m() {{}}\n  {}\n}};\nvoid info(int);"
    )
    assert declared_shape(struct.format("void* allocate(size_t size);")) == "original"
    three = "virtual void info(size_t /*size, in bytes*/, size_t, size_t) {}"
    assert declared_shape(struct.format(three)) == "info3"
    assert (
        declared_shape(struct.format("void info(char* n, T t, int a, int b, int c, int d);"))
        == "info6"
    )
    assert declared_shape("struct dsp {};") == "info6"


@pytest.mark.skipif(not DSP_H.exists(), reason="Faust's headers are not installed")
def test_shape_of_the_installed_headers(tmp_path: Path) -> None:
    assert installed_shape() == declared_shape(DSP_H.read_text())
    header = tmp_path / "faust" / "dsp" / "dsp.h"
    header.parent.mkdir(parents=True)
    header.write_text("struct dsp_memory_manager {\n  void* allocate(int);\n};\n")
    assert installed_shape([str(tmp_path)]) == "original"


@pytest.mark.parametrize(
    "options",
    [
        CompileOptions(manager=True, manager_shape="info9"),
        CompileOptions(manager=True, allocator_api=True),
        CompileOptions(manager_shape="info3"),
        CompileOptions(manager=True, target="opencl"),
    ],
)
def test_contradictions(options: CompileOptions) -> None:
    with pytest.raises(DspcError) as fault:
        check_options(options)
    assert fault.value.exit_status == 2


@pytest.mark.parametrize("shape", SHAPES)
def test_life_cycles(tmp_path: Path, shape: str) -> None:
    assert live(write_source("generator_with_delay", tmp_path), shape, tmp_path) == "ok"


@pytest.mark.sanitize
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", SANITIZED)
def test_life_cycles_under_sanitizers(tmp_path: Path, name: str, shape: str) -> None:
    assert live(write_source(name, tmp_path), shape, tmp_path, SANITIZERS) == "ok"


def described_and_acquired(output: str) -> tuple[list[str], list[str]]:
    sizes = re.findall(r"::info size = (\d+)", output)
    return sizes, re.findall(r"::allocate (\d+)", output)


@pytest.mark.conformance
@pytest.mark.skipif(not DSP_H.exists(), reason="Faust's headers are not installed")
def test_faust_describes_other_memory_than_it_allocates(tmp_path: Path) -> None:
    """Debian's dummy-mem.cpp, unchanged, prints the memory described and requested, and the sound.

    The sound is the same.
    """
    need_compiler()
    source, samples = write_source("generator_with_delay", tmp_path), []
    arguments = {
        "dspc": (sys.executable, "-m", "dspc", "-mem", "-a", "dummy-mem.cpp"),
        "faust": ("faust", "-mem", "-a", "dummy-mem.cpp"),
    }
    for name, command in arguments.items():
        code, executable = tmp_path / f"{name}.cpp", tmp_path / name
        assert run(*command, source, "-o", code).returncode == 0
        built = run("g++", "-std=c++11", "-O0", code, "-o", executable)
        assert built.returncode == 0, built.stderr
        output = run(executable).stdout
        described, acquired = described_and_acquired(output)
        samples.append(re.findall(r"sample out (.*)", output))
        # Faust: an object of another size, and requests for memory that it did not describe.
        assert (described == acquired) == (name == "dspc")
        assert len(described) >= 4
    assert samples[0] == samples[1] != []
