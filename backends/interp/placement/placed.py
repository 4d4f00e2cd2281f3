"""Placed memory of an instance: each buffer at its offset in a space of a machine.

Each function of the module is a kernel; the contents of l2 do not persist after it.
"""

from __future__ import annotations

from typing import Any

from xdsl.dialects.builtin import MemRefType, ModuleOp
from xdsl.ir import Operation

from dspc.backends.interp.definition.memory import Soundfiles, poison
from dspc.backends.interp.definition.scalars import element_name
from dspc.backends.interp.errors import InterpreterError, OutOfMemoryTrap
from dspc.backends.interp.instance_memory import LoopMemory
from dspc.backends.interp.placement.fault_plan import NEVER, FaultPlan
from dspc.backends.interp.placement.heaps import PlacedHeaps
from dspc.backends.interp.placement.spaces import SIZES, Allocation, Area
from dspc.dialects.dsp.ui import UiWidget
from dspc.dialects.dsp_mem import BufferOp, Lifetime, Role, Space
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.buffers import memory_bytes
from dspc.dialects.dsp_mem.heaps import AllocOp
from dspc.dialects.dsp_mem.machine import Machine
from dspc.dialects.dsp_mem.spaces import PASSING

_ROOM = 1 << 26
"""Bytes above the placed buffers in a space of unknown size (without a machine)."""


def is_placed(module: ModuleOp) -> bool:
    """Whether a module has buffers and all are placed."""
    buffers = [op for op in module.body.block.ops if isinstance(op, BufferOp)]
    return bool(buffers) and all(op.space is not None for op in buffers)


def has_offsets(module: ModuleOp) -> bool:
    """Whether some buffers of a module are placed, or packed into zones."""
    ops = module.body.block.ops
    places = [(op.offset, op.zone_offset) for op in ops if isinstance(op, BufferOp)]
    return any(place != (None, None) for place in places)


