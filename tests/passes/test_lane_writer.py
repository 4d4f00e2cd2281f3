"""The transposed reduction: each lane of the result is the sum of one vector."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import f32, f64
from xdsl.ir import Attribute

from dspc.backends.interp.definition.scalars import scalar_function
from dspc.passes.lowering.lane_writer import LaneWriter, vector_type
from dspc.passes.lowering.writer import FunctionBuilder


@pytest.mark.parametrize("element", [f32, f64])
@pytest.mark.parametrize("lanes", [2, 4, 8, 16])
def test_rows_are_summed_each_into_its_lane(element: Attribute, lanes: int) -> None:
    function = FunctionBuilder("f", [vector_type(element, lanes)] * lanes)
    w = LaneWriter(function, [], lanes)
    total = w.sum_rows(function.block.args)
    rows = [tuple(float(100 * row + lane) for lane in range(lanes)) for row in range(lanes)]
    values = dict(zip(function.block.args, rows, strict=True))
    for op in w.ops:
        compute = scalar_function(op)
        assert compute is not None
        values[op.results[0]] = compute(*[values[operand] for operand in op.operands])
    assert values[total] == tuple(map(sum, rows))
