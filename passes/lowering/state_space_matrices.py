"""The matrices of block state space: their elements, their buffers, and when they are computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xdsl.dialects import arith, scf
from xdsl.dialects.builtin import DenseArrayBase, f64, i1, i32

from dspc.dialects.dsp.base import element
from dspc.dialects.dsp_mem import Lifetime, Role
from dspc.passes.lowering.body import BLOCK, INIT, SAMPLE
from dspc.passes.lowering.coefficients import coefficients_at, factors_of
from dspc.passes.lowering.responses import (
    Basis,
    Numbers,
    Responses,
    Scalar,
    in_precision,
)
from dspc.passes.lowering.state import write_if
from dspc.passes.lowering.unit import fill
from dspc.passes.lowering.writer import Buffer, Writer
from dspc.passes.partition.linear import Linear

if TYPE_CHECKING:
    from dspc.passes.lowering.partitioned import SplitBody


class Matrices:
    """The responses, in a row of memory, and the state's transition over a vector of frames.

    The row has for each signal a vector of zeros, the response to an impulse, and those to the
    state: from k elements before the impulse's response on lies column k of the Toeplitz matrix.
    """

    def __init__(self, body: SplitBody, linear: Linear, signals: Sequence[int]) -> None:
        self.body = body
        self.linear = linear
        self.element = element(linear.signal)
        self.hint = linear.signal.name_hint
        numbers = Numbers(body.before)
        self.coefficients = coefficients_at(body, linear, numbers, SAMPLE)
        lanes = body.graph.chunking.lanes
        self.responses = Responses(self.coefficients, linear.order, lanes, signals)
        setup = Numbers(body.setup)
        self.basis = Basis(setup, self.responses.limited(setup), linear.order)
        is_known = self.coefficients.is_known
        self.buffer, self.transition = self._known() if is_known else self._computed()

    def _known(self) -> tuple[Buffer, list[list[Scalar]]]:
        unit, numbers = self.body.unit, Numbers(self.body.setup)
        responses, ends = self.responses.known(numbers)
        zeros = [0.0] * self.responses.frames
        values = [x for of in responses for row in (zeros, *of) for x in row]
        data = [in_precision(x, self.element) for x in values]
        dense = DenseArrayBase.from_list(self.element, data)  # pyright: ignore
        name = unit.named(self.hint, "response", self.element, "Response")
        buffer = unit.buffer(name, self.element, len(data), Lifetime.CLASS, Role.DATA, dense)
        return buffer, self._on_past(numbers, ends)

    def _on_past(self, numbers: Numbers, ends: Sequence[Sequence[Scalar]]) -> list[list[Scalar]]:
        """The transition on the past frames; `ends` are the responses to the basis."""
        return [
            self.basis.on_past(numbers, [end[place] for end in ends])
            for place in range(self.basis.depth)
        ]

    def _computed(self) -> tuple[Buffer, list[list[Scalar]]]:
        """Write what computes the matrices: where it is known that they are constant in the
        instance, once; else in each call in which a coefficient has changed."""
        body, depth = self.body, self.basis.depth
        size = len(self.responses.signals) * self.responses.stride
        factors = factors_of(self.linear, body)
        is_init = body.is_kept and max(map(body.rate, factors)) <= INIT
        role = Role.CONSTANT if is_init else Role.STATE
        name = body.unit.named(self.hint, "response", self.element, "Response")
        row = body.unit.buffer(name, self.element, size, Lifetime.INSTANCE, role)
        name = body.unit.named(self.hint, "transition", f64, "Transition")
        ends = body.unit.buffer(name, f64, depth**2, Lifetime.INSTANCE, role)
        if is_init:
            fill(body.init, row, body.init.zero(self.element))
            self._responses(body.init, INIT).write(body.init, row, ends)
        else:
            self._write_changed(row, ends)
        setup = body.setup
        values = [setup.load(ends, setup.index(place)) for place in range(depth**2)]
        by_unit = [values[at : at + depth] for at in range(0, len(values), depth)]
        return row, self._on_past(Numbers(setup), by_unit)

    def _responses(self, w: Writer, rate: int) -> Responses:
        coefficients = coefficients_at(self.body, self.linear, Numbers(w), rate)
        own = self.responses
        return Responses(coefficients, own.order, own.frames, own.signals)

    def _write_changed(self, row: Buffer, ends: Buffer) -> None:
        """Write the responses' computation in calls that begin with other coefficients."""
        body, w = self.body, self.body.setup
        factors = factors_of(self.linear, body)
        unit = body.unit
        name = unit.named(self.hint, "known", self.element, "Known")
        known = unit.buffer(name, self.element, len(factors), Lifetime.INSTANCE, Role.STATE)
        name = unit.named(self.hint, "is_known", i32, "Known")
        is_known = unit.buffer(name, i32, None, Lifetime.INSTANCE, Role.STATE)
        for buffer in (row, ends, known, is_known):
            unit.clear(buffer)
        changed = w.compare_int("eq", w.load(is_known), w.int(0))
        inner = Writer(w.function, [])
        for place, factor in enumerate(factors):
            value = body.operand(factor, SAMPLE)
            old = w.load(known, w.index(place))
            changed = w.emit(arith.OrIOp, (changed, w.compare_float("ne", value, old)), i1)
            inner.store(value, known, inner.index(place))
        inner.store(inner.int(1), is_known)
        self._responses(inner, BLOCK).write(inner, row, ends)
        write_if(w, changed, [*inner.ops, scf.YieldOp.create()])

    @property
    def signals(self) -> Sequence[int]:
        """The numbers of the filters that have responses."""
        return self.responses.signals

    @property
    def stride(self) -> int:
        """The elements of a filter's responses in the row."""
        return self.responses.stride

    def first(self, number: int) -> int:
        """The frames by which a filter is later than its input."""
        taps = self.coefficients.filters[number]
        return next((frame for frame, tap in enumerate(taps) if tap != 0.0), len(taps))
