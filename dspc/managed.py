"""Who gives a C++ class its memory, as the options have it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypedDict

from dspc.diagnostics import usage_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp

    from dspc.options import CompileOptions

SHAPES = ("auto", "original", "info3", "info6")


class MemoryOptions(TypedDict, total=False):
    """The parts of `CppOptions` that this module answers."""

    memory: str
    accesses: Mapping[str, tuple[int, int]]


def memory_options(module: ModuleOp, options: CompileOptions) -> MemoryOptions:
    """What `-mem`, `--mem-api` and `--allocator-api` say, for the printer of C++."""
    if options.allocator_api:
        memory = "allocator"
    elif not options.manager:
        return {}
    elif options.manager_shape != "auto":
        memory = options.manager_shape
    else:
        from dspc.backends.cpp.manager_shape import installed_shape

        memory = installed_shape(options.architecture_dirs or ())
    return {"memory": memory, "accesses": counts(module)}


def counts(module: ModuleOp) -> dict[str, tuple[int, int]]:
    """Reads and writes of each buffer in a frame, by its name."""
    from dspc.passes.analysis.accesses import accesses

    return {
        name: (ceil(access.reads), ceil(access.writes)) for name, access in accesses(module).items()
    }


def check_managed(options: CompileOptions) -> None:
    """Refuse what contradicts itself; raises DspcError."""
    if options.manager_shape not in SHAPES:
        there = ", ".join(SHAPES)
        raise usage_error(8, f"--mem-api is one of {there}, not {options.manager_shape}")
    if options.manager and options.allocator_api:
        raise usage_error(7, "-mem and --allocator-api exclude each other")
    if options.manager_shape != "auto" and not options.manager:
        raise usage_error(7, "--mem-api goes with -mem")
    if options.target != "cpp":
        named = "-mem" if options.manager else "--allocator-api"
        raise usage_error(7, f"{named} goes with the target cpp, not with {options.target}")
