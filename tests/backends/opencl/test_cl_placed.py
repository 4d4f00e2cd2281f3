"""Where passes place the memory of OpenCL programs when no machine is named."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from dspc.diagnostics import DspcError
from dspc.dialects.diagnostics import DspcWarning, Source
from dspc.driver import Clock, check_options, compile_text
from dspc.options import CompileOptions

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
def test_levels_that_cannot_use_l2_are_warned_of(threads: str) -> None:
    """It was ignored without a word."""
    options = CompileOptions(target="opencl", heap="l2", **{threads: True})  # pyright: ignore[reportArgumentType]
    with pytest.warns(DspcWarning, match=f"copies nothing to l2 with -{threads}"):
        check_options(options)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_options(CompileOptions(target="opencl", heap="l2"))
        check_options(CompileOptions(target="cpp", machine="66ak2h", heap="l2", omp=True))


def test_a_program_larger_than_its_heap_is_refused() -> None:
    with pytest.raises(DspcError) as caught:
        compile_text(LONG, CompileOptions(target="opencl", heap="msmc"), Clock())
    assert caught.value.code == "E0605"
    assert "try --heap auto, or a --machine with more msmc" in str(caught.value.hint)


def test_delay_lines_that_msmc_has_no_room_for_lie_in_ddr() -> None:
    code = compile_text(LONG, CompileOptions(target="opencl"), Clock())
    requests = [line for line in code.splitlines() if "handles[" in line and "__malloc_" in line]
    assert {line.partition("__malloc_")[2][:4] for line in requests} == {"ddr(", "msmc"}
