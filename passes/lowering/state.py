"""State while a body is written: numbers carried from frame to frame, delay lines, positions."""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.dialects.builtin import i32
from xdsl.ir import Attribute, Block, BlockArgument, Region, SSAValue

from dspc.dialects.diagnostics import DspcError
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par.lanes import lanes_of
from dspc.dialects.places import span_of
from dspc.passes.lowering.lanes import LaneWriter
from dspc.passes.lowering.plan import Domain, Line, Number, Plan
from dspc.passes.lowering.rings import advanced, moment_before, period_of, place_of
from dspc.passes.lowering.unit import Unit, counted, fill
from dspc.passes.lowering.writer import UNKNOWN, Buffer, Function, Writer


class Slot:
    """A number carried from frame to frame: an argument of the loop, and its next value."""

    __slots__ = ("argument", "buffer", "index", "next", "start")

    def __init__(
        self,
        argument: BlockArgument,
        buffer: Buffer | None,
        index: int | None,
        start: Number | None,
    ) -> None:
        self.argument = argument
        self.buffer = buffer
        self.index = index
        self.start = start
        self.next: SSAValue = argument


class Scope:
    """An open domain: where its ops go, its position in time, and what its frames change."""

    __slots__ = ("assigned", "domain", "gate", "known", "writer")

    def __init__(self, domain: Domain, writer: Writer, gate: SSAValue | None) -> None:
        self.domain = domain
        self.writer = writer
        self.gate = gate
        self.assigned: list[Slot] = []
        self.known: dict[object, SSAValue] = {}
        """Positions and loads of this frame."""


