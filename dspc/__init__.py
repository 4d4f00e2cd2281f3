"""dspc: a compiler for digital signal processing, from the Faust language to running code.

`dspc.compile` returns generated code, `dspc.load` a callable. The compiler is imported on use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dspc.api import Program, compile, load, pipeline
    from dspc.running.many import render_many
    from dspc.running.processor import Processor
    from dspc.support.diagnostics import DspcError, DspcWarning

    __version__: str

__all__ = [
    "DspcError", "DspcWarning", "Processor", "Program", "compile", "load", "pipeline",
    "render_many",
]  # fmt: skip

_MODULES = {
    "DspcError": "dspc.support.diagnostics",
    "DspcWarning": "dspc.support.diagnostics",
    "Processor": "dspc.running.processor",
    "render_many": "dspc.running.many",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from dspc.support.version import VERSION

        return VERSION
    if name not in __all__:
        raise AttributeError(f"module 'dspc' has no attribute {name!r}")
    return getattr(import_module(_MODULES.get(name, "dspc.api")), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