class PlacedMemory(LoopMemory):
    """The buffers of a placed module, in the spaces of a machine or in sufficiently large ones.

    Raises InterpreterError E0513 if an allocation fails, after releasing the others, and E0512 for
    a buffer that is outside of its space.
    """

    def __init__(
        self,
        module: ModuleOp,
        widgets: dict[str, UiWidget],
        soundfiles: Soundfiles,
        machine: Machine | None = None,
        plan: FaultPlan = NEVER,
    ) -> None:
        self.machine = machine
        self.plan = plan
        self.requests = 0
        """The number of requests to heaps and memory managers."""
        self._areas: dict[Space, Area] = {}
        self._tops = _tops(module)
        self._lasting: dict[int, Allocation] = {}
        self._allocations: dict[int, Allocation] = {}
        self._count = 0
        self.heaps = PlacedHeaps(self)
        try:
            super().__init__(module, widgets, soundfiles)
        except OutOfMemoryTrap as trap:
            self.release()
            raise InterpreterError(trap.message, None, trap.code) from None

    def _in_order(self, buffers: list[BufferOp]) -> list[BufferOp]:
        """Buffers of class lifetime come first."""
        order = list(Lifetime)
        return sorted(buffers, key=lambda op: order.index(op.lifetime.data))

    def _row(self, op: BufferOp, values: list[Any]) -> Any:
        assert op.space is not None
        assert op.offset is not None
        assert op.allocator is not None
        name, space = op.sym_name.data, op.space.data
        if ALLOCATORS[op.allocator.data].can_free:
            self.request(f"{name}, {op.bytes} bytes of {space.value}", op)
        is_lasting = op.lifetime.data != Lifetime.BLOCK and op.role.data != Role.SCRATCH
        row = self.allocation(name, space, op.offset.value.data, op.type, is_lasting, op)
        if op.values is not None or op.init is not None or op.role.data == Role.ZONE:
            for index, value in enumerate(values):
                row[index] = value
        return row

    def request(self, purpose: str, op: Operation | None = None) -> None:
        """Count a request for memory; OutOfMemoryTrap if it fails by the plan."""
        self.requests += 1
        if self.plan.fails(self.requests):
            raise OutOfMemoryTrap(f"out of memory: request {self.requests} ({purpose}) fails", op)

    def allocation(
        self, name: str, space: Space, offset: int, type: MemRefType, lasting: bool, op: Operation
    ) -> Allocation:
        """A new allocation in a space, filled with the poison pattern."""
        area, element = self.area(space), element_name(type.element_type)
        length = (*type.get_shape(), 1)[0]
        if offset + length * SIZES[element] > area.size:
            message = f"{name} ends outside {space.value}, which has {area.size} bytes"
            raise InterpreterError(message, op, "E0512")
        self._count += 1
        arguments = (name, area, offset, length, element, self._count)
        allocation = self._allocations[self._count] = Allocation(*arguments, self._lasting, lasting)
        return allocation

    def allocations(self) -> list[Allocation]:
        """All live allocations."""
        self._allocations = {
            n: allocation for n, allocation in self._allocations.items() if not allocation.is_dead
        }
        return list(self._allocations.values())

    def area(self, space: Space) -> Area:
        """The memory of a space; InterpreterError E0512 if the machine lacks it."""
        area = self._areas.get(space)
        if area is None:
            if self.machine is not None and space not in self.machine.spaces:
                raise InterpreterError(f"{self.machine.name} has no {space.value}", None, "E0512")
            area = self._areas[space] = Area(space.value, self.size(space), self.persists(space))
        return area

    def size(self, space: Space) -> int:
        """The size of a space in bytes."""
        if self.machine is None:
            return self.top(space) + _ROOM
        return self.machine.spaces[space].capacity

    def persists(self, space: Space) -> bool:
        """Whether the contents of a space persist between kernels."""
        return space not in PASSING if self.machine is None else self.machine.spaces[space].persists

    def top(self, space: Space) -> int:
        """The end of the placed memory of a space, in bytes."""
        return self._tops.get(space, 0)

    def release(self) -> None:
        """Destroy the instance: all allocations die."""
        for allocation in self.allocations():
            allocation.die("after its instance was destroyed")

    def __del__(self) -> None:
        # Allocations refer to their table, and so would keep areas of gigabytes mapped.
        self._lasting.clear()

    def begin_kernel(self) -> None:
        """Poison the scratch buffers."""
        for element, row in self.scratch:
            if isinstance(row, Allocation):
                row.refresh()
            else:
                row[:] = [poison(element)] * len(row)

    def end_kernel(self) -> None:
        """Invalidate the contents of spaces that do not persist."""
        self.heaps.end_kernel()
        for allocation in self.allocations():
            if not allocation.area.persists:
                allocation.lose()

    def copy(self) -> LoopMemory:
        twin = PlacedMemory(*self._source, self.machine)
        for name, block in self.packed.blocks.items():
            twin.packed.blocks[name][:] = block
        for name, row in self.rows.items():
            if isinstance(row, Allocation) and name in twin.rows and row.is_lasting:
                row.copy_to(twin.rows[name], 0, 0, len(row))
        for name, row in self.zones.items():
            twin.zones[name][0] = row[0]
        return twin


def _tops(module: ModuleOp) -> dict[Space, int]:
    """The end of the placed memory of each space: buffers, staged copies and allocations."""
    tops: dict[Space, int] = {}

    def add(space: Space, end: int) -> None:
        tops[space] = max(tops.get(space, 0), end)

    for op in module.walk():
        if isinstance(op, BufferOp) and op.space is not None and op.offset is not None:
            add(op.space.data, op.offset.value.data + op.bytes)
            if op.staged is not None:
                add(Space.L2, op.staged.value.data + op.copied_bytes)
        elif isinstance(op, AllocOp) and op.offset is not None:
            add(op.space.data, op.offset.value.data + memory_bytes(op.memref.type))
    return tops
