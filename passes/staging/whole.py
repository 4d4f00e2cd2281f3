"""Staged copies of whole buffers: copied in before the first top-level op that accesses one, and
out after the last."""

from __future__ import annotations

from xdsl.ir import Block, Operation

from dspc.dialects.dsp_mem.buffers import BufferOp, GetOp
from dspc.dialects.dsp_par import LoopOp
from dspc.passes.analysis.accesses import users_of
from dspc.passes.staging.copy_writer import CopyWriter, HoistedConstants, near_memory


def stage_whole(block: Block, buffers: list[BufferOp], allocator: str, has_offsets: bool) -> None:
    """Stage buffers in l2: redirect the accesses in the block of `compute` to copies."""
    order = {op: number for number, op in enumerate(block.ops)}
    fetched: dict[str, list[GetOp]] = {}
    for op in block.walk():
        if isinstance(op, GetOp):
            fetched.setdefault(op.buffer.string_value(), []).append(op)
    before: dict[Operation, list[Operation]] = {}
    after: dict[Operation, list[Operation]] = {}
    for buffer in buffers:
        gets = fetched.get(buffer.sym_name.data, [])
        users = [op for get in gets for op in users_of(get.memref)]
        if not users:
            continue
        near = near_memory(buffer, buffer.type, allocator, has_offsets)
        tops = filter(None, map(block.find_ancestor_op_in_block, users))
        touched = sorted(tops, key=lambda op: order[op])
        source = GetOp.create(
            result_types=(buffer.type,), properties={"buffer": gets[0].properties["buffer"]}
        )
        copies = CopyWriter(HoistedConstants(block))
        copies.copy(source.memref, near.memref)
        before.setdefault(touched[0], []).extend((source, near, *copies.ops))
        if any(_writes(op) for op in users):
            copies = CopyWriter(HoistedConstants(block))
            copies.copy(near.memref, source.memref)
            after.setdefault(touched[-1], []).extend(copies.ops)
        for get in gets:
            get.memref.replace_all_uses_with(near.memref)
            get.detach()
            get.erase()
    waiting = CopyWriter(HoistedConstants(block))
    for op, ops in after.items():
        waiting.wait()
        block.insert_ops_after([*ops, waiting.ops.pop()], op)
    for op, ops in before.items():
        waiting.wait()
        block.insert_ops_before([*ops, waiting.ops.pop()], op)


def _writes(op: Operation) -> bool:
    """Whether a user of a memref may write it: all ops except known reads."""
    return not isinstance(op, LoopOp) and not op.results
