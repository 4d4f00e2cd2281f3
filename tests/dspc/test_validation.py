"""Translation validation: a wrong rewrite after any pass is caught, and named."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from xdsl.context import Context
from xdsl.dialects.builtin import FloatAttr, ModuleOp, StringAttr

import dspc
from dspc.dialects.dsp.rules import RULES
from dspc.driver import Clock, compile_all
from dspc.frontends.faust.compile import compile_file, compile_source
from dspc.frontends.faust.options import FrontendOptions
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.parsing import parse_pipeline
from dspc.pipelines.standard import LOOP_PASSES, PASSES, load_pass
from dspc.support.diagnostics import DspcError, Source
from dspc.validation import Validation
from dspc.validation.reduced_runs import ddmin

SOURCE = """import("stdfaust.lib");
smooth(c) = *(1 - c) : + ~ *(c);
process(x) = x : smooth(0.25) : @(3) <: _, min(0.125);
"""


def available() -> list[str]:
    """The passes of the pipeline down to loops that there are."""
    return [name for name in LOOP_PASSES if find_spec(PASSES[name].partition(":")[0])]


def compiled(folder: Path) -> ModuleOp:
    path = folder / "smooth.dsp"
    path.write_text(SOURCE)
    return compile_file(str(path), FrontendOptions(precision="double"))


def change_a_constant(module: ModuleOp) -> None:
    """The bug: 0.125 becomes 0.126, in every op that holds it."""
    for op in module.walk():
        value = op.properties.get("value")
        if isinstance(value, FloatAttr) and value.value.data == 0.125:
            op.properties["value"] = FloatAttr(0.126, value.type)


def run(module: ModuleOp, names: list[str], validation: Validation) -> None:
    for name in names:
        one = load_pass(name)()
        one.apply(Context(), module)
        validation.after(one)
    validation.finish()


def seed(monkeypatch: pytest.MonkeyPatch, name: str, bug: Callable[[ModuleOp], None]) -> None:
    """Have a pass do its work and then something wrong."""
    path, _, attribute = PASSES[name].partition(":")
    kind = getattr(import_module(path), attribute)
    apply = kind.apply

    def broken(self: object, context: Context, module: ModuleOp) -> None:
        apply(self, context, module)
        bug(module)

    monkeypatch.setattr(kind, "apply", broken)


@pytest.mark.parametrize("each", [True, False])
def test_right_passes_are_let_through(tmp_path: Path, each: bool) -> None:
    module = compiled(tmp_path)
    run(module, available(), Validation(module, each, folder=str(tmp_path)))


@pytest.mark.parametrize("mode", [1, 2])
def test_flushed_subnormal_numbers_are_no_fault(mode: int, tmp_path: Path) -> None:
    source = Source("pole.dsp", "process = + ~ *(0.125);")
    module = compile_source(source, FrontendOptions())
    validation = Validation(module, folder=str(tmp_path))
    (flush,) = parse_pipeline(f"dsp-flush-recursions{{mode={mode}}}")
    flush.apply(Context(), module)
    validation.after(flush)
    change_a_constant(module)
    with pytest.raises(DspcError, match="dsp-flush-recursions changed the results"):
        validation.after(flush)


def test_delays_whose_sum_is_not_negative_are_no_fault(tmp_path: Path) -> None:
    """The sum is taken in the front end, with rewrite rules and without."""
    path = tmp_path / "back.dsp"
    path.write_text(
        's = int(hslider("s", 50, 0, 100, 1)); process = (@(100) : @(s - 100)),'
        " (@(60) : *(0.5) : @(40) : @(0 - s)), (+ ~ (@(100) : @(s - 100) : *(0.5)));"
    )
    compile_all(str(path), CompileOptions(validate="each"), Clock())


@pytest.mark.parametrize("name", available())
def test_a_bug_in_each_pass_is_caught(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed(monkeypatch, name, change_a_constant)
    module = compiled(tmp_path)
    with pytest.raises(DspcError) as caught:
        run(module, available(), Validation(module, folder=str(tmp_path)))
    error = caught.value
    assert error.code == "E0501"
    assert f"the pass {name} changed" in error.message
    assert "frame 3, output 1" in error.message
    assert error.span is not None
    assert error.span.line == 3
    assert "0.125" in (tmp_path / f"{name}.before.mlir").read_text().replace("1.25", "0.125")
    assert "0.126" in (tmp_path / f"{name}.after.mlir").read_text().replace("1.26", "0.126")


def test_the_whole_pipeline_is_blamed_where_only_its_end_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed(monkeypatch, "dsp-simplify", change_a_constant)
    module = compiled(tmp_path)
    with pytest.raises(DspcError, match="one of the passes dsp-simplify"):
        run(module, available(), Validation(module, each=False, folder=str(tmp_path)))


def test_a_pass_that_leaves_a_program_that_cannot_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def empty(module: ModuleOp) -> None:
        for op in list(module.body.block.ops):
            op.detach()

    seed(monkeypatch, "dsp-simplify", empty)
    module = compiled(tmp_path)
    with pytest.raises(DspcError, match="cannot be run") as caught:
        run(module, ["dsp-simplify"], Validation(module, folder=str(tmp_path)))
    assert caught.value.code == "E0502"


@pytest.mark.usefixtures("whole_reduction")
def test_a_mismatch_is_reduced_to_one_file_that_reproduces_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A wrong rule of the front end: the ops of the fault are left, and one frame of input."""

    def swapped(b: Any, args: Any, _: object) -> Any:
        return b.raw("sub", args[::-1])

    text = "process(x, y) = sin(x) * y, (x - y) * 0.3 : _, (@(9) : + ~ *(0.5));"
    monkeypatch.setitem(RULES, "sub", swapped)
    with pytest.raises(DspcError) as caught:
        dspc.compile(text, validate="each")
    message = next(note.message for note in caught.value.notes if "reproduce" in note.message)
    assert message.startswith("to reproduce it with a program of ")
    path = message.rpartition(" ")[2]
    reproducer = Path(path).read_text()
    assert reproducer.splitlines()[0] == "// " + message.partition(": ")[2]
    ops = [line.split(" = ")[1].split()[0] for line in reproducer.splitlines() if " = dsp." in line]
    assert ops == ["dsp.sub"]
    assert ", 1 frames: " in message
    run = re.search(r'dsp.run = "usual rate 44100 wide 0 seed 0; (.*)"', reproducer)
    assert run is not None
    assert sorted(run[1].split("; ")[1:]) == ["input 0.0", "input 1.0"]

    def again() -> None:
        options = CompileOptions(validate="each", pipeline="dsp-simplify", file=path)
        compile_all(path, options, Clock())

    with pytest.raises(DspcError, match="the pass dsp-simplify changed the results"):
        again()
    monkeypatch.undo()
    again()


