"""The target `mlir`: the module in MLIR's textual form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.targets.base import Target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions


class MlirTarget(Target):
    """MLIR: prints the module at the level of loops."""

    name = "mlir"
    has_vectors = True
    stages_copies = True

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.printing import print_module

        return print_module(module)
