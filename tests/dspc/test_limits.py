"""`-t` and `--memory-limit` hold in every stage, and end with one error."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from math import inf
from pathlib import Path

import pytest

import dspc
from dspc.options.source_options import SourceOptions, read_size
from dspc.support import limits
from dspc.support.diagnostics import DspcError
from dspc.support.files.transient import run_command
from dspc.support.limits import MEGABYTE, LimitReached, Limits, limited

PROGRAM = "process = _ <: par(i, 4, @(100 * (i + 1)) : + ~ *(0.5)) :> _;"


def forever(*_arguments: object, **_options: object) -> None:
    while True:
        pass


def growing(*_arguments: object, **_options: object) -> None:
    blocks: list[bytes] = []
    while True:
        blocks.append(b"x" * 100_000)


def code_of(bounds: Limits, action: object) -> str:
    assert callable(action)
    with pytest.raises(DspcError) as caught:
        limited(bounds, action)
    assert caught.value.exit_status == 1
    return caught.value.code


# stage: (what computes it, options that make it needed)
STAGES = {
    "loading": ("dspc.frontends.faust.loader.Loader.load_source", {}),
    "evaluation": ("dspc.frontends.faust.trampoline.Trampoline.run", {}),
    "propagation": ("dspc.frontends.faust.propagate.Propagator._begin", {}),
    "typing": ("dspc.frontends.faust.compile.type_signals", {}),
    "emission": ("dspc.frontends.faust.compile.emit_program", {}),
    "a pass": ("dspc.passes.dsp_simplify.DspSimplify.apply", {}),
    "lowering": ("dspc.passes.dsp_lower_to_loops.DspLowerToLoops.apply", {"scalar": True}),
    "splitting": ("dspc.pipelines.split_loops.DspSplitLoops.apply", {"vec": True}),
    "placement": ("dspc.passes.dsp_place_allocations.solve", {"machine": "am572x"}),
    "validation": ("dspc.validation.Validation.after", {"validate": "each"}),
    "C++": ("dspc.backends.cpp.printer.print_cpp", {}),
    "OpenCL": ("dspc.backends.opencl.printer.print_opencl", {"target": "opencl"}),
    "LLVM": ("dspc.backends.llvm.printer.print_llvm", {"target": "llvm"}),
}


@pytest.mark.parametrize("stage", STAGES)
def test_the_time_limit_holds_in(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, options = STAGES[stage]
    dspc.compile(PROGRAM, **options)  # loads what it needs
    monkeypatch.setattr(name, forever)
    with pytest.raises(DspcError) as caught:
        dspc.compile(PROGRAM, time_limit=0.2, **options)
    assert caught.value.code == "E0210"
    assert caught.value.exit_status == 1


def test_the_memory_limit_holds_in_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    dspc.compile(PROGRAM)
    monkeypatch.setattr("dspc.passes.dsp_simplify.DspSimplify.apply", growing)
    bound = limits.resident_bytes() / MEGABYTE + 100
    with pytest.raises(DspcError) as caught:
        dspc.compile(PROGRAM, memory_limit=f"{bound:.0f}")
    assert caught.value.code == "E0211"
    assert str(caught.value.span) == "<text>:1:1"


def test_limits_reached_in_another_thread() -> None:
    codes: list[str] = []

    def compile_there() -> None:
        codes.append(code_of(Limits(0.1), forever))

    thread = threading.Thread(target=compile_there)
    thread.start()
    thread.join()
    assert codes == ["E0210"]


def test_the_inner_and_the_outer_limit() -> None:
    inner = Limits(seconds=0.1)
    assert code_of(Limits(60), lambda: limited(inner, forever)) == "E0210"
    assert code_of(inner, lambda: limited(Limits(60), forever)) == "E0210"


def test_no_handler_of_exceptions_keeps_a_limit() -> None:
    def stubborn() -> None:
        while True:
            with suppress(Exception):
                forever()

    assert code_of(Limits(0.1), stubborn) == "E0210"


def test_a_limit_that_was_swallowed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_REPEAT", 0.05)

    def deaf() -> None:
        try:
            forever()
        except LimitReached:
            forever()

    assert code_of(Limits(0.1), deaf) == "E0210"


def test_nothing_comes_after_the_end() -> None:
    for _ in range(20):
        with suppress(DspcError):
            limited(Limits(0.01), lambda: time.sleep(0.0099))
        for _ in range(1000):
            pass
    assert limits.remaining() == inf


def test_other_faults_stay_as_they_are() -> None:
    def wrong() -> None:
        raise DspcError("E0201", "wrong")

    assert code_of(Limits(60), wrong) == "E0201"


def test_native_code_that_never_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_GRACE", 0.0)
    monkeypatch.setattr(limits, "_REPEAT", 0.05)
    codes: list[str] = []
    with pytest.raises(DspcError):
        limited(Limits(0.05), lambda: time.sleep(1), lambda fault: codes.append(fault.code))
    assert codes[0] == "E0210"


@pytest.mark.slow
def test_a_compiler_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    script = tmp_path / "compiler"
    script.write_text(f"#!/bin/sh\n(sleep 3; touch {tmp_path}/late) &\nwait\n")
    script.chmod(0o755)
    started = time.monotonic()
    assert code_of(Limits(0.3), lambda: run_command([str(script)])) == "E0210"
    assert time.monotonic() - started < 2.5
    time.sleep(3)
    assert not (tmp_path / "late").exists()


def test_the_solver_gets_the_time_that_is_left() -> None:
    cp_model = pytest.importorskip("ortools.sat.python.cp_model")
    from dspc.passes.placement.exact import set_limits

    solver = cp_model.CpSolver()
    limited(Limits(5), lambda: set_limits(solver, 100.0, 1))
    assert 0 < solver.parameters.max_time_in_seconds <= 5
    set_limits(solver, 100.0, 1)
    assert solver.parameters.max_time_in_seconds == 100.0


@pytest.mark.parametrize(
    ("text", "size"),
    [("500", 5e8), ("1.5G", 1.5e9), ("2GiB", 2.0 * 2**30), ("64 MB", 6.4e7), ("9k", 9e3)],
)
def test_sizes(text: str, size: float) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize("text", ["", "-1", "1e3", "nan", "inf", "5 b", "G", "9" * 400, "٣"])
def test_no_sizes(text: str) -> None:
    with pytest.raises(DspcError, match="E0008"):
        read_size(text)


@pytest.mark.parametrize("seconds", [-1.0, float("nan")])
def test_no_times(seconds: float) -> None:
    with pytest.raises(DspcError, match="E0008"):
        SourceOptions(time_limit=seconds).limits()


def test_no_limits() -> None:
    assert SourceOptions(time_limit=0, memory_limit="0").limits() == Limits()


def test_by_default_there_is_a_bound_on_memory() -> None:
    bounds = SourceOptions().limits()
    assert bounds.seconds == 120
    assert limits.resident_bytes() < bounds.memory < inf


def commands() -> Iterator[tuple[str, ...]]:
    yield ("dspc", "-o", "out.cpp")
    yield ("dspc.run", "-o", "out.wav")
    yield ("dspc.opt", "-o", "out.mlir")


@pytest.mark.slow
@pytest.mark.parametrize("bound", [("--timeout", "2.5"), ("--memory-limit", "150")])
@pytest.mark.parametrize("command", list(commands()), ids=lambda command: command[0])
def test_too_many_wires(command: tuple[str, ...], bound: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text("process = par(i, 1048576, _);\n")
    done = subprocess.run(
        [sys.executable, "-m", *command, *bound, "p.dsp"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("error[E021") == 1
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p.dsp"]


def test_functions_can_be_traced_after_a_limit() -> None:
    """They never started: the signal of the cancelled interrupt stayed set."""
    code = """
import sys
from dspc.support.diagnostics import DspcError
from dspc.support.limits import Limits, limited

def endless():
    while True:
        pass

try:
    limited(Limits(seconds=0.05), endless)
except DspcError as error:
    print(error.code)
sys.settrace(lambda *_: None)
result = (lambda: "traced")()
sys.settrace(None)
print(result)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == "E0210\ntraced\n", done.stderr
