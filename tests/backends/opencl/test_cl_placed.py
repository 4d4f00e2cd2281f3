"""Where passes place the memory of OpenCL programs when no machine is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dspc.driver import Clock, compile_text
from dspc.messages import DspcError
from dspc.options.compile_options import CompileOptions
from dspc.support.diagnostics import Source

EXAMPLE = str(Path(__file__).resolve().parents[3] / "examples" / "two_filters.dsp")
LONG = Source("long.dsp", "process = @(1 << 20) : + ~ @((1 << 20) - 1);")
"""8 MiB of delay lines in single precision, more than the 66AK2H has of msmc."""


@pytest.mark.parametrize(
    "asked", [{"memory_map": "text"}, {"explain": "dsp-place-allocations"}], ids=["map", "explain"]
)
def test_the_default_machine_has_the_heaps_of_opencl(asked: dict[str, str]) -> None:
    """It was the processor that compiles, which has no msmc."""
    options = CompileOptions(target="opencl", heap="msmc", **asked)  # pyright: ignore[reportArgumentType]
    text = compile_text(EXAMPLE, options, Clock())
    assert text.startswith("66ak2h")
    assert "msmc: " in text


def test_emitted_memory_is_placed_by_default() -> None:
    text = compile_text(EXAMPLE, CompileOptions(target="opencl", emit="mem"), Clock())
    states = [line for line in text.splitlines() if "dsp_mem.buffer" in line and " state" in line]
    assert states
    assert all("space = #dsp_mem.space<msmc>" in line for line in states)
    assert "staged" not in text


def test_emitted_loops_are_not_placed() -> None:
    text = compile_text(EXAMPLE, CompileOptions(target="opencl", emit="loops"), Clock())
    assert "space = " not in text


def test_copies_are_made_where_l2_is_asked_for() -> None:
    for heap in ("auto", "l2"):
        text = compile_text(EXAMPLE, CompileOptions(target="opencl", heap=heap), Clock())
        assert ("= DSPC_NEAR(" in text) == (heap == "l2")


def test_scratch_of_one_kernel_is_private_with_threads_too() -> None:
    """It lay in msmc where no loop was worth a task, and in ddr between kernels."""
    one = Source("one.dsp", "process = rwtable(4, 0.0, 2, _, 2), rwtable(4, 1.5, 1, _, 2);")
    many = str(Path(EXAMPLE).with_name("plucked_strings.dsp"))
    options = CompileOptions(target="opencl", sch=True, group_tasks=True)
    kernels: dict[Source | str, int] = {}
    for program in (one, many):
        code = compile_text(program, options, Clock())
        kernels[program] = code.count("_compute0(")
        requests = [line for line in code.splitlines() if "handles[" in line and "__malloc" in line]
        assert {line.partition("__malloc_")[2][:4] for line in requests} == {"msmc"}
        assert ("float fZec0[" in code) == (program is one)
    assert kernels[one] == 0 < kernels[many]


@pytest.mark.parametrize("threads", ["omp", "sch"])
def test_loops_of_levels_work_on_copies_in_l2(threads: str) -> None:
    """`--heap l2` copied nothing there with threads: sections could hold no copies."""
    program = str(Path(EXAMPLE).with_name("plucked_strings.dsp"))
    code = {
        heap: compile_text(
            program,
            CompileOptions(target="opencl", heap=heap, **{threads: True}),  # pyright: ignore[reportArgumentType]
            Clock(),
        )
        for heap in ("auto", "l2")
    }
    assert "DSPC_NEAR(" not in code["auto"]
    assert "DSPC_COPY_IN(float, x_line_near, x_line, " in code["l2"]
    assert "DSPC_COPY_OUT(float, x_line, x_line_near, " in code["l2"]
    kernels = code["l2"].split("kernel DSPC_ITEMS void ")[1:]
    levels = [kernel for kernel in kernels if kernel.startswith("mydsp_compute")]
    with_area = ["local ulong l2_area[" in kernel for kernel in levels]
    assert any(with_area)
    assert with_area == ["DSPC_AREA(l2_area)" in kernel for kernel in levels]


def test_a_program_larger_than_its_heap_is_refused() -> None:
    with pytest.raises(DspcError) as caught:
        compile_text(LONG, CompileOptions(target="opencl", heap="msmc"), Clock())
    assert caught.value.code == "E0605"
    assert "try --heap auto, or a --machine with more msmc" in str(caught.value.hint)


def test_delay_lines_that_msmc_has_no_room_for_lie_in_ddr() -> None:
    code = compile_text(LONG, CompileOptions(target="opencl"), Clock())
    requests = [line for line in code.splitlines() if "handles[" in line and "__malloc_" in line]
    assert {line.partition("__malloc_")[2][:4] for line in requests} == {"ddr(", "msmc"}
