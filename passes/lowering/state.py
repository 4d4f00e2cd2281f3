"""State of a body: loop-carried values, delay lines and ring positions."""

from __future__ import annotations

from xdsl.dialects import scf
from xdsl.dialects.builtin import i32
from xdsl.ir import Attribute, Block, BlockArgument, Region, SSAValue

from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.dsp_par.lanes import lanes_of
from dspc.dialects.places import span_of
from dspc.passes.analysis.delay_lines import DelayLine, Domain, Number, Plan
from dspc.passes.lowering.lane_writer import LaneWriter
from dspc.passes.lowering.ring_indices import advanced, moment_before, period_of, place_of
from dspc.passes.lowering.unit import LoweringUnit, counted, fill
from dspc.passes.lowering.writer import UNKNOWN, Buffer, FunctionBuilder, Writer
from dspc.support.diagnostics import DspcError


class Slot:
    """A loop-carried value: an argument of the loop, and its next value."""

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


class DomainScope:
    """An open domain: its writer, gate, values of this frame, and state changes."""

    __slots__ = ("assigned", "domain", "gate", "known", "writer")

    def __init__(self, domain: Domain, writer: Writer, gate: SSAValue | None) -> None:
        self.domain = domain
        self.writer = writer
        self.gate = gate
        self.assigned: list[Slot] = []
        self.known: dict[object, SSAValue] = {}
        """Ring positions and loads of this frame."""


