"""The targets by name; each back end is loaded when it is used."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp

    from dspc.backends.opencl.printer import ClProgram
    from dspc.options import CompileOptions


def _mlir(module: ModuleOp, options: CompileOptions) -> str:
    from dspc.driver import print_module

    return print_module(module)


def _cpp(module: ModuleOp, options: CompileOptions) -> str:
    from dspc.backends.cpp.architecture import find_architecture, insert_class
    from dspc.backends.cpp.klass import CppOptions
    from dspc.backends.cpp.printer import print_cpp
    from dspc.managed import memory_options

    folders = options.architecture_dirs or []
    named = CppOptions(
        class_name=options.class_name,
        super_class=options.super_class,
        virtual=not options.no_virtual,
        namespace=options.namespace or "",
        macros=options.macros,
        options=told_options(options),
        file_name=os.path.basename(options.file or ""),
        **memory_options(module, options),
    )
    # A missing architecture file is the shorter story, so it is looked for first.
    architecture = (
        find_architecture(options.architecture, folders) if options.architecture else None
    )
    code = print_cpp(module, named)
    if architecture is None:
        return code
    inlined = folders if options.inline else None
    return insert_class(architecture, code, options.class_name, options.super_class, inlined)


def _opencl(module: ModuleOp, options: CompileOptions) -> str:
    return opencl_program(module, options).text


def opencl_program(module: ModuleOp, options: CompileOptions) -> ClProgram:
    """A module printed in OpenCL C, with what a host has to know of it."""
    from dspc.backends.opencl.placement import DEFAULT_CAPACITIES
    from dspc.backends.opencl.printer import ClOptions, print_opencl
    from dspc.dialects.dsp_mem.machine import load_machine

    capacities = DEFAULT_CAPACITIES
    if options.machine:
        spaces = load_machine(options.machine).spaces
        capacities = {s: spaces[s].bytes if s in spaces else 0 for s in DEFAULT_CAPACITIES}
    chosen = ClOptions(
        options.class_name, options.heap, options.device, capacities, options.heap_storage
    )
    return print_opencl(module, chosen)


def _llvm(module: ModuleOp, options: CompileOptions) -> str:
    from dspc.backends.llvm.printer import LlvmOptions, print_llvm

    return print_llvm(module, LlvmOptions(options.class_name, options.fast_math)).text


def _interp(module: ModuleOp, options: CompileOptions) -> str:
    from dspc.backends.interp.standalone import print_python

    return print_python(module)


def told_options(options: CompileOptions) -> str:
    """The options that shape the code, as the generated class tells them to its host."""
    words = ["-lang cpp", "-double" if options.double else "-single"]
    if options.vec or options.threads:
        words.append(f"-vec -lv {options.loop_variant} -vs {options.chunk}")
        flags = {"-omp": options.omp, "-sch": options.sch}
        flags |= {"-g": options.group_tasks, "-pl": options.par_loop}
        words.extend(flag for flag, given in flags.items() if given)
    else:
        words.append("-scal")
    if options.delay_line_threshold is not None:
        words.append(f"-dlt {options.delay_line_threshold}")
    for name, is_asked in (
        ("-mem", options.manager),
        ("-mem1", options.manager_zones),
        ("-mem2", options.host_zones),
    ):
        if is_asked:
            words.append(name)
    if options.class_name != "mydsp":
        words.append(f"-cn {options.class_name}")
    if options.super_class != "dsp":
        words.append(f"-scn {options.super_class}")
    return " ".join(words)


TARGETS: dict[str, Callable[[ModuleOp, CompileOptions], str]] = {
    "cpp": _cpp,
    "opencl": _opencl,
    "interp": _interp,
    "llvm": _llvm,
    "mlir": _mlir,
}
"""Target name -> the text of a module at the level of loops."""
