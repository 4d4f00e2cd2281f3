"""Each op of each module has the place in the source that it was compiled from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, func, math, memref, scf
from xdsl.dialects.builtin import (
    Builtin,
    FileLineColLoc,
    IntAttr,
    ModuleOp,
    StringAttr,
    UnknownLoc,
)
from xdsl.ir import Operation
from xdsl.parser import Parser

from dspc.dialects.dsp.arithmetic import MATH_OPS
from dspc.dialects.places import location_text, spread_locations
from dspc.driver import read_program
from dspc.modules import level_of
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.runner import instances
from dspc.pipelines.selection import choose_passes
from dspc.support.diagnostics import Source
from dspc.targets.lookup import find_target
from tests.conformance.programs import EXAMPLES, example_names

MODES: dict[str, dict[str, Any]] = {
    "scal": {"scalar": True, "flush_to_zero": 2},
    "default": {},
    "vec": {"vec": True, "vector_size": 24, "loop_variant": 1},
    "omp": {"omp": True, "machine": "66ak2h"},
    "sch": {"sch": True, "machine": "am572x"},
    "opencl": {"target": "opencl", "omp": True, "heap": "l2"},
}
SAMPLE = ("dynamic/compressor.dsp", "reverb/freeverb.dsp", "physicalModeling/karplus.dsp")


def unplaced(program: str | Source, mode: str) -> list[str]:
    """The passes after which ops have no location, with these ops."""
    options = CompileOptions(**MODES[mode])
    options = find_target(options.target).adapt(options)
    module = read_program(program, options.frontend())
    result = _unplaced(module, "the front end")
    for one in instances(choose_passes(options, level_of(module))):
        one.apply(Context(), module)
        result += _unplaced(module, one.name)
    return result


def _unplaced(module: ModuleOp, stage: str) -> list[str]:
    return [f"{stage}: {op.name}" for op in module.walk() if location_text(op) is None]


@pytest.mark.conformance
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", SAMPLE)
def test_every_op_of_an_example_has_a_location_after_every_pass(name: str, mode: str) -> None:
    assert not unplaced(str(EXAMPLES / name), mode)


@pytest.mark.full
@pytest.mark.slow
@pytest.mark.parametrize("name", example_names())
def test_every_op_of_every_example_has_a_location(name: str) -> None:
    mode = list(MODES)[example_names().index(name) % len(MODES)]
    assert not unplaced(str(EXAMPLES / name), mode)


TEXT = """gain = hslider("gain", 0.5, 0, 1, 0.1);
wave = sin(_ * 3.5);
echo = + ~ (@(700) : *(gain));
table(x) = rwtable(16, 0.5, 3, x, 5);
process = wave : echo <: _, table;
"""


def lines_of(ops: list[Operation]) -> set[int]:
    return {op.location.line.data for op in ops if isinstance(op.location, FileLineColLoc)}


@pytest.mark.parametrize("mode", MODES)
def test_locations_are_those_of_the_source(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "program.dsp"
    path.write_text(TEXT)
    options = CompileOptions(**MODES[mode])
    options = find_target(options.target).adapt(options)
    module = read_program(str(path), options.frontend())
    sine = [op for op in module.walk() if isinstance(op, MATH_OPS["sin"])]
    assert lines_of(sine) == {2}
    for one in instances(choose_passes(options, level_of(module))):
        one.apply(Context(), module)
    ops = list(module.walk())
    assert all(op.location.filename.data == str(path) for op in ops)  # pyright: ignore
    assert lines_of([op for op in ops if isinstance(op, math.SinOp)]) == {2}
    assert {1, 2, 3, 4} <= lines_of(ops)


def test_a_module_without_locations_stays_so() -> None:
    module = ModuleOp([ModuleOp([])])
    spread_locations(module)
    assert all(isinstance(op.location, UnknownLoc) for op in module.walk())


def test_what_uses_a_shared_constant_has_the_place_of_its_loop() -> None:
    """Copies in later loops had that of the first user of the constants in their subscripts."""
    text = """
    func.func @f(%memory: memref<8xf32>, %end: index) {
      %0 = arith.constant 0 : index
      %1 = arith.constant 1 : index
      %first = memref.load %memory[%0] : memref<8xf32>
      scf.for %i = %0 to %end step %1 {
        %copied = memref.load %memory[%0] : memref<8xf32>
        memref.store %copied, %memory[%0] : memref<8xf32>
      }
      %last = memref.load %memory[%0] : memref<8xf32>
      func.return
    }"""
    context = Context()
    for dialect in (Builtin, func.Func, arith.Arith, memref.MemRef, scf.Scf):
        context.load_dialect(dialect)
    module = Parser(context, text).parse_module()
    first, copied, last = (op for op in module.walk() if isinstance(op, memref.LoadOp))
    (loop,) = (op for op in module.walk() if isinstance(op, scf.ForOp))
    (store,) = (op for op in module.walk() if isinstance(op, memref.StoreOp))
    for line, op in ((1, first), (2, loop), (3, last)):
        op.location = FileLineColLoc(StringAttr("x.dsp"), IntAttr(line), IntAttr(1))
    spread_locations(module)
    assert lines_of([copied, store]) == {2}
