"""The `dsp_mem` dialect: memory spaces, and the buffers of a lowered program.

Placement, allocators and heaps build on it; docs/architecture.md, section "Memory".
"""

from dspc.dialects.dsp_mem.buffers import (
    BufferOp,
    GetOp,
    Lifetime,
    LifetimeAttr,
    Role,
    RoleAttr,
    Space,
    SpaceAttr,
)
from xdsl.ir import Dialect

DspMem = Dialect("dsp_mem", [BufferOp, GetOp], [SpaceAttr, LifetimeAttr, RoleAttr])

__all__ = ["BufferOp", "DspMem", "GetOp", "Lifetime", "Role", "Space", "SpaceAttr"]