class State:
    """The state of one body. `is_kept` is whether it is instance state or a table generator's.

    Instance state is stored in buffers between calls of `compute`; a generator's starts at zero and
    ends with its loop, so that only its ring buffers need memory.
    """

    def __init__(
        self,
        unit: LoweringUnit,
        plan: Plan,
        function: FunctionBuilder,
        before: Writer,
        is_kept: bool,
    ) -> None:
        self.unit = unit
        self.plan = plan
        self.before = before
        self.is_kept = is_kept
        self.loop = Block(arg_types=[before.index(0).type])
        self.slots: list[Slot] = []
        self.scopes = [DomainScope(None, Writer(function, []), None)]
        self.positions: dict[tuple[Domain, int], Slot] = {}
        """The ring positions of each domain, by period (0 for 2^32)."""
        self.starts: dict[tuple[Domain, int], Slot] = {}
        self.number = 0
        """The number of the current loop, of several that each know when a domain has started."""
        self.closed: dict[Domain, tuple[Domain, SSAValue]] = {}
        self._registers: dict[DelayLine, list[Slot]] = {}
        self._rings: dict[DelayLine, Buffer] = {}

    @property
    def scope(self) -> DomainScope:
        return self.scopes[-1]

    def slot(
        self,
        key: object,
        name: tuple[str | None, str, str],
        element: Attribute,
        start: Number | None = None,
    ) -> Slot:
        """A new loop-carried value, in the state that `key` identifies (`LoweringUnit.state`)."""
        buffer = self.unit.state(key, name, element, None, start) if self.is_kept else None
        return self.slot_in(name[0], element, buffer, None, start)

    def slot_in(
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
        """Set the next value of a slot, in the open domain."""
        slot.next = value
        self.scope.assigned.append(slot)

    def registers(self, line: DelayLine) -> list[Slot]:
        """The slots of a short delay line, the most recent frame first."""
        slots = self._registers.get(line)
        if slots is None:
            if not line.registers:
                return []
            slots = self._registers[line] = self._make_registers(line)
        return slots

    def _make_registers(self, line: DelayLine) -> list[Slot]:
        hint = line.signal.name_hint
        kind = "Rec" if line.is_recursive else "Vec"
        name = (hint, "state", kind)
        count = line.registers
        key = ("registers", line.signal, line.domain, line.start)
        if count == 1 or not self.is_kept:
            return [self.slot(key, name, line.element, line.start) for _ in range(count)]
        buffer = self.unit.state(key, name, line.element, count)
        return [self.slot_in(hint, line.element, buffer, index) for index in range(count)]

    def ring(self, line: DelayLine) -> Buffer:
        """The ring buffer of a long delay line."""
        ring = self._rings.get(line)
        if ring is None:
            ring = self._rings[line] = self._make_ring(line)
        return ring

    def _make_ring(self, line: DelayLine) -> Buffer:
        size = self.unit.ring_size(line.depth)
        hint, kind = line.signal.name_hint, "Rec" if line.is_recursive else "Vec"
        if self.is_kept:
            key = ("ring", line.signal, line.domain, line.start)
            return self.unit.state(key, (hint, "line", kind), line.element, size)
        is_class = self.before.function is self.unit.class_init
        lifetime = Lifetime.CLASS if is_class else Lifetime.INSTANCE
        name = self.unit.named(hint, "line", line.element, kind)
        ring = self.unit.buffer(name, line.element, size, lifetime, Role.SCRATCH)
        fill(self.before, ring, self.before.zero(line.element))
        return ring

    def position(self, domain: Domain, period: int = 0) -> SSAValue:
        """The number of frames that the domain has run, modulo a period, or 2^32 for 0."""
        key = (domain, period)
        slot = self.positions.get(key)
        if slot is None:
            own = ("position", *key)
            slot = self.positions[key] = self.slot(own, (None, "", "Position"), i32)
        return slot.argument

    def has_started(self, domain: Domain) -> SSAValue:
        """0 in the domain's first frame, else 1."""
        key = (domain, self.number)
        slot = self.starts.get(key)
        if slot is None:
            own = ("started", *key)
            slot = self.starts[key] = self.slot(own, (None, "", "Started"), i32)
        return slot.argument

    def end_frame(self) -> None:
        """Advance the ring positions of the open domain by one frame."""
        domain, w = self.scope.domain, self.scope.writer
        for (of_domain, period), slot in self.positions.items():
            if of_domain is domain:
                self.assign(slot, advanced(w, slot.argument, w.int(1), period))
        for (of_domain, _), slot in self.starts.items():
            if of_domain is domain:
                self.assign(slot, w.int(1))

    def finished_loop(self) -> Block:
        """The complete body of the loop, which yields the next values of the slots."""
        # Set at once: `insert_arg` copies the tuple of arguments each time.
        arguments = (*self.loop.args, *[slot.argument for slot in self.slots])
        self.loop._args = arguments  # pyright: ignore[reportPrivateUsage]
        end = scf.YieldOp.create(operands=[slot.next for slot in self.slots])
        self.loop.add_ops([*self.scope.writer.ops, end])
        return self.loop

    def write_loop(self, w: Writer, count: SSAValue) -> dict[Slot, SSAValue]:
        """Write the loop, with loads of its state before it and stores after it.

        Returns the final values of the slots.
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
        """A loop-carried value that is returned by the loop, but not stored between calls."""
        return self.slot_in(name, element)

    def ring_index(self, size: int | None, back: int, domain: Domain) -> SSAValue:
        """The index, in a ring of a domain, of the value `back` frames ago."""
        assert size is not None
        known, w, period = self.scope.known, self.scope.writer, period_of(size)
        key = (back, size, domain)
        index = known.get(key)
        if index is None:
            moment = known.get((back, "back", period, domain))
            if moment is None:
                amount = None if back == 0 else w.int(back)
                moment = moment_before(w, self.position(domain, period), amount, period)
                known[back, "back", period, domain] = moment
            index = known[key] = place_of(w, moment, size)
        return index

    def ring_index_varying(
        self, w: Writer, size: int | None, back: SSAValue, domain: Domain
    ) -> SSAValue:
        """The same for a varying `back`, which is at most the ring's depth."""
        assert size is not None
        period = period_of(size)
        position = self.position(domain, period)
        return place_of(w, moment_before(w, position, back, period), size)

    def read(self, line: DelayLine, back: int) -> SSAValue:
        """The value `back` frames ago, in the open domain."""
        if back <= line.registers:
            return self.registers(line)[back - 1].argument
        key = (line, back)
        value = self.scope.known.get(key)
        if value is None:
            ring = self.ring(line)
            value = self.scope.writer.load(ring, self.ring_index(ring.size, back, line.domain))
            self.scope.known[key] = value
        return value

    def read_varying(self, line: DelayLine, back: SSAValue, is_sampled: bool) -> SSAValue:
        """The value `back` frames ago, where `back` is 0 to the line's depth.

        `is_sampled` is whether `back` is computed in the loop.
        """
        w, ring = self.scope.writer, self.ring(line)
        return w.load(ring, self.ring_index_varying(w, ring.size, back, line.domain))

    def push(self, line: DelayLine, value: SSAValue) -> None:
        """Push the value of this frame to a delay line of the open domain."""
        if line.is_ring:
            ring = self.ring(line)
            self.scope.writer.store(value, ring, self.ring_index(ring.size, 0, line.domain))
        self.shift(line, value)

    def shift(self, line: DelayLine, value: SSAValue) -> None:
        """Move the registers of a delay line by one frame, of which this is the value."""
        for slot in self.registers(line):
            self.assign(slot, value)
            value = slot.argument

    def push_late(self, line: DelayLine, value: SSAValue) -> None:
        """Push a value to a delay line of a closed domain, if the domain ran in this frame."""
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
    """Load a slot's value of the previous block; vectors are stored in rows."""
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
    """Write an `scf.if` without results and else branch."""
    then = Block()
    then.add_ops(ops)
    regions = [Region(then), Region()]
    w.ops.append(scf.IfOp.create(operands=[gate], regions=regions, location=w.location))