class State:
    """The state of one body. `is_kept` tells state of an instance from that of a table's filling.

    State of an instance lives in buffers between compute calls; a generator's begins at zero and
    ends with its loop, so only its rings need memory.
    """

    def __init__(
        self, unit: Unit, plan: Plan, function: Function, before: Writer, is_kept: bool
    ) -> None:
        self.unit = unit
        self.plan = plan
        self.before = before
        self.is_kept = is_kept
        self.loop = Block(arg_types=[before.index(0).type])
        self.slots: list[Slot] = []
        self.scopes = [Scope(None, Writer(function, []), None)]
        self.positions: dict[tuple[Domain, int], Slot] = {}
        """Where each domain writes in its rings: by the size of exact ones, 0 for the others."""
        self.starts: dict[Domain, Slot] = {}
        self.closed: dict[Domain, tuple[Domain, SSAValue]] = {}
        self._registers: dict[Line, list[Slot]] = {}
        self._rings: dict[Line, Buffer] = {}

    @property
    def scope(self) -> Scope:
        return self.scopes[-1]

    def slot(
        self,
        name: tuple[str | None, str, str],
        element: Attribute,
        start: Number | None = None,
        buffer: Buffer | None = None,
        index: int | None = None,
    ) -> Slot:
        """A new number of state, in a buffer of its own unless one is given."""
        if buffer is None and self.is_kept:
            hint, suffix, kind = name
            own = self.unit.named(hint, suffix, element, kind)
            buffer = self.unit.buffer(own, element, None, Lifetime.INSTANCE, Role.STATE)
            self.unit.clear(buffer, start)
        return self._slot(name[0], element, buffer, index, start)

    def _slot(
        self,
        name: str | None,
        element: Attribute,
        buffer: Buffer | None = None,
        index: int | None = None,
        start: Number | None = None,
    ) -> Slot:
        argument = BlockArgument(element, self.loop, 1 + len(self.slots), UNKNOWN)
        argument.name_hint = name
        slot = Slot(argument, buffer, index, start)
        self.slots.append(slot)
        return slot

    def assign(self, slot: Slot, value: SSAValue) -> None:
        """Give a number its next value, in the open domain."""
        slot.next = value
        self.scope.assigned.append(slot)

    def registers(self, line: Line) -> list[Slot]:
        """The numbers of a short line, the youngest first."""
        slots = self._registers.get(line)
        if slots is None:
            if not line.registers:
                return []
            slots = self._registers[line] = self._make_registers(line)
        return slots

    def _make_registers(self, line: Line) -> list[Slot]:
        hint = line.signal.name_hint
        kind = "Rec" if line.is_recursive else "Vec"
        name = (hint, "state", kind)
        count = line.registers
        if count == 1 or not self.is_kept:
            return [self.slot(name, line.element, line.start) for _ in range(count)]
        own = self.unit.named(hint, "state", line.element, kind)
        buffer = self.unit.buffer(own, line.element, count, Lifetime.INSTANCE, Role.STATE)
        self.unit.clear(buffer)
        return [self.slot(name, line.element, None, buffer, index) for index in range(count)]

    def ring(self, line: Line) -> Buffer:
        """The memory of a long line."""
        ring = self._rings.get(line)
        if ring is None:
            size = self.unit.ring_size(line.depth)
            kind = "Rec" if line.is_recursive else "Vec"
            name = self.unit.named(line.signal.name_hint, "line", line.element, kind)
            role = Role.STATE if self.is_kept else Role.SCRATCH
            lifetime = Lifetime.INSTANCE
            if self.before.function is self.unit.class_init:
                lifetime = Lifetime.CLASS
            ring = self._rings[line] = self.unit.buffer(name, line.element, size, lifetime, role)
            if self.is_kept:
                self.unit.clear(ring)
            else:
                fill(self.before, ring, self.before.zero(line.element))
        return ring

    def position(self, domain: Domain, period: int = 0) -> SSAValue:
        """How many frames the domain has seen, modulo a period, or else 2^32."""
        key = (domain, period)
        slot = self.positions.get(key)
        if slot is None:
            slot = self.positions[key] = self.slot((None, "", "Position"), i32)
        return slot.argument

    def has_started(self, domain: Domain) -> SSAValue:
        """1 unless this is the domain's first frame."""
        slot = self.starts.get(domain)
        if slot is None:
            slot = self.starts[domain] = self.slot((None, "", "Started"), i32)
        return slot.argument

    def end_frame(self) -> None:
        """Advance the open domain's time."""
        domain, w = self.scope.domain, self.scope.writer
        for (of_domain, period), slot in self.positions.items():
            if of_domain is domain:
                self.assign(slot, advanced(w, slot.argument, w.int(1), period))
        if domain in self.starts:
            self.assign(self.starts[domain], w.int(1))

    def finished_loop(self) -> Block:
        """The loop's body, complete: it hands the numbers' next values on."""
        # All at once: a block copies its arguments whenever it is given one.
        arguments = (*self.loop.args, *[slot.argument for slot in self.slots])
        self.loop._args = arguments  # pyright: ignore[reportPrivateUsage]
        end = scf.YieldOp.create(operands=[slot.next for slot in self.slots])
        self.loop.add_ops([*self.scope.writer.ops, end])
        return self.loop

    def write_loop(self, w: Writer, count: SSAValue) -> dict[Slot, SSAValue]:
        """Write the loop, the loads of its state before it, the stores after it.

        Gives the numbers as the last frame leaves them.
        """
        starts: list[SSAValue] = []
        for slot in self.slots:
            if slot.buffer is None:
                starts.append(w.zero(slot.argument.type))
            else:
                starts.append(_load(w, slot, slot.buffer))
        ends = dict(zip(self.slots, counted(w, count, self.finished_loop(), starts), strict=True))
        for slot, end in ends.items():
            if slot.buffer is not None:
                _store(w, slot, slot.buffer, end)
        return ends

    def carried(self, name: str | None, element: Attribute) -> Slot:
        """A number that leaves the loop, and is not remembered."""
        return self._slot(name, element)

    def ring_index(self, size: int | None, back: int) -> SSAValue:
        """The place, in a ring of the open domain, of the value of some frames ago."""
        assert size is not None
        known, w, period = self.scope.known, self.scope.writer, period_of(size)
        key = (back, size)
        index = known.get(key)
        if index is None:
            moment = known.get((back, "back", period))
            if moment is None:
                amount = None if back == 0 else w.int(back)
                moment = moment_before(w, self.position(self.scope.domain, period), amount, period)
                known[back, "back", period] = moment
            index = known[key] = place_of(w, moment, size)
        return index

    def ring_index_varying(self, w: Writer, size: int | None, back: SSAValue) -> SSAValue:
        """The same, of `back` frames ago, which is no more than the ring holds."""
        assert size is not None
        period = period_of(size)
        position = self.position(self.scope.domain, period)
        return place_of(w, moment_before(w, position, back, period), size)

    def read(self, line: Line, back: int) -> SSAValue:
        """The value of a fixed number of frames ago, in the open domain."""
        if back <= line.registers:
            return self.registers(line)[back - 1].argument
        key = (line, back)
        value = self.scope.known.get(key)
        if value is None:
            ring = self.ring(line)
            value = self.scope.writer.load(ring, self.ring_index(ring.size, back))
            self.scope.known[key] = value
        return value

    def read_varying(self, line: Line, back: SSAValue, is_sampled: bool) -> SSAValue:
        """The value of `back` frames ago, which is 0 to the line's depth.

        `is_sampled` tells whether `back` is computed in the loop.
        """
        w, ring = self.scope.writer, self.ring(line)
        return w.load(ring, self.ring_index_varying(w, ring.size, back))

    def push(self, line: Line, value: SSAValue) -> None:
        """Give a line of the open domain its value of this frame."""
        if line.is_ring:
            ring = self.ring(line)
            self.scope.writer.store(value, ring, self.ring_index(ring.size, 0))
        for slot in self.registers(line):
            self.assign(slot, value)
            value = slot.argument

    def push_late(self, line: Line, value: SSAValue) -> None:
        """Give a line of a closed domain its value, if the domain ran in this frame."""
        parent, gate = self.closed[line.domain]
        if parent is not self.scope.domain:
            gated = line.domain
            message = "feedback crosses two levels of controlled computation"
            raise DspcError("E0302", message, None if gated is None else span_of(gated))
        w = self.scope.writer
        if line.is_ring:
            ring = self.ring(line)
            assert ring.size is not None
            inner = Writer(w.function, [])
            position = self.position(line.domain, period_of(ring.size))
            index = place_of(inner, position, ring.size)
            inner.store(value, ring, index)
            write_if(w, gate, [*inner.ops, scf.YieldOp.create()])
        for slot in self.registers(line):
            self.assign(slot, w.select(gate, value, slot.argument))
            value = slot.argument


def _load(w: Writer, slot: Slot, buffer: Buffer) -> SSAValue:
    """A number as the last block left it; vectors lie in rows."""
    lanes = lanes_of(slot.argument.type)
    if lanes == 1:
        return w.load(buffer, _place(w, slot))
    in_lanes = LaneWriter(w.function, w.ops, lanes)
    return in_lanes.load_lanes(w.buffer(buffer), w.index(slot.index or 0))


def _store(w: Writer, slot: Slot, buffer: Buffer, value: SSAValue) -> None:
    lanes = lanes_of(slot.argument.type)
    if lanes == 1:
        w.store(value, buffer, _place(w, slot))
        return
    in_lanes = LaneWriter(w.function, w.ops, lanes)
    in_lanes.store_lanes(value, w.buffer(buffer), w.index(slot.index or 0))


def _place(w: Writer, slot: Slot) -> SSAValue | None:
    return None if slot.index is None else w.index(slot.index)


def write_if(w: Writer, gate: SSAValue, ops: list) -> None:
    """Write an `scf.if` without results or an else branch."""
    then = Block()
    then.add_ops(ops)
    regions = [Region(then), Region()]
    w.ops.append(scf.IfOp.create(operands=[gate], regions=regions, location=w.location))
