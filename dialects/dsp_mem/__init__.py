"""The `dsp_mem` dialect: memory spaces, the buffers of a lowered program, and heaps.

See docs/memory.md. `machine.py` reads machine descriptions; `allocators/` has a class for each
allocator.
"""

from xdsl.ir import Dialect

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
from dspc.dialects.dsp_mem.heaps import (
    AllocOp,
    CopyOp,
    EndOp,
    FreeOp,
    HeapInitOp,
    ReallocOp,
    ScopeOp,
    WaitOp,
)

DspMem = Dialect(
    "dsp_mem",
    [
        BufferOp,
        GetOp,
        HeapInitOp,
        AllocOp,
        ReallocOp,
        FreeOp,
        CopyOp,
        WaitOp,
        EndOp,
        ScopeOp,
    ],
    [SpaceAttr, LifetimeAttr, RoleAttr],
)

__all__ = ["BufferOp", "DspMem", "GetOp", "Lifetime", "Role", "Space", "SpaceAttr"]
