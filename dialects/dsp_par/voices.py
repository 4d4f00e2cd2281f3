"""Voices: many runs of one program, side by side. Which values differ between them, which do not.

Voices start together and run the same number of frames, with inputs and controls of their own.
What neither inputs nor controls reach is therefore the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xdsl.dialects.builtin import MemRefType
from xdsl.dialects.func import FuncOp
from xdsl.dialects.memref import LoadOp, StoreOp
from xdsl.dialects.scf import ForOp, IfOp, YieldOp
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp
from dspc.dialects.dsp_mem.spaces import Lifetime
from dspc.dialects.dsp_par.loops import WindowOp

Node = SSAValue | str
"""A value, or a buffer by its name."""


def varying(functions: Iterable[FuncOp], own: Iterable[str]) -> set[Node]:
    """All values and buffers that may differ between voices.

    `own` names the buffers that each voice has for itself, whatever is in them: widgets' values,
    say. The memory that `compute` is given, inputs and outputs, differs. An op with regions that
    writes to such memory differs with all its results, unless it stands directly in its function
    (the loop over frames).
    """
    after: dict[Node, list[Node]] = {}
    work: list[Node] = list(own)
    for function in functions:
        for source, target in _flows(function, work):
            after.setdefault(source, []).append(target)
    found: set[Node] = set()
    while work:
        node = work.pop()
        if node not in found:
            found.add(node)
            work.extend(after.get(node, ()))
    return found


def own_buffers(buffers: Iterable[BufferOp]) -> list[str]:
    """The buffers that each voice has for itself: of an instance or a block, not `common`."""
    return [
        op.sym_name.data
        for op in buffers
        if op.lifetime.data != Lifetime.CLASS and op.values is None and op.common is None
    ]


def _flows(function: FuncOp, given: list[Node]) -> Iterator[tuple[Node, Node]]:
    """From what to what a difference goes; `given` is extended by the function's own memory."""
    given.extend(arg for arg in function.body.block.args if isinstance(arg.type, MemRefType))
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
        else:
            yield from ((operand, result) for operand in op.operands for result in op.results)
            if not op.results:  # what else writes to memory: vectors of lanes
                rows = [v for v in op.operands if isinstance(v.type, MemRefType)]
                yield from ((v, memory_name(row) or row) for row in rows for v in op.operands)


def _written(op: StoreOp) -> Iterator[Node]:
    """The memory that a store changes, and the results of the ops that it stands in."""
    yield memory_name(op.memref) or op.memref
    parent = op.parent_op()
    while parent is not None and not isinstance(parent.parent_op(), FuncOp | None):
        yield from parent.results
        parent = parent.parent_op()


def _conditions(op: Operation, function: FuncOp) -> Iterator[SSAValue]:
    """What decides whether an op runs, and how often."""
    parent = op.parent_op()
    while parent is not None and parent is not function:
        if isinstance(parent, ForOp):
            yield from parent.operands[:3]
        elif isinstance(parent, IfOp):
            yield parent.cond
        parent = parent.parent_op()


def _yielded(op: YieldOp) -> Iterator[tuple[Node, Node]]:
    parent = op.parent_op()
    assert parent is not None
    for index, value in enumerate(op.operands):
        yield value, parent.results[index]
        if isinstance(parent, ForOp):
            yield value, parent.body.block.args[1 + index]


def _entered(op: ForOp) -> Iterator[tuple[Node, Node]]:
    index, *carried = op.body.block.args
    for bound in (op.lb, op.ub, op.step):
        yield bound, index
        yield from ((bound, result) for result in op.results)
    for start, argument, result in zip(op.iter_args, carried, op.results, strict=True):
        yield start, argument
        yield start, result


def memory_name(row: SSAValue) -> str | None:
    """The buffer that a row belongs to; None for what a function is given."""
    while isinstance(row.owner, WindowOp):
        row = row.owner.source
    return row.owner.buffer.string_value() if isinstance(row.owner, GetOp) else None


def accesses(function: FuncOp) -> Iterator[tuple[LoadOp | StoreOp, str]]:
    """The loads and stores of buffers, in the order of the text, with the buffer's name."""
    for op in function.walk():
        if isinstance(op, LoadOp | StoreOp):
            name = memory_name(op.memref)
            if name is not None:
                yield op, name
