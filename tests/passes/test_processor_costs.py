"""Cost models take their numbers from the machine's `[processor]`."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from xdsl.dialects.builtin import FloatAttr, f32, f64

from dspc.dialects.dsp import arithmetic
from dspc.dialects.dsp.types import Rate, RateAttr, SignalType
from dspc.dialects.dsp_mem.machine import load_machine, read_machine
from dspc.dialects.dsp_mem.processor_model import DEFAULT, LATENCY, THROUGHPUT
from dspc.driver import Clock, compile_text
from dspc.options.compile_options import CompileOptions
from dspc.passes.costs.operations import latency, throughput
from dspc.pipelines.standard import split_pass
from dspc.support.diagnostics import DspcError, Source

ROOT = Path(__file__).resolve().parents[2]
BANK = """
voice(n) = *(0.1) : + ~ *(0.9 - 0.01*n) : *(hslider("g%n", 0.5, 0, 1, 0.1)) : + ~ (@(1) : *(0.3));
process = _ <: par(n, 9, voice(n)) :> _;
"""
ECHO = "process = + ~ (@(4000) : *(0.5));"


def compiled(text: str, **options: object) -> str:
    """The generated text, but for the options that it was made with."""
    code = compile_text(Source("own.dsp", text), CompileOptions(**options), Clock())  # type: ignore
    return code.replace(f" --machine {options.get('machine')}", "")


def widths(text: str) -> set[int]:
    """The lanes of vectors of f32 in a module."""
    return set(map(int, re.findall(r"vector<(\d+)xf32>", text)))


@pytest.mark.parametrize(
    ("machine", "lanes"),
    [("sse2", {4}), ("avx2", {8}), ("avx512", {16}), ("neon", {4}), ("cortex-m7", set())],
)
def test_vectors_are_as_wide_as_registers(machine: str, lanes: set[int]) -> None:
    assert widths(compiled(BANK, machine=machine, emit="loops", vec=True)) == lanes


def test_vectors_of_doubles_have_half_the_lanes() -> None:
    text = compiled(BANK, machine="avx512", emit="loops", vec=True, double=True)
    assert set(re.findall(r"vector<(\d+)xf64>", text)) == {"8"}


def test_lanes_override_the_machine() -> None:
    assert widths(compiled(BANK, machine="avx512", emit="loops", vec=True, lanes=4)) == {4}


@pytest.mark.parametrize("mode", [{}, {"vec": True}, {"sch": True}])
def test_the_default_is_avx2(mode: dict[str, object]) -> None:
    assert compiled(BANK, machine="avx2", **mode) == compiled(BANK, **mode)


@pytest.mark.parametrize("machine", ["cpu", "66ak2h", "am572x"])
def test_a_machine_without_a_processor_has_the_default_one(machine: str) -> None:
    assert load_machine(machine).processor is DEFAULT
    options = CompileOptions(machine=machine, vec=True)
    assert split_pass(options) == split_pass(CompileOptions(vec=True))


@pytest.mark.parametrize("machine", ["avx2", "cortex-m7"])
def test_a_machine_without_spaces_leaves_memory_as_it_is(machine: str) -> None:
    assert compiled(ECHO, machine=machine, lanes=0) == compiled(ECHO, lanes=0)


def test_memory_is_placed_on_the_default_machine_where_that_is_asked() -> None:
    text = compiled(ECHO, machine="avx2", heap="static", emit="mem")
    assert text == compiled(ECHO, heap="static", emit="mem")
    assert "offset" in text


def own(tmp_path: Path, tables: str) -> str:
    path = tmp_path / "own.toml"
    path.write_text(f'title = "own"\n[processor]\n{tables}')
    return str(path)


def test_dear_barriers_leave_one_section(tmp_path: Path) -> None:
    """Work that outweighs a barrier of the default does not outweigh one of a second."""
    source = "process = par(n, 8, sin : cos : sin : + ~ *(0.5) : tan : exp);"
    usual = compiled(source, omp=True, group_tasks=True, vector_size=256, emit="par")
    dear = own(tmp_path, "barrier = 1e6\n")
    alone = compiled(source, machine=dear, omp=True, group_tasks=True, vector_size=256, emit="par")
    assert "dsp_par.parallel" in usual
    assert "dsp_par.parallel" not in alone


def test_dear_lanes_make_no_packs(tmp_path: Path) -> None:
    dear = own(tmp_path, "vector = 1\ninsert = 1000\nextract = 1000\n")
    source = "process = _ <: par(n, 4, + ~ (*(0.3 + 0.1*n) : min(0.5)));"
    cheap = own(tmp_path, "insert = 0\nextract = 0\n")
    assert widths(compiled(source, machine=cheap, emit="loops", vec=True))
    dear = own(tmp_path, "vector = 1\ninsert = 1000\nextract = 1000\n")
    assert not widths(compiled(source, machine=dear, emit="loops", vec=True))


def test_functions_decide_between_one_loop_and_many(tmp_path: Path) -> None:
    """One loop wins where the vectorised part of a frame costs nothing."""
    source = "process = _ <: (+ ~ (*(0.5) : min(0.9))), (/(3) : sqrt : /(7) : sqrt) :> _;"
    slow = own(tmp_path, "[processor.throughput]\ndiv = 100\nsqrt = 100\n")
    assert "dsp_par.loop" in compiled(source, machine=slow, emit="loops")
    quick = own(tmp_path, "[processor.throughput]\ndiv = 0.1\nsqrt = 0.1\n")
    assert "dsp_par.loop" not in compiled(source, machine=quick, emit="loops")


def constants(value: float) -> tuple[arithmetic.DivOp, arithmetic.DivOp]:
    """A division of f32 and one of f64."""
    divisions: list[arithmetic.DivOp] = []
    for kind in (f32, f64):
        signal = SignalType(kind, RateAttr(Rate.SAMPLE))
        one = arithmetic.ConstantOp.create(
            result_types=[signal], properties={"value": FloatAttr(value, kind)}
        )
        divisions.append(arithmetic.DivOp.create(operands=[one.result] * 2, result_types=[signal]))
    return divisions[0], divisions[1]


def test_times_may_depend_on_the_type() -> None:
    table = {"latency": {"div": 7, "div.f64": 9}, "throughput": {"div.f32": 2}}
    processor = read_machine("own", {"title": "", "processor": table}, "own.toml").processor
    single, double = constants(1.0)
    assert (latency(single, processor), latency(double, processor)) == (7, 9)
    assert (throughput(single, processor), throughput(double, processor)) == (
        2,
        THROUGHPUT["div"],
    )
    assert processor.latency("add") == LATENCY["add"]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ({"vector_bits": 96}, r"\[processor\]: vector_bits is one of"),
        ({"vector_bits": True}, "vector_bits is one of"),
        ({"vector": 0}, "vector is a number from 0.001"),
        ({"insert": -1}, "insert is a number from 0"),
        ({"barrier": "long"}, "barrier is a number"),
        ({"barrier": float("nan")}, "barrier is a number"),
        ({"clock": 1}, "nothing is called clock"),
        ({"latency": 3}, "latency is a table"),
        ({"latency": {"sine": 3}}, r"\[processor.latency\]: nothing is called sine"),
        ({"latency": {"add.f16": 3}}, "nothing is called add.f16"),
        ({"latency": {"add": {"f64": 3}}}, "add is a number"),
        ({"throughput": {"div": -1}}, r"\[processor.throughput\]: div is a number"),
    ],
)
def test_bad_processors_are_refused(table: dict[str, object], reason: str) -> None:
    with pytest.raises(DspcError, match=reason) as caught:
        read_machine("own", {"title": "own", "processor": table}, "own.toml")
    assert (caught.value.code, caught.value.exit_status) == ("E0602", 2)


def test_an_error_stands_at_its_line(tmp_path: Path) -> None:
    path = own(tmp_path, "vector_bits = 256\n[processor.latency]\nadd = 4\ndiv = 'slow'\n")
    with pytest.raises(DspcError, match="div is a number") as caught:
        load_machine(path)
    assert caught.value.span is not None
    assert caught.value.span.line == 6


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measures", ROOT / "benchmarks" / "processor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_measured_costs_are_a_machine_file(tmp_path: Path) -> None:
    """In cycles, with the types that were measured; times that are no latency are left out."""
    times = {"cycle": 0.5, "latency.add.f32": 2.0, "throughput.add.f32": 0.25, "barrier": 500.0}
    times |= {"gather": 0.5, "latency.remainder.i32": 9.0, "throughput.remainder.i32": 4.0}
    path = tmp_path / "here.toml"
    path.write_text(benchmark().machine_text("here", (512, 32), times))
    processor = load_machine(str(path)).processor
    assert (processor.vector_bits, processor.vector_registers) == (512, 32)
    assert (processor.cycle, processor.barrier) == (0.5, 1000)
    assert (processor.latency("add", "f32"), processor.latency("add", "f64")) == (4, 4)
    assert processor.throughput("add", "f32") == 0.5
    assert processor.throughput("remainder", "i32") == 8
    assert processor.throughput("gather") == 1
