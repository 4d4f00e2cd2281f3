"""`dsp-pack-zones`: assigns arrays offsets in the memory blocks that a host provides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.passes import ModulePass

from dspc.dialects.places import located
from dspc.passes.placement.zone_packing import KINDS, pack_zones
from dspc.support.diagnostics import DspcError


@dataclass(frozen=True)
class DspPackZones(ModulePass):
    """Packs arrays into zones: blocks of memory that the host passes to a C++ class.

    `by` is `type`: one zone for each element type (`iZone`, `fZone`), with all tables and arrays
    of at least `threshold` elements, except for the smallest of the instance, with `near` elements
    in all; or `space`: one for each space that placement chose for instance arrays, with the arrays
    of that space. Arrays of at least `line` bytes are aligned to it. Buffers with disjoint live
    ranges share memory: scratch of a call, and that of table generators with state that is cleared
    after they ran.
    """

    name = "dsp-pack-zones"
    TAKES: ClassVar[tuple[str, ...]] = ("loops", "par", "mem")
    by: str = "type"
    threshold: int = 4
    near: int = 0
    line: int = 1

    @located
    def apply(self, ctx: Context, op: ModuleOp) -> None:
        if self.by not in KINDS or min(self.threshold, self.line) < 1 or self.near < 0:
            message = f"by is one of {', '.join(KINDS)}; threshold and line are at least 1, near 0"
            raise DspcError("E0604", message, exit_status=2)
        pack_zones(op, self.by, self.threshold, self.line, self.near)
