"""The `dsp_par` dialect: text that reads back, and modules that the verifier refuses."""

from __future__ import annotations

import pytest
from xdsl.context import Context
from xdsl.dialects import arith, builtin, memref, scf, vector
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser
from xdsl.utils.exceptions import VerifyException

from dspc.dialects.dsp_mem import DspMem
from dspc.dialects.dsp_par import DspPar

HEAD = """
%zero = arith.constant 0 : index
%x = dsp_mem.get @x : memref<8xf32>
%y = dsp_mem.get @y : memref<8xf32>
"""
ROW = "memref<8xf32>"
BODY = """{
  %w = dsp_par.window %x[%zero] : memref<8xf32> -> memref<?xf32>
  %v = memref.load %w[%zero] : memref<?xf32>
  memref.store %v, %y[%zero] : memref<8xf32>
  dsp_par.yield
}"""


def module_of(text: str) -> ModuleOp:
    context = Context()
    for dialect in (
        builtin.Builtin,
        arith.Arith,
        memref.MemRef,
        scf.Scf,
        vector.Vector,
        DspMem,
        DspPar,
    ):
        context.load_dialect(dialect)
    return Parser(context, text).parse_module()


def parsed(text: str) -> ModuleOp:
    return module_of(HEAD + text)


def test_loops_read_back() -> None:
    named = f"free reads(%x : {ROW}) writes(%y : {ROW})"
    for head in (named, f"recursive writes(%y, %x : {ROW}, {ROW})"):
        module = parsed(f"dsp_par.loop {head} {BODY}")
        module.verify()
        text = str(module)
        assert str(module_of(text)) == text


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (f"free writes(%y : {ROW})", "reads a row that it does not declare"),
        (f"free reads(%x, %y : {ROW}, {ROW})", "writes a row that it does not declare"),
        ("free", "does not declare"),
    ],
)
def test_a_loop_with_undeclared_accesses_is_refused(head: str, message: str) -> None:
    with pytest.raises(VerifyException, match=message):
        parsed(f"dsp_par.loop {head} {BODY}").verify()


def test_a_window_has_the_type_of_its_row() -> None:
    wrong = "%w = dsp_par.window %x[%zero] : memref<8xf32> -> memref<?xf64>"
    with pytest.raises(VerifyException, match="element type"):
        parsed(wrong).verify()


LANES = """
%a = vector.load %x[%zero] : memref<8xf32>, vector<4xf32>
%m = dsp_par.compare lt %a, %a : vector<4xf32> -> vector<4xi1>
%s = dsp_par.select %m, %a, %a : vector<4xi1>, vector<4xf32>
%n = dsp_par.convert %s : vector<4xf32> to vector<4xi32>
"""


def test_ops_on_lanes_read_back() -> None:
    module = parsed(LANES)
    module.verify()
    assert str(module_of(str(module))) == str(module)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("to vector<4xi32>", "to vector<2xi32>", "keeps the number of lanes"),
        ("to vector<4xi32>", "to vector<4xf64>", "no conversion of lanes"),
    ],
)
def test_lanes_that_do_not_fit_are_refused(right: str, wrong: str, message: str) -> None:
    with pytest.raises(VerifyException, match=message):
        parsed(LANES.replace(right, wrong, 1)).verify()


def test_a_loop_names_the_rows_of_its_vectors() -> None:
    body = BODY.replace(
        "%v = memref.load %w[%zero] : memref<?xf32>",
        "%l = vector.load %w[%zero] : memref<?xf32>, vector<4xf32>\n%v = vector.extract %l[0] "
        ": f32 from vector<4xf32>",
    )
    parsed(f"dsp_par.loop free reads(%x : {ROW}) writes(%y : {ROW}) {body}").verify()
    with pytest.raises(VerifyException, match="reads a row that it does not declare"):
        parsed(f"dsp_par.loop free writes(%y : {ROW}) {body}").verify()


def test_a_comparison_keeps_its_lanes() -> None:
    compared = LANES.split("%s")[0].replace("-> vector<4xi1>", "-> vector<8xi1>")
    with pytest.raises(VerifyException, match="as many lanes as its operands"):
        parsed(compared).verify()
