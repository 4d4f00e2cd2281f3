"""Phases as integers: a turn is 2^32 units, so that additions wrap as phases do, without rounding.

(Direct digital synthesis: J. Tierney, C. M. Rader and B. Gold, A digital frequency synthesizer,
IEEE Trans. Audio Electroacoust. AU-19, 1971.)
"""

from __future__ import annotations

from collections.abc import Sequence

from xdsl.dialects.builtin import FloatAttr, IntegerAttr, f32, i32, i64
from xdsl.ir import Attribute, Block, Operation, Region, SSAValue

from dspc.dialects.dsp import arithmetic, time
from dspc.dialects.dsp.arithmetic import PREDICATES
from dspc.dialects.dsp.base import rate_order
from dspc.dialects.dsp.recurrences import PhaseOp
from dspc.dialects.dsp.types import RATES, Rate, signal_type
from dspc.passes.phases.find import Accumulator

TURN = 2.0**32
BITS = 24
"""The significant bits of a float: more bits of a phase are rounded off."""
LAST = 1 - 2.0**-BITS
"""The greatest float below 1."""


class FixedPointBuilder:
    """Appends ops on signals, whose rates are those of their fastest operands."""

    def __init__(self) -> None:
        self.ops: list[Operation] = []

    def emit(
        self,
        kind: type[Operation],
        operands: Sequence[SSAValue],
        element: Attribute,
        properties: dict[str, Attribute] | None = None,
    ) -> SSAValue:
        rate = max((rate_order(x.type) for x in operands), default=0)
        op = kind.create(
            operands=operands,
            result_types=[signal_type(element, RATES[rate])],
            properties=properties or {},
        )
        self.ops.append(op)
        return op.results[0]

    def float(self, value: float) -> SSAValue:
        return self.emit(arithmetic.ConstantOp, (), f32, {"value": FloatAttr(value, f32)})

    def int(self, value: int) -> SSAValue:
        return self.emit(arithmetic.ConstantOp, (), i32, {"value": IntegerAttr(value, i32)})

    def add(self, lhs: SSAValue | None, rhs: SSAValue) -> SSAValue:
        return rhs if lhs is None else self.emit(arithmetic.AddOp, (lhs, rhs), i32)

    def to_fixed(self, turns: SSAValue) -> SSAValue:
        """The fraction of a number of turns, rounded to units; 0 for NaN and infinities.

        Half a turn is 2^31, which `dsp.int` makes -2^31: the same phase.
        """
        whole = self.emit(arithmetic.RintOp, (turns,), f32)
        rest = self.emit(arithmetic.SubOp, (turns, whole), f32)
        size = self.emit(arithmetic.AbsOp, (rest,), f32)
        is_number = self.emit(
            arithmetic.CompareOp, (size, self.float(0.5)), i32, {"predicate": PREDICATES["le"]}
        )
        scaled = self.emit(arithmetic.MulOp, (self.float(TURN), rest), f32)
        units = self.emit(arithmetic.IntOp, (self.emit(arithmetic.RintOp, (scaled,), f32),), i32)
        return self.emit(arithmetic.Select2Op, (is_number, self.int(0), units), i32)

    def highest(self, phase: SSAValue, bits: int) -> SSAValue:
        """The highest bits of a phase that is rounded to BITS bits, as a number from 0 on."""
        near = self.add(phase, self.int(1 << 31 - BITS))
        shifted = self.emit(arithmetic.ShrOp, (near, self.int(32 - bits)), i32)
        return self.emit(arithmetic.AndOp, (shifted, self.int((1 << bits) - 1)), i32)

    def to_float(self, phase: SSAValue) -> SSAValue:
        """A phase in turns, within [0, 1): rounded to nearest, but never up to 1."""
        units = self.emit(arithmetic.FloatOp, (phase,), f32)
        value = self.emit(arithmetic.MulOp, (self.float(1 / TURN), units), f32)
        whole = self.emit(arithmetic.FloorOp, (value,), f32)
        positive = self.emit(arithmetic.SubOp, (value, whole), f32)
        return self.emit(arithmetic.MinOp, (positive, self.float(LAST)), f32)


class _FixedPointRecurrence:
    """Rewrites an accumulator: `outer` are the ops before its recursion, `inner` those in it.

    `terms` maps what depends on the past to the integer in it, which may be the past phase plus
    a step from outside (None: no step).
    """

    def __init__(self, accumulator: Accumulator, name: str | None) -> None:
        self.outer, self.inner = FixedPointBuilder(), FixedPointBuilder()
        self.block = Block(arg_types=[signal_type(i32, Rate.SAMPLE)])
        argument = self.block.args[0]
        argument.name_hint = name
        delay = time.DelayOp.create(
            operands=[argument],
            result_types=[argument.type],
            properties={"offset": IntegerAttr(1, i64)},
        )
        self.inner.ops.append(delay)
        self.past = delay.result
        self.steps: dict[SSAValue, SSAValue | None] = dict.fromkeys(accumulator.past)
        self.values: dict[SSAValue, SSAValue] = {}
        for op in accumulator.steps:
            self._translate(op)

    def _translate(self, op: Operation) -> None:
        (result,) = op.results
        if isinstance(op, arithmetic.Select2Op):
            selector, *branches = op.operands
            chosen = (selector, *map(self.value, branches))
            self.values[result] = self.inner.emit(arithmetic.Select2Op, chosen, i32)
            return
        lhs, rhs = op.operands
        is_left = lhs in self.steps or lhs in self.values
        inside, term = (lhs, rhs) if is_left else (rhs, lhs)
        fixed = self.outer.to_fixed(term)
        if isinstance(op, arithmetic.SubOp):
            fixed = self.outer.emit(arithmetic.SubOp, (self.outer.int(0), fixed), i32)
        if inside in self.steps:
            self.steps[result] = self.outer.add(self.steps[inside], fixed)
        else:
            self.values[result] = self.inner.add(self.values[inside], fixed)

    def value(self, signal: SSAValue) -> SSAValue:
        """The integer of the accumulator's value in its region, or of a term."""
        if signal in self.values:
            return self.values[signal]
        if signal not in self.steps:
            return self.outer.to_fixed(signal)
        step = self.steps[signal]
        return self.past if step is None else self.inner.add(self.past, step)

    def recursion(self, sum: SSAValue) -> time.Recursion:
        """The recursion of the phase; a `dsp.phase` where it adds a step to its past."""
        is_sum = self.steps.get(sum) is not None
        result = self.value(sum)
        end = time.YieldOp.create(operands=[result])
        self.block.add_ops([*self.inner.ops, end])
        kind = PhaseOp if is_sum else time.RecOp
        return kind.create(result_types=[self.block.args[0].type], regions=[Region(self.block)])


def make_fixed(op: time.RecOp, accumulator: Accumulator) -> tuple[SSAValue, SSAValue]:
    """Replace an accumulator modulo 1 by a phase; returns it as an integer and in turns."""
    block = op.parent
    assert block is not None
    (old,) = op.results
    parts = _FixedPointRecurrence(accumulator, old.name_hint)
    recursion = parts.recursion(accumulator.sum)
    (phase,) = recursion.results
    phase.name_hint = old.name_hint
    after = FixedPointBuilder()
    value = after.to_float(phase)
    value.name_hint = old.name_hint
    ops = [*parts.outer.ops, recursion, *after.ops]
    for each in ops:
        each.location = op.location
    block.insert_ops_before(ops, op)
    old.replace_all_uses_with(value)
    op.detach()
    op.erase()
    return phase, value
