"""`lowest` and `highest` as constants: their meaning is the result of interval analysis."""

from __future__ import annotations

from xdsl.dialects.builtin import Float32Type, FloatAttr, IntegerAttr, ModuleOp, f32, f64, i32
from xdsl.ir import Operation

from dspc.dialects.dsp import arithmetic, interface
from dspc.dialects.dsp.types import SignalType, is_int
from dspc.passes.analysis.intervals import Intervals

BOUNDS = (interface.LowestOp, interface.HighestOp)


def interval_bounds(module: ModuleOp) -> list[float]:
    """The values of all `lowest` and `highest` of a module, in order."""
    return [end for program in _programs(module) for _, end in _bounds(program)]


def fold_bounds(module: ModuleOp) -> ModuleOp:
    """The module, or a copy whose `lowest` and `highest` are constants."""
    if not any(isinstance(op, BOUNDS) for program in _programs(module) for op in program.walk()):
        return module
    folded = module.clone()
    for program in _programs(folded):
        for op, end in _bounds(program):
            (result,) = op.results
            type = result.type
            assert isinstance(type, SignalType)
            single = isinstance(program.precision, Float32Type)
            value = (
                IntegerAttr(int(end), i32)
                if is_int(type.element)
                else FloatAttr(end, f32 if single else f64)
            )
            constant = arithmetic.ConstantOp.create(
                result_types=[type], properties={"value": value}
            )
            result.replace_all_uses_with(constant.result)
            block = op.parent
            assert block is not None
            block.insert_op_before(constant, op)
            op.detach()
            op.erase()
    return folded


def _programs(module: ModuleOp) -> list[interface.ProgramOp]:
    return [op for op in module.body.block.ops if isinstance(op, interface.ProgramOp)]


def _bounds(program: interface.ProgramOp) -> list[tuple[Operation, float]]:
    ops = [op for op in program.walk() if isinstance(op, BOUNDS)]
    if not ops:
        return []
    intervals = Intervals(program, is_sound=False)
    bounds: list[tuple[Operation, float]] = []
    for op in ops:
        interval = intervals.of(op.operands[0])
        bounds.append((op, interval.lo if isinstance(op, interface.LowestOp) else interval.hi))
    return bounds
