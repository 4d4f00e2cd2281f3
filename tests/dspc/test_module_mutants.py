"""Modules read as MLIR are verified, symbols included, before a pass or printer sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import module_mutants
import pytest
from xdsl.parser import Parser

from dspc.dialects.text_attributes import make_text, text_of
from dspc.driver import Clock, compile_text
from dspc.multiverse import new_context
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.printing import print_module
from dspc.pipelines.verification import verify_module
from dspc.support.diagnostics import DspcError, Source

PROGRAM = 'process = + ~ *(hslider("g", 0, 0, 1, 0.1)) : @(9);'
EDITS = {
    "a get of no buffer": ("dsp_mem.get @g ", "dsp_mem.get @h ", "there is no buffer @h"),
    "a get of another type": (
        "dsp_mem.buffer @g : memref<f32>",
        "dsp_mem.buffer @g : memref<f64>",
        "the buffer @g has the type memref<f64>, not memref<f32>",
    ),
    "two buffers of a name": (
        "dsp_mem.buffer @g",
        "dsp_mem.buffer @g : memref<f32> instance zone\n  dsp_mem.buffer @g",
        'Redefinition of symbol "g"',
    ),
    "a widget without a zone": ("dsp.widget @g", "dsp.widget @h", "widget @h"),
    "a zone of many elements": (
        "dsp_mem.buffer @g : memref<f32>",
        "dsp_mem.buffer @g : memref<4xf32>",
        "a zone is a scalar of an instance",
    ),
    "a block without its end": ("    func.return\n", "", "needs a terminator"),
}


def text_at(level: str) -> str:
    options = CompileOptions(emit=level, scalar=True)
    return compile_text(Source("p.dsp", PROGRAM), options, Clock())


@pytest.mark.parametrize(("old", "new", "message"), EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("target", module_mutants.TARGETS[1:])
def test_an_error_is_reported_with_its_location(
    target: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    text = text_at("loops")
    assert old in text
    file = tmp_path / "m.mlir"
    file.write_text(text.replace(old, new, 1))
    status, messages = module_mutants.status_and_messages([str(file), "-t", target])
    assert status == 1
    assert messages.startswith(f"{file}:")
    assert message in messages


def test_a_missing_function_is_reported_at_the_program(tmp_path: Path) -> None:
    text = text_at("loops").replace("@instance_constants", "@instance_x")
    file = tmp_path / "m.mlir"
    file.write_text(text)
    status, messages = module_mutants.status_and_messages([str(file), "-t", "dspc-interp"])
    line = text[: text.index("dsp.lowered")].count("\n") + 1
    assert status == 1
    assert messages.startswith(f"{file}:{line}:")
    assert "no function instance_constants" in messages


def test_a_read_of_no_widget_has_its_place(tmp_path: Path) -> None:
    text = text_at("signals")
    file = tmp_path / "m.mlir"
    file.write_text(text.replace("widget = @g", "widget = @h"))
    status, messages = module_mutants.status_and_messages([str(file), "-p", "dsp-lower-to-loops"])
    line = text[: text.index("dsp.read_widget")].count("\n") + 1
    assert status == 1
    assert messages.startswith(f"{file}:{line}:")
    assert "there is no widget @h" in messages


def test_xdsl_opt_refuses_a_get_of_no_buffer(tmp_path: Path) -> None:
    file = tmp_path / "m.mlir"
    file.write_text(text_at("loops").replace("dsp_mem.get @g ", "dsp_mem.get @h ", 1))
    main = "from xdsl.xdsl_opt_main import xDSLOptMain; xDSLOptMain().run()"
    for arguments in ([], ["--disable-verify"]):
        command = [sys.executable, "-c", main, str(file), "-t", "dspc-cpp", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode != 0
        assert "there is no buffer @h" in done.stderr
        assert "KeyError" not in done.stderr


def test_a_table_of_symbols_follows_the_module() -> None:
    """Lookups are cached: a buffer that a pass removes or renames is not found any more."""
    module = Parser(new_context(), text_at("loops")).parse_module()
    verify_module(module, "at first")
    buffer = next(op for op in module.body.ops if op.name == "dsp_mem.buffer")
    buffer.detach()
    with pytest.raises(DspcError, match="E0503"):
        verify_module(module, "then")
    module.body.block.add_op(buffer)
    verify_module(module, "at last")


LABELS = ("\u00e9", '\u00e9"', "\u65e5\\", "\u00e9\n\t", "a\udcff", "plain\\")


@pytest.mark.parametrize("label", LABELS)
def test_labels_parse_back(label: str) -> None:
    module = Parser(new_context(), text_at("signals")).parse_module()
    widget = next(op for op in module.walk() if op.name == "dsp.widget")
    widget.properties["label"] = make_text(label)
    verify_module(module, "with a label")
    again = Parser(new_context(), print_module(module)).parse_module()
    assert again.is_structurally_equivalent(module)
    parsed = next(op for op in again.walk() if op.name == "dsp.widget")
    assert text_of(parsed.properties["label"]) == label


@pytest.mark.slow
def test_mutants_through_passes_are_accepted_or_diagnosed() -> None:
    counts, faults = module_mutants.run(60, seed=3)
    assert faults == []
    assert counts["taken"] > 5
