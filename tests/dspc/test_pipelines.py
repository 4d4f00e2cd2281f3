"""Pipelines of anyone's passes, and modules as programs."""

from __future__ import annotations

import importlib.metadata
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import numpy as np
import pytest
from commands import without_options
from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp, UnitAttr
from xdsl.ir import Dialect
from xdsl.passes import ModulePass
from xdsl.universe import Universe
from xdsl.utils.exceptions import PassFailedException
from xdsl.utils.target import Target

import dspc
from dspc import cli, multiverse, opt, run
from dspc.dialects.dsp import arithmetic
from dspc.driver import compile_text
from dspc.frontends.python import add, hslider, program, wire
from dspc.mlir_text import MlirText
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.parsing import check_order, parse_pipeline
from dspc.pipelines.standard import PASSES, load_pass
from dspc.support.diagnostics import DspcError, DspcWarning
from dspc.targets import lookup
from dspc.validation import Validation

FILTERS = Path(__file__).resolve().parents[2] / "examples" / "two_filters.dsp"
ECHO = 'process = + ~ (@(30) : *(hslider("gain", 0.5, 0, 0.9, 0.1)));'


@dataclass(frozen=True)
class Scale(ModulePass):
    """Multiplies the program's constants."""

    name = "mine-scale"
    TAKES = ("signals",)
    factor: float = 2.0

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        assert "mine" in ctx.registered_dialect_names
        for one in op.walk():
            if isinstance(one, arithmetic.ConstantOp) and hasattr(one.value, "type"):
                value: Any = one.value
                one.value = type(value)(value.value.data * self.factor, value.type)


@dataclass(frozen=True)
class Mark(ModulePass):
    """Works on any level."""

    name = "mine-mark"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        op.attributes["mine.mark"] = UnitAttr()


@dataclass(frozen=True)
class Broken(ModulePass):
    """Fails in one of two ways."""

    name = "mine-broken"
    politely: bool = False

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.politely:
            raise PassFailedException("not today")
        raise KeyError("lost")


@dataclass(frozen=True)
class Count(Target):
    """Prints the number of ops."""

    name = "mine-count"
    plus: int = 0

    def emit(self, ctx: Context, module: ModuleOp, output: IO[str]) -> None:
        output.write(f"{sum(1 for _ in module.walk()) + self.plus} ops\n")


MINE = Universe(
    all_dialects={"mine": lambda: Dialect("mine", [], [])},
    all_passes={one.name: (lambda one=one: one) for one in (Scale, Mark, Broken)},
    all_targets={"mine-count": lambda: Count},
)


@pytest.fixture
def mine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with a universe is installed, and one that cannot be loaded."""
    holder = ModuleType("mine_universe")
    holder.MINE = MINE  # pyright: ignore[reportAttributeAccessIssue]
    monkeypatch.setitem(sys.modules, "mine_universe", holder)
    original = importlib.metadata.entry_points

    def entry_points(**wanted: str) -> Any:
        if wanted != {"group": "xdsl.universe"}:
            return original(**wanted)
        return [
            *original(**wanted),
            EntryPoint("mine", "mine_universe:MINE", "xdsl.universe"),
            EntryPoint("lost", "no_such_module:LOST", "xdsl.universe"),
        ]

    monkeypatch.setattr(importlib.metadata, "entry_points", entry_points)
    for cached in (multiverse._loaded, lookup._of_universe):
        cached.cache_clear()
    yield
    for cached in (multiverse._loaded, lookup._of_universe):
        cached.cache_clear()


def run_command(
    main: Any, *arguments: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of a command."""
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    output = capsys.readouterr()
    return int(ended.value.code or 0), output.out, output.err


@pytest.mark.usefixtures("mine")
def test_a_pass_of_another_package_runs_in_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "x.dsp"
    source.write_text("process = *(0.5);")
    status, out, err = run_command(
        cli.main, "-p", "mine-scale{factor=3}", "--print-after", "mine-scale", str(source),
        capsys=capsys,
    )  # fmt: skip
    assert (status, "1.500000e+00" in out, "// after mine-scale" in err) == (0, True, True), err
    edit = "after dsp-simplify: mine-scale{factor=3.0},mine-mark"
    status, out, err = run_command(cli.main, "--insert", edit, str(source), capsys=capsys)
    assert (status, "1.5f" in out) == (0, True), err
    sound = str(tmp_path / "o.npy")
    run_it = ("--backend", "interp", "--impulse", "--seconds", "0.001", "-o", sound)
    status, _, err = run_command(run.main, *run_it, "--insert", edit, str(source), capsys=capsys)
    assert status == 0, err
    assert np.load(sound)[0, 0] == 1.5
    status, out, err = run_command(
        opt.main, "-p", "mine-scale{factor=3.0}", str(source), capsys=capsys
    )
    assert (status, "1.500000e+00" in out) == (0, True), err


