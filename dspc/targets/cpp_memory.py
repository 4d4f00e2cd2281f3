"""The allocator of a C++ class, from the options."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypedDict

from dspc.messages import usage_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp

    from dspc.dialects.dsp_mem.machine import SpaceFacts
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions
    from dspc.targets.cpp_options import CppOptions

SHAPES = ("auto", "original", "info3", "info6")


class MemoryOptions(TypedDict, total=False):
    """The fields of the printer's `ClassOptions` that concern memory."""

    accesses: Mapping[str, tuple[int, int]]
    alignment: int
    sections: Mapping[str, SpaceFacts]
    memory: tuple[str, ...]


def memory_options(module: ModuleOp, options: CompileOptions) -> MemoryOptions:
    """The printer options for `-mem`, `--mem-api`, `--allocator-api` and `--machine`."""
    if interface_of(options):
        return {"accesses": counts(module)}
    machine = options.placed_machine
    if not machine:
        return {}
    from dspc.dialects.dsp_mem.machine import load_machine
    from dspc.figures.memory_map import summary, target_map

    spaces = load_machine(machine).spaces
    sections = {space.value: facts for space, facts in spaces.items() if facts.section}
    lines = summary(target_map(module, options)) if any(f.title for f in spaces.values()) else []
    return {"alignment": line_of(options), "sections": sections, "memory": tuple(lines)}


def interface_of(options: CppOptions) -> str:
    """The memory interface, as `dsp-assign-allocators` calls it; "" for a class of its own."""
    if options.allocator_api:
        return "runtime"
    if options.host_zones or options.zone_parameters:
        return "host-zones"
    if not (options.manager or options.manager_zones):
        return ""
    shape = options.manager_shape
    if shape == "auto":
        from dspc.backends.cpp.manager_shape import installed_shape

        shape = installed_shape(options.architecture_dirs or ())
    if not options.manager_zones:
        return shape
    if shape == "original":
        hint = "select an interface by --mem-api info3 or info6"
        raise usage_error(7, "-mem1 needs a manager with begin, info and end", hint)
    return f"{shape}-zones"


def memory_interface_passes(options: CppOptions, is_placed: bool) -> list[str]:
    """The passes that say who gives the class its arrays, and pack them into zones."""
    interface = interface_of(options)
    assign = [f"dsp-assign-allocators{{interface={interface}}}"] if interface else []
    return [*assign, *zone_passes(options, is_placed)]


def zone_passes(options: CppOptions, is_placed: bool) -> list[str]:
    """The pass that packs arrays into zones; empty for a class without zones."""
    if options.manager_zones or options.host_zones or options.zone_parameters:
        near = f" near={options.near_memory}" if options.near_memory else ""
        return [f"dsp-pack-zones{{by=type threshold={options.zone_threshold}{near}}}"]
    if not is_placed or options.manager or options.allocator_api:
        return []
    return [f"dsp-pack-zones{{by=space threshold=1 line={line_of(options)}}}"]


def line_of(options: LoopOptions) -> int:
    """The bytes of a cache line of the machine, at least 16 (four floats)."""
    from dspc.dialects.dsp_mem.machine import load_machine

    return max(16, load_machine(options.placed_machine or "cpu").line)


def counts(module: ModuleOp) -> dict[str, tuple[int, int]]:
    """The reads and writes of each buffer in a frame, rounded up, by name."""
    from dspc.passes.analysis.accesses import accesses

    return {
        name: (ceil(access.reads), ceil(access.writes)) for name, access in accesses(module).items()
    }


def check_managed(options: CompileOptions) -> None:
    """Refuse invalid and contradictory options for memory; raises DspcError."""
    if options.manager_shape not in SHAPES:
        shapes = ", ".join(SHAPES)
        raise usage_error(8, f"--mem-api is one of {shapes}, not {options.manager_shape}")
    asked = {
        "-mem": options.manager,
        "-mem1": options.manager_zones,
        "-mem2": options.host_zones,
        "-mem3": options.zone_parameters,
        "--allocator-api": options.allocator_api,
    }
    named, *others = [name for name, is_asked in asked.items() if is_asked] or ["--mem-api"]
    if others:
        raise usage_error(7, f"{named} and {others[0]} exclude each other")
    if options.manager_shape != "auto" and named not in ("-mem", "-mem1"):
        raise usage_error(7, "--mem-api requires -mem or -mem1")
    if options.zone_threshold < 1:
        raise usage_error(7, "-fpga-mem-th is at least 1")
    if options.near_memory < 0:
        raise usage_error(7, "-fpga-mem is at least 0")
    if options.host_zones and (options.placed_machine or options.heap != "auto"):
        hint = "leave out -mem2: with --machine, a class has a zone for each space"
        raise usage_error(7, "-mem2 has a zone for each element type, not for each space", hint)
