"""Programs of signals with the measurements of validation: signals that move, and rounding.

`WatchedSignals` records the values of signals in each frame. `JitteredSignals` is Monte Carlo
arithmetic (Parker, Monte Carlo Arithmetic, UCLA 1997): each operation that rounds is disturbed at
random by up to one unit of roundoff, so that the spread of several runs estimates how much a
program amplifies rounding errors, which bounds the effect of passes that reassociate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.ir import Operation, SSAValue

from dspc.backends.interp.definition.scalars import constant_value
from dspc.backends.interp.generated.generate_signals import SignalEmitter
from dspc.backends.interp.instance_memory import SignalMemory
from dspc.dialects.dsp import interface, tables, time
from dspc.dialects.dsp.types import SignalType, is_int

EXACT_OPS = frozenset(
    (
        "dsp.floor", "dsp.ceil", "dsp.rint", "dsp.round", "dsp.abs", "dsp.select2", "dsp.min",
        "dsp.max", "dsp.attach", "dsp.assert_bounds", "dsp.float", "dsp.int", "dsp.constant",
        "dsp.compare", "dsp.neg",
    )
)  # fmt: skip
"""Ops without rounding errors."""
DECISIONS = frozenset(
    ("dsp.int", "dsp.compare", "dsp.floor", "dsp.ceil", "dsp.rint", "dsp.round", "dsp.select2")
)
"""Ops that a disturbance of any size can make choose otherwise."""
ROUNDED = frozenset(("dsp.int", "dsp.floor", "dsp.ceil", "dsp.rint", "dsp.round"))
"""Of these, those that make integers."""
SHORT = 14
"""Significant bits of a constant that is not disturbed."""
JITTER = 4093
"""Length of the cycle of disturbances: a prime, so that it shares no period with programs."""


def watchable(program: interface.ProgramOp) -> list[SSAValue]:
    """The signals at block or sample rate whose ops run in each frame, inputs excluded."""
    return [
        value
        for op in time.frame_ops(program.body.block)
        if not isinstance(op, tables.TableOp | tables.SoundfileOp)
        for value in op.results
        if _moves(value)
    ]


def _moves(value: SSAValue) -> bool:
    return isinstance(value.type, SignalType) and value.type.rate.data in ("block", "sample")


class WatchedSignals(SignalEmitter):
    """Appends the values of `watched` to `rows` in each frame."""

    def __init__(
        self,
        program: interface.ProgramOp,
        memory: SignalMemory,
        watched: Sequence[SSAValue],
        rows: list[tuple[Any, ...]],
    ) -> None:
        self._watched = watched
        self._rows = rows
        super().__init__(program, memory)

    def end_frame(self) -> None:
        names = "".join(f"{name}, " for name in self.uses(self._watched))
        self.line(f"{self.bind(self._rows.append)}(({names}))")


class JitteredSignals(SignalEmitter):
    """Multiplies the result of each op that rounds by 1 + e, |e| <= `roundoff`.

    As in Parker's random rounding, exact results stay exact: those of at most 24 significant bits,
    by Dekker's splitting. What is constant in a run is disturbed by the same e in each frame.
    Integers that are computed once, such as the frames of a delay in seconds, are not disturbed.
    """

    variant: str | None = None

    def __init__(
        self, program: interface.ProgramOp, memory: SignalMemory, roundoff: float, seed: int
    ) -> None:
        self._random = np.random.default_rng(seed)
        self._roundoff = roundoff
        factors = (1.0 + self._random.uniform(-roundoff, roundoff, JITTER)).tolist()
        self._next = itertools.cycle(factors).__next__
        self._decided = decided_once(program)
        super().__init__(program, memory)

    def write_op(self, op: Operation) -> None:
        super().write_op(op)
        if op.name in self.handlers or len(op.results) != 1:
            return
        (result,) = op.results
        if not isinstance(result.type, SignalType) or is_int(result.type.element):
            return
        if op in self._decided:
            return
        if op.name == "dsp.constant":
            self._disturb_constant(op)
        elif op.name not in EXACT_OPS:
            name = self.names[result]
            factor = f"{self.bind(self._next)}()"
            if result.type.rate.data in ("const", "init"):
                factor = repr(self._factor())
            self.line(f"big = {name} * 536870913.0", op)
            self.line(f"if big - (big - {name}) != {name}: {name} *= {factor}", op)

    def _factor(self) -> float:
        return 1.0 + float(self._random.uniform(-self._roundoff, self._roundoff))

    def _disturb_constant(self, op: Operation) -> None:
        """Passes fold constants, which rounds, unless these have few significant bits."""
        value = float(constant_value(op) or 0.0)
        if math.isfinite(value) and math.frexp(value)[0] * 2.0**SHORT % 1:
            self.names[op.results[0]] = self.bind_constant(value * self._factor())


NEAR = 2.0**-19
"""Relative distance within which `SnappedSignals` takes numbers of once a block to be equal."""


class SnappedSignals(SignalEmitter):
    """Decides alike where numbers below sample rate differ by rounding only.

    `1116 * SR / 44100` is 1116, or a little less once its constants are merged, and truncation then
    gives 1115: an operand of a rounding op is first moved to an integer near it, and compared
    numbers that are near each other are equal.
    """

    variant: str | None = "snapped"

    def write_op(self, op: Operation) -> None:
        is_rounded = op.name in ROUNDED and _is_float(op.operands[0])
        is_compared = op.name == "dsp.compare" and all(map(_is_float, op.operands))
        if not (op.results and _is_slow(op.results[0]) and (is_rounded or is_compared)):
            super().write_op(op)
            return
        names = self.uses(op.operands)
        snap = self.bind(snapped if is_rounded else matched)
        first = op.operands[0]
        self.line(f"near{self._count} = {snap}({', '.join(names)})", op)
        self.names[first] = f"near{self._count}"
        super().write_op(op)
        self.names[first] = names[0]


def _is_float(value: SSAValue) -> bool:
    return isinstance(value.type, SignalType) and not is_int(value.type.element)


def snapped(value: Any) -> Any:
    """The integer that a number is near, if there is one."""
    if not math.isfinite(value) or abs(value) > 1 / NEAR:
        return value
    whole = round(value)
    return type(value)(whole) if abs(value - whole) <= NEAR * max(1.0, abs(value)) else value


def matched(value: Any, other: Any) -> Any:
    """`other` if the numbers are near each other."""
    return other if abs(value - other) <= NEAR * max(abs(value), abs(other)) else value


def decided_once(program: interface.ProgramOp) -> set[Operation]:
    """The ops below sample rate that integers and decisions below sample rate depend on."""
    pending = [
        op
        for op in program.walk()
        if op.name in DECISIONS and op.results and _is_slow(op.results[0])
    ]
    result = set(pending)
    while pending:
        for value in pending.pop().operands:
            owner = value.owner
            if isinstance(owner, Operation) and owner not in result and _is_slow(value):
                result.add(owner)
                pending.append(owner)
    return result


def _is_slow(value: SSAValue) -> bool:
    return isinstance(value.type, SignalType) and value.type.rate.data != "sample"


def moved(rows: Sequence[tuple[Any, ...]], count: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of `count` watched signals take more than one value in the frames of `rows`."""
    values = np.array(rows, dtype=np.float64).reshape(len(rows), count)
    if not len(values):
        return np.zeros(count, dtype=bool)
    first = values[0]
    return np.any((values != first) & ~(np.isnan(values) & np.isnan(first)), axis=0)
