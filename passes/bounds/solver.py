"""The facts of a module: the least fixpoint over its functions and its memory, widened.

(P. Cousot and R. Cousot, POPL 1977.) Memory is one fact a buffer, whatever the order of functions
and calls, so that the facts hold for every host. What a host writes (inputs, widgets), what C
functions return and what is never stored may be anything; scratch is assumed to be read only where
this call has written it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable

from xdsl.dialects import arith, memref, scf, vector
from xdsl.dialects.builtin import FloatAttr, IndexType, IntegerAttr, MemRefType, ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Block, Operation, SSAValue

from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp_mem.buffers import BufferOp, Role
from dspc.dialects.dsp_mem.heaps import CopyOp
from dspc.passes.bounds import integers
from dspc.passes.bounds.assumptions import Known, assumed
from dspc.passes.bounds.facts import (
    FRAMES,
    Fact,
    fits,
    is_float,
    join,
    meet,
    number,
    top,
    whole,
    width_of,
)
from dspc.passes.bounds.filled import filled_buffers
from dspc.passes.bounds.slices import Cell, Slice, behind, cell_of
from dspc.passes.bounds.transfer import hull, result_of, under

ROUNDS = 3
"""Changes of a fact before it is widened."""
STEPS = 12
"""Widenings to a constant of the program before the one to all values of the type."""
NARROWINGS = 8
"""Rounds of narrowing after the fixpoint; each is sound."""
MOST_ROUNDS = 400
"""Rounds after which all memory may be anything; widening ends far earlier."""


class Facts:
    """The facts of a module's values, as far as `roots` depend on them."""

    def __init__(self, module: ModuleOp, roots: Iterable[SSAValue]) -> None:
        self.slice = Slice(module, roots)
        self.table: dict[SSAValue, Fact] = {}
        self.cells: dict[Cell, Fact] = {}
        self._counts: dict[object, int] = {}
        self._narrows = False
        self._changed = False
        self._next: dict[Cell, Fact] = {}
        self._marks: dict[object, list[float]] = {}
        self._filled = filled_buffers(self.slice)
        self._conditions: dict[Block, tuple[tuple[SSAValue, bool], ...]] = {}
        self._start()
        self._run()

    def of(self, value: SSAValue) -> Fact | None:
        """The fact of a value wherever it is defined; None if it never is."""
        return self.table.get(value)

    def at(self, value: SSAValue, op: Operation) -> Fact | None:
        """The fact of a value where an op uses it, under the conditions around the op."""
        known = self.known_at(op)
        return None if known is None else under(value, known, self.of)

    def known_at(self, op: Operation) -> Known | None:
        """The facts of the conditions around an op; None if it is never reached."""
        known: Known = {}
        for condition, truth in self.conditions_of(op):
            more = assumed(condition, truth, lambda value: known.get(value) or self.of(value))
            if more is None:
                return None
            known.update(more)
        return known

    def conditions_of(self, op: Operation) -> tuple[tuple[SSAValue, bool], ...]:
        """The conditions of `scf.if` around an op with their values."""
        around: list[Block] = []
        block = op.parent_block()
        while block is not None and block not in self._conditions:
            around.append(block)
            block = block.parent_block()
        outer = () if block is None else self._conditions[block]
        for inner in reversed(around):
            parent = inner.parent_op()
            if isinstance(parent, scf.IfOp):
                outer = (*outer, (parent.cond, parent.true_region.blocks.first is inner))
            self._conditions[inner] = outer
        return outer

    def _start(self) -> None:
        for cell in self.slice.cells:
            fact = self._initial(cell, self._filled)
            if fact is not None:
                self.cells[cell] = fact
        for function in self.slice.functions:
            for argument in function.body.block.args:
                self.table[argument] = _given(function, argument)

    def _initial(self, cell: Cell, filled: set[str]) -> Fact | None:
        if isinstance(cell, Operation):
            return None  # allocated scratch
        if isinstance(cell, SSAValue):
            return top(_element(cell.type))
        buffer = self.slice.buffers.get(str(cell))
        if buffer is None:
            return None
        element = buffer.type.element_type
        if buffer.role.data == Role.ZONE:
            return top(element)
        if buffer.values is not None:
            return hull(list(array_values(buffer.values)), is_float(element))
        if buffer.role.data == Role.SCRATCH or buffer.sym_name.data in filled:
            return None
        return top(element)

    def _run(self) -> None:
        for _ in range(MOST_ROUNDS):
            self._round()
            if not self._changed and not self._release():
                break
        else:
            for cell in self.slice.cells:
                self.cells[cell] = top(self._type_of(cell))
            self._round()
        self._narrows = True
        for _ in range(NARROWINGS):
            self._next = {}
            self._round()
            before = dict(self.cells)
            for cell, fact in self._next.items():
                self.cells[cell] = meet(self.cells[cell], fact) or self.cells[cell]
            if not self._changed and self.cells == before:
                break

    def _release(self) -> bool:
        """Let memory that no reached op writes be anything; whether there was any."""
        lost = [cell for cell in self.slice.cells if cell not in self.cells]
        for cell in lost:
            self.cells[cell] = top(self._type_of(cell))
        return bool(lost)

    def _type_of(self, cell: Cell) -> MemRefType:
        buffer = self.slice.buffers.get(cell) if isinstance(cell, str) else None
        if isinstance(buffer, BufferOp):
            return buffer.type
        type_ = cell.results[0].type if isinstance(cell, Operation) else None
        assert isinstance(type_, MemRefType)
        return type_

    def _round(self) -> None:
        """One walk over all needed ops."""
        self._changed = False
        for op in self.slice.ops:
            match op:
                case scf.ForOp():
                    self._enter(op)
                case scf.IfOp():
                    pass  # its results are known at its yields
                case scf.YieldOp():
                    self._leave(op)
                case memref.StoreOp():
                    self._stored(cell_of(op.memref), self._read_at(op.value, op))
                case vector.StoreOp():
                    self._stored(cell_of(op.base), self._read_at(op.vector, op))
                case CopyOp():
                    self._stored(cell_of(op.target), self.cells.get(cell_of(op.source)))
                case memref.LoadOp():
                    self._set(op.res, self.cells.get(cell_of(op.memref)))
                case vector.LoadOp():
                    self._set(op.result, self.cells.get(cell_of(op.base)))
                case _:
                    self._result(op)

    def _result(self, op: Operation) -> None:
        if len(op.results) == 1 and not op.regions:
            known = self.known_at(op)
            if known is not None:
                read = self.of if not known else lambda value: under(value, known, self.of, 2)
                self._set(op.results[0], result_of(op, read))
            return
        for result in op.results:
            self._set(result, top(result.type))

    def _read_at(self, value: SSAValue, op: Operation) -> Fact | None:
        return self.at(value, op) if self.conditions_of(op) else self.of(value)

    def _enter(self, loop: scf.ForOp) -> None:
        """The facts of a loop's arguments."""
        frame, *carried = loop.body.block.args
        counter = self._counter(loop)
        if counter is None:
            return
        self._set(frame, counter)
        end = loop.body.block.last_op
        assert end is not None
        for number_, argument in enumerate(carried):
            if argument not in self.slice.values:
                continue
            start = self.of(loop.iter_args[number_])
            if start is None:
                continue
            counted = self._counted(loop, argument, end.operands[number_], start)
            if counted is not None:
                self._set(argument, counted)
                continue
            next_ = self.of(end.operands[number_])
            fact = start if next_ is None else join(start, next_)
            self._grow(argument, fact, self.table.get(argument))

    def _counter(self, loop: scf.ForOp) -> Fact | None:
        """The induction variable of a loop; None while the loop is not known to run."""
        low, high, step = (self.of(bound) for bound in (loop.lb, loop.ub, loop.step))
        if low is None or high is None or step is None or high.high - 1 < low.low:
            return None
        common = math.gcd(step.step, step.rest, low.step) if step.low > 0 else 1
        return whole(low.low, high.high - 1, max(common, 1), low.rest)

    def _counted(
        self, loop: scf.ForOp, argument: SSAValue, next_: SSAValue, start: Fact
    ) -> Fact | None:
        """The fact of an argument that each iteration increases by a constant."""
        added = increment(argument, next_)
        frames = self.of(loop.body.block.args[0])
        step = self.of(loop.step)
        if added is None or frames is None or step is None or step.low < 1:
            return None
        passed = (frames.high - frames.low) // step.low
        fact = integers.add(start, integers.mul(number(added), whole(0, passed)))
        return fact if fits(fact, argument.type) else None

    def _leave(self, op: scf.YieldOp) -> None:
        """The facts of the results of the op that this ends."""
        parent = op.parent_op()
        if parent is None or not parent.results:
            return
        for number_, result in enumerate(parent.results):
            if result not in self.slice.values:
                continue
            fact = self._read_at(op.operands[number_], op)
            if isinstance(parent, scf.ForOp):
                start = self.of(parent.iter_args[number_])
                fact = start if fact is None else fact if start is None else join(start, fact)
            elif isinstance(parent, scf.IfOp):
                fact = self._of_branches(parent, number_)
            self._set(result, fact)

    def _of_branches(self, op: scf.IfOp, number_: int) -> Fact | None:
        fact = None
        for region in op.regions:
            end = region.block.last_op if region.blocks else None
            one = None if end is None else self._read_at(end.operands[number_], end)
            fact = one if fact is None else fact if one is None else join(fact, one)
        return fact

    def _stored(self, cell: Cell, fact: Fact | None) -> None:
        if fact is None:
            return
        if self._narrows:
            old = self._next.get(cell)
            if old is None:
                first = self._initial(cell, self._filled)
                old = fact if first is None else first
            self._next[cell] = join(old, fact)
            return
        old = self.cells.get(cell)
        new = fact if old is None else join(old, fact)
        if new != old:
            type_ = _element(self._type_of(cell)) if not isinstance(cell, SSAValue) else cell.type
            self.cells[cell] = self._widened(cell, old, new, type_)
            self._changed = True

    def _set(self, value: SSAValue, fact: Fact | None) -> None:
        if fact is not None and self.table.get(value) != fact:
            self.table[value] = fact
            self._changed = True

    def _grow(self, value: SSAValue, fact: Fact, old: Fact | None) -> None:
        """Set the fact of a loop-carried value, which is widened."""
        if self._narrows or old is None:
            self._set(value, fact)
            return
        new = join(old, fact)
        if new != old:
            self._set(value, self._widened(value, old, new, value.type))

    def _widened(self, key: object, old: Fact | None, new: Fact, type_: Attribute) -> Fact:
        count = self._counts[key] = self._counts.get(key, 0) + 1
        if old is None or count <= ROUNDS:
            return new
        low, high, limits = new.low, new.high, top(type_)
        marks = self._thresholds(key) if count <= ROUNDS + STEPS else []
        if low < old.low:
            at = bisect_right(marks, low) - 1
            low = marks[at] if at >= 0 and marks[at] >= limits.low else limits.low
        if high > old.high:
            at = bisect_left(marks, high)
            high = marks[at] if at < len(marks) and marks[at] <= limits.high else limits.high
        if width_of(type_):
            return whole(int(low), int(high), new.step, new.rest)
        return Fact(float(low), float(high), new.nan)

    def _thresholds(self, key: object) -> list[float]:
        """The constants to which the fact of a value or a memory is widened."""
        if key not in self._marks:
            values = [key] if isinstance(key, SSAValue) else self.slice.stored(key)
            self._marks[key] = thresholds(values)
        return self._marks[key]


