"""Expected values of slow signals: evaluated with controls at their initial values.

The amount of a delay that follows from a slider or the sampling rate is known at run time only. Its
expected value classifies feedback as long or short: it affects speed only, never samples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from xdsl.dialects.builtin import FloatAttr, IntegerAttr
from xdsl.ir import Operation, SSAValue

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.constants import FOLDERS
from dspc.dialects.dsp.ui_ops import read_ui, walk_widgets

RATE = 48000
"""The assumed sampling rate in Hz."""

Resolve = Callable[[SSAValue], SSAValue]
"""Resolves aliases: returns the value that another is an alias of."""


def expected(
    slow: Iterable[Operation], program: interface.ProgramOp, resolve: Resolve = lambda value: value
) -> dict[SSAValue, float]:
    """The values of slow signals with all controls at their initial values, where they can be
    evaluated.

    `slow` are ops slower than sample rate, in program order.
    """
    initial = {widget.symbol: widget.init for widget in walk_widgets(read_ui(program.ui))}
    return evaluated(slow, initial, RATE, resolve)


def evaluated(
    slow: Iterable[Operation],
    controls: Mapping[str, float],
    rate: int,
    resolve: Resolve = lambda value: value,
) -> dict[SSAValue, float]:
    """The values of slow signals for given values of controls, by symbol, where these suffice."""
    values: dict[SSAValue, float] = {}
    for op in slow:
        number = _evaluated(op, resolve, values, controls, rate)
        if number is not None:
            values[op.results[0]] = number
    return values


def _evaluated(
    op: Operation,
    resolve: Resolve,
    values: Mapping[SSAValue, float],
    controls: Mapping[str, float],
    rate: int,
) -> float | None:
    if isinstance(op, interface.SampleRateOp):
        return rate
    if isinstance(op, interface.ReadWidgetOp):
        return controls.get(op.widget.string_value())
    value = op.properties.get("value")
    if isinstance(value, IntegerAttr | FloatAttr):
        return value.value.data
    name = op.name.removeprefix("dsp.")
    operands = [values.get(resolve(operand)) for operand in op.operands]
    known = [number for number in operands if number is not None]
    if len(known) < len(operands):
        return None
    if name == "select2":
        return known[1] if known[0] == 0 else known[2]
    folder = FOLDERS.get(name)
    return None if folder is None else folder(*known)
