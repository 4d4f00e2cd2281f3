"""`dsp-one-sample`: a function that computes one frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import IndexType, IntegerAttr, MemRefType, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp
from xdsl.ir import Block, Operation, Region, SSAValue
from xdsl.passes import ModulePass

from dspc.dialects.dsp.interface import LoweredOp
from dspc.dialects.dsp_par import LoopOp
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError

FRAME = "frame"
"""The function that computes one frame."""


@dataclass(frozen=True)
class DspOneSample(ModulePass):
    """Adds a function `frame`, which is `compute` for one frame (`-os`).

    Its two arguments are the samples of the frame's inputs and outputs, one for each channel. The
    loops over frames are replaced by their bodies. Raises DspcError E0024, exit status 2, for loops
    over chunks and for vectors.
    """

    name = "dsp-one-sample"
    TAKES: ClassVar[tuple[str, ...]] = ("loops",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        functions = {one.sym_name.data: one for one in op.ops if isinstance(one, FuncOp)}
        program = next((one for one in op.ops if isinstance(one, LoweredOp)), None)
        if program is None or "compute" not in functions or FRAME in functions:
            return
        compute = functions["compute"]
        frame = _frame(compute, program.inputs.value.data)
        op.body.block.insert_op_after(frame, compute)


def _frame(compute: FuncOp, inputs: int) -> FuncOp:
    """The function for one frame: the loops of a copy of `compute` are unrolled."""
    count, *channels = compute.body.block.args
    block = Block(arg_types=_rows(channels, inputs))
    copies: dict[SSAValue, SSAValue] = {}
    one, zero = _index(1), _index(0)
    block.add_ops([zero, one])
    copies[count] = one.result
    places: dict[SSAValue, tuple[SSAValue, int]] = {}
    if channels:
        block.args[0].name_hint, block.args[1].name_hint = "inputs", "outputs"
    for number, channel in enumerate(channels):
        # A stand-in that is unique to the channel, until its accesses are redirected.
        stand_in = Block(arg_types=[channel.type]).args[0]
        copies[channel] = stand_in
        of_input = number < inputs
        places[stand_in] = (
            block.args[0 if of_input else 1],
            number if of_input else number - inputs,
        )
    for op in compute.body.block.ops:
        block.add_op(op.clone(copies))
    _unroll(block, one.result, zero.result)
    _redirect(block, places)
    return FuncOp(FRAME, ([arg.type for arg in block.args], []), Region(block))


def _rows(channels: Sequence[SSAValue], inputs: int) -> list[MemRefType]:
    """The types of a frame's inputs and outputs; none for a program without channels."""
    if not channels:
        return []
    row = channels[0].type
    assert isinstance(row, MemRefType)
    return [MemRefType(row.element_type, [n]) for n in (inputs, len(channels) - inputs)]


def _unroll(block: Block, one: SSAValue, zero: SSAValue) -> None:
    """Replace each loop over the one frame by its body."""
    waiting = [op for op in block.walk() if isinstance(op, ForOp) and op.ub is one]
    for op in block.walk():
        if isinstance(op, LoopOp) or (op.name.startswith("vector.") and op.results):
            message = "dsp-one-sample takes scalar loops, not chunks and vectors"
            raise DspcError("E0024", message, span_of(op), exit_status=2)
    for loop in waiting:
        body = loop.body.block
        end = body.last_op
        assert end is not None
        body.args[0].replace_all_uses_with(zero)
        for argument, start in zip(body.args[1:], loop.iter_args, strict=True):
            argument.replace_all_uses_with(start)
        results = list(end.operands)
        body.erase_op(end)
        around = loop.parent
        assert around is not None
        for op in list(body.ops):
            op.detach()
            around.insert_op_before(op, loop)
        for result, value in zip(loop.results, results, strict=True):
            result.replace_all_uses_with(value)
        around.erase_op(loop)


def _redirect(block: Block, places: dict[SSAValue, tuple[SSAValue, int]]) -> None:
    """Accesses of a channel's frame become those of the frame's channel."""
    for stand_in, (samples, channel) in places.items():
        for use in list(stand_in.uses):
            op = use.operation
            assert isinstance(op, LoadOp | StoreOp)
            at = _index(channel)
            around = op.parent
            assert around is not None
            around.insert_op_before(at, op)
            new: Operation
            if isinstance(op, LoadOp):
                new = LoadOp.get(samples, [at.result])
                new.res.name_hint = op.res.name_hint
                around.insert_op_before(new, op)
                op.res.replace_all_uses_with(new.res)
            else:
                new = StoreOp.get(op.value, samples, [at.result])
                around.insert_op_before(new, op)
            around.erase_op(op)


def _index(value: int) -> ConstantOp:
    return ConstantOp(IntegerAttr(value, IndexType()))