@pytest.mark.usefixtures("mine")
def test_edits_after_one_pass_run_in_their_order() -> None:
    edits = [
        "after dsp-rates: mine-mark,mine-scale",
        "after mine-mark: mine-scale{factor=3.0}",
        "after dsp-rates: mine-scale{factor=4.0}",
        "before dsp-rates: mine-scale{factor=5.0}",
        "before dsp-rates: mine-scale{factor=6.0}",
    ]
    names = ",".join(dspc.pipeline(insert=edits))
    assert (
        "mine-scale{factor=5.0},mine-scale{factor=6.0},dsp-rates,mine-mark,"
        "mine-scale{factor=3.0},mine-scale,mine-scale{factor=4.0},"
    ) in names, names


@pytest.mark.usefixtures("mine")
def test_a_pass_that_changes_results_is_caught_by_validation(tmp_path: Path) -> None:
    options = CompileOptions(insert=["before dsp-rates: mine-scale"], validate="each")
    with pytest.raises(DspcError) as caught:
        compile_text(dspc_source("process = *(0.5);"), options, clock())
    assert (caught.value.code, "the pass mine-scale changed" in caught.value.message) == (
        "E0501", True,
    )  # fmt: skip


def dspc_source(text: str) -> Any:
    from dspc.support.diagnostics import Source

    return Source("x.dsp", text)


def clock() -> Any:
    from dspc.driver import Clock

    return Clock()


