"""Live ranges of floating-point numbers in the body of a loop, and their spilling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xdsl.dialects.arith import ConstantOp
from xdsl.dialects.builtin import Float64Type
from xdsl.dialects.memref import LoadOp
from xdsl.dialects.scf import ForOp
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp_mem.processor_model import ProcessorModel
from dspc.dialects.regions import is_outside
from dspc.passes.registers.homes import CarriedElement, is_real

_INSTRUCTIONS = ("math.absf", "math.sqrt", "math.fma", "math.floor", "math.ceil", "math.roundeven")
"""The ops of `math` that are no calls of functions."""


@dataclass(slots=True)
class Ranges:
    """Where the values of a loop's body are defined and used.

    Positions are those of the ops in the body; position p of a range is the moment before op p. The
    last op, which yields, is at `end`.
    """

    end: int
    definition: dict[SSAValue, int] = field(default_factory=dict[SSAValue, int])
    """The first moment at which a value exists; 0 for arguments and values from outside."""
    uses: dict[SSAValue, list[int]] = field(default_factory=dict[SSAValue, list[int]])
    """The positions of the ops that use a value, without the last, in ascending order."""
    arguments: tuple[SSAValue, ...] = ()
    """The numbers that the loop carries."""
    yielded: tuple[SSAValue, ...] = ()
    """Their next values."""

    def loaded(self, state: CarriedElement) -> int:
        """The moment at which a spilled state is loaded: before its first use."""
        return self._first_use(self.arguments[state.number])

    def stored(self, state: CarriedElement) -> int:
        """The moment at which a spilled state's next value is stored."""
        value = self.yielded[state.number]
        known = self.definition[value]
        if value in self.arguments:
            # A delay by one more frame: that argument may be spilled as well.
            known = self._first_use(value)
        return max(known, self.loaded(state))

    def _first_use(self, value: SSAValue) -> int:
        uses = self.uses.get(value)
        return uses[0] if uses else self.end


def ranges_of(loop: ForOp) -> Ranges:
    """The ranges of the floating-point values in a loop's body; literals have none."""
    ops = list(loop.body.block.ops)
    ranges = Ranges(len(ops) - 1)
    ranges.arguments = tuple(loop.body.block.args[1:])
    ranges.yielded = tuple(ops[-1].operands)
    for value in ranges.arguments:
        ranges.definition[value] = 0
    for at, op in enumerate(ops[:-1]):
        for one in op.walk():
            for value in one.operands:
                if is_real(value) and not _is_literal(value) and not op.is_ancestor(value.owner):
                    ranges.definition.setdefault(value, 0)
                    uses = ranges.uses.setdefault(value, [])
                    if not uses or uses[-1] != at:
                        uses.append(at)
        for value in op.results:
            if is_real(value):
                ranges.definition[value] = at + 1
    for value in ranges.yielded:
        ranges.definition.setdefault(value, 0)
    return ranges


def _is_literal(value: SSAValue) -> bool:
    return isinstance(value.owner, ConstantOp)


class Pressure:
    """How many registers are taken before each op of a loop's body, and how many there are."""

    def __init__(self, loop: ForOp, processor: ProcessorModel) -> None:
        self.ranges = ranges_of(loop)
        ops = list(loop.body.block.ops)
        is_double = any(isinstance(value.type, Float64Type) for value in self.ranges.definition)
        there = processor.double_registers if is_double else processor.float_registers
        kept = processor.preserved_registers
        if is_double and processor.float_registers:
            kept = kept * there // processor.float_registers
        self._there = [there] * (len(ops) + 1)
        for at, op in enumerate(ops):
            if _calls(op):
                # The result of the function is live as well.
                self._there[at + 1] = kept + 1
        self._outer = {value for value in self.ranges.uses if is_outside(value, loop)}
        self._ends = self._last_moments()
        self._taken = [0] * (len(ops) + 1)
        for value in filter(is_real, self.ranges.definition):
            self._add(value, 1)

    def _last_moments(self) -> dict[SSAValue, int]:
        """The last moment at which each value is live."""
        ends = dict.fromkeys((*self._outer, *self.ranges.yielded), self.ranges.end)
        for value in self.ranges.definition:
            if value not in ends:
                uses = self.ranges.uses.get(value)
                ends[value] = uses[-1] if uses else self.ranges.definition[value] - 1
        return ends

    def _add(self, value: SSAValue, count: int) -> None:
        self._add_range(self.ranges.definition[value], self._ends[value], count)

    def _add_range(self, first: int, last: int, count: int) -> None:
        for at in range(first, last + 1):
            self._taken[at] += count

    @property
    def excess(self) -> int:
        """How many values have no register at the moment with the most of them."""
        return max(taken - there for taken, there in zip(self._taken, self._there, strict=True))

    def spill(
        self, states: Sequence[CarriedElement], constants: Sequence[LoadOp]
    ) -> list[CarriedElement | LoadOp]:
        """The values to spill, longest live ranges first, until all others have registers."""
        candidates = [(self._freed(one), -at, one) for at, one in enumerate((*states, *constants))]
        spilled: list[CarriedElement | LoadOp] = []
        for _, _, one in sorted(candidates, key=lambda it: it[:2], reverse=True):
            if self._helps(one):
                self._spill(one)
                spilled.append(one)
        return spilled

    def _changes(self, one: CarriedElement | LoadOp) -> list[tuple[int, int, int]]:
        """The ranges (first, last) in which spilling takes registers or frees them (1, -1)."""
        ranges = self.ranges
        if isinstance(one, LoadOp):
            uses = ranges.uses[one.res]
            return [(0, ranges.end, -1), *((at, at, 1) for at in uses)]
        argument, value = ranges.arguments[one.number], ranges.yielded[one.number]
        loaded, stored = ranges.loaded(one), ranges.stored(one)
        changes = [(0, min(loaded - 1, self._ends[argument]), -1)]
        shared = ranges.yielded.count(value) > 1 or value in self._outer
        if not shared:
            uses = ranges.uses.get(value, [])
            last = max([stored, *uses])
            if last < self._ends[value]:
                changes.append((last + 1, self._ends[value], -1))
        return changes

    def _freed(self, one: CarriedElement | LoadOp) -> int:
        return -sum(max(last - first + 1, 0) * count for first, last, count in self._changes(one))

    def _helps(self, one: CarriedElement | LoadOp) -> bool:
        """Whether registers are freed at a moment at which there are too few."""
        return any(
            count < 0 and any(self._taken[at] > self._there[at] for at in range(first, last + 1))
            for first, last, count in self._changes(one)
        )

    def _spill(self, one: CarriedElement | LoadOp) -> None:
        for first, last, count in self._changes(one):
            self._add_range(first, last, count)
        if isinstance(one, CarriedElement):
            value = self.ranges.yielded[one.number]
            if self.ranges.yielded.count(value) == 1 and value not in self._outer:
                uses = self.ranges.uses.get(value, [])
                self._ends[value] = max([self.ranges.stored(one), *uses])


def _calls(op: Operation) -> bool:
    return any(
        one.name == "func.call" or (one.name.startswith("math.") and one.name not in _INSTRUCTIONS)
        for one in op.walk()
    )
