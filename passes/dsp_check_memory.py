"""`dsp-check-memory`: rejects programs that violate a memory rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.machine import load_machine
from dspc.passes.analysis.heap_rules import HeapRules
from dspc.passes.placement.check_module import check_places


@dataclass(frozen=True)
class DspCheckMemory(ModulePass):
    """Checks heap use by data-flow analysis, and the placement of buffers on a machine.

    Changes nothing. Raises DspcError E0606, with the source location, for use after
    free, double free, leaks, heaps used before initialisation, l2 memory that outlives its kernel,
    and the like; E0607 for placed buffers that overlap, are misaligned, or exceed their space.
    """

    name = "dsp-check-memory"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")
    machine: str = "cpu"

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        HeapRules(op).check()
        check_places(op, load_machine(self.machine))
