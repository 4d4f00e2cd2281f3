"""`dsp-find-firs`: recognises FIR filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp import interface
from dspc.dialects.dsp.forms import LineForm
from dspc.dialects.dsp.partition import FIR, FirOp, LineOp, declarations, erase
from dspc.dialects.dsp_mem.processor_model import DEFAULT
from dspc.passes.packing.units import units_of
from dspc.passes.packing.written import read_packs
from dspc.passes.partition.fir import LEAST_TAPS
from dspc.passes.partition.shared_analyses import GRAPHS
from dspc.passes.partition.written_firs import select_firs, write_firs


@dataclass(frozen=True)
class DspFindFirs(ModulePass):
    """Marks sums of 16 or more consecutive delays of one signal, each times a coefficient that is
    constant in a call.

    A `dsp.fir` is declared for each such FIR filter, and named by its additions and products. They
    will be computed for up to eight vectors of frames at a time, each coefficient loaded once for
    all of them. The delay line must be copied before each chunk (dsp-choose-chunk), and a chunk be
    a whole number of vectors of at least four lanes.

    Ops in recursions and packs stay what they are, as do programs without `dsp.chunk`, and those
    whose chunks several threads compute. Earlier FIR filters are dropped.
    """

    name = "dsp-find-firs"
    TAKES: ClassVar[tuple[str, ...]] = ("signals",)

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        for program in op.body.block.ops:
            if not isinstance(program, interface.ProgramOp):
                continue
            erase(program.body.block, FirOp, (FIR,))
            graph = GRAPHS.of(program, DEFAULT) if may_have_firs(program) else None
            if graph is not None:
                units = units_of(graph, read_packs(graph))
                write_firs(graph, select_firs(graph, units))


def may_have_firs(program: interface.ProgramOp) -> bool:
    """Whether a delay line is copied and long enough for a FIR filter: a cheap filter."""
    return any(
        isinstance(op, LineOp)
        and op.form.data is LineForm.COPIED
        and op.depth.value.data >= LEAST_TAPS - 1
        for op in declarations(program.body.block)
    )