def increment(argument: SSAValue, next_: SSAValue) -> int | None:
    """The constant that an iteration adds to an integer argument, or None."""
    op = next_.owner
    if next_ is argument:
        return 0
    if not isinstance(op, arith.AddiOp | arith.SubiOp):
        return None
    sign = 1 if isinstance(op, arith.AddiOp) else -1
    for value, other in ((op.lhs, op.rhs), (op.rhs, op.lhs)):
        constant = other.owner
        if value is argument and isinstance(constant, arith.ConstantOp):
            if sign < 0 and value is op.rhs:
                return None
            data = constant.value
            return sign * data.value.data if isinstance(data, IntegerAttr) else None
    return None


NEAR = 48
"""Values that the search for thresholds visits."""


def thresholds(values: Iterable[SSAValue]) -> list[float]:
    """The constants in the computation of some values, and their neighbours, in order.

    The search goes backwards, to the values nearest, through loops but not through memory.
    """
    marks: set[float] = {-1, 0, 1}
    work = deque(values)
    seen: set[SSAValue] = set()
    while work and len(seen) < NEAR:
        value = work.popleft()
        if value in seen:
            continue
        seen.add(value)
        op = value.owner
        if isinstance(op, arith.ConstantOp):
            number_ = op.value
            if isinstance(number_, IntegerAttr):
                data = number_.value.data
                marks.update((data - 1, data, data + 1))
            elif isinstance(number_, FloatAttr) and abs(number_.value.data) < 1e30:
                marks.update((number_.value.data, -number_.value.data))
        elif not isinstance(op, memref.LoadOp | vector.LoadOp):
            work.extend(behind(value))
    return sorted(marks)


def _element(type_: Attribute) -> Attribute:
    return type_.element_type if isinstance(type_, MemRefType) else type_


def _given(function: FuncOp, argument: SSAValue) -> Fact:
    """The fact of an argument: at least 0 frames, any value otherwise."""
    if isinstance(argument.type, IndexType) and function.sym_name.data == "compute":
        return Fact(0, FRAMES)
    return top(argument.type)
