"""Lowers one body of signals: ops slower than sample rate before the loop, the rest in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xdsl.dialects import scf
from xdsl.dialects.builtin import Float32Type
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.base import FIRST
from dspc.dialects.dsp.recurrences import LinearOp, PhaseOp
from dspc.dialects.dsp.types import RATES, SOUNDFILE, SignalType
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.dialects.text_attributes import text_of
from dspc.passes.analysis.delay_lines import Number, Plan, reach_of, start_of
from dspc.passes.lowering import table_accesses
from dspc.passes.lowering.arithmetic import ARITHMETIC, LIBRARY_CALLS, SignalFacts
from dspc.passes.lowering.library_calls import library_call
from dspc.passes.lowering.meters import Meters
from dspc.passes.lowering.state import DomainScope, State
from dspc.passes.lowering.unit import LoweringUnit, counted
from dspc.passes.lowering.writer import Buffer, FunctionBuilder, Writer, float_attribute

CONST, INIT, BLOCK, SAMPLE = range(4)
RegionWalk = tuple[Iterator[Operation], Callable[[], None] | None]


class Body:
    """Lowers a body into a function with one loop over the frames.

    Without a writer for `init` (filling a table), all slow code is placed before the loop.
    """

    def __init__(
        self,
        unit: LoweringUnit,
        plan: Plan,
        function: FunctionBuilder,
        storage: dict[SSAValue, Buffer],
        facts: SignalFacts,
        init: Writer | None,
    ) -> None:
        self.unit = unit
        self.plan = plan
        self.storage = storage
        self.facts = facts
        self.before = Writer(function, function.body)
        self.init = self.before if init is None else init
        self.is_kept = init is not None
        self.state = State(unit, plan, function, self.before, self.is_kept)
        self.zones: dict[str, Buffer] = {}
        self.numbers: dict[SSAValue, Number] = {}
        self.values: dict[SSAValue, SSAValue] = {}
        self.rates: dict[SSAValue, int] = {}
        self.meters: Meters | None = None
        self.written: set[SSAValue] = set()
        """The results of table writes."""
        self._promoted: dict[SSAValue, SSAValue] = {}

    @property
    def function(self) -> FunctionBuilder:
        return self.before.function

    def lower(self, body: Block, inputs: Sequence[SSAValue] = ()) -> list[SSAValue]:
        """Lower the body; returns the yielded values of a frame."""
        frame = self.state.loop.args[0]
        for argument, channel in zip(body.args, inputs, strict=True):
            if argument.uses:
                self.define(argument, self.load_input(channel, frame, argument.name_hint), SAMPLE)
        outputs = self.walk(iter(body.ops))
        results = [self.operand(value, SAMPLE) for value in outputs]
        self.state.end_frame()
        return results

    def walk(self, block_ops: Iterator[Operation]) -> Sequence[SSAValue]:
        """Lower ops and their regions; returns the operands of the last `dsp.yield`."""
        frames: list[RegionWalk] = [(block_ops, None)]
        outputs: Sequence[SSAValue] = ()
        while frames:
            ops, close = frames[-1]
            op = next(ops, None)
            if op is None:
                frames.pop()
                if close is not None:
                    close()
            elif isinstance(op, time.YieldOp):
                outputs = op.operands
            else:
                inner = self.op(op) if op in self.plan.live else None
                if inner is not None:
                    frames.append(inner)
        return outputs

    def load_input(self, channel: SSAValue, frame: SSAValue, hint: str | None) -> SSAValue:
        from xdsl.dialects import memref

        w = self.state.scope.writer
        value = w.emit(memref.LoadOp, (channel, frame), self.unit.precision)
        value.name_hint = hint
        return value

    def finish(self, count: SSAValue) -> None:
        """Close the loop: state is loaded before it and stored after it."""
        state, w = self.state, self.before
        if self.is_kept:
            if self.meters is not None:
                self.meters.carry()
            ends = state.write_loop(w, count)
            if self.meters is not None:
                self.meters.write(w, count, ends)
            return
        slots = state.slots
        starts = [
            w.zero(slot.argument.type) if slot.start is None else w.constant(slot.start)
            for slot in slots
        ]
        counted(w, count, state.finished_loop(), starts)

    def op(self, op: Operation) -> RegionWalk | None:
        """Lower one op; returns the walk of its region if it has one."""
        lowering = ARITHMETIC.get(type(op))
        if lowering is None:
            return HANDLERS[type(op)](self, op)
        rate = max([self.rate(operand) for operand in op.operands])
        w = self.writer(rate, op)
        args = [self.operand(operand, rate) for operand in op.operands]
        value = lowering(w, op, args, self.facts)
        if FIRST in op.attributes and self.keeps_order and isinstance(value.owner, Operation):
            value.owner.attributes[FIRST] = op.attributes[FIRST]
        self.define_op(op, value, max(rate, INIT))
        return None

    @property
    def keeps_order(self) -> bool:
        """Whether the operand order of sums (attribute FIRST) is kept in the lowered ops."""
        return True

    def rate(self, value: SSAValue) -> int:
        return self.rates[self.plan.resolve(value)]

    def rate_of(self, operands: Sequence[SSAValue], least: int) -> int:
        return max([least, *[self.rate(operand) for operand in operands]])

    def writer(self, rate: int, op: Operation) -> Writer:
        """The writer for code of a rate."""
        if rate == SAMPLE:
            w = self.state.scope.writer
        else:
            w = self.before if rate == BLOCK else self.init
        w.location = op.location
        return w

    def operand(self, value: SSAValue, rate: int) -> SSAValue:
        """The lowered value, usable in code of a rate."""
        source = self.plan.resolve(value)
        number = self.numbers.get(source)
        if number is not None:
            w = self.init if rate <= INIT else self.before
            return w.constant(number)
        if rate > INIT and self.is_kept and self.rates[source] <= INIT:
            return self.promoted(source)
        return self.values[source]

    def promoted(self, source: SSAValue) -> SSAValue:
        """An init-rate value in `compute`: loaded from an instance constant."""
        known = self._promoted.get(source)
        if known is None:
            value = self.values[source]
            hint = source.name_hint
            name = self.unit.named(hint, "constant", value.type, "Const")
            buffer = self.unit.buffer(name, value.type, None, Lifetime.INSTANCE, Role.CONSTANT)
            self.init.store(value, buffer)
            known = Writer(self.function, self.function.loads).load(buffer)
            known.name_hint = hint
            self._promoted[source] = known
        return known

    def define_op(self, op: Operation, value: SSAValue, rate: int) -> None:
        self.define(op.results[0], value, rate)

    def define(self, source: SSAValue, value: SSAValue | None, rate: int) -> None:
        """Record a signal's value (None: a constant), and push it to its delay lines."""
        self.rates[source] = rate
        if value is not None:
            self.values[source] = value
            if value.name_hint is None:
                value.name_hint = source.name_hint
        state = self.state
        for line in self.plan.lines_of.get(source, ()):
            if line.domain is state.scope.domain:
                state.push(line, self.operand(source, SAMPLE))
            elif line.domain in state.closed:
                state.push_late(line, self.operand(source, SAMPLE))

    def constant(self, op: Operation) -> None:
        assert isinstance(op, arithmetic.ConstantOp)
        self.numbers[op.result] = op.value
        self.define(op.result, None, CONST)

    def rec(self, op: Operation) -> RegionWalk:
        assert isinstance(op, time.Recursion)
        return iter(op.body.block.ops), None

    def alias(self, op: Operation) -> None:
        """Nothing to write: the plan resolves the result to its operand."""

    def delay(self, op: Operation) -> None:
        assert isinstance(op, time.DelayOp)
        reach, is_dynamic = reach_of(op)
        if reach == 0:
            return
        state = self.state
        w = self.writer(SAMPLE, op)
        line = self.plan.line(op.signal, state.scope.domain)
        if not is_dynamic or op.amount is None or op.max is None:
            self.define(op.result, state.read(line, reach), SAMPLE)
            return
        bound, offset = op.max.value.data, op.offset.value.data
        rate = self.rate(op.amount)
        slow = self.writer(rate, op)
        amount = self.operand(op.amount, rate)
        if not self.facts.within(op.amount, 0, bound):
            amount = slow.clamp_int(amount, 0, bound)
        if offset:
            amount = slow.add_int(amount, slow.int(offset))
        if rate <= INIT and self.is_kept:
            amount = self.promote_derived(amount)
        w.location = op.location
        self.define(op.result, state.read_varying(line, amount, rate == SAMPLE), SAMPLE)

    def promote_derived(self, value: SSAValue) -> SSAValue:
        """A value just computed at init rate, made usable in `compute`."""
        self.values.setdefault(value, value)
        return self.promoted(value)

    def prefix(self, op: Operation) -> None:
        assert isinstance(op, time.PrefixOp)
        state, w = self.state, self.writer(SAMPLE, op)
        domain = state.scope.domain
        start = start_of(op)
        value = state.read(self.plan.line(op.signal, domain, start), 1)
        if not isinstance(op.first.owner, arithmetic.ConstantOp):
            is_first = w.compare_int("eq", state.has_started(domain), w.int(0))
            value = w.select(is_first, self.operand(op.first, SAMPLE), value)
        self.define(op.result, value, SAMPLE)

    def control(self, op: Operation) -> RegionWalk:
        assert isinstance(op, time.ControlOp)
        state, w = self.state, self.writer(SAMPLE, op)
        gate_value = self.operand(op.gate, SAMPLE)
        gate = self.function.bits.get(gate_value)
        if gate is None:
            gate = w.compare_int("ne", gate_value, w.int(0))
        inner = Writer(self.function, [])
        inner.location = op.location
        state.scopes.append(DomainScope(op, inner, gate))
        for line in self.plan.lines_in.get(op, ()):
            if self.is_defined(line.signal):
                state.push(line, self.operand(line.signal, SAMPLE))
        return iter(op.body.block.ops), lambda: self.close_control(op)

    def is_defined(self, source: SSAValue) -> bool:
        """Whether a signal's value of this frame has been computed."""
        return source in self.rates

    def close_control(self, op: time.ControlOp) -> None:
        """Close the innermost domain: state and results keep their values while the gate is 0."""
        state = self.state
        live = [pair for pair in zip(op.held, op.yielded(), strict=True) if self.plan.holds(pair)]
        for result, value in live:
            lowered = self.operand(value, SAMPLE)
            name = (result.name_hint, "held", "Held")
            state.assign(state.slot(("held", result), name, lowered.type), lowered)
        held = state.scope.assigned[-len(live) :] if live else []
        state.end_frame()
        scope = state.scopes.pop()
        slots = scope.assigned
        then, otherwise = Block(), Block()
        ran = scf.YieldOp.create(operands=[slot.next for slot in slots])
        then.add_ops([*scope.writer.ops, ran])
        otherwise.add_op(scf.YieldOp.create(operands=[slot.argument for slot in slots]))
        assert scope.gate is not None
        branch = scf.IfOp.create(
            operands=[scope.gate],
            result_types=[slot.argument.type for slot in slots],
            regions=[Region(then), Region(otherwise)],
            location=op.location,
        )
        state.scope.writer.ops.append(branch)
        state.closed[op] = (state.scope.domain, scope.gate)
        for slot, result in zip(slots, branch.results, strict=True):
            state.assign(slot, result)
        for (result, _), slot in zip(live, held, strict=True):
            self.define(result, slot.next, SAMPLE)

    def table(self, op: Operation) -> None:
        """Nothing to write: `fill.py` has filled the table."""

    def sample_rate(self, op: Operation) -> None:
        self.define_op(op, self.init.function.block.args[0], INIT)

    def block_size(self, op: Operation) -> None:
        w = self.writer(BLOCK, op)
        self.define_op(op, w.to_int(self.function.block.args[0]), BLOCK)

    def read_widget(self, op: Operation) -> None:
        assert isinstance(op, interface.ReadWidgetOp)
        zone = self.zones[op.widget.string_value()]
        w = Writer(self.function, self.function.loads)
        self.define_op(op, w.load(zone), BLOCK)

    def bargraph(self, op: Operation) -> None:
        """The zone is loop-carried: the value of the last frame in which the domain ran."""
        assert isinstance(op, interface.BargraphOp)
        zone = self.zones[op.widget.string_value()]
        slot = self.state.slot_in(op.widget.string_value(), zone.element, zone)
        self.state.assign(slot, self.operand(op.signal, SAMPLE))

    def foreign_call(self, op: Operation) -> None:
        assert isinstance(op, interface.ForeignCallOp)
        rate = self.rate_of(op.operands, max(declared_rate(op), INIT))
        w = self.writer(rate, op)
        name = text_of(op.names.data[0 if isinstance(self.unit.precision, Float32Type) else 1])
        args = [self.operand(operand, rate) for operand in op.operands]
        origin = text_of(op.include), text_of(op.library)
        self.define(op.result, self.unit.call(w, name, args, element(op), *origin), rate)

    def foreign_value(self, op: Operation) -> None:
        assert isinstance(op, interface.ForeignValueOp)
        rate = max(declared_rate(op), INIT)
        w = self.writer(rate, op)
        include = text_of(op.include)
        result = self.unit.call(w, op.symbol.data, (), element(op), include, is_value=True)
        self.define(op.result, result, rate)

    def library_call(self, op: Operation) -> None:
        rate = self.rate_of(op.operands, INIT)
        w = self.writer(rate, op)
        args = [self.operand(operand, rate) for operand in op.operands]
        self.define_op(op, library_call(self.unit, w, op, args, rate == SAMPLE), rate)

    def soundfile(self, op: Operation) -> None:
        """Kept as ops of the signal dialect, on scalars."""
        rate = self.rate_of(op.operands, BLOCK)
        w = self.writer(rate, op)
        args = [self.operand(operand, rate) for operand in op.operands]
        result = SOUNDFILE if op.results[0].type == SOUNDFILE else element(op)
        self.define_op(op, w.emit(type(op), args, result, op.properties), rate)

    def bound(self, op: Operation) -> None:
        """An end of the signal's interval, as a constant; infinite if unbounded."""
        end = self.facts.ends(op.operands[0])[0 if isinstance(op, interface.LowestOp) else 1]
        self.numbers[op.results[0]] = float_attribute(float(end), element(op))
        self.define(op.results[0], None, CONST)


