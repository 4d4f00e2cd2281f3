"""The target `dspc-cpp` for xDSL's tools: `xdsl-opt -t 'dspc-cpp{class_name=osc}'`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, ClassVar

from xdsl.context import Context
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.target import Target

from dspc.backends.cpp.klass import CppOptions
from dspc.backends.cpp.printer import print_cpp


@dataclass(frozen=True)
class CppTarget(Target):
    """Prints a module at the level of loops as a C++ class."""

    name: ClassVar[str] = "dspc-cpp"
    class_name: str = "mydsp"
    super_class: str = "dsp"
    virtual: bool = True

    def emit(self, ctx: Context, module: ModuleOp, output: IO[str]) -> None:
        options = CppOptions(self.class_name, self.super_class, self.virtual)
        output.write(print_cpp(module, options))