@pytest.mark.usefixtures("mine")
def test_passes_from_python() -> None:
    passes: list[Any] = dspc.pipeline(vec=True)
    assert passes[0] == "dsp-simplify"
    passes.insert(1, Scale(3.0))
    for text in (passes, [*passes[:1], "mine-scale{factor=3}", *passes[2:]]):
        assert "1.5f" in dspc.compile("process = *(0.5);", passes=text).code
        assert dspc.load("process = *(0.5);", passes=text, backend="interp")([1.0])[0, 0] == 1.5
    inserted = ["before dsp-rates: mine-scale{factor=4}"]
    assert "2.0f" in dspc.compile("process = *(0.5);", insert=inserted).code
    assert dspc.load("process = *(0.5);", insert=inserted, backend="interp")([1.0])[0, 0] == 2.0
    whole = ",".join(dspc.pipeline(vec=True))
    replaced = dspc.compile(ECHO, "interp", passes=whole).code
    assert without_options(replaced) == without_options(dspc.compile(ECHO, "interp", vec=True).code)
    for wrong in ([Scale], [3]):
        untyped: Any = wrong
        for run_it in (dspc.compile, dspc.load):
            with pytest.raises(TypeError, match="expected a pass or the text of a pipeline"):
                run_it(ECHO, passes=untyped)
    after = dspc.compile(ECHO, pipeline="dsp-rates", emit="dsp")
    assert after.code == dspc.compile(ECHO, passes=["dsp-rates"], emit="dsp").code


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"pipeline": "mine-scal"}, "E0005", "did you mean mine-scale?"),
        ({"pipeline": "qqq"}, "E0005", "the universe lost cannot be loaded: ModuleNotFoundError"),
        ({"pipeline": "mine-scale{facto=1}"}, "E0006", "did you mean factor?"),
        ({"pipeline": "mine-mark{x=1}"}, "E0006", "it has no options"),
        ({"pipeline": "mine-scale{factor=high}"}, "E0006", "factor is float, not high"),
        ({"pipeline": "dsp-split-loops{apart=3}"}, "E0006", "apart is bool, not 3"),
        ({"pipeline": "mine-scale{"}, "E0006", "invalid pipeline"),
        ({"pipeline": "dsp-lower-to-loops,mine-scale"}, "E0024", "move mine-scale before"),
        ({"pipeline": "dsp-stage-copies"}, "E0024", "takes mem, but the module has signals"),
        ({"pipeline": "dsp-rates", "target": "cpp"}, "E0024", "the pipeline ends with signals"),
        ({"insert": ["after dsp-lower-to-loops: dsp-rates"]}, "E0024", "move dsp-rates before"),
        ({"insert": ["after dsp-section: mine-mark"]}, "E0005", "is not in this pipeline"),
        ({"insert": ["after dsp-rate: mine-mark"]}, "E0005", "did you mean dsp-rates?"),
        ({"insert": ["mine-mark"]}, "E0006", "write --insert 'after PASS"),
        ({"without": ["dsp-section"]}, "E0005", "is not in this pipeline"),
        ({"without": ["dsp-lower-to-loops"]}, "E0024", "dsp-lower-to-loops makes them"),
        ({"print_after": "mine-scle"}, "E0005", "did you mean mine-scale?"),
        ({"target": "mine-count{plu=1}"}, "E0003", "did you mean plus?"),
        ({"target": "dspc-cpp{nope=1}"}, "E0003", "dspc-cpp has no option nope"),
        ({"pipeline": "dsp-split-loops{vector-size=0}"}, "E0006", "vector-size is at least 1"),
        ({"pipeline": "dsp-choose-chunk{loop-variant=2}"}, "E0006", "loop-variant is 0 or 1"),
        ({"pipeline": "dsp-choose-chunk{lanes=65}"}, "E0006", "lanes is 0 to 64"),
        ({"pipeline": "dsp-choose-chunk{loops=all}"}, "E0006", "loops is many, best, banks, not"),
        ({"pipeline": "dsp-partition{loops=all}"}, "E0006", "loops is many, best, banks, not all"),
        ({"pipeline": "dsp-pack-recursions{lanes=3}"}, "E0006", "lanes is a power of two, or 0"),
        ({"pipeline": "dsp-flush-recursions{mode=3}"}, "E0006", "mode is 1 or 2"),
        ({"target": "mine-coun"}, "E0003", "did you mean mine-count?"),
        ({"target": "mine-coun{plus=1}"}, "E0003", "unknown target mine-coun did you mean"),
        ({"target": "cpp{class-name=osc}"}, "E0003", "cpp takes no options in braces its options"),
        ({"target": "cpp{}"}, "E0003", "and those of dspc-cpp{...}"),
        ({"target": "cpp{x=1"}, "E0003", "invalid target cpp{x=1: Malformed"),
        ({"without": ["dsp-rates{x=1}"]}, "E0006", "named here without options write dsp-rates"),
        ({"print_after": "dsp-rates{x=1}"}, "E0006", "named here without options"),
        ({"insert": ["after dsp-rates{x=1}: cse"]}, "E0006", "named here without options"),
    ],
)
def test_wrong_pipelines_are_reported_before_anything_runs(
    options: dict[str, Any], code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dspc import driver

    monkeypatch.setattr(driver, "read_program", lambda *_: pytest.fail("the program was read"))
    with pytest.raises(DspcError) as caught:
        compile_text("no_such_file.dsp", CompileOptions(**options), clock())
    error = caught.value
    assert (error.code, error.exit_status) == (code, 2), error
    assert words in f"{error.message} {error.hint}"


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mine-broken", "mine-broken failed: KeyError: 'lost'"),
        ("mine-broken{politely=true}", "mine-broken: not today"),
    ],
)
def test_a_pass_that_fails_is_named(text: str, words: str) -> None:
    with pytest.raises(DspcError) as caught:
        compile_text(dspc_source("process = _;"), CompileOptions(pipeline=text), clock())
    assert (caught.value.code, caught.value.message) == ("E0022", words)


@pytest.mark.usefixtures("mine")
def test_a_target_of_another_universe_prints() -> None:
    plain = dspc.compile("process = _;", target="mine-count").code
    more = dspc.compile("process = _;", target="mine-count{plus=2}").code
    assert int(more.split()[0]) == int(plain.split()[0]) + 2
    signals = CompileOptions(pipeline="dsp-simplify", target="mine-count")
    assert compile_text(dspc_source("process = _;"), signals, clock()) == "4 ops\n"
    assert "class osc " in dspc.compile("process = _;", target="dspc-cpp{class_name=osc}").code
    with pytest.raises(DspcError) as caught:
        dspc.compile("process = _;", target="riscv-asm")
    assert caught.value.code == "E0022"


