"""`dsp_mem`'s ops at work: memory taken and given back, copies that end when waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xdsl.dialects.builtin import MemRefType
from xdsl.ir import Operation

from dspc.backends.interp.errors import MemoryTrap, OutOfMemoryTrap, Trap
from dspc.backends.interp.memory import Row, Window, copy_some, outside
from dspc.backends.interp.spaces import Piece
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp, CopyOp, FreeOp, HeapInitOp, ReallocOp, ScopeOp
from dspc.dialects.dsp_mem.spaces import Lifetime, Space

if TYPE_CHECKING:
    from dspc.backends.interp.placed import PlacedMemory

ALIGN = 8
"""Where a heap's pieces begin."""


class Heap:
    """First fit between two offsets of a space."""

    def __init__(self, base: int, end: int) -> None:
        self.base = -(-base // ALIGN) * ALIGN
        self.end = end
        self.taken: list[tuple[int, int]] = []
        """Start and end of each piece, in order."""

    def take(self, size: int) -> int | None:
        """The offset of so many bytes, or None where there is no gap for them."""
        start = self.base
        for at, (low, high) in enumerate(self.taken):
            if start + size <= low:
                self.taken.insert(at, (start, start + size))
                return start
            start = -(-high // ALIGN) * ALIGN
        if start + size > self.end:
            return None
        self.taken.append((start, start + size))
        return start

    def give(self, offset: int) -> None:
        self.taken = [piece for piece in self.taken if piece[0] != offset]


class PlacedHeaps:
    """The heaps of an instance whose memory is placed, and the copies that are on their way."""

    def __init__(self, memory: PlacedMemory) -> None:
        self.memory = memory
        self._heaps: dict[Space, Heap] = {}
        self._locals: dict[Space, Heap] = {}
        self._takers: dict[int, AllocOp | ReallocOp] = {}
        """What took each piece alive, by the piece's number."""
        self._offsets: dict[int, tuple[Heap, int]] = {}
        self._near: list[Piece] = []
        """What is gone when the kernel has ended."""
        self._scopes: list[int] = []
        self._copies: list[tuple[Row | Window, Row | Window, int]] = []

    def start(self, op: HeapInitOp) -> None:
        """`dsp_mem.heap_init`: what was in the heap is gone."""
        space = op.space.data
        base = self.memory.top(space)
        self._heaps[space] = Heap(base, min(base + op.bytes.value.data, self.memory.size(space)))
        for piece in self.memory.pieces():
            taker = self._takers.get(piece.number)
            if taker is not None and _is_heap(taker) and piece.area.name == space.value:
                piece.die("after its heap was initialised anew")

    def take(self, op: AllocOp) -> Piece:
        """`dsp_mem.alloc`."""
        space, allocator = op.space.data, op.allocator.data
        name = op.buffer.string_value() if op.buffer is not None else f"memory of {allocator}"
        if op.memref.name_hint and op.buffer is None:
            name = op.memref.name_hint
        if ALLOCATORS[allocator].can_free:
            self.memory.request(f"{name}, {memory_bytes(op.memref.type)} bytes of {space.value}")
        piece = self._found(op, op.memref.type, name, space, op.lifetime.data)
        if op.buffer is not None:
            self.memory.rows[name] = piece
        if space == Space.L2 or op.lifetime.data == Lifetime.BLOCK:
            self._near.append(piece)
        return piece

    def _found(
        self, op: AllocOp | ReallocOp, type: object, name: str, space: Space, lifetime: Lifetime
    ) -> Piece:
        assert isinstance(type, MemRefType)
        size = memory_bytes(type)
        heap: Heap | None = None
        if isinstance(op, AllocOp) and op.offset is not None:
            offset = op.offset.value.data
        else:
            heap = self._heap(op, space)
            found = heap.take(size)
            if found is None:
                raise OutOfMemoryTrap(f"out of memory: {space.value} has no {size} bytes left")
            offset = found
        lasting = lifetime != Lifetime.BLOCK
        piece = self.memory.piece(name, space, offset, type, lasting, op)
        self._takers[piece.number] = op
        if heap is not None:
            self._offsets[piece.number] = (heap, offset)
        return piece

    def _heap(self, op: AllocOp | ReallocOp, space: Space) -> Heap:
        if not _is_heap(op):
            if space not in self._locals:
                self._locals[space] = Heap(self.memory.top(space), self.memory.size(space))
            return self._locals[space]
        if space not in self._heaps:
            raise MemoryTrap(f"the {space.value} heap is used and was not initialised")
        return self._heaps[space]

    def named(self, name: str) -> Piece:
        """`dsp_mem.get` of memory that a function took."""
        if name not in self.memory.rows:
            raise MemoryTrap(f"no memory is called {name}")
        return self.memory.rows[name]

    def give(self, op: FreeOp, row: Row | Window | Piece) -> None:
        """`dsp_mem.free`."""
        piece = self._owned(row, "freed")
        taker = self._takers[piece.number]
        if isinstance(taker, AllocOp) and (taker.space, taker.allocator) != (
            op.space,
            op.allocator,
        ):
            raise MemoryTrap(f"{piece} is freed as another kind than it was taken")
        self._drop(piece, "after its free")

    def _owned(self, row: Any, what: str) -> Piece:
        if not isinstance(row, Piece) or row.number not in self._takers:
            raise MemoryTrap(f"memory is {what} that no allocator gave")
        if row.is_dead:
            raise MemoryTrap(f"{row} is {what} {row.why}")
        return row

    def _drop(self, piece: Piece, why: str) -> None:
        piece.die(why)
        if piece.number in self._offsets:
            heap, offset = self._offsets.pop(piece.number)
            heap.give(offset)

    def regrow(self, op: ReallocOp, row: Row | Window | Piece) -> Piece:
        """`dsp_mem.realloc`."""
        old = self._owned(row, "moved")
        taker: Operation = self._takers[old.number]
        while isinstance(taker, ReallocOp):
            owner = taker.source.owner
            assert isinstance(owner, Operation)
            taker = owner
        assert isinstance(taker, AllocOp)
        self.memory.request(f"{old.name}, {memory_bytes(op.memref.type)} bytes")
        lifetime = taker.lifetime.data
        piece = self._found(op, op.memref.type, old.name, taker.space.data, lifetime)
        _copied(old, piece, len(old))
        self._drop(old, "after it was moved to a longer piece")
        if self.memory.rows.get(old.name) is old:
            self.memory.rows[old.name] = piece
        if old in self._near:
            self._near.append(piece)
        return piece

    # Copies

    def copy(
        self, op: CopyOp, source: Row | Window, target: Row | Window, count: int | None
    ) -> None:
        """`dsp_mem.copy`; an asynchronous one takes place when it is waited for."""
        if count is None:
            count = len(source)
            if len(target) != count:
                raise Trap(f"a buffer of {count} is copied to one of {len(target)}")
        for row, what in ((source, "read"), (target, "written")):
            if count > len(row):
                raise outside(row, len(row), what)
        if op.is_async is None:
            _copied(source, target, count)
            return
        self._copies.append((source, target, count))
        for row, is_target in ((source, False), (target, True)):
            piece, start = _base(row)
            if isinstance(piece, Piece):
                piece.fly(start, start + count, is_target)

    def wait(self) -> None:
        """`dsp_mem.wait`."""
        copies, self._copies = self._copies, []
        for source, target, _ in copies:
            for row in (source, target):
                piece, _ = _base(row)
                if isinstance(piece, Piece):
                    piece.land()
        for source, target, count in copies:
            _copied(source, target, count)

    # Scopes and kernels

    def enter(self) -> None:
        """A scope begins."""
        self._scopes.append(len(self._near))

    def leave(self, op: ScopeOp) -> None:
        """A scope ends, and with it what was taken there of its space for a block."""
        first = self._scopes.pop()
        for piece in self._near[first:]:
            if piece.area.name == op.space.data.value and not piece.is_dead:
                self._drop(piece, "after its scope has ended")
        del self._near[first:]

    def end_kernel(self) -> None:
        """A function has ended: what l2 held is gone, and heaps there have to be started again."""
        self._scopes.clear()
        if self._copies:
            self._copies.clear()
            raise MemoryTrap("a copy is still running when its kernel ends")
        for piece in self._near:
            if not piece.is_dead:
                self._drop(piece, "after the kernel that took it has ended")
        self._near.clear()
        self._heaps = {
            space: heap for space, heap in self._heaps.items() if self.memory.persists(space)
        }


def _is_heap(op: AllocOp | ReallocOp) -> bool:
    return isinstance(op, ReallocOp) or op.allocator.data == "heap"


def _base(row: Any) -> tuple[Any, int]:
    return row.base() if isinstance(row, Window) else (row, 0)


def _copied(source: Any, target: Any, count: int) -> None:
    (far, low), (near, place) = _base(source), _base(target)
    both = isinstance(far, Piece) and isinstance(near, Piece)
    if not both or not far.copy_to(near, low, place, count):
        copy_some(target, source, count)
