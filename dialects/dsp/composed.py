"""Ops on signals of other packages that stand for ops of the `dsp` dialect.

As by `decomposeOperation` of MLIR's aggregated ops, such an op gives the ops that it stands for,
which define it in the interpreter, and thereby under `--validate`. Analyses take it as an op whose
result may be anything; a pass of its package replaces it before signals are lowered to loops.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Operation
from xdsl.rewriter import Rewriter

from dspc.dialects.dsp.base import SignalOp
from dspc.dialects.dsp.interface import ProgramOp
from dspc.dialects.places import span_of
from dspc.support.diagnostics import DspcError


class ComposedOp(SignalOp):
    """An op on signals that stands for others, which `decompose` makes."""

    @abstractmethod
    def decompose(self) -> Sequence[Operation]:
        """New ops on the operands of this op, in order; the results of the last are its results."""


def decomposed(module: ModuleOp) -> ModuleOp:
    """The module, or a copy without `ComposedOp`s in its programs.

    Raises DspcError E0502 for an op that decomposes into results of other types.
    """
    if not _composed(module):
        return module
    copy = module.clone()
    while found := _composed(copy):
        for op in found:
            made = op.decompose()
            results = made[-1].results if made else ()
            if [value.type for value in results] != [value.type for value in op.results]:
                message = f"{op.name} decomposes into results of other types"
                raise DspcError("E0502", message, span_of(op))
            Rewriter.replace_op(op, made)
    return copy


def _composed(module: ModuleOp) -> list[ComposedOp]:
    programs = [op for op in module.body.block.ops if isinstance(op, ProgramOp)]
    return [op for one in programs for op in one.body.walk() if isinstance(op, ComposedOp)]
