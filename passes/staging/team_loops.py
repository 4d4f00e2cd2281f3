"""Staged copies of loops that one core of a team runs: each copies in the buffers that it
accesses, works on the copies, and copies out those that it wrote.

No other loop accesses such a buffer while one that writes it runs, and the contents of l2 need not
persist from one loop to the next, which may be another kernel.
"""

from __future__ import annotations

from collections.abc import Iterator

from xdsl.dialects.builtin import IntegerAttr, i64
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, SSAValue

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp
from dspc.dialects.dsp_mem.heaps import HeapInitOp
from dspc.dialects.dsp_par import LoopOp, SectionOp, SingleOp, TaskOp
from dspc.passes.analysis.accesses import buffer_name
from dspc.passes.staging.copy_writer import L2, CopyWriter, HoistedConstants, near_memory


def parts_of(compute: FuncOp) -> Iterator[LoopOp]:
    """The loops that one core of a team runs."""
    for op in compute.walk():
        if isinstance(op, LoopOp) and isinstance(op.parent_op(), SectionOp | SingleOp | TaskOp):
            yield op


def stage_parts(
    compute: FuncOp, buffers: list[BufferOp], allocator: str, heap_bytes: int | None
) -> None:
    """Stage buffers in each loop that one core runs; `heap_bytes` where l2 is a heap."""
    by_name = {buffer.sym_name.data: buffer for buffer in buffers}
    constants = HoistedConstants(compute.body.block)
    for loop in list(parts_of(compute)):
        rows = {buffer_name(row): row for row in (*loop.reads, *loop.writes)}
        staged = {by_name[name]: row for name, row in rows.items() if name in by_name}
        if staged:
            _stage_loop(loop, staged, constants, allocator, heap_bytes)


def _stage_loop(
    loop: LoopOp,
    rows: dict[BufferOp, SSAValue],
    constants: HoistedConstants,
    allocator: str,
    heap_bytes: int | None,
) -> None:
    """Let a loop work on copies of buffers, each with the row by which it accesses the buffer."""
    block = loop.body.block
    before, after = CopyWriter(constants), CopyWriter(constants)
    if heap_bytes is not None:
        size = IntegerAttr(heap_bytes, i64)
        before.ops.append(HeapInitOp.create(properties={"space": L2, "bytes": size}))
    for buffer, far in rows.items():
        near = near_memory(buffer, buffer.type, allocator, heap_bytes is None)
        _redirect(block, far, near.memref)
        before.ops.append(near)
        before.copy(far, near.memref)
        if far in loop.writes:
            after.copy(near.memref, far)
    before.wait()
    if after.ops:
        after.wait()
    first, last = block.first_op, block.last_op
    assert first is not None
    assert last is not None
    block.insert_ops_before(before.ops, first)
    block.insert_ops_before(after.ops, last)


def _redirect(block: Block, far: SSAValue, near: SSAValue) -> None:
    """Let the ops of a loop access the copy of a buffer."""
    name = buffer_name(far)
    for op in block.walk():
        for index, operand in enumerate(op.operands):
            if isinstance(operand.owner, GetOp) and buffer_name(operand) == name:
                op.operands[index] = near
