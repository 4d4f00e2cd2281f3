"""Nodes of a grid that read their neighbours' past run as lanes, and sound as one by one."""

from __future__ import annotations

import numpy as np
import pytest
from splitting import split
from test_packs import compiled, packs_of, ran, scalar
from xdsl.context import Context
from xdsl.dialects import arith, vector
from xdsl.parser import Parser

from dspc.backends.cpp.native import NativeInstance
from dspc.backends.interp.checks.compare import compare
from dspc.backends.interp.instance import InterpInstance
from dspc.multiverse import new_context
from dspc.passes.dsp_check_bounds import DspCheckBounds
from dspc.pipelines.split_loops import DspSplitLoops
from dspc.pipelines.standard import load_pass
from dspc.support.diagnostics import DspcError
from dspc.validation import LOOSE

FD = 'fd = library("fds.lib"); ba = library("basics.lib"); si = library("signals.lib");'
WAVE = "0.2, 1.5, 0.2, 0, -0.93, 0"
STIFF = "-0.01, 0.2, 1.5, 0.2, -0.01, 0, 0.003, -0.92, 0.003, 0"
POINTS = 'p = hslider("p", 3, 0, 9, 0.01); q = hslider("q", 5, 0, 9, 0.01) : si.smoo;'


def string(points: int, radius: int, scheme: str, more: str = "") -> str:
    """A driven string, of which a point is heard."""
    model = f"fd.model1D({points}, {radius}, 1, par(i, {points}, {scheme}))"
    return (
        f"{FD} {POINTS} {more} process = _ <: fd.linInterp1D({points}, p) : {model}"
        f" : fd.linInterp1DOut({points}, q);"
    )


GRIDS = {
    "a string": string(11, 1, WAVE),
    "a stiff string": string(20, 2, STIFF),
    "a factor of a control": string(
        16, 1, "a, 1.5, a, 0, -0.93, 0", 'a = hslider("a", 0.2, 0, 0.22, 0.01);'
    ),
    "a factor of samples": string(
        9, 1, "a, 1.4, a, 0, -0.93, 0", 'a = hslider("a", 0.1, 0, 0.2, 0.01) : si.smoo;'
    ),
    "factors of each node": string(17, 1, "0.2, 1.5 - 0.01*i, 0.2, 0, -0.9, 0"),
    "neighbours without a factor": string(12, 1, "0.2, 1, -0.1, 0, -0.5, 0"),
    "two strings that touch at one node": string(
        18, 1, "0.2*(i != 9), 1.5, 0.2*(i != 8), 0.1*(i == 9), -0.93, 0.1*(i == 8)"
    ),
    "one node is driven": f"{FD} process(x) = par(i, 13, (i == 4) * x) :"
    f" fd.model1D(13, 2, 1, par(i, 13, {STIFF})) : ba.selector(7, 13);",
    "all nodes are heard": f"{FD} process = _ <: par(i, 9, *(i)) :"
    f" fd.model1D(9, 1, 1, par(i, 9, {WAVE}));",
    "the past is heard": f"{FD} process = _ <: par(i, 9, *(i)) :"
    f" fd.model1D(9, 1, 1, par(i, 9, {WAVE})) : par(i, 9, @(i) <: _, @(30) :> _) :> _;",
    "a plate, whose rows are numbered to and fro": f"{FD} process = par(i, 20, *(0.1*i)) :"
    " fd.model2D(5, 4, 1, 1, par(i, 20, 0,0.1,0, 0.1,1.2,0.1, 0,0.1,0, 0,0,0, 0,-0.8,0, 0,0,0));",
}
OTHERS = {
    "nodes that clip": f"{FD} process = _ <: par(i, 9, *(i)) : (si.bus(18) :>"
    f" fd.model1D(9, 1, 1, par(i, 9, {WAVE})) : par(i, 9, min(1))) ~ si.bus(9);",
    "few nodes": string(5, 1, WAVE),
    "a loop around the string": f"{FD} process = (+ <: par(i, 9, *(0.01*i)) :"
    f" fd.model1D(9, 1, 1, par(i, 9, {WAVE})) : ba.selector(3, 9) : abs) ~ _;",
}


@pytest.mark.parametrize("name", GRIDS)
def test_nodes_are_lanes(name: str) -> None:
    (pack,) = packs_of(GRIDS[name], 8, 32)
    assert pack.grid is not None
    assert pack.grid.value.data == 0
    module, loops = split(GRIDS[name], 64, 0)
    DspCheckBounds().apply(Context(), loops)
    assert compare(module, loops, LOOSE["f64"], frames=300) is None


@pytest.mark.parametrize("name", GRIDS)
def test_vectors_of_all_widths_and_chunks_go_on(name: str) -> None:
    blocks = [1, 7, 64, 3, 0, 40, 8]
    expected = ran(InterpInstance(scalar(GRIDS[name])), [sum(blocks)])
    for lanes, size in ((2, 32), (8, 8)):
        module = compiled(GRIDS[name], f"dsp-split-loops{{vector-size={size} lanes={lanes}}}")
        np.testing.assert_allclose(ran(InterpInstance(module), blocks), expected, atol=1e-11)


@pytest.mark.parametrize("name", OTHERS)
def test_other_recursions_are_no_grid(name: str) -> None:
    assert all(pack.grid is None for pack in packs_of(OTHERS[name], 8, 32))
    module, loops = split(OTHERS[name], 32, 0)
    assert compare(module, loops, LOOSE["f64"], frames=100) is None


def test_a_vector_of_nodes_takes_one_product_a_neighbour() -> None:
    """40 nodes in vectors of 8: eight neighbours, the force, and what the output takes of each."""
    module = compiled(string(40, 2, STIFF), "dsp-split-loops{vector-size=32 lanes=8}")
    bodies = {op.parent_block() for op in module.walk() if isinstance(op, vector.StoreOp)}
    products = [
        sum(isinstance(op, arith.MulfOp) for op in body.ops) for body in bodies if body is not None
    ]
    assert max(products) == 40 // 8 * (8 + 2)


@pytest.mark.parametrize(
    "name", ["a stiff string", "two strings that touch at one node", "one node is driven"]
)
def test_compiled_grids_sound_as_interpreted(name: str) -> None:
    blocks = [1, 7, 64, 128]
    module = compiled(GRIDS[name], "dsp-split-loops{vector-size=32}")
    samples = ran(NativeInstance(module, flags=("-O1",)), blocks)
    np.testing.assert_allclose(samples, ran(InterpInstance(module), blocks), rtol=0, atol=1e-12)


def test_lanes_that_are_no_grid_are_refused() -> None:
    module = compiled(GRIDS["a string"])
    for one in DspSplitLoops(vector_size=32, lanes=8).decisions():
        one.apply(Context(), module)
    text = str(module)
    first, second = "#dsp.lane<@pack0, 0, 0>", "#dsp.lane<@pack0, 0, 1>"
    assert text.count(first) == text.count(second) == 1
    text = text.replace(first, "FIRST").replace(second, first).replace("FIRST", second)
    swapped = Parser(new_context(), text).parse_module()
    with pytest.raises(
        DspcError, match="position 0 of @pack0 has not the nodes of a grid"
    ) as error:
        load_pass("dsp-lower-to-loops")().apply(Context(), swapped)
    assert error.value.code == "E0307"