@pytest.mark.usefixtures("whole_reduction")
def test_the_shortest_run_of_a_module_of_loops(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A control and the block that shows the fault are left; the command reproduces it."""
    text = 'process(x, y) = x * hslider("g", 0, 0, 1, 0.5) + 0.125, y;'
    name = "dsp-section"

    def wrong(module: ModuleOp) -> None:
        """Products become one of their factors, which shows where the control is not 0."""
        for op in module.walk():
            if op.name == "arith.mulf":
                op.results[0].replace_all_uses_with(op.operands[0])

    seed(monkeypatch, name, wrong)
    with pytest.raises(DspcError, match=f"{name} changed the results") as caught:
        dspc.compile(text, validate="each", omp=True)
    message = next(note.message for note in caught.value.notes if "reproduce" in note.message)
    path = message.rpartition(" ")[2]
    run = re.search(r'dsp.run = "usual rate 44100 wide [01] seed 0; (.*)"', Path(path).read_text())
    assert run is not None
    assert ", 1 frames: " in message
    assert [part.split()[0] for part in run[1].split("; ") if "input" not in part] in (
        ["set", "block"],
        ["set", "in-place"],
    )

    def again() -> None:
        chosen = CompileOptions(validate="each", pipeline=name, file=path)
        compile_all(path, chosen, Clock())

    with pytest.raises(DspcError, match=f"the pass {name} changed the results"):
        again()
    monkeypatch.undo()
    again()


@pytest.mark.parametrize(
    "run", ["", "usual", "usual rate x wide 0 seed 0", "usual rate 1 wide 0 seed 0; input 1"]
)
def test_an_attribute_that_is_no_saved_run(run: str) -> None:
    module = compile_source(Source("t.dsp", "process = *(0.5);"), FrontendOptions())
    module.attributes["dsp.run"] = StringAttr(run)
    with pytest.raises(DspcError, match=r"dsp.run of the module is no saved run") as caught:
        Validation(module).front_end(module.clone())
    assert caught.value.code == "E0503"


def test_delta_debugging_leaves_what_fails_together() -> None:
    def fails(items: list[int]) -> bool:
        return {3, 17, 18} <= set(items)

    assert ddmin(range(40), fails) == [3, 17, 18]
    assert ddmin(range(40), lambda items: True) == []
