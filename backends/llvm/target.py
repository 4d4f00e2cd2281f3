"""The target `dspc-llvm` for xDSL's tools: `xdsl-opt -t 'dspc-llvm{prefix=osc}'`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.target import Target

from dspc.backends.llvm.printer import LlvmOptions, print_llvm


@dataclass(frozen=True)
class LlvmTarget(Target):
    """Prints a module at the level of loops as LLVM IR."""

    name: ClassVar[str] = "dspc-llvm"
    prefix: str = "mydsp"
    fast: bool = False

    def emit(self, ctx: Context, module: ModuleOp, output: IO[str]) -> None:
        output.write(print_llvm(module, LlvmOptions(self.prefix, self.fast)).text)
