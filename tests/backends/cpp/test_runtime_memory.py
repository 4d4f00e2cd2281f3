"""The C++ memory run-time: its test programs, compiled in every configuration it promises."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import dspc.backends.cpp

pytestmark = pytest.mark.builds

RUNTIME = Path(dspc.backends.cpp.__file__).parent / "runtime"
PROGRAMS = Path(__file__).parent / "runtime"
STRICT = ("-std=c++17", "-Wall", "-Wextra", "-Werror", f"-I{RUNTIME}", f"-I{PROGRAMS}")
ADDRESS = ("-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
COMPILERS = ("g++", "clang++")
SANITIZED = ("life", "instance", "managers", "tlsf", "adapters", "throwing")

Build = Callable[..., Path]


def run(*command: str | Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Runs a command; fails with its output if it does not exit with ``expect``."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=300, check=False
    )
    assert expect is None or done.returncode == expect, done.stdout + done.stderr
    return done


def need(tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compiles a program of this folder (or given sources); returns the executable."""

    def compile_program(name: str, *flags: str, compiler: str = "g++") -> Path:
        need(compiler)
        executable = tmp_path / name
        run(compiler, *STRICT, *flags, PROGRAMS / f"{name}.cpp", "-o", executable, "-pthread")
        return executable

    return compile_program


@pytest.mark.parametrize("name", ["life", "instance", "hidden"])
def test_programs(build: Build, name: str) -> None:
    assert run(build(name)).stdout in ("ok\n", "11 allocations in a full life\n")


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_rehearsal(build: Build, compiler: str) -> None:
    # One of its classes leaks on purpose: no address sanitizer here.
    lines = run(build("rehearsal", compiler=compiler)).stdout.splitlines()
    assert lines[0].split() == ["nth", "bytes", "once", "sticky", "allocation"]
    assert [line.split(maxsplit=4)[4] for line in lines[1:-1]] == [
        *("dsp factory", "blob", "dsp instance", "ftblSine", "itblStep", "sine generator"),
        *("fDelay", "fLanes", "dsp instance", "fDelay", "fLanes"),
    ]
    assert all(line.split()[2:4] == ["clean", "clean"] for line in lines[1:-1])
    assert lines[-1].endswith("100 of 100 random lives clean: all failures survived")


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("name", SANITIZED)
def test_address_and_undefined_behaviour(build: Build, name: str, compiler: str) -> None:
    run(build(name, *ADDRESS, compiler=compiler))


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_threads(build: Build, compiler: str) -> None:
    threads = build("threads", "-g", "-O1", "-fsanitize=thread", compiler=compiler)
    assert run(threads).stdout == "ok\n"
    assert "data race" in run(threads, "race", expect=None).stderr


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_no_allocation_goes_around_the_manager(build: Build, compiler: str) -> None:
    # Without a sanitizer, which has a malloc of its own. Optimised: nothing may hide there either.
    assert run(build("hidden", "-O2", compiler=compiler)).stdout == "ok\n"


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize(
    "flags", [("-fno-exceptions", "-fno-rtti"), ("-DDSPC_NO_THREADS",), ("-O3", "-Wpedantic")]
)
def test_configurations(build: Build, compiler: str, flags: tuple[str, ...]) -> None:
    for name in ("life", "instance"):
        run(build(name, *flags, compiler=compiler))


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_each_header_stands_alone(compiler: str, tmp_path: Path) -> None:
    need(compiler)
    headers = sorted((RUNTIME / "dspc").glob("*.h"))
    assert len(headers) > 10
    sources = [tmp_path / f"{header.stem}.cpp" for header in headers]
    for source, header in zip(sources, headers, strict=True):
        source.write_text(f'#include "dspc/{header.name}"\n')
    run(compiler, *STRICT, "-Wshadow", "-Wconversion", "-fsyntax-only", *sources)


