"""Boards: sections of generated code, free memory, and buffers that do not fit."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from board_programs import BARE, CORTEX_M7, HERE, compile_for

from dspc.dialects.dsp_mem import Space
from dspc.dialects.dsp_mem.machine import BUILT_IN, load_machine
from dspc.driver import Clock, compile_text
from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source

BOARDS = ("daisy", "teensy41", "esp32s3", "rp2350", "bela", "raspberrypi")
ALL = Source(
    "all.dsp",
    """
time = (+(1) ~ _) - 1;
table = rdtable(4096, sin(6.2831853 * time / 4096.0), int(4096 * phase));
phase = (+(0.001) : \\(x).(x - floor(x))) ~ _;
given = waveform{1, 2, 3, 4.5, 5, 6} : (!, _);
process = _ + table * given <: @(%d) * 0.5, @(300) :> _;
""",
)
"""A table that is computed, one that is given, a long delay line and a short one."""


VOICES = (
    "process = _ <: par(i, 16, *(i + 1) : + ~ (_ <: *(0.9), (mem : *(-0.04*i - 0.2)) :> _)) :> _;"
)


def program(delay: int) -> Source:
    return Source(ALL.name, ALL.text % delay)


def generated(source: Source, machine: str, **settings: object) -> str:
    options = CompileOptions(machine=machine, **settings)  # pyright: ignore[reportArgumentType]
    return compile_text(source, options, Clock())


@pytest.mark.parametrize("name", BOARDS)
def test_a_board_has_its_memory(name: str) -> None:
    machine = load_machine(name)
    assert machine.vector_bits == (128 if name in ("bela", "raspberrypi") else 0)
    assert machine.spaces[Space.STACK].capacity > 0
    assert not machine.staging
    assert all(facts.macro == "" or facts.section for facts in machine.spaces.values())


@pytest.mark.parametrize(
    ("name", "section", "macro"),
    [
        ("daisy", ".sdram_bss", "DSY_SDRAM_BSS"),
        ("teensy41", ".externalram", "EXTMEM"),
        ("esp32s3", ".ext_ram.bss", "EXT_RAM_BSS_ATTR"),
    ],
)
def test_long_delay_lines_are_in_the_section_of_external_memory(
    name: str, section: str, macro: str
) -> None:
    code = generated(program(200000), name)
    assert f"#ifdef {macro}\n#define DSPC_DDR {macro}\n" in code
    assert f'#define DSPC_DDR __attribute__((section("{section}")))' in code
    assert re.search(r"static unsigned char DSPC_DDR mydsp_ddr\[DSPC_INSTANCES\]\[1048576\];", code)
    assert re.search(r"static const float DSPC_FLASH \w+\[6\] = \{1\.0f, 2\.0f", code)


def test_small_state_of_a_daisy_is_beside_the_core() -> None:
    code = generated(program(200), "daisy")
    assert "static unsigned char DSPC_TCM mydsp_tcm[" in code
    assert "static float DSPC_TCM fTable0_mydsp[4096];" in code
    assert "DSPC_DDR" not in code


def test_memory_between_the_two_is_used_before_external_memory() -> None:
    assert "DSPC_MSMC mydsp_msmc[DSPC_INSTANCES]" in generated(
        program(100000), "teensy41", delay_line_threshold=0
    )


@pytest.mark.parametrize("name", BOARDS)
def test_the_first_comment_reports_the_free_bytes(name: str) -> None:
    code = generated(program(5000), name)
    machine = load_machine(name)
    rows = re.findall(r"^  (\w+) \(.*\): (\d+) of (\d+) bytes, (\d+) left$", code, re.MULTILINE)
    assert [space for space, *_ in rows] == [s for s, f in machine.spaces.items() if f.persists]
    for space, used, capacity, left in rows:
        assert int(capacity) == machine.spaces[Space(space)].capacity
        assert int(used) + int(left) == int(capacity)
    assert sum(int(used) for _, used, *_ in rows) >= 4 * (8192 + 4096 + 6)


@pytest.mark.parametrize("name", BOARDS)
def test_code_for_boards_compiles(name: str, tmp_path: Path) -> None:
    (tmp_path / "board.h").write_text(generated(program(40000), name))
    command = ["g++", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"]
    command += ["-include", str(HERE / "host.hpp"), "-x", "c++", "board.h"]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=120)


@pytest.mark.parametrize(("name", "delay"), [("daisy", 20_000_000), ("rp2350", 200_000)])
def test_buffers_that_do_not_fit_are_refused_by_name_and_bytes(name: str, delay: int) -> None:
    with pytest.raises(DspcError) as caught:
        generated(program(delay), name)
    error = caught.value
    assert error.code == "E0605"
    size = 4 << delay.bit_length()
    assert re.search(rf"\w+ has {size} bytes: \w+ is \d+ bytes too small", error.notes[0].message)


@pytest.mark.parametrize("name", BOARDS)
def test_code_is_scalar_where_there_are_no_vectors(name: str) -> None:
    voices = Source("voices.dsp", VOICES)
    has_vectors = load_machine(name).vector_bits != 0
    assert ("vector_size" in generated(voices, name)) == has_vectors
    assert "vector_size" in generated(voices, name, lanes=8)


def test_memory_managers_receive_all_spaces() -> None:
    """A manager did not serve tightly coupled memory: the module was invalid."""
    for settings in ({"manager": True}, {"manager_zones": True}, {"allocator_api": True}):
        assert "class mydsp" in generated(program(200), "daisy", **settings)


def test_a_program_that_runs_needs_no_board() -> None:
    assert "define" in generated(program(200), "daisy", target="llvm")


def test_more_instances_than_there_is_memory_for_stop(tmp_path: Path) -> None:
    """A board has no heap for delay lines: without room, the program stops instead."""
    header = tmp_path / "daisy.h"
    header.write_text(generated(program(200000), "daisy"))
    (tmp_path / "many.cpp").write_text(
        f'#include "{HERE}/host.hpp"\n#include "daisy.h"\n'
        "static mydsp a, b;\n"
        "int main(int count, char**) { a.init(44100); if (count > 1) b.init(44100); return 0; }\n"
    )
    subprocess.run(["g++", "many.cpp", "-o", "many"], check=True, cwd=tmp_path, timeout=120)
    assert subprocess.run([tmp_path / "many"], timeout=60).returncode == 0
    assert subprocess.run([tmp_path / "many", "two"], timeout=60).returncode < 0
    more = ["g++", "-DDSPC_INSTANCES=2", "many.cpp", "-o", "more"]
    subprocess.run(more, check=True, cwd=tmp_path, timeout=120)
    assert subprocess.run([tmp_path / "more", "two"], timeout=60).returncode == 0


def test_arrays_lie_in_the_sections(tmp_path: Path) -> None:
    if shutil.which("arm-none-eabi-g++") is None:
        pytest.fail("apt-get install g++-arm-none-eabi")
    header = tmp_path / "daisy.h"
    header.write_text(generated(program(200000), "daisy"))
    flags = ("-Os", *CORTEX_M7, *BARE, f"-T{HERE / 'mps2.ld'}")
    binary = compile_for("arm-none-eabi-g++", header, flags, "float")
    listing = subprocess.run(
        ["arm-none-eabi-size", "-A", binary], check=True, capture_output=True, text=True
    ).stdout
    sizes = dict(re.findall(r"^(\.\w+)\s+(\d+)", listing, re.MULTILINE))
    assert int(sizes[".sdram_bss"]) == 1 << 20
    assert int(sizes[".dtcmram_bss"]) == 4 * 4096


def test_boards_name_their_processors(tmp_path: Path) -> None:
    cycles = {name: load_machine(name).processor.cycle for name in BOARDS}
    assert cycles["daisy"] == load_machine("cortex-m7").processor.cycle
    assert len(set(cycles.values())) == 5
    text = (BUILT_IN / "daisy.toml").read_text()
    for name, message in (("nothing", "no machine is called"), ("daisy", "has none of its own")):
        path = tmp_path / "board.toml"
        path.write_text(text.replace('processor = "cortex-m7"', f'processor = "{name}"'))
        with pytest.raises(DspcError, match=message):
            load_machine(str(path))
