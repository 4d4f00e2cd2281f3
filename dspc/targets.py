"""The targets by name; each back end is loaded when it is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


def _mlir(module: ModuleOp, options: CompileOptions) -> str:
    from dspc.driver import print_module

    return print_module(module)


TARGETS: dict[str, Callable[[ModuleOp, CompileOptions], str]] = {"mlir": _mlir}
"""Target name -> the text of a module at the level of loops."""
