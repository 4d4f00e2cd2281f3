"""`dsp-stage-copies`: materialises the staged copies in l2 that placement decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import IntegerAttr, ModuleOp, i64
from xdsl.ir import Block
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem import BufferOp, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import element_bytes, memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp, HeapInitOp
from dspc.dialects.dsp_mem.machine import Machine, load_machine
from dspc.dialects.dsp_mem.spaces import Lifetime
from dspc.dialects.places import located, span_of
from dspc.passes.analysis.accesses import accesses, copies_in
from dspc.passes.analysis.rings import Ring, compute_of, rings
from dspc.passes.placement.copies import copy_allocator
from dspc.passes.placement.model import round_up
from dspc.passes.staging.copy_writer import L2
from dspc.passes.staging.team_loops import stage_parts
from dspc.passes.staging.whole import stage_whole
from dspc.passes.staging.windows import stage_windows
from dspc.support.diagnostics import DspcError


@dataclass(frozen=True)
class DspStageCopies(ModulePass):
    """Materialises the staged copies in l2 that placement decided: `compute` works on them.

    Read-only buffers are not copied out. Of a ring buffer with `copied` bytes, the copy holds
    windows: the elements that `block` frames write, and those of each read. The loop over frames is
    strip-mined by blocks; each block copies its windows, in two pieces where one wraps around the
    ring's end. Reads of elements written in the same block are redirected to the written window.
    Of what a team accesses, each loop that one core runs has copies of its own.
    `allocator` provides the memory (by default the machine's first); a heap is initialised.
    """

    name = "dsp-stage-copies"
    TAKES: ClassVar[tuple[str, ...]] = ("mem",)
    machine: str = "cpu"
    block: int = 512
    allocator: str = ""

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.block < 1:
            raise DspcError("E0604", "block is at least 1", exit_status=2)
        function = compute_of(op)
        staged = [
            one for one in op.body.block.ops if isinstance(one, BufferOp) and one.staged is not None
        ]
        if function is None or not staged:
            return
        block = function.body.block
        materialised = set(copies_in(block).values())
        staged = [buffer for buffer in staged if buffer.sym_name.data not in materialised]
        if not staged:
            return
        machine = load_machine(self.machine)
        allocator = self._allocator(machine)
        has_offsets = not ALLOCATORS[allocator].can_free
        by_name = accesses(op)
        in_team = [one for one in staged if by_name[one.sym_name.data].is_shared]
        heap_bytes = None if has_offsets else machine.spaces[Space.L2].capacity
        stage_parts(function, in_team, allocator, heap_bytes)
        staged = [one for one in staged if one not in in_team]
        ring_buffers = rings(op)
        windowed = [buffer for buffer in staged if buffer.copied is not None]
        for buffer in windowed:
            _check_windows(buffer, ring_buffers, self.block)
        stage_windows(block, windowed, ring_buffers, self.block, allocator, has_offsets)
        whole = [buffer for buffer in staged if buffer.copied is None]
        stage_whole(block, whole, allocator, has_offsets)
        if not has_offsets and staged:
            _start_heap(block, machine)

    def _allocator(self, machine: Machine) -> str:
        name = self.allocator or copy_allocator(machine)
        if not name or name not in ALLOCATORS:
            raise DspcError("E0604", f"no allocator gives l2 memory by {name!r}", exit_status=2)
        reason = ALLOCATORS[name].verify(Space.L2, Lifetime.BLOCK)
        if reason is not None:
            raise DspcError("E0604", reason, exit_status=2)
        return name


def _check_windows(buffer: BufferOp, ring_buffers: dict[str, Ring], length: int) -> None:
    """Raise DspcError E0607 unless a buffer is a ring whose copy has room for a block's windows."""
    name = buffer.sym_name.data
    ring = ring_buffers.get(name)
    if ring is None or ring.size < length:
        message = f"{name} is staged by windows, but is no ring buffer that can be"
        raise DspcError("E0607", f"{message} (in {buffer.name})", span_of(buffer))
    assert buffer.copied is not None
    wanted = (1 + len(ring.amounts)) * length * element_bytes(buffer.type)
    if buffer.copied.value.data != wanted:
        message = f"the copy of {name} has {buffer.copied.value.data} bytes, windows need {wanted}"
        hint = "place and stage with the same block length"
        raise DspcError("E0607", f"{message} (in {buffer.name})", span_of(buffer), hint)


def _start_heap(block: Block, machine: Machine) -> None:
    """Initialise the l2 heap at the start; raises DspcError E0605 where the copies do not fit."""
    sizes = {
        op: round_up(memory_bytes(op.memref.type), 8)
        for op in block.walk()
        if isinstance(op, AllocOp) and op.space.data == Space.L2
    }
    size = machine.spaces[Space.L2].capacity
    if sum(sizes.values()) > size:
        message = f"the copies in l2 take {sum(sizes.values())} bytes of a heap of {size}"
        largest = max(sizes, key=sizes.__getitem__)
        raise DspcError(
            "E0605",
            message,
            span_of(largest),
            "local memory is shared by copies with disjoint live ranges",
        )
    start = HeapInitOp.create(properties={"space": L2, "bytes": IntegerAttr(size, i64)})
    first = block.first_op
    assert first is not None
    block.insert_op_before(start, first)
