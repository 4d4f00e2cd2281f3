"""`dsp-pack-zones`: gives arrays their places in the few blocks of memory that a host gives."""

from __future__ import annotations

from dataclasses import dataclass

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.diagnostics import DspcError
from dspc.passes.placement.zones import KINDS, pack_zones


@dataclass(frozen=True)
class DspPackZones(ModulePass):
    """Packs arrays into zones: blocks of memory that a C++ class gets from its host.

        dsp_mem.buffer @d : memref<4096xf32> instance state
          -->  dsp_mem.buffer @d : memref<4096xf32> instance state
                 {zone = "fZone", zone_offset = 1024 : i64}

    `by` is `type`: one zone for each kind of number (`iZone`, `fZone`), with all tables and arrays
    of at least `threshold` elements; or `space`: one for each space that was chosen for arrays of
    an instance, with the arrays that lie there. Arrays of at least `line` bytes begin at multiples
    of it. What is never needed at the same time shares memory: scratch of a call, and that of the
    generators of tables with what is cleared after they ran.
    """

    name = "dsp-pack-zones"
    by: str = "type"
    threshold: int = 4
    line: int = 1

    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.by not in KINDS or self.threshold < 1 or self.line < 1:
            told = f"by is one of {', '.join(KINDS)}; threshold and line are at least 1"
            raise DspcError("E0604", told, exit_status=2)
        pack_zones(op, self.by, self.threshold, self.line)