@pytest.mark.parametrize(
    "options",
    [
        {}, {"vec": True, "double": True}, {"omp": True}, {"sch": True, "group_tasks": True},
        {"machine": "66ak2h", "vec": True}, {"flush_to_zero": 1}, {"lanes": 4},
        {"target": "opencl", "omp": True}, {"target": "llvm"}, {"manager_zones": True},
    ],
)  # fmt: skip
def test_the_printed_pipeline_is_what_runs(options: dict[str, Any]) -> None:
    """As `xdsl-opt -p` reads it: only specs, of which the text is parsed again."""
    text = ",".join(dspc.pipeline(**options))
    assert "/" not in text
    signals = MlirText(dspc_ir(ECHO, options), "x.mlir").read(multiverse.new_context())
    module, context = signals.clone(), multiverse.new_context()
    for one in parse_pipeline(text):
        one.apply(context, module)
    assert str(module) == str(dspc.compile(signals, **options).module)


def dspc_ir(text: str, options: dict[str, Any]) -> str:
    precision = {"double": options.get("double", False)}
    return compile_text(dspc_source(text), CompileOptions(emit="dsp", **precision), clock())


def test_print_pipeline_needs_no_file(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run_command(cli.main, "-vec", "--without", "dsp-rates", "--print-pipeline",
                          capsys=capsys)  # fmt: skip
    assert (status, out.count("\n"), "dsp-rates" in out) == (0, 1, False)
    assert [one.name for one in parse_pipeline(out.strip())][-1] == "dsp-split-loops"
    status, out, _ = run_command(run.main, "--backend", "opencl", "--print-pipeline", capsys=capsys)
    assert (status, out.strip().endswith("dsp-share-voices")) == (0, True)


def test_each_pass_says_what_it_takes() -> None:
    levels = {"signals", "loops", "par", "mem"}
    for name in PASSES:
        kind: Any = load_pass(name)
        assert kind.TAKES, name
        assert {*kind.TAKES, getattr(kind, "MAKES", "loops")} <= levels, name


@pytest.mark.parametrize(
    "options",
    [{}, {"vec": True}, {"omp": True}, {"sch": True}, {"machine": "66ak2h"}, {"target": "llvm"},
     {"target": "opencl", "omp": True}, {"host_zones": True}],
)  # fmt: skip
def test_own_pipelines_are_in_order(options: dict[str, Any]) -> None:
    assert check_order(parse_pipeline(",".join(dspc.pipeline(**options))), "signals") != "signals"


def test_an_order_that_cannot_work_is_refused_by_dspc_opt(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, err = run_command(opt.main, "-p", "dsp-lower-to-loops,dsp-simplify", str(FILTERS),
                          capsys=capsys)  # fmt: skip
    assert (status, "error[E0024]" in err) == (2, True)


@pytest.mark.parametrize(
    ("main", "arguments", "words"),
    [
        (run.main, ("--backend", "llvm{x=1}"), "the back end llvm takes no options in braces"),
        (run.main, ("--backend", "llvn{x=1}"), "unknown back end llvn"),
        (opt.main, ("-t", "dspc-cpp{nope=1"), "invalid target: Malformed"),
        (opt.main, ("-t", "dspc-cpp{nope=1}"), "dspc-cpp has no option nope"),
        (opt.main, ("-t", "cpp{x=1}"), "unknown target cpp"),
    ],
)
def test_targets_with_wrong_options_are_usage_errors(
    main: Any, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = run_command(main, *arguments, str(FILTERS), capsys=capsys)
    assert (status, "error[E0003]" in err, words in err) == (2, True, True), err


TARGETS = ("cpp", "opencl", "llvm", "interp", "mlir")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("options", [{}, {"vec": True}, {"omp": True}])
def test_a_module_is_a_program_of_every_target(target: str, options: dict[str, Any]) -> None:
    """The same code from Faust text, from its module, and from the module's text."""
    expected = compile_text(dspc_source(ECHO), CompileOptions(target=target, **options), clock())
    signals = MlirText(dspc_ir(ECHO, {}), "x.mlir").read(multiverse.new_context())
    before = str(signals)
    assert dspc.compile(signals, target=target, **options).code == expected
    assert str(signals) == before


def test_mlir_files_are_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for level in ("dsp", "signals", "loops"):
        file = tmp_path / f"{level}.mlir"
        file.write_text(compile_text(str(FILTERS), CompileOptions(emit=level, vec=True), clock()))
        vec = [] if level == "loops" else ["-vec"]
        status, out, err = run_command(cli.main, "-lang", "interp", *vec, str(file), capsys=capsys)
        assert (status, err) == (0, "")
        expected = dspc.compile(FILTERS, target="interp", vec=True).code
        assert without_options(out) == without_options(expected)
        sound = str(tmp_path / "o.npy")
        play = ("--backend", "interp", "--impulse", "--seconds", "0.001", "-o", sound, str(file))
        assert run_command(run.main, *play, capsys=capsys)[0] == 0
        heard = dspc.load(FILTERS, backend="interp", vec=True)(np.eye(1, 48), rate=48000)
        assert np.load(sound) == pytest.approx(heard, abs=1e-6)


def test_programs_in_python_run_on_back_ends_with_all_options() -> None:
    gain = hslider("gain", 0.5, 0, 0.9, 0.1)
    echo = program(add >> ~(wire.delay(30) * gain), "echo", precision="double")
    faust = dspc.load(ECHO, backend="interp", double=True)
    x = np.eye(1, 200)
    expected = faust(x)
    for backend, options in (
        ("cpp", {"vec": True, "vector_size": 16}), ("llvm", {}), ("interp", {"sch": True}),
        ("interp", {"machine": "66ak2h", "heap": "msmc"}),
    ):  # fmt: skip
        processor = dspc.load(echo, backend=backend, **options)
        assert processor(x) == pytest.approx(expected, abs=1e-12)
        assert processor.paths() == ["/echo/gain"]


def test_a_module_is_described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    from dspc.driver import compile_all

    Path("x.dsp").write_text(ECHO)
    Path("x.mlir").write_text(compile_text("x.dsp", CompileOptions(emit="dsp"), clock()))
    described: list[dict[str, Any]] = []
    for file in ("x.dsp", "x.mlir"):
        options = CompileOptions(file=file, json=True, stats="stats.json")
        _, (about, statistics) = compile_all(file, options, clock())
        described.append(json.loads(about.text))
        names = [one["pass"] for one in json.loads(statistics.text)["passes"]]
        assert names[-1] == "dsp-lower-to-loops"
    assert described[0]["ui"] == described[1]["ui"]
    assert described[0]["inputs"] == described[1]["inputs"] == 1


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("builtin.module {", {}, "E0020"),
        ('"arith.addi"() : () -> ()', {}, "E0021"),
        ("builtin.module {}", {}, "E0703"),
        (ECHO, {"double": True}, "E0007"),
        (ECHO, {"exp10": True}, "E0007"),
        (ECHO, {"svg": True}, "E0007"),
        ('process = ffunction(float evil(float), <evil.h>, "");', {"no_foreign": True}, "E0238"),
    ],
)
def test_modules_that_cannot_be_compiled(
    text: str, options: dict[str, Any], code: str, tmp_path: Path
) -> None:
    file = tmp_path / "x.mlir"
    file.write_text(dspc_ir(text, {}) if "process" in text else text)
    with pytest.raises(DspcError) as caught:
        compile_text(str(file), CompileOptions(file=str(file), **options), clock())
    assert caught.value.code == code


def test_an_invalid_module_from_python_is_refused() -> None:
    module = program(wire + 1, "x")
    block: Any = next(iter(module.ops)).regions[1].block
    block.last_op.detach()
    with pytest.raises(DspcError) as caught:
        dspc.compile(module)
    assert caught.value.code == "E0021"


def test_lowered_modules_report_options_without_effect() -> None:
    module = dspc.compile(ECHO).module
    with pytest.warns(DspcWarning, match="-vec, --lanes has no effect"):
        dspc.compile(module, vec=True, lanes=4)


def test_validation_takes_passes_of_any_package() -> None:
    module = program(wire * 0.5, "x")
    checker = Validation(module)
    Mark().apply(Context(), module)
    checker.after(Mark())
    checker.finish()
    assert io.StringIO(str(module)).read().startswith("builtin.module attributes")


def test_ablation_switches_each_pass_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).resolve().parents[2] / "benchmarks")
    import ablation  # pyright: ignore
    from ablation import code_of, shown, switches, worth  # pyright: ignore

    result = switches(["-vec"])
    assert result["dsp-order-sums"] == ("--without", "dsp-order-sums")
    assert {"dsp-split-loops", "packs"} <= set(result)
    assert "distribution" not in result
    assert "distribution" in switches([])
    assert callable(worth)
    assert (shown(1.5), shown("needed")) == ("1.50", "needed")
    code = tmp_path / "x.cpp"
    monkeypatch.setattr(ablation, "generated", lambda *_: code if code.exists() else None)
    assert code_of(code, None) is None
    code.write_text("a\nCompilation options: -vec\nb\n")
    assert code_of(code, None) == "a\nb"
