"""Finds the first signal of a program whose value passes change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation, SSAValue

from dspc.backends.interp.checks.error_bounds import first_difference
from dspc.backends.interp.checks.script import Script, Trace
from dspc.backends.interp.instance import find_unit
from dspc.dialects.dsp import arithmetic, interface, time
from dspc.dialects.dsp.types import SignalType, signal_type
from dspc.validation.rounding import measure_bound
from dspc.validation.runs import Runs

if TYPE_CHECKING:
    from xdsl.passes import ModulePass

MOST_PROBES = 2000

Traces = Callable[[ModuleOp, ModuleOp], tuple[Trace, Trace]]
"""The traces to compare, of a module before and after passes."""


def find_culprit(
    before: ModuleOp,
    passes: Sequence[ModulePass],
    runs: Runs,
    script: Script,
    traces: Traces,
    is_rounded: bool,
) -> Operation | None:
    """The first op of a program of signals whose value changes in a script, or None.

    Each signal is added as an output, the passes are run on that program, and the first output
    that differs is the answer; with `is_rounded` by more than rounding explains.
    """
    from dspc.pipelines.runner import pass_context

    program = find_unit(before)
    if not isinstance(program, interface.ProgramOp):
        return None
    values = _probes(program)[:MOST_PROBES]
    probed = before.clone()
    _expose(find_unit(probed), len(values))
    changed = probed.clone()
    context = pass_context(passes)
    try:
        for module_pass in passes:
            module_pass.apply(context, changed)
        bound = measure_bound(runs, probed, script) if is_rounded else 0.0
        difference = first_difference(*traces(probed, changed), bound)
    except Exception:  # passes, printers and compilers may fail on a program with such outputs
        return None
    if difference is None or difference.output is None or difference.output >= len(values):
        return None
    owner = values[difference.output].owner
    return owner if isinstance(owner, Operation) else None


def _probes(program: interface.ProgramOp) -> list[SSAValue]:
    """The signals of the block of the program, in program order, without constants."""
    ops = list(program.body.block.ops)[:-1]
    plain = [op for op in ops if not isinstance(op, arithmetic.ConstantOp)]
    return [v for op in plain for v in op.results if isinstance(v.type, SignalType)]


def _expose(program: Operation, count: int) -> None:
    """Add the first `count` probes of a program before its outputs, as floating-point numbers."""
    assert isinstance(program, interface.ProgramOp)
    outputs: list[SSAValue] = []
    block, end = program.body.block, program.body.block.last_op
    assert end is not None
    for value in _probes(program)[:count]:
        type = value.type
        assert isinstance(type, SignalType)
        if type.element != program.precision:
            floating = signal_type(program.precision, type.rate.data)
            cast = arithmetic.FloatOp.create(operands=[value], result_types=[floating])
            block.insert_op_before(cast, end)
            value = cast.result
        outputs.append(value)
    block.insert_op_before(time.YieldOp.create(operands=[*outputs, *end.operands]), end)
    end.detach()
    end.erase()
