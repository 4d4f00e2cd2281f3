"""Divergence analysis: which values and buffers differ between the voices of a program.

Voices are instances that start together and run the same number of frames, each with its own
inputs and controls. Values that depend on neither inputs nor controls are uniform over all voices.
The analysis follows data and control dependences, as for SIMT programs (Coutinho, Sampaio, Pereira
and Meira, "Divergence analysis and optimizations", PACT 2011).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from xdsl.dialects.builtin import MemRefType
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp, IfOp, YieldOp
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp
from dspc.dialects.dsp_mem.spaces import Lifetime
from dspc.dialects.dsp_par.loops import WindowOp

ValueOrBuffer = SSAValue | str
"""A value, or a buffer by its symbol."""


def varying(functions: Iterable[FuncOp], own: Iterable[str]) -> set[ValueOrBuffer]:
    """All values and buffers that may differ between voices.

    `own` names the buffers that are private to a voice whatever they contain, such as the values
    of widgets. Inputs and outputs of `compute` differ. The results of an op with regions that
    writes to differing memory differ too, unless the op is at the top level of its function (the
    loop over frames).
    """
    after: dict[ValueOrBuffer, list[ValueOrBuffer]] = {}
    work: list[ValueOrBuffer] = list(own)
    for function in functions:
        for source, target in _flows(function, work):
            after.setdefault(source, []).append(target)
    result: set[ValueOrBuffer] = set()
    while work:
        node = work.pop()
        if node not in result:
            result.add(node)
            work.extend(after.get(node, ()))
    return result


def own_buffers(buffers: Iterable[BufferOp]) -> list[str]:
    """The buffers that are private to a voice: of an instance or a block, and not `common`."""
    return [
        op.sym_name.data
        for op in buffers
        if op.lifetime.data != Lifetime.CLASS and op.values is None and op.common is None
    ]


def _flows(
    function: FuncOp, memory: list[ValueOrBuffer]
) -> Iterator[tuple[ValueOrBuffer, ValueOrBuffer]]:
    """The edges along which differences propagate; appends the function's memory to `memory`."""
    memory.extend(arg for arg in function.body.block.args if isinstance(arg.type, MemRefType))
    for op in function.walk():
        if isinstance(op, GetOp):
            yield op.buffer.string_value(), op.memref
        elif isinstance(op, StoreOp):
            row, *results = _written(op)
            for source in (op.value, *op.indices, *_conditions(op, function)):
                yield source, row
            yield from ((row, result) for result in results)
        elif isinstance(op, WindowOp):
            yield from ((operand, op.result) for operand in op.operands)
        elif isinstance(op, YieldOp):
            yield from _yielded(op)
        elif isinstance(op, ForOp):
            yield from _entered(op)
        elif isinstance(op, IfOp):
            yield from ((op.cond, result) for result in op.results)
            # All results are computed in one place: for all voices at once, or in each.
            yield from pairwise((*op.results, *op.results[:1]))
        else:
            yield from ((operand, result) for operand in op.operands for result in op.results)
            if not op.results:  # other writes to memory: vector stores
                rows = [v for v in op.operands if isinstance(v.type, MemRefType)]
                yield from ((v, memory_name(row) or row) for row in rows for v in op.operands)


def _written(op: StoreOp) -> Iterator[ValueOrBuffer]:
    """The memory that a store writes, and the results of the ops around it."""
    yield memory_name(op.memref) or op.memref
    parent = op.parent_op()
    while parent is not None and not isinstance(parent.parent_op(), FuncOp | None):
        yield from parent.results
        parent = parent.parent_op()


def _conditions(op: Operation, function: FuncOp) -> Iterator[SSAValue]:
    """The control dependences of an op: conditions and loop bounds around it."""
    parent = op.parent_op()
    while parent is not None and parent is not function:
        if isinstance(parent, ForOp):
            yield from parent.operands[:3]
        elif isinstance(parent, IfOp):
            yield parent.cond
        parent = parent.parent_op()


def _yielded(op: YieldOp) -> Iterator[tuple[ValueOrBuffer, ValueOrBuffer]]:
    parent = op.parent_op()
    assert parent is not None
    for index, value in enumerate(op.operands):
        yield value, parent.results[index]
        if isinstance(parent, ForOp):
            yield value, parent.body.block.args[1 + index]


def _entered(op: ForOp) -> Iterator[tuple[ValueOrBuffer, ValueOrBuffer]]:
    index, *carried = op.body.block.args
    for bound in (op.lb, op.ub, op.step):
        yield bound, index
        yield from ((bound, result) for result in op.results)
    for start, argument, result in zip(op.iter_args, carried, op.results, strict=True):
        yield start, argument
        yield start, result


def memory_name(row: SSAValue) -> str | None:
    """The symbol of a row's buffer; None for an argument of a function."""
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    return row.owner.buffer.string_value() if isinstance(row.owner, GetOp) else None


def accesses(function: FuncOp) -> Iterator[tuple[LoadOp | StoreOp, str]]:
    """The loads and stores of buffers, in program order, with the buffer's symbol."""
    for op in function.walk():
        if isinstance(op, LoadOp | StoreOp):
            name = memory_name(op.memref)
            if name is not None:
                yield op, name
