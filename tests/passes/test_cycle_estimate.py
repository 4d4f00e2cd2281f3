"""The cost model of cycles per frame: one loop or loop distribution without `-vec`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp_mem.processor_model import DEFAULT
from dspc.dialects.dsp_par import LoopKind, LoopOp
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.passes.analysis.delay_lines import Plan
from dspc.passes.costs.loops import one_loop_cycles, split_cycles
from dspc.passes.partition import one_or_many
from dspc.passes.partition.choose_chunk import ChunkRequest, choose_chunk
from dspc.passes.partition.fuse import make_groups
from dspc.pipelines.selection import choose_passes
from dspc.support.diagnostics import Source

MANY = {
    "a filter of 40 taps": "process = _ <: par(i, 40, @(i) : *(0.1 + i)) :> _;",
    "a comb": "process = + ~ (@(700) : *(0.5));",
    "a pole over time": "process = *(0.1) : + ~ *(0.9);",
    "functions around a filter": "process = sin : exp : + ~ (_ <: *(0.3) + 0.2 * mem) : cos : log;",
    "noise": "process = *((+(12345) ~ *(1103515245)) / 2147483647.0);",
    "a bank": "process = _ <: par(i, 24, + ~ *(0.9 - i * 0.01)) :> _;",
    "a phase": "process = *(0.3) : (+ : \\(x).(x - floor(x))) ~ _;",
    "a filter of second order": "process = + ~ (_ <: *(0.3) + 0.2 * mem);",
    "a slow filter that reads a tangent": (
        "process = _ <: tan, _ : ((_, _, _) : \\(s, g, x).(x + g*(s - min(s, 0.3)))) ~ *(0.5);"
    ),
    "eight filters in a row": "process = seq(i, 8, + ~ (_ <: *(0.3) + 0.2 * mem));",
}
ONE = {
    "a filter whose coefficient is a signal": "process(x, c) = x : + ~ (_ <: *(c) + 0.2 * mem);",
    "four filters in a row": "process = seq(i, 4, + ~ (_ <: *(0.3) + 0.2 * mem));",
    "a clipped filter": "process = *(0.3) : (+ ~ (*(0.9) : min(0.5)));",
}


def loops_of(text: str, **options: object) -> list[LoopOp]:
    """The loop ops of a compiled program: none if it is one loop over the frames."""
    chosen = replace(CompileOptions(), **options)  # pyright: ignore[reportArgumentType]
    module = read_program(Source("test.dsp", text), chosen.frontend())
    run_passes(module, choose_passes(chosen), chosen, Clock())
    module.verify()
    return [op for op in module.walk() if isinstance(op, LoopOp)]


@pytest.mark.parametrize("name", MANY)
def test_many_loops_where_they_are_faster(name: str) -> None:
    assert loops_of(MANY[name])
    assert not loops_of(MANY[name], scalar=True)
    assert not loops_of(MANY[name], lanes=0)


@pytest.mark.parametrize("name", ONE)
def test_one_loop_where_nothing_is_gained(name: str) -> None:
    assert not loops_of(ONE[name])
    assert loops_of(ONE[name], vec=True)


@pytest.mark.parametrize(
    "asked",
    [{"manager": True}, {"machine": "66ak2h"}, {"heap": "static"}, {"emit": "mem"},
     {"memory_map": "text"}],
)  # fmt: skip
def test_one_loop_where_memory_is_named(asked: dict[str, object]) -> None:
    assert not loops_of(MANY["a comb"], **asked)
    assert loops_of(MANY["a bank"], **asked)


def test_the_largest_programs_stay_one_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_or_many, "MOST_SPLIT", 20)
    assert not loops_of(MANY["a filter of 40 taps"])
    assert loops_of(MANY["a comb"])
    assert loops_of(MANY["a bank"])


def cycles(text: str) -> tuple[float, float]:
    """The estimated cycles per frame of one loop, and of distributed loops."""
    options = CompileOptions(emit="signals")
    module = read_program(Source("test.dsp", text), options.frontend())
    run_passes(module, choose_passes(options), options, Clock())
    (program,) = (op for op in module.ops if isinstance(op, ProgramOp))
    asked = ChunkRequest(32, 16, DEFAULT, lanes=8)
    graph = choose_chunk(program, Plan(program.body.block), asked)
    return one_loop_cycles(graph), split_cycles(graph, make_groups(graph))


@pytest.mark.parametrize("name", [*MANY, "a filter of second order", "a clipped filter"])
def test_more_work_takes_more_cycles(name: str) -> None:
    text = {**MANY, **ONE}[name].replace("process", "first", 1)
    once = cycles(text + " process = first;")
    twice = cycles(text + " process = first, (*(0.7) : sin : first);")
    assert all(more > less for more, less in zip(twice, once, strict=True))


def test_feedback_bounds_one_loop() -> None:
    """A recursion is latency-bound by its functions, however few other operations there are."""
    short, _ = cycles("process = + ~ (*(0.5) : min(0.9));")
    long, _ = cycles("process = + ~ (*(0.5) : tan : tan : min(0.9));")
    assert long > short + 60


def test_carried_values_beyond_the_registers_cost_a_load_and_a_store() -> None:
    """Two sections of a filter fit into registers; of twenty, the later ones are spilled."""
    section = "(\\(y, x).(x + 0.5*y + 0.2*y' : min(0.9))) ~ _"
    one, few, many = (cycles(f"process = seq(i, {n}, {section});")[0] for n in (1, 2, 20))
    assert many - one > 1.5 * 19 * (few - one)


def test_values_carried_across_a_call_cost_a_load_and_a_store() -> None:
    """No vector register is preserved by a function, and a store is read back a load later."""
    clipped = "(+ : *(0.9) : min(0.8)) ~ _"
    apart, both = (
        cycles(f"process = _, ({', '.join([clipped] * n)}) : tan{', _' * n};")[0] for n in (1, 7)
    )
    plain, more = (
        cycles(f"process = _, ({', '.join([clipped] * n)}) : sqrt{', _' * n};")[0] for n in (1, 7)
    )
    assert both - apart > more - plain + 6 * 1.5 - 0.01


def test_fmod_costs_a_subtraction_and_not_a_call() -> None:
    wrapped, _ = cycles("process = + ~ (fmod(_, 3.5));")
    divided, _ = cycles("process = + ~ (pow(_, 3.5));")
    assert wrapped + 20 < divided


CHAIN = "seq(i, 18, *(0.9) : min(0.8))"
QUOTIENTS = "_ <: par(i, 14, +(i + 1.5) : 1 / _) :> *(0.01)"


@pytest.mark.parametrize(
    ("feedback", "count"), [(CHAIN, 1), (QUOTIENTS, 2)], ids=["a long chain", "many quotients"]
)
def test_channels_share_a_serial_loop_where_one_waits_for_its_feedback(
    feedback: str, count: int
) -> None:
    """Two recursions of more than 32 ops: their latencies overlap, but their throughputs add up."""
    text = f"process = par(i, 2, (+ : {feedback}) ~ _);"
    loops = loops_of(text, vec=True)
    serial = [op for op in loops if op.kind.data == LoopKind.RECURSIVE]
    # Full chunks, and the frames after them.
    assert len(serial) == 2 * count
