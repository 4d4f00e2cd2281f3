"""Interval analysis of all signals of a program by abstract interpretation.

(P. Cousot and R. Cousot, Abstract interpretation: a unified lattice model for static analysis of
programs by construction or approximation of fixpoints, POPL 1977.) The analysis has two modes.
*Sizing* (`is_sound=False`) assumes inputs within [-1, 1], widgets within their ranges and no
integer overflow, as Faust does when it sizes delay lines. *Safety* (`is_sound=True`) assumes
nothing: inputs are arbitrary, hosts may set widgets outside of their ranges, integers wrap. Only
safety may justify the removal of a guard.

A recursion starts from 0 and is iterated for a few rounds, then widened: first to thresholds, the
constants of the program (so that counters modulo n are bounded by n), then to infinity.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from xdsl.dialects.builtin import IntegerAttr, f32
from xdsl.ir import Block, BlockArgument, Operation, SSAValue

from dspc.dialects.dsp import arithmetic, interface, tables, time
from dspc.dialects.dsp.base import element
from dspc.dialects.dsp.types import SignalType, array_values, is_int
from dspc.dialects.dsp.ui_ops import read_ui, walk_widgets
from dspc.passes.analysis import interval_math as im
from dspc.passes.analysis.interval_bits import wrapped
from dspc.passes.analysis.interval_counters import frames_of, limits
from dspc.passes.analysis.interval_math import ANY, ANY_INT, INF, INT_MAX, INT_MIN, Interval, join
from dspc.passes.analysis.interval_rules import EXACT, SAFETY, SIZING, decided

ROUNDS = 3
"""Iterations of a group before its intervals are widened."""
STEPS = 4
"""Widenings to a threshold before the one to infinity."""
LONGEST = 16
"""Iterations after which all arguments of a group without a fixpoint become unbounded."""
WIDEST = 2**53
"""Integers beyond count as infinite; they occur in sizing only."""


class Intervals:
    """The intervals of a program: `of(value)` is that of a signal, or of a table's elements."""

    def __init__(self, program: interface.ProgramOp, is_sound: bool, least_rate: int = 1) -> None:
        """`least_rate` is the lowest sampling rate in Hz, which is assumed in sizing only."""
        self.is_sound = is_sound
        self.least_rate = least_rate
        self.table: dict[SSAValue, Interval] = {}
        self._rules = SAFETY if is_sound else SIZING
        self._read: dict[tuple[SSAValue, float, float], Interval] = {}
        self.widgets = {w.symbol: w for w in walk_widgets(read_ui(program.ui))}
        range_of_inputs = ANY if is_sound else Interval(-1.0, 1.0)
        for argument in program.body.block.args:
            self.table[argument] = range_of_inputs
        self._run(program.body.block)

    def of(self, value: SSAValue) -> Interval:
        return self.table[value]

    def within(self, value: SSAValue, low: float, high: float) -> bool:
        """Whether a signal is within [low, high] and never NaN."""
        interval = self.table.get(value, ANY)
        return not interval.nan and low <= interval.lo and interval.hi <= high

    def _run(self, body: Block) -> None:
        """Analyse a body; groups are iterated until a fixpoint."""
        work: list[_Round] = [_Round(body, None, self.is_sound)]
        while work:
            current = work[-1]
            op = current.next()
            if op is None:
                work.pop()
                continue
            if isinstance(op, time.YieldOp):
                self._end(current, op)
            elif isinstance(op, time.Recursion):
                for argument in op.body.block.args:
                    self.table[argument] = im.ZERO
                work.append(_Round(op.body.block, op, self.is_sound))
            elif isinstance(op, time.ControlOp):
                work.append(_Round(op.body.block, op, self.is_sound))
            elif isinstance(op, tables.TableOp):
                work.append(_Round(op.generator.block, op, self.is_sound))
            elif op.results:
                self.table[op.results[0]] = self._op(op)

    def _end(self, current: _Round, op: time.YieldOp) -> None:
        owner = current.owner
        intervals = [self.table[value] for value in op.operands]
        if isinstance(owner, tables.TableOp):
            self.table[owner.table] = intervals[0]
        elif isinstance(owner, time.ControlOp):
            for result, interval in zip(owner.held, intervals, strict=True):
                self.table[result] = join(interval, im.ZERO)
        elif isinstance(owner, time.Recursion):
            self._end_group(current, owner, intervals)

    def _end_group(self, current: _Round, owner: time.Recursion, intervals: list[Interval]) -> None:
        arguments = owner.body.block.args
        intervals = self._counted(owner, intervals)
        grown = False
        for argument, interval in zip(arguments, intervals, strict=True):
            old = self.table[argument]
            new = self._past(owner, argument, join(old, interval))
            if new != old and not current.is_last:
                grown = True
                is_whole = isinstance(argument.type, SignalType) and is_int(argument.type.element)
                bounds = (INT_MIN, INT_MAX) if is_whole and self.is_sound else (-INF, INF)
                new = join(new, Interval(*bounds)) if current.count > LONGEST else new
                new = current.widened(old, new, bounds)
                self.table[argument] = self._past(owner, argument, new)
        if grown:
            current.again()
            return
        if not current.is_last:
            # A decreasing iteration (narrowing): sound, and tighter.
            for argument, interval in zip(arguments, intervals, strict=True):
                self.table[argument] = self._past(owner, argument, join(interval, im.ZERO))
            current.is_last = True
            current.again()
            return
        for result, interval in zip(owner.projections, intervals, strict=True):
            self.table[result] = interval

    def _counted(self, owner: time.Recursion, intervals: list[Interval]) -> list[Interval]:
        """The intervals of a group's outputs, intersected with the bounds of its counters."""
        frames = frames_of(owner)
        if frames is None:
            return intervals
        known = limits(owner, frames, self.table)
        return [im.within(x, known.get(index)) for index, x in enumerate(intervals)]

    def _past(self, owner: time.Recursion, argument: BlockArgument, interval: Interval) -> Interval:
        """The same for an argument, which is read at least one frame later."""
        frames = frames_of(owner)
        if frames is None:
            return interval
        return im.within(interval, limits(owner, frames - 1, self.table).get(argument.index))

    def _op(self, op: Operation) -> Interval:
        special = SPECIAL.get(type(op))
        if special is not None:
            return special(self, op)
        rule = self._rules.get(type(op))
        is_whole = self._is_whole(op)
        if rule is None:
            return ANY_INT if is_whole else ANY
        result = rule(*[self.table.get(operand, ANY) for operand in op.operands])
        return result if type(op) in EXACT and not is_whole else self._plain(result, op)

    def _constant(self, op: Operation) -> Interval:
        assert isinstance(op, arithmetic.ConstantOp)
        value = op.value.value.data
        return Interval(value, value) if value == value else ANY

    def _bound(self, op: Operation) -> Interval:
        """`lowest` and `highest`: the bounds by sizing."""
        x = ANY if self.is_sound else self.table[op.operands[0]]
        end = x.lo if isinstance(op, interface.LowestOp) else x.hi
        return ANY if self.is_sound else Interval(end, end)

    def _sub(self, op: Operation) -> Interval:
        """`x - floor(x)` is a fraction; for x >= 0 it is exact, so below 1."""
        assert isinstance(op, arithmetic.SubOp)
        low = op.rhs.owner
        x = self.table[op.lhs]
        if isinstance(low, arithmetic.FloorOp) and low.operand is op.lhs:
            nan = x.nan or x.lo == -INF or x.hi == INF
            most = 1.0 - (2.0**-24 if element(op.result) == f32 else 2.0**-53)
            return Interval(0.0, most if x.lo >= 0 else 1.0, nan and self.is_sound)
        return self._plain(im.sub(x, self.table[op.rhs]), op)

    def _mul(self, op: Operation) -> Interval:
        assert isinstance(op, arithmetic.MulOp)
        x, y = self.table[op.lhs], self.table[op.rhs]
        if op.lhs is op.rhs:
            return self._plain(im.square(x), op)
        result = im.mul(x, y)
        is_scaled = any(side.lo == side.hi and _is_power_of_two(side.lo) for side in (x, y))
        if is_scaled and not self._is_whole(op) and im.is_normal(result):
            return result
        return self._plain(result, op)

    def _plain(self, result: Interval, op: Operation) -> Interval:
        """The interval of an op's result from that of its exact result: wrapped, or rounded."""
        if not self._is_whole(op):
            is_single = element(op.results[0]) == f32
            return im.rounded(result) if self.is_sound else im.nearest(result, is_single)
        if self.is_sound:
            return wrapped(result)
        lo = -INF if result.lo < -WIDEST else result.lo
        return Interval(lo, INF if result.hi > WIDEST else result.hi)

    def _is_whole(self, op: Operation) -> bool:
        type_ = op.results[0].type
        return isinstance(type_, SignalType) and is_int(type_.element)

    def _int(self, op: Operation) -> Interval:
        x = self.table[op.operands[0]]
        result = im.truncate(x)
        if not self.is_sound:
            return result
        fits = not x.nan and result.lo >= INT_MIN and result.hi <= INT_MAX
        if fits:
            return result
        none_fits = result.lo > INT_MAX or result.hi < INT_MIN
        return Interval(INT_MIN, INT_MIN if none_fits else min(result.hi, INT_MAX))

    def _delay(self, op: Operation) -> Interval:
        assert isinstance(op, time.DelayOp)
        signal = self.table[op.signal]
        if op.amount is None and op.offset.value.data == 0:
            return signal
        return join(signal, im.ZERO)

    def _prefix(self, op: Operation) -> Interval:
        assert isinstance(op, time.PrefixOp)
        return join(self.table[op.first], self.table[op.signal])

    def _read_widget(self, op: Operation) -> Interval:
        assert isinstance(op, interface.ReadWidgetOp)
        widget = self.widgets.get(op.widget.string_value())
        if self.is_sound or widget is None:
            return ANY
        return Interval(min(widget.min, widget.init), max(widget.max, widget.init))

    def _sample_rate(self, op: Operation) -> Interval:
        return ANY_INT if self.is_sound else Interval(self.least_rate, 192000)

    def _block_size(self, op: Operation) -> Interval:
        return Interval(0, INT_MAX)

    def _waveform(self, op: Operation) -> Interval:
        assert isinstance(op, tables.WaveformOp)
        return _hull(array_values(op.values))

    def _table_write(self, op: Operation) -> Interval:
        assert isinstance(op, tables.TableWriteOp)
        return join(self.table[op.table], self.table[op.value])

    def _table_read(self, op: Operation) -> Interval:
        """The hull of those constant elements that the index can reach."""
        assert isinstance(op, tables.TableReadOp)
        table, index = op.table, self.table[op.index]
        if not isinstance(table.owner, tables.WaveformOp):
            return self.table[table]
        key = table, index.lo, index.hi
        if key not in self._read:
            values = array_values(table.owner.values)
            last = len(values) - 1
            low, high = [int(min(max(end, 0), last)) for end in (index.lo, index.hi)]
            self._read[key] = _hull(values[low : high + 1])
        return self._read[key]

    def _compare(self, op: Operation) -> Interval:
        assert isinstance(op, arithmetic.CompareOp)
        return decided(op.predicate.data, self.table[op.lhs], self.table[op.rhs])

    def _select(self, op: Operation) -> Interval:
        assert isinstance(op, arithmetic.Select2Op)
        selector, x, y = [self.table[operand] for operand in op.operands]
        if not im.has_zero(selector):
            return y
        return x if selector.lo == selector.hi else join(x, y)

    def _assert_bounds(self, op: Operation) -> Interval:
        assert isinstance(op, interface.AssertBoundsOp)
        low, high = op.min.value.data, op.max.value.data
        if self._is_whole(op):
            # Integers within the bounds, limited to 32 bits.
            low = math.ceil(min(max(low, INT_MIN), INT_MAX))
            high = math.floor(min(max(high, INT_MIN), INT_MAX))
        elif element(op.result) == f32:
            low, high = im.single(low), im.single(high)
        return im.clamped(self.table[op.signal], low, high)


