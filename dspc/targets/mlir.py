"""The target `mlir`: the program in MLIR's upstream dialects, as text for `mlir-opt`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dspc.targets.base import Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions


class MlirTarget(Target):
    """MLIR: func, scf, arith, math, memref and vector, and omp for threads (MLIR 19)."""

    name = "mlir"
    ending = ".mlir"
    endings = (".mlir",)
    has_vectors = True
    printing = {"prefix": "mydsp"}

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.backends.mlir.upstream import upstream_module
        from dspc.pipelines.printing import print_module

        return print_module(upstream_module(module, options.class_name))

    def printing_options(self, printing: Mapping[str, Any]) -> dict[str, Any]:
        return {"class_name": printing["prefix"]}
