"""Reduces a program in which passes or printed code change an output.

Greedy delta debugging (Zeller and Hildebrandt, Simplifying and isolating failure-inducing input,
IEEE Trans. Softw. Eng. 28, 2002) over outputs, signals and inputs: each is left out, or replaced by
an input, as long as the results still differ. The run is reduced thereafter (`reduced_runs.py`).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from xdsl.dialects.builtin import IntegerAttr, ModuleOp
from xdsl.ir import Block, Operation, SSAValue

from dspc.backends.interp.checks.script import Script
from dspc.backends.interp.definition.scalars import constant_value
from dspc.backends.interp.instance import find_unit
from dspc.dialects.dsp import interface, tables
from dspc.dialects.dsp.arithmetic import ConstantOp
from dspc.dialects.dsp.time import DelayOp, YieldOp
from dspc.dialects.dsp.types import SignalType
from dspc.validation.reduced_runs import reduced_run
from dspc.validation.saved_runs import save_run

SECONDS = 10.0
"""Processor time after which reduction ends."""
KEPT = (interface.BargraphOp, tables.TableWriteOp, YieldOp)
"""Ops that do more than compute their results."""

Fails = Callable[[ModuleOp], bool]


def reduced(module: ModuleOp, script: Script, output: int | None, fails: Fails) -> ModuleOp:
    """The smallest failing module of the search, with the shortest run saved in it.

    `script` is a run in which `module` fails, in an output or else in a meter. Programs of signals
    become smaller, lowered modules keep their ops.
    """
    start = _spent()
    best = module.clone()
    save_run(best, script)

    def has_time() -> bool:
        return _spent() - start < SECONDS

    def is_failing(candidate: ModuleOp) -> bool:
        return has_time() and _is_valid(candidate) and _still_fails(candidate, fails)

    def fails_with(run: Script) -> bool:
        nonlocal best
        if not has_time():
            return False
        candidate = best.clone()
        save_run(candidate, run)
        if _still_fails(candidate, fails):
            best = candidate
            return True
        return False

    if isinstance(find_unit(best), interface.ProgramOp):
        best = _smaller(best, output or 0, is_failing)
        script = _without_inputs(best, script, is_failing)
    reduced_run(script, fails_with)
    return best


def _spent() -> float:
    """The processor time of this process and of the compilers that it has run, in seconds."""
    return sum(os.times()[:4])


def _smaller(module: ModuleOp, output: int, fails: Fails) -> ModuleOp:
    """A program with fewer outputs and signals that fails."""
    best = module
    _fold_delays(best)

    def attempt(change: Callable[[interface.ProgramOp], bool]) -> bool:
        nonlocal best
        candidate = best.clone()
        program = find_unit(candidate)
        assert isinstance(program, interface.ProgramOp)
        if not change(program):
            return False
        _remove_unused(program)
        is_kept = fails(candidate)
        best = candidate if is_kept else best
        return is_kept

    attempt(lambda program: _keep_output(program, output))
    # From the outputs on, so that the operands of a replaced signal are removed with it.
    at = len(_signals(best)) - 1
    while at >= 0:
        for number in range(len(_stand_ins(_signals(best)[at]))):
            if attempt(lambda program, at=at, number=number: _replace(program, at, number)):
                break
        at = min(at, len(_signals(best))) - 1
    return best


def _without_inputs(module: ModuleOp, script: Script, fails: Fails) -> Script:
    """Leave out unused inputs of a program, in place, if it then fails; the script without them."""
    candidate = module.clone()
    kept = _erase_inputs(candidate)
    shorter = replace(script, signal=script.signal[kept])
    save_run(candidate, shorter)
    if len(kept) == script.signal.shape[0] or not fails(candidate):
        return script
    _erase_inputs(module)
    save_run(module, shorter)
    return shorter


def _erase_inputs(module: ModuleOp) -> list[int]:
    """Erase the inputs that nothing reads; the numbers of the others."""
    program = find_unit(module)
    assert isinstance(program, interface.ProgramOp)
    block = program.body.block
    kept = [arg.index for arg in block.args if arg.uses]
    for arg in [arg for arg in block.args if not arg.uses]:
        block.erase_arg(arg)
    return kept


def _fold_delays(module: ModuleOp) -> None:
    """Constant amounts as offsets, which the verifier asks for in recursions."""
    for op in list(module.walk()):
        amount = op.amount.owner if isinstance(op, DelayOp) and op.amount is not None else None
        if not isinstance(op, DelayOp) or not isinstance(amount, ConstantOp):
            continue
        frames = int(constant_value(amount) or 0)
        offset = IntegerAttr(op.offset.value.data + max(frames, 0), 64)
        delay = DelayOp.create(
            operands=[op.signal],
            properties={"offset": offset},
            result_types=[op.results[0].type],
            location=op.location,
        )
        assert op.parent is not None
        op.parent.insert_op_before(delay, op)
        op.results[0].replace_all_uses_with(delay.results[0])
        op.detach()
        op.erase()


def _is_valid(module: ModuleOp) -> bool:
    try:
        module.verify()
    except Exception:  # a verifier may raise anything on a program with ops left out
        return False
    return True


def _still_fails(module: ModuleOp, fails: Fails) -> bool:
    try:
        return fails(module)
    except Exception:  # a smaller program may crash the pass
        return False


def _keep_output(program: interface.ProgramOp, output: int) -> bool:
    end = program.body.block.last_op
    assert end is not None
    if len(end.operands) == 1:
        return False
    program.body.block.insert_op_before(YieldOp.create(operands=[end.operands[output]]), end)
    end.detach()
    end.erase()
    return True


def _signals(module: ModuleOp) -> list[SSAValue]:
    """The signals of the outermost block, in order."""
    program = find_unit(module)
    assert isinstance(program, interface.ProgramOp)
    return _results(program.body.block)


def _results(block: Block) -> list[SSAValue]:
    return [v for op in block.ops for v in op.results if isinstance(v.type, SignalType)]


def _stand_ins(value: SSAValue) -> list[SSAValue]:
    """The replacements of a signal, of its type: operands of its op or region, and inputs."""
    op, block = value.owner, _block_of(value)
    if not isinstance(op, Operation) or block is None or not value.uses:
        return []
    read = [operand for inner in op.walk() for operand in inner.operands]
    outside = [operand for operand in read if _block_of(operand) is block]
    return [
        operand for operand in dict.fromkeys((*outside, *block.args)) if operand.type == value.type
    ]


def _block_of(value: SSAValue) -> Block | None:
    return value.owner if isinstance(value.owner, Block) else value.owner.parent


def _replace(program: interface.ProgramOp, at: int, number: int) -> bool:
    """Replace a signal by one of its stand-ins."""
    value = _results(program.body.block)[at]
    value.replace_all_uses_with(_stand_ins(value)[number])
    return True


def _remove_unused(program: interface.ProgramOp) -> None:
    pending: list[Operation] = list(program.body.block.ops)
    while pending:
        op = pending.pop()
        is_used = isinstance(op, KEPT) or any(result.uses for result in op.results)
        if is_used or op.parent is None:
            continue
        owners = [value.owner for value in op.operands]
        op.detach()
        op.erase()
        pending += [owner for owner in owners if isinstance(owner, Operation)]
