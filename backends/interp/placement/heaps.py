"""The `dsp_mem` ops on placed memory: heaps, allocations and asynchronous copies."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Operation

from dspc.backends.interp.definition.memory import Row, Window, copy_some, outside
from dspc.backends.interp.errors import MemoryTrap, OutOfMemoryTrap, Trap
from dspc.backends.interp.placement.spaces import Allocation
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, FreeOp, HeapInitOp, ReallocOp, ScopeOp
from dspc.dialects.dsp_mem.spaces import Lifetime, Space

if TYPE_CHECKING:
    from dspc.backends.interp.placement.placed import PlacedMemory

ALIGN = 8
"""Alignment of allocations in bytes."""


class Heap:
    """A first-fit allocator of the bytes between two offsets of a space (Knuth, TAOCP 1, 2.5)."""

    def __init__(self, base: int, end: int) -> None:
        self.base = -(-base // ALIGN) * ALIGN
        self.end = end
        self.occupied: list[tuple[int, int]] = []
        """Start and end of each allocation, ordered."""

    def take(self, size: int) -> int | None:
        """The offset of `size` free bytes; None if no gap is large enough."""
        start = self.base
        for at, (low, high) in enumerate(self.occupied):
            if start + size <= low:
                self.occupied.insert(at, (start, start + size))
                return start
            start = -(-high // ALIGN) * ALIGN
        if start + size > self.end:
            return None
        self.occupied.append((start, start + size))
        return start

    def give(self, offset: int) -> None:
        self.occupied = [allocation for allocation in self.occupied if allocation[0] != offset]


class PlacedHeaps:
    """The heaps of an instance with placed memory, and its pending copies."""

    def __init__(self, memory: PlacedMemory) -> None:
        # Not owned: memory maps a space of gigabytes, which must not wait for garbage collection.
        self.memory: PlacedMemory = weakref.proxy(memory)
        self._heaps: dict[Space, Heap] = {}
        self._locals: dict[Space, Heap] = {}
        self._allocators: dict[int, AllocOp | ReallocOp] = {}
        """The op that allocated each live allocation, by number."""
        self._offsets: dict[int, tuple[Heap, int]] = {}
        self._transient: list[Allocation] = []
        """Allocations that die with the kernel."""
        self._scopes: list[int] = []
        self._copies: list[tuple[Row | Window, Row | Window, int]] = []

    def start(self, op: HeapInitOp) -> None:
        """`dsp_mem.heap_init`: earlier allocations in the heap die."""
        space = op.space.data
        base = self.memory.top(space)
        self._heaps[space] = Heap(base, min(base + op.bytes.value.data, self.memory.size(space)))
        for allocation in self.memory.allocations():
            allocator_op = self._allocators.get(allocation.number)
            if (
                allocator_op is not None
                and _is_heap(allocator_op)
                and allocation.area.name == space.value
            ):
                allocation.die("after its heap was initialised again")

    def take(self, op: AllocOp) -> Allocation:
        """`dsp_mem.alloc`."""
        space, allocator = op.space.data, op.allocator.data
        name = op.buffer.string_value() if op.buffer is not None else f"memory of {allocator}"
        if op.memref.name_hint and op.buffer is None:
            name = op.memref.name_hint
        if ALLOCATORS[allocator].can_free:
            self.memory.request(f"{name}, {memory_bytes(op.memref.type)} bytes of {space.value}")
        allocation = self._allocate(op, op.memref.type, name, space, op.lifetime.data)
        if op.buffer is not None:
            self.memory.rows[name] = allocation
        if space == Space.L2 or op.lifetime.data == Lifetime.BLOCK:
            self._transient.append(allocation)
        return allocation

    def _allocate(
        self, op: AllocOp | ReallocOp, type: object, name: str, space: Space, lifetime: Lifetime
    ) -> Allocation:
        assert isinstance(type, MemRefType)
        size = memory_bytes(type)
        heap: Heap | None = None
        if isinstance(op, AllocOp) and op.offset is not None:
            offset = op.offset.value.data
        else:
            heap = self._heap(op, space)
            start = heap.take(size)
            if start is None:
                raise OutOfMemoryTrap(f"out of memory: {space.value} has no {size} bytes left")
            offset = start
        lasting = lifetime != Lifetime.BLOCK
        allocation = self.memory.allocation(name, space, offset, type, lasting, op)
        self._allocators[allocation.number] = op
        if heap is not None:
            self._offsets[allocation.number] = (heap, offset)
        return allocation

    def _heap(self, op: AllocOp | ReallocOp, space: Space) -> Heap:
        if not _is_heap(op):
            if space not in self._locals:
                self._locals[space] = Heap(self.memory.top(space), self.memory.size(space))
            return self._locals[space]
        if space not in self._heaps:
            raise MemoryTrap(f"the {space.value} heap is used but was not initialised")
        return self._heaps[space]

    def named(self, name: str) -> Allocation:
        """`dsp_mem.get` of memory that a function allocated."""
        if name not in self.memory.rows:
            raise MemoryTrap(f"no memory is called {name}")
        return self.memory.rows[name]

    def give(self, op: FreeOp, row: Row | Window | Allocation) -> None:
        """`dsp_mem.free`."""
        allocation = self._owned(row, "freed")
        allocator_op = self._allocators[allocation.number]
        if isinstance(allocator_op, AllocOp) and (allocator_op.space, allocator_op.allocator) != (
            op.space,
            op.allocator,
        ):
            raise MemoryTrap(
                f"{allocation} is freed with another space or allocator than it was allocated"
            )
        self._release(allocation, "after its free")

    def _owned(self, row: Any, action: str) -> Allocation:
        if not isinstance(row, Allocation) or row.number not in self._allocators:
            raise MemoryTrap(f"memory is {action} that was not allocated")
        if row.is_dead:
            raise MemoryTrap(f"{row} is {action} {row.why}")
        return row

    def _release(self, allocation: Allocation, why: str) -> None:
        allocation.die(why)
        if allocation.number in self._offsets:
            heap, offset = self._offsets.pop(allocation.number)
            heap.give(offset)

    def regrow(self, op: ReallocOp, row: Row | Window | Allocation) -> Allocation:
        """`dsp_mem.realloc`."""
        old = self._owned(row, "moved")
        allocator_op: Operation = self._allocators[old.number]
        while isinstance(allocator_op, ReallocOp):
            owner = allocator_op.source.owner
            assert isinstance(owner, Operation)
            allocator_op = owner
        assert isinstance(allocator_op, AllocOp)
        self.memory.request(f"{old.name}, {memory_bytes(op.memref.type)} bytes")
        lifetime = allocator_op.lifetime.data
        allocation = self._allocate(op, op.memref.type, old.name, allocator_op.space.data, lifetime)
        _copy(old, allocation, len(old))
        self._release(old, "after it was moved by realloc")
        if self.memory.rows.get(old.name) is old:
            self.memory.rows[old.name] = allocation
        if old in self._transient:
            self._transient.append(allocation)
        return allocation

    # Copies

    def copy(
        self, op: CopyOp, source: Row | Window, target: Row | Window, count: int | None
    ) -> None:
        """`dsp_mem.copy`; an asynchronous copy is performed by the next `wait`."""
        if count is None:
            count = len(source)
            if len(target) != count:
                raise Trap(f"a buffer of {count} is copied to one of {len(target)}")
        for row, access in ((source, "read"), (target, "written")):
            if count > len(row):
                raise outside(row, len(row), access)
        if op.is_async is None:
            _copy(source, target, count)
            return
        self._copies.append((source, target, count))
        for row, is_target in ((source, False), (target, True)):
            allocation, start = _base(row)
            if isinstance(allocation, Allocation):
                allocation.begin_copy(start, start + count, is_target)

    def wait(self) -> None:
        """`dsp_mem.wait`."""
        copies, self._copies = self._copies, []
        for source, target, _ in copies:
            for row in (source, target):
                allocation, _ = _base(row)
                if isinstance(allocation, Allocation):
                    allocation.end_copies()
        for source, target, count in copies:
            _copy(source, target, count)

    # Scopes and kernels

    def enter(self) -> None:
        """A scope begins."""
        self._scopes.append(len(self._transient))

    def leave(self, op: ScopeOp) -> None:
        """A scope ends, and with it its allocations of lifetime `block` in its space."""
        first = self._scopes.pop()
        for allocation in self._transient[first:]:
            if allocation.area.name == op.space.data.value and not allocation.is_dead:
                self._release(allocation, "after its scope has ended")
        del self._transient[first:]

    def end_kernel(self) -> None:
        """A function has ended: allocations in l2 die, and its heap is uninitialised again."""
        self._scopes.clear()
        if self._copies:
            self._copies.clear()
            raise MemoryTrap("a copy is still pending when its kernel ends")
        for allocation in self._transient:
            if not allocation.is_dead:
                self._release(allocation, "after the kernel that took it has ended")
        self._transient.clear()
        self._heaps = {
            space: heap for space, heap in self._heaps.items() if self.memory.persists(space)
        }


def _is_heap(op: AllocOp | ReallocOp) -> bool:
    return isinstance(op, ReallocOp) or op.allocator.data == "heap"


def _base(row: Any) -> tuple[Any, int]:
    return row.base() if isinstance(row, Window) else (row, 0)


def _copy(source: Any, target: Any, count: int) -> None:
    (origin, low), (goal, at) = _base(source), _base(target)
    both = isinstance(origin, Allocation) and isinstance(goal, Allocation)
    if not both or not origin.copy_to(goal, low, at, count):
        copy_some(target, source, count)
