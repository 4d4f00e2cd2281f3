"""`dsp-fit-registers`: values of a loop beyond the machine's registers stay in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.dialects.scf import ForOp
from xdsl.passes import ModulePass

from dspc.dialects.dsp_mem.machine import processor_named
from dspc.dialects.places import located
from dspc.passes.registers.homes import Homes, constants_of, states_of
from dspc.passes.registers.pressure import Pressure
from dspc.passes.registers.rewriting import rewrite


@dataclass(frozen=True)
class DspFitRegisters(ModulePass):
    """Leaves in memory what loops over frames have no floating-point registers for.

    Where more values are live than the processor of `machine` has registers, a compiler copies
    states and constants of the instance to the stack before the loop, uses the copies, and copies
    states back. This pass spills them to where they are: a state is loaded before its first use in
    a frame and stored as soon as its next value is known, and a constant is loaded where it is
    used. Those with the longest live ranges are spilled first (M. Poletto and V. Sarkar, Linear
    scan register allocation, ACM TOPLAS 21, 1999). Functions leave only the registers that they
    preserve.
    """

    name = "dsp-fit-registers"
    TAKES: ClassVar[tuple[str, ...]] = ("loops",)
    machine: str | None = None

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        processor = processor_named(self.machine)
        for function in op.ops:
            if not isinstance(function, FuncOp) or function.sym_name.data != "compute":
                continue
            loops = [one for one in function.walk() if isinstance(one, ForOp)]
            around = {one.parent_op() for one in loops}
            homes = Homes(op, function)
            for loop in loops:
                if loop in around:
                    continue
                pressure = Pressure(loop, processor)
                spilled = pressure.spill(states_of(loop, homes), constants_of(loop, homes))
                rewrite(loop, pressure.ranges, spilled)
