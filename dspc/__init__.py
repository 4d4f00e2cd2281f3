"""dspc: a compiler for digital signal processing, from the Faust language to running code.

`dspc.compile` returns generated code, `dspc.load` a callable. The compiler is imported on use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dspc.api import Processor, Program, compile, load
    from dspc.dialects.diagnostics import DspcError

__all__ = ["DspcError", "Processor", "Program", "compile", "load"]


def __getattr__(name: str) -> Any:
    if name == "DspcError":
        from dspc.dialects import diagnostics

        return diagnostics.DspcError
    if name in __all__:
        from dspc import api

        return getattr(api, name)
    raise AttributeError(f"module 'dspc' has no attribute {name!r}")
