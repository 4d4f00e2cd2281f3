"""What errors tell of a mismatch besides its values: op, controls, and the file to reproduce it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from xdsl.dialects import memref, vector
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation, SSAValue

from dspc.backends.interp.checks.error_bounds import Difference
from dspc.backends.interp.checks.script import Script, controls_at
from dspc.backends.interp.instance import InstanceWidget, find_unit
from dspc.dialects.dsp import interface
from dspc.output import write_all
from dspc.pipelines.printing import print_module
from dspc.support.diagnostics import DspcError, Note
from dspc.support.texts import text_bytes
from dspc.validation.runs import Runs

HINT = "this is an error in the compiler, not in the program: please report it"


def place_of(difference: Difference, runs: Runs) -> str:
    """The output or meter that differs, in words."""
    if difference.meter is None:
        return f"output {difference.output}"
    paths = {widget.symbol: widget.path for widget in runs.widgets}
    return f"meter {paths[runs.meters[difference.meter]]}"


def op_note(op: Operation) -> Note:
    """Names the op that computes a value that differs."""
    hint = op.results[0].name_hint if op.results else None
    named = f" of {hint}" if hint else ""
    return Note(f"the first value that differs is that of {op.name}{named}")


def control_notes(script: Script, widgets: Sequence[InstanceWidget], frame: int) -> list[Note]:
    """The values of the controls in a frame, if there are controls."""
    controls = controls_at(script, widgets, frame)
    values = ", ".join(f"{name}={value:g}" for name, value in controls.items())
    return [Note(f"with the controls {values}")] if controls else []


def reproducing_notes(
    module: ModuleOp, folder: Callable[[], str], name: str, options: str
) -> list[Note]:
    """Write a module with a saved run, below the command that validates it, and name the file."""
    try:
        path = os.path.join(folder(), f"{name}.mismatch.mlir")
        command = f"dspc {options} {path}"
        write_all([(path, text_bytes(f"// {command}\n{print_module(module)}\n"))])
    except (OSError, DspcError) as error:
        return [Note(f"the reduced program could not be written: {error}")]
    unit = find_unit(module)
    counted = unit if isinstance(unit, interface.ProgramOp) else module
    count = sum(1 for _ in counted.walk())
    frames = Runs(module).scripts[0].frames
    sizes = f"a program of {count} ops, {frames} frames"
    return [Note(f"to reproduce it with {sizes}: {command}")]


def source_of(module: ModuleOp, output: int) -> Operation | None:
    """The op that computes an output: in a lowered module the first that is stored in its row."""
    unit = find_unit(module)
    if isinstance(unit, interface.ProgramOp):
        owner = unit.outputs()[output].owner
        return owner if isinstance(owner, Operation) else None
    for op in module.ops:
        if isinstance(op, FuncOp) and op.sym_name.data == "compute" and op.body.blocks:
            rows = op.body.block.args
            at = len(rows) - unit.outputs.value.data + output
            return _stored(rows[at])
    return None


def _stored(row: SSAValue) -> Operation | None:
    """The op whose value is stored in a row or a window of it, or the store; None without one."""
    pending = [row]
    while pending:
        value = pending.pop()
        for use in value.uses:
            op = use.operation
            if isinstance(op, memref.StoreOp | vector.StoreOp) and use.index == 1:
                stored = op.operands[0].owner
                return stored if isinstance(stored, Operation) else op
            pending += [one for one in op.results if one.type == value.type]
    return None