class _Round:
    """A walk through a block, which a group repeats until a fixpoint."""

    __slots__ = ("_marks", "block", "count", "is_last", "is_sound", "ops", "owner")

    def __init__(self, block: Block, owner: Operation | None, is_sound: bool) -> None:
        self.is_sound = is_sound
        self.block = block
        self.owner = owner
        self.ops = iter(block.ops)
        self.count = 0
        self.is_last = False
        self._marks: list[float] | None = None

    def next(self) -> Operation | None:
        return next(self.ops, None)

    def again(self) -> None:
        self.count += 1
        self.ops = iter(self.block.ops)

    def widened(self, old: Interval, new: Interval, bounds: tuple[float, float]) -> Interval:
        """The new interval; after some rounds, each bound that changed is widened."""
        if self.count < ROUNDS:
            return new
        lo, hi = new.lo, new.hi
        least, most = bounds
        # Guards are on integers: floating-point bounds that drift are not worth the rounds.
        near = self.count < ROUNDS + STEPS and (least > -INF or not self.is_sound)
        marks = self.marks() if near else []
        if lo < old.lo:
            at = bisect_right(marks, lo) - 1
            lo = marks[at] if at >= 0 else min(lo, least)
        if hi > old.hi:
            at = bisect_left(marks, hi)
            hi = marks[at] if at < len(marks) else max(hi, most)
        if self.count > ROUNDS + STEPS + 2:
            lo, hi = min(lo, least), max(hi, most)
        return Interval(lo, hi, new.nan)

    def marks(self) -> list[float]:
        """The thresholds of widening: the constants of the group, and their neighbours."""
        if self._marks is None:
            thresholds: set[float] = {0, 1, -1}
            for op in self.block.ops:
                for operand in op.operands:
                    source = operand.owner
                    if isinstance(source, arithmetic.ConstantOp):
                        value = source.value.value.data
                        thresholds.update((value, -value))
                        if isinstance(source.value, IntegerAttr):
                            thresholds.update((value - 1, value + 1))
            self._marks = sorted(value for value in thresholds if value == value)
        return self._marks


