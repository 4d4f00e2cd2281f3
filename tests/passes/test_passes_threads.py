"""Sections and tasks: a program's loops before and after scheduling, without data races."""

from __future__ import annotations

import contextlib
import io

import pytest
from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser, pattern_for_opts
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp_par import (
    GraphOp,
    LoopOp,
    ParallelOp,
    SectionsOp,
    SingleOp,
    TaskOp,
    TeamForOp,
)
from dspc.driver import read_program
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.loop_options import LoopOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import Source

POLE = "pole(c) = *(1 - c) : + ~ *(c);"
FILTERS = f"{POLE} process = pole(0.9), pole(0.99) : +;"
CASCADE = f"{POLE} process = pole(0.9), pole(0.99) : + : atan : pole(0.5);"
BANK = "f(i) = + ~ *(i / 10) : sin : cos : + ~ *(0.5); process = _ <: par(i, 8, f(i + 1)) :> _;"


def compiled(source: str, options: LoopOptions) -> ModuleOp:
    module = read_program(Source("test.dsp", source), FrontendOptions(precision="double"))
    for one in parse_pipeline(",".join(loop_passes(options))):
        one.apply(Context(), module)
    module.verify()
    return module


def expect(text: str, checks: str) -> None:
    """Match a text against FileCheck directives."""
    lines = "\n".join(f"// {line.strip()}" for line in checks.strip().splitlines())
    options = Options("checks")
    parser = Parser(options, io.StringIO(lines), *pattern_for_opts(options))
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(errors):
        result = Matcher(options, FInput("module", text), parser).run()
    assert result == 0, errors.getvalue() + text


def shape(module: ModuleOp) -> str:
    """The ops of the dialect by name and kind, one per line."""
    lines: list[str] = []
    for op in module.walk():
        if isinstance(op, LoopOp):
            lines.append(f"loop {op.kind.data}")
        elif isinstance(op, TaskOp):
            lines.append(f"task {op.number.data} after {list(op.predecessors)}")
        elif op.name in ("dsp_par.window", "dsp_par.yield"):
            continue
        elif op.name.startswith("dsp_par.") or op.name == "scf.if":
            lines.append(op.name.partition(".")[2])
    return "\n".join(lines)


def test_two_filters_and_an_adder_become_two_sections_and_a_for() -> None:
    """The example of Faust's manual, without its `single` section, which only moves pointers."""
    before = compiled(FILTERS, LoopOptions(vec=True, loop_variant=1, vector_size=30))
    assert shape(before) == "loop recursive", "in chunks that no scan fits"
    after = str(compiled(FILTERS, LoopOptions(omp=True)))
    expect(
        after,
        """
        CHECK: func.func @compute
        CHECK: dsp_par.parallel {
        CHECK: scf.for %first = %{{.*}} to %{{.*}} step
        CHECK: arith.minsi
        CHECK: dsp_par.sections {
        CHECK-NEXT: dsp_par.section {
        CHECK-NEXT: dsp_par.loop free reads(%in0 : memref<?xf64>)
        CHECK: dsp_par.loop recursive
        CHECK: dsp_par.section {
        CHECK-NEXT: dsp_par.loop free reads(%in1 : memref<?xf64>)
        CHECK: dsp_par.loop recursive
        CHECK: dsp_par.for {
        CHECK-NEXT: dsp_par.loop free reads({{.*memref<32xf64>, memref<32xf64>}}) writes(%out0 :
        CHECK: arith.addf
        CHECK-NOT: dsp_par.single
        """,
    )


def test_a_recursion_after_them_becomes_a_single() -> None:
    options = LoopOptions(omp=True)
    pole = ["loop free", "loop recursive"]
    lines = [*pole, *pole, *pole, "loop free"]
    (split,) = parse_pipeline(loop_passes(options)[-2])
    module = read_program(Source("test.dsp", CASCADE), FrontendOptions())
    for one in (*parse_pipeline(",".join(loop_passes(options)[:-2])), split):
        one.apply(Context(), module)
    assert shape(module).splitlines() == lines
    expect(
        shape(compiled(CASCADE, options)),
        """
        CHECK: parallel
        CHECK-NEXT: sections
        CHECK-NEXT: section
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: section
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: for
        CHECK-NEXT: loop free
        CHECK-NEXT: single
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: for
        CHECK-NEXT: loop free
        """,
    )


def test_one_thread_stores_the_state_of_a_free_loop_for_the_next_chunk() -> None:
    """A past is copied in before the frames and out after them; a meter shows the last frame."""
    source = f"""{POLE} m = hbargraph("m", 0, 1);
        process = pole(0.9), pole(0.99) : + : m : sin <: _, @(3) : *;"""
    expect(
        shape(compiled(source, LoopOptions(omp=True))),
        """
        CHECK: sections
        CHECK: single
        CHECK-NEXT: loop free
        CHECK-NEXT: for
        CHECK-NEXT: loop free
        CHECK-NEXT: single
        CHECK-NEXT: loop free
        """,
    )


