"""The target `c`: a struct and functions in C99, by Faust's C interface."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dspc.messages import usage_error
from dspc.targets.base import OptionsT, Target

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions
    from dspc.targets.base import Instance


class C99Target(Target):
    """C99: prints functions for Faust's C architecture files."""

    name = "c"
    ending = ".c"
    endings = (".c", ".h", ".inc")
    shared = frozenset((
        "architecture", "manager", "one_sample", "external_control", "host_zones",
        "zone_threshold", "near_memory",
    ))  # fmt: skip
    only = {"zone_parameters": "-mem3"}
    printing = {"class_name": "mydsp"}

    def check(self, options: CompileOptions) -> None:
        from dspc.targets.checked_names import check_c_names
        from dspc.targets.sample_options import check_sample_options

        check_c_names(options)
        check_sample_options(options)
        if options.names_manager():
            from dspc.targets.cpp_memory import check_managed

            check_managed(options)
        if options.threads:
            raise usage_error(7, "-omp and -sch require the target cpp or opencl, not c")
        if options.placed_machine or options.heap != "auto":
            message = "C99 code has its memory in one struct"
            hint = "--machine and --heap require the target cpp, opencl or llvm"
            raise usage_error(7, message, hint)

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        from dspc.targets.sample_options import adapted

        return super().adapt(adapted(options), voices)

    def early_passes(self, options: LoopOptions) -> list[str]:
        from dspc.targets.sample_options import sample_passes

        return sample_passes(options)

    def passes(self, options: LoopOptions, is_placed: bool) -> list[str]:
        from dspc.targets.cpp_memory import memory_interface_passes
        from dspc.targets.cpp_options import CppOptions

        if not isinstance(options, CppOptions) or options.manager:
            return []
        return memory_interface_passes(options, is_placed)

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.backends.c99.printer import CNames, print_c99
        from dspc.backends.cpp.architecture import find_architecture, insert_class

        folders = options.architecture_dirs or []
        architecture = (
            find_architecture(options.architecture, folders) if options.architecture else None
        )
        file_name = os.path.basename(options.file or "")
        names = CNames(options.class_name, options.command_line(), file_name)
        names = replace(names, is_managed=options.manager, passes_zones=options.zone_parameters)
        code = print_c99(module, names)
        if architecture is None:
            return code
        # `newmydsp` and the like in the file's text are named after the struct as well.
        renamed = re.sub(r"mydsp\b", options.class_name, architecture.text)
        architecture = replace(architecture, text=renamed)
        inlined = folders if options.inline else None
        return insert_class(architecture, code, options.class_name, inline=inlined)

    def open_printed(
        self, module: ModuleOp, rate: int, folder: str, run: int = 0, **settings: Any
    ) -> Instance:
        from dspc.running.c_programs import open_c99

        return open_c99(module, rate, folder)