@pytest.mark.sanitize
def test_two_translation_units_share_one_runtime(tmp_path: Path) -> None:
    need("g++")
    (tmp_path / "one.cpp").write_text(
        '#include "dspc/memory.h"\n'
        "dspc::Allocator* elsewhere() { return &dspc::currentAllocator(); }\n"
    )
    (tmp_path / "two.cpp").write_text(
        '#include "dspc/memory.h"\n'
        "dspc::Allocator* elsewhere();\n"
        "int main() {\n"
        "    dspc::CountingAllocator counting(nullptr);\n"
        "    if (elsewhere() != &dspc::mallocAllocator()) return 1;\n"
        "    const dspc::Scope scope(&counting);\n"
        "    return elsewhere() == &counting ? 0 : 2;\n"
        "}\n"
    )
    executable = tmp_path / "both"
    run("g++", *STRICT, tmp_path / "one.cpp", tmp_path / "two.cpp", "-o", executable)
    run(executable)


CLASS = """
#include "dspc/memory.h"
struct Wrong {{
    struct DspcMemory {{
        static constexpr auto tables() noexcept {{ return dspc::tableList(); }}
        static constexpr auto buffers() noexcept {{
            return dspc::bufferList<Wrong>(
                dspc::instanceBuffer<&Wrong::slot>("slot", {count}, 0, 0, {alignment}));
        }}
        static constexpr bool tablesDependOnRate = false;
        static {fill} {{ return {result}; }}
    }};
    void instanceInit(int) {{}}
    {element}* slot = nullptr;
}};
dspc::Status use(dspc::Allocator* allocator, dspc::Instance<Wrong>** out) {{
    return dspc::createDSPInstance2<Wrong>(allocator, 48000, out);
}}
"""
RIGHT = {
    "count": "4",
    "alignment": "1",
    "fill": "dspc::Status fillTables(dspc::Allocator&, int) noexcept",
    "result": "dspc::Status::Ok",
    "element": "float",
}


@pytest.mark.sanitize
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, None),
        ({"count": "0"}, "each buffer needs a name, bytes and a valid alignment"),
        ({"alignment": "24"}, "each buffer needs a name, bytes and a valid alignment"),
        ({"fill": "dspc::Status fillTables(dspc::Allocator&, int)"}, "fillTables does not throw"),
        (
            {"fill": "int fillTables(dspc::Allocator&, int) noexcept", "result": "0"},
            "fillTables answers a dspc::Status",
        ),
        ({"element": "dspc::AllocatorRef"}, "buffers hold plain data"),
    ],
)
def test_classes_that_break_the_contract_do_not_compile(
    tmp_path: Path, wrong: dict[str, str], message: str | None
) -> None:
    need("g++")
    source = tmp_path / "wrong.cpp"
    source.write_text(CLASS.format(**{**RIGHT, **wrong}))
    done = run("g++", *STRICT, "-fsyntax-only", source, expect=0 if message is None else 1)
    assert message is None or message in done.stderr


@pytest.mark.sanitize
def test_a_dead_allocator_that_is_still_referred_to_stops_the_program(tmp_path: Path) -> None:
    need("g++")
    source = tmp_path / "dead.cpp"
    source.write_text(
        '#include "dspc/memory.h"\n'
        "int main() {\n"
        "    dspc::AllocatorRef kept;\n"
        "    dspc::CountingAllocator counting(nullptr);\n"
        "    kept = dspc::AllocatorRef(&counting);\n"
        "}\n"
    )
    run("g++", *STRICT, source, "-o", tmp_path / "dead")
    run(tmp_path / "dead", expect=-6)  # SIGABRT


TABLES = """
time = +(1) ~ _;
process(x) = rdtable(100, sin(float(time)), int(x)) + rdtable(64, cos(float(time)), int(x))
    + 0.5 * (x : @(50));
"""


@pytest.mark.conformance
@pytest.mark.sanitize
def test_classes_generated_by_faust_run_in_our_managers(build: Build, tmp_path: Path) -> None:
    need("faust")
    program = tmp_path / "tables.dsp"
    program.write_text(TABLES)
    generated = tmp_path / "mydsp.h"
    run("faust", "-mem", "-lang", "cpp", program, "-o", generated)
    run(build("faust_mem", *ADDRESS, f'-DFAUST_CLASS="{generated}"', "-Wno-unused-parameter"))