def test_the_rest_of_the_frames_is_shared_alike() -> None:
    (*signals, split, section) = loop_passes(LoopOptions(omp=True))
    split = split.replace("loop-variant=1", "loop-variant=0")
    module = read_program(Source("test.dsp", FILTERS), FrontendOptions())
    for one in parse_pipeline(",".join((*signals, split, section))):
        one.apply(Context(), module)
    module.verify()
    (team,) = (op for op in module.walk() if isinstance(op, ParallelOp))
    assert [op.name for op in team.body.block.ops] == ["scf.for", "scf.if", "dsp_par.yield"]
    assert shape(module).count("sections") == 2


def test_chains_share_a_section() -> None:
    module = compiled(BANK, LoopOptions(omp=True, vector_size=512))
    (sections,) = (op for op in module.walk() if isinstance(op, SectionsOp))
    assert len(sections.sections) == 8
    for section in sections.sections:
        assert [loop.kind.data for loop in section.loops] == ["recursive", "free", "recursive"]


@pytest.mark.parametrize("size", [4, 512])
def test_grouping_joins_what_does_not_pay(size: int) -> None:
    plain = compiled(BANK, LoopOptions(omp=True, vector_size=size))
    grouped = compiled(BANK, LoopOptions(omp=True, vector_size=size, group_tasks=True))
    sections = [op for op in grouped.walk() if isinstance(op, SectionsOp)]
    assert "sections" in shape(plain)
    assert len(sections) == (0 if size == 4 else 1)
    assert (shape(grouped).count("for") > 0) <= (shape(plain).count("for") > 0)
    loops = [op for op in grouped.walk() if isinstance(op, LoopOp)]
    assert len(loops) == sum(isinstance(op, LoopOp) for op in plain.walk())


def test_a_program_that_is_nowhere_worth_a_team_stays_serial() -> None:
    for source in (FILTERS, CASCADE, "process = _;"):
        assert "parallel" not in shape(compiled(source, LoopOptions(omp=True, group_tasks=True)))
    one_recursion = "process = + ~ (*(0.5) : min(0.9));"
    assert "parallel" not in shape(compiled(one_recursion, LoopOptions(omp=True)))


def test_every_free_loop_is_split_on_demand() -> None:
    source = "process = par(i, 3, (+ ~ *(0.5)) : sin), par(i, 3, sin : cos : sin);"

    def split(options: LoopOptions) -> int:
        return sum(isinstance(op, TeamForOp) for op in compiled(source, options).walk())

    copying_inputs = split(LoopOptions(omp=True))
    assert copying_inputs == 1
    assert split(LoopOptions(omp=True, par_loop=True)) == copying_inputs + 1


def test_the_graph_of_tasks() -> None:
    expect(
        shape(compiled(CASCADE, LoopOptions(sch=True))),
        """
        CHECK: graph
        CHECK-NEXT: task 0 after []
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: task 1 after []
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: task 2 after [0, 1]
        CHECK-NEXT: loop free
        CHECK-NEXT: loop recursive
        CHECK-NEXT: loop free
        """,
    )
    assert "graph" not in shape(compiled(CASCADE, LoopOptions(sch=True, group_tasks=True)))


def test_tasks_are_grouped_until_they_are_worth_it() -> None:
    options = LoopOptions(sch=True, vector_size=256)
    wide = BANK.replace("par(i, 8, f(i + 1))", "par(i, 40, f(i / 8))")
    plain = compiled(wide, options)
    grouped = compiled(wide, LoopOptions(sch=True, vector_size=256, group_tasks=True))

    def tasks(module: ModuleOp) -> int:
        return sum(isinstance(op, TaskOp) for op in module.walk())

    assert tasks(plain) > 40
    assert 8 <= tasks(grouped) < tasks(plain)
    assert sum(isinstance(op, GraphOp) for op in grouped.walk()) == 1


def test_inputs_are_copied_before_an_output_may_be_written() -> None:
    """One section reads the second input while another writes an output, which may alias it."""
    source = f"{POLE} process = pole(0.9), pole(0.99);"
    module = compiled(source, LoopOptions(omp=True))
    kinds = [op for op in module.walk() if isinstance(op, SectionsOp | SingleOp | TeamForOp)]
    assert [op.name for op in kinds] == ["dsp_par.for", "dsp_par.sections"]
    for section in kinds[1].walk():
        if isinstance(section, LoopOp):
            assert not any(row.name_hint in ("in0", "in1") for row in section.reads)
