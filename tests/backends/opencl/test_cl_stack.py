"""Private arrays of kernels, which share a stack of 10 KiB on TI's devices."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from cl_private import MACHINES, MODES, STACKS, largest, private_bytes
from test_cl_programs import check, on_ti_sim

from dspc.driver import Clock, compile_text
from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source
from tests.conformance.programs import EXAMPLES

sys.path.insert(0, str(Path(__file__).with_name("ti_sim")))
from ti_sim import check_sections

FREEVERB = str(EXAMPLES / "reverb" / "freeverb.dsp")
ROWS = Source("rows.dsp", "process = _ <: par(i, 6, (+ ~ *(0.1 * i))) :> _;")
"""A program that -vec splits into loops with rows between them."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "machine"),
    [("-vec -vs 512", "default"), ("-omp", "default"), ("-vec -vs 512", "am572x")],
)
def test_private_arrays_fit_on_the_stack(mode: str, machine: str) -> None:
    """They had 88 160 bytes with -omp and 108 640 with -vec -vs 512."""
    size = largest(FREEVERB, mode, machine)
    assert size is not None
    assert size <= STACKS[machine] == 10240


@pytest.mark.full
@pytest.mark.slow
def test_private_arrays_of_all_examples_fit() -> None:
    """In the modes and on the machines in turn, of which `private_bytes` tries all."""
    tried = 0
    for number, path in enumerate(sorted(EXAMPLES.rglob("*.dsp"))):
        mode = list(MODES)[number % len(MODES)]
        machine = MACHINES[number % len(MACHINES)]
        try:
            size = largest(str(path), mode, machine)
        except DspcError as error:
            if error.code != "E0236":  # a file of layout alone
                raise
            continue
        assert size is None or size <= STACKS[machine], f"{path}, {mode}, {machine}"
        tried += 1
    assert tried > 200


def test_bytes_of_functions_count_for_the_kernels_that_call_them() -> None:
    code = (
        "static inline void f_voice(\n\tconst int count)\n{\n"
        "\tfloat rows[100];\n\tfloat4 x[2];\n}\n\n"
        "kernel DSPC_ITEMS void k(int voices)\n{\n"
        "\tlocal float near[9];\n\tint own[3];\n\tf_voice(1);\n}\n"
    )
    assert private_bytes(code) == {"k": 400 + 32 + 12}


@pytest.mark.builds
@pytest.mark.parametrize(("form", "heap"), [("wide", "auto"), ("near", "auto"), ("wide", "static")])
def test_rows_in_heaps_and_l2(form: str, heap: str, tmp_path: Path) -> None:
    """Rows that the stack has no room for are blocks of a heap, or rows of l2."""
    on_ti_sim("plucked_strings", heap, "buffer", form, tmp_path)
    code = (tmp_path / "program.cl").read_text()
    assert max(private_bytes(code).values()) <= 10240
    near = re.findall(r"DSPC_LP\(double\) const \w+ = DSPC_NEAR", code)
    assert bool(near) == (form == "near")
    check("pocl-debian", heap, [Path("examples/plucked_strings.dsp").resolve()], 3, form)


def test_scratch_that_only_a_stack_could_hold_is_refused(tmp_path: Path) -> None:
    """By name and bytes."""
    machine = tmp_path / "small.toml"
    facts = "read = 5\nwrite = 5\nshared = true\npersists = true\nhost_visible = true\n"
    machine.write_text(
        'title = "small"\ncores = 1\nline = 64\nstaging = false\n[copy]\nsetup = 1\n'
        f'[spaces.stack]\nbytes = 10240\nreserved = 2048\n{facts}allocators = ["stack"]\n'
        f'[spaces.ddr]\nbytes = 1000000\n{facts}allocators = ["manager"]\n'
    )
    for size, is_refused in ((32, False), (4096, True)):
        options = CompileOptions(machine=str(machine), vec=True, vector_size=size)
        if not is_refused:
            assert "[32];" in compile_text(ROWS, options, Clock())
            continue
        with pytest.raises(DspcError) as caught:
            compile_text(ROWS, options, Clock())
        assert caught.value.code == "E0605"
        notes = " ".join(note.message for note in caught.value.notes)
        assert "sum_block has 16384 bytes: stack is 8192 bytes too small" in notes


def test_every_mode_is_measured() -> None:
    assert {"default", "-vec", "-vec -vs 512", "-omp", "-sch"} <= set(MODES)


@pytest.mark.parametrize("section", [".mem_ddr", ".mem_msm", ".mem_l2", ".ddr", ".msmc", ""])
def test_the_emulation_refuses_sections_that_the_linker_lacks(section: str) -> None:
    pragma = f'#pragma DATA_SECTION(area, "{section}")\n' if section else ""
    code = f"{pragma}static ulong area[4];\n"
    if section.startswith(".mem_"):
        check_sections(code)
        return
    with pytest.raises(ValueError, match=section or "in no section"):
        check_sections(code)
