"""`dsp-simplify`: rebuilds a signal program through the simplifying builder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp.emit import emit_program
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.dsp.read import read_program
from dspc.dialects.places import located


@dataclass(frozen=True)
class DspSimplify(ModulePass):
    """Common subexpression elimination, constant folding, dead code elimination, and gathering of
    slow factors.

    The rules are in `dialects/dsp/rules.py`. Integer results are bit-identical; floating-point
    results may differ by some units in the last place. Ops of other packages that make one signal
    are kept as they are; equal ones without side effects are shared.
    """

    name = "dsp-simplify"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)
    REASSOCIATES: ClassVar[bool] = True
    """Validation allows small differences."""

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        programs = [program for program in op.body.block.ops if isinstance(program, ProgramOp)]
        for program in programs:
            rebuilt = emit_program(read_program(program)).body.block.first_op
            assert rebuilt is not None
            rebuilt.detach()
            rebuilt.location = program.location
            op.body.block.insert_op_before(rebuilt, program)
            program.detach()
            program.erase()