def _hull(values: Sequence[float]) -> Interval:
    nan = any(value != value for value in values)
    return ANY if nan else Interval(min(values), max(values))


def _is_power_of_two(value: float) -> bool:
    return value != 0 and abs(value) != INF and math.frexp(abs(value))[0] == 0.5


SPECIAL: dict[type[Operation], Callable[[Intervals, Operation], Interval]] = {
    arithmetic.ConstantOp: Intervals._constant,
    arithmetic.SubOp: Intervals._sub,
    arithmetic.MulOp: Intervals._mul,
    arithmetic.IntOp: Intervals._int,
    arithmetic.CompareOp: Intervals._compare,
    arithmetic.Select2Op: Intervals._select,
    time.DelayOp: Intervals._delay,
    time.PrefixOp: Intervals._prefix,
    tables.WaveformOp: Intervals._waveform,
    tables.TableReadOp: Intervals._table_read,
    tables.TableWriteOp: Intervals._table_write,
    interface.ReadWidgetOp: Intervals._read_widget,
    interface.SampleRateOp: Intervals._sample_rate,
    interface.BlockSizeOp: Intervals._block_size,
    interface.AssertBoundsOp: Intervals._assert_bounds,
    interface.LowestOp: Intervals._bound,
    interface.HighestOp: Intervals._bound,
}