def declared_rate(op: Operation) -> int:
    type = op.results[0].type
    assert isinstance(type, SignalType)
    return RATES.index(type.rate.data)


def element(op: Operation) -> Attribute:
    type = op.results[0].type
    assert isinstance(type, SignalType)
    return type.element


HANDLERS: dict[type[Operation], Callable[[Body, Operation], RegionWalk | None]] = {
    arithmetic.ConstantOp: Body.constant,
    time.RecOp: Body.rec,
    LinearOp: Body.rec,
    PhaseOp: Body.rec,
    time.AttachOp: Body.alias,
    time.DelayOp: Body.delay,
    time.PrefixOp: Body.prefix,
    time.ControlOp: Body.control,
    tables.TableOp: Body.table,
    tables.WaveformOp: table_accesses.waveform,
    tables.TableReadOp: table_accesses.table_read,
    tables.TableWriteOp: table_accesses.table_write,
    tables.SoundfileOp: Body.soundfile,
    tables.SoundfileLengthOp: Body.soundfile,
    tables.SoundfileRateOp: Body.soundfile,
    tables.SoundfileReadOp: Body.soundfile,
    interface.SampleRateOp: Body.sample_rate,
    interface.BlockSizeOp: Body.block_size,
    interface.ReadWidgetOp: Body.read_widget,
    interface.BargraphOp: Body.bargraph,
    interface.LowestOp: Body.bound,
    interface.HighestOp: Body.bound,
    interface.ForeignCallOp: Body.foreign_call,
    interface.ForeignValueOp: Body.foreign_value,
    **dict.fromkeys(LIBRARY_CALLS, Body.library_call),
}
