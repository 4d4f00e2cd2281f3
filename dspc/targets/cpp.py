"""The target `cpp`: a class for Faust's architecture files."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dspc.targets.base import Instance, OptionsT, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp
    from xdsl.ir import Operation

    from dspc.backends.c.trace import NoTrace
    from dspc.backends.common.layout import LayoutItem
    from dspc.backends.cpp.class_text import ClassOptions
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions


class CppTarget(Target):
    """C++: prints a class, and runs it by a C++ compiler."""

    name = "cpp"
    plays_live = True
    ending = ".cpp"
    endings = (
        *(".cpp", ".cc", ".cxx", ".c++", ".C", ".h", ".hh", ".hpp", ".hxx", ".h++"),
        *(".inl", ".inc", ".ipp", ".ino", ".mm", ".cu"),
    )
    has_vectors = True
    stages_copies = True
    only = {
        "manager": "-mem",
        "manager_zones": "-mem1",
        "host_zones": "-mem2",
        "allocator_api": "--allocator-api",
        "manager_shape": "--mem-api",
        "zone_threshold": "-fpga-mem-th",
        "near_memory": "-fpga-mem",
        "architecture": "-a",
        "compute_mix": "-cm",
        "one_sample": "-os",
        "external_control": "-ec",
        "inject": "-inj",
        "fast_functions": "-fm",
    }
    printing = {"class_name": "mydsp", "super_class": "dsp", "virtual": True}

    def option_table(self) -> type[LoopOptions]:
        from dspc.targets.cpp_options import CppOptions

        return CppOptions

    def check(self, options: CompileOptions) -> None:
        from dspc.targets.checked_names import check_cpp_names
        from dspc.targets.sample_options import check_sample_options

        check_cpp_names(options)
        check_sample_options(options)
        if options.names_manager():
            from dspc.targets.cpp_memory import check_managed

            check_managed(options)

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        from dspc.targets.sample_options import adapted

        return super().adapt(adapted(options), voices)

    def early_passes(self, options: LoopOptions) -> list[str]:
        from dspc.targets.sample_options import sample_passes

        return sample_passes(options)

    def passes(self, options: LoopOptions, is_placed: bool) -> list[str]:
        from dspc.targets.cpp_memory import memory_interface_passes
        from dspc.targets.cpp_options import CppOptions

        # Only printed classes have zones: `open` runs without a host that allocates them.
        if not isinstance(options, CppOptions):
            return []
        return memory_interface_passes(options, is_placed)

    def traced_text(
        self, module: ModuleOp, options: CompileOptions
    ) -> tuple[list[str], list[list[Operation]]]:
        from dspc.backends.c.trace import LineTrace

        trace = LineTrace()
        return trace.split(self._text(module, options, trace))

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        from dspc.backends.c.trace import NoTrace

        return self._text(module, options, NoTrace())

    def _text(self, module: ModuleOp, options: CompileOptions, trace: NoTrace) -> str:
        from dspc.backends.cpp.architecture import find_architecture, insert_class
        from dspc.backends.cpp.printer import print_cpp

        folders = options.architecture_dirs or []
        named = replace(_printing(module, options), trace=trace)
        # The architecture file is looked up first, so that a missing one is reported early.
        architecture = (
            find_architecture(options.architecture, folders) if options.architecture else None
        )
        code = print_cpp(module, named)
        if architecture is None:
            return code
        inlined = folders if options.inline else None
        return insert_class(architecture, code, options.class_name, options.super_class, inlined)

    def layout(self, module: ModuleOp, options: CompileOptions) -> tuple[LayoutItem, ...]:
        from dspc.backends.cpp.printer import memory_layout
        from dspc.targets.cpp_memory import interface_of

        return memory_layout(module, _printing(module, options)) if interface_of(options) else ()

    def printing_options(self, printing: Mapping[str, Any]) -> dict[str, Any]:
        chosen = dict(printing)
        return {"no_virtual": not chosen.pop("virtual", True), **chosen}

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        from dspc.backends.cpp.native import NativeInstance

        return NativeInstance(module, rate, folder=folder)

    def compiler(self) -> str:
        from dspc.backends.cpp.build import described, user_flags

        return described(user_flags())

    def open_timed(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        from dspc.backends.cpp.build import user_flags
        from dspc.backends.cpp.native import NativeInstance

        return NativeInstance(module, rate, user_flags(), folder)

    def open_printed(
        self, module: ModuleOp, rate: int, folder: str, run: int = 0, **settings: Any
    ) -> Instance:
        """Every second run is that of a processor with the smallest registers."""
        from dspc.backends.cpp.native import NARROW, NativeInstance, has_vectors

        if run % 2 and has_vectors(module):
            return NativeInstance(module, rate, NARROW, folder)
        return self.open(module, rate, folder, **settings)


def _printing(module: ModuleOp, options: CompileOptions) -> ClassOptions:
    """The options of the printer."""
    from dspc.backends.cpp.class_text import ClassOptions
    from dspc.targets.cpp_memory import memory_options

    return ClassOptions(
        class_name=options.class_name,
        super_class=options.super_class,
        virtual=not options.no_virtual,
        namespace=options.namespace or "",
        macros=options.macros,
        mixes=options.compute_mix,
        fast_functions=options.fast_functions or "",
        options=options.command_line(),
        file_name=os.path.basename(options.file or ""),
        **memory_options(module, options),
    )
