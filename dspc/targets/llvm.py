"""The target `llvm`: LLVM IR, machine code with a C header, and just-in-time compilation."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.targets.base import Instance
from dspc.targets.llvm_family import LlvmFamily

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions


class LlvmImages:
    """Printed LLVM IR with the data of an instance."""

    def make(self, module: ModuleOp, **settings: Any) -> Any:
        from dspc.backends.llvm.instance import image_of

        image = image_of(module, settings.get("fast", False))
        return None if image.foreign else image

    def sources(self) -> list[str]:
        from dspc.backends.llvm.image import SOURCES

        return [str(path) for path in SOURCES]

    def open(self, image: Any, rate: int, folder: str) -> Instance:
        from dspc.backends.llvm.instance import LlvmInstance

        return LlvmInstance(image, rate, folder=folder)


class LlvmTarget(LlvmFamily):
    """LLVM: prints IR, writes object files by llvmlite, and runs just-in-time compiled code."""

    name = "llvm"
    plays_live = True
    ending = ".ll"
    endings = (".ll", ".bc", ".o", ".s")
    is_level = True
    images = LlvmImages()
    only = {"triple": "--triple"}

    def option_table(self) -> type[LoopOptions]:
        from dspc.targets.llvm_options import LlvmOptions

        return LlvmOptions

    def check(self, options: CompileOptions) -> None:
        super().check(options)
        if options.triple and machine_form(options) is None:
            raise usage_error(7, "--triple requires --target llvm and -o FILE.o, .s or .bc")

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.backends.llvm.printer import LlvmPrinting, print_llvm

        printing = LlvmPrinting(
            options.class_name, options.fast_math, command_line=options.command_line()
        )
        program = print_llvm(module, printing)
        if machine_form(options) in ("o", "s"):
            from dspc.backends.llvm.foreign import warn_of_unknown

            warn_of_unknown(program.foreign)
        return program.text

    def output_files(
        self, text: str, path: str, options: CompileOptions
    ) -> list[tuple[str, bytes]]:
        from dspc.targets.llvm_files import machine_files

        return machine_files(text, path, machine_form(options), options.triple)

    def settings(self, options: LoopOptions, is_placed: bool) -> dict[str, Any]:
        return {"fast": options.fast_math}

    def compiler(self) -> str:
        from dspc.backends.llvm.jit import host_key

        return f"LLVM\n{host_key()}"

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        from dspc.backends.llvm.instance import LlvmInstance

        return LlvmInstance(module, rate, settings.get("fast", False), folder)


def machine_form(options: CompileOptions) -> str | None:
    """The kind of machine code by the extension of the output file (o, s or bc), or None."""
    if options.output is None or not options.prints_target:
        return None
    suffix = os.path.splitext(options.output)[1].lower()
    return suffix[1:] if suffix in (".o", ".s", ".bc") else None
