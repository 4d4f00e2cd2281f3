"""`dsp-place-allocations`: assigns every buffer a space, an allocator and an offset."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.machine import load_machine
from dspc.passes.placement.model import DoesNotFitError
from dspc.passes.placement.problem import housing, misfit_error, write_places
from dspc.passes.placement.solve import WORK, solve
from dspc.support.diagnostics import DspcError


@dataclass(frozen=True)
class DspPlaceAllocations(ModulePass):
    """Places the buffers of a lowered module on a machine at the least access cost per block.

    `heap` is `auto`, one space for all buffers (`ddr`, `msmc`, `static`), or `l2`: buffers are
    staged in l2 wherever their copies fit. `block` is the number of frames of a call. `work` bounds
    the exact search by CP-SAT's deterministic time (a unit is about three seconds of a core), which
    gives the same places in each run; `time-limit` is an upper bound in seconds. With either 0
    there is no exact search. Without `copies` no buffer is staged, nor scratch kept in l2. With
    `levels`, each level of threads becomes a kernel: scratch must persist from one to the next.
    """

    name = "dsp-place-allocations"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")
    MAKES: ClassVar[str] = "mem"
    machine: str = "cpu"
    heap: str = "auto"
    block: int = 512
    time_limit: float = 30.0
    work: float = WORK
    copies: bool = True
    levels: bool = False

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.block < 1 or self.time_limit < 0 or self.work < 0:
            message = "block is at least 1, time-limit and work at least 0"
            raise DspcError("E0604", message, exit_status=2)
        machine = load_machine(self.machine)
        housed = housing(op, machine, self.heap, self.block, self.copies, self.levels)
        try:
            answer = solve(housed.problem, self.time_limit, self.work)
        except DoesNotFitError as fault:
            raise misfit_error(housed, fault) from None
        write_places(housed, answer)
