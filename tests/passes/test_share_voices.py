"""`dsp-share-voices`: buffers that depend on inputs or controls are private, others are common."""

from __future__ import annotations

import pytest
from xdsl.dialects.builtin import UnitAttr
from xdsl.dialects.func import FuncOp
from xdsl.utils.exceptions import VerifyException

from dspc.api import open_processor
from dspc.dialects.dsp_mem.buffers import BufferOp
from dspc.dialects.dsp_par.voices import own_buffers, varying
from dspc.options.loop_options import LoopOptions
from dspc.support.diagnostics import Source

COMMON = {
    "the position of a delay line": ("process = @(1000);", {"iPosition0"}),
    "noise": ("process = +(12345) ~ *(1103515245);", {"process_state"}),
    "a short line of a counter": ("process = (+(1) ~ _) : @(3);", {"iRec0"}),
}
OWN = {
    "a filter of the input": "process = + ~ *(0.5);",
    "a counter that a control steps": 'process = +(hslider("x", 1, 0, 9, 1)) ~ _;',
    "a counter that a control resets": 'process = (+(1) : *(1 - button("r"))) ~ _;',
    "a table that all write alike": "process = rwtable(16, 0.0, (+(1) ~ _) & 15, 1.0, 3);",
    "state of a gated part": 'process = control(+(1) ~ _, button("on"));',
}


def common(text: str) -> tuple[set[str], set[str]]:
    """The names of common state, and of all state."""
    module = open_processor(Source("a.dsp", text), "opencl", LoopOptions()).module
    state = [op for op in module.ops if isinstance(op, BufferOp) and op.role.data.value == "state"]
    marked = {op.sym_name.data for op in state if op.common is not None}
    return marked, {op.sym_name.data for op in state}


@pytest.mark.parametrize("name", COMMON)
def test_values_independent_of_inputs_and_controls_are_common(name: str) -> None:
    text, names = COMMON[name]
    assert common(text)[0] == names


@pytest.mark.parametrize("name", OWN)
def test_values_of_inputs_and_controls_are_not_common(name: str) -> None:
    marked, state = common(OWN[name])
    assert state
    assert marked <= ({"iRec0"} if "table" in name else set())


def test_constants_are_common_and_zones_are_not() -> None:
    text = 'import("stdfaust.lib"); process = *(hslider("x", 1, 0, 9, 1) * ma.SR);'
    module = open_processor(Source("a.dsp", text), "opencl", LoopOptions()).module
    buffers = [op for op in module.ops if isinstance(op, BufferOp)]
    assert {op.role.data.value for op in buffers if op.common is not None} == {"constant"}
    assert own_buffers(buffers) == ["x"]
    functions = [op for op in module.ops if isinstance(op, FuncOp) and op.body.blocks]
    assert "x" in varying(functions, ["x"])
    next(op for op in buffers if op.sym_name.data == "x").common = UnitAttr()
    with pytest.raises(VerifyException, match="common"):
        module.verify()
