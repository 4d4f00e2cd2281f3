"""What `dspc` lets say about a C++ class: its names, and who gives it memory."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, OptionalTexts, option


@dataclass(frozen=True)
class CppOptions(LoopOptions):
    """The options of the target for C++."""

    architecture: Annotated[
        OptionalText,
        option("-a", "--architecture", metavar="FILE", help="Wrap in this architecture file."),
    ] = None
    architecture_dirs: Annotated[
        OptionalTexts,
        option(
            "-A", "--architecture-dir", metavar="DIR", help="Look for architecture files here, too."
        ),
    ] = None
    inline: Annotated[
        bool,
        option(
            "-i", "--inline-architecture-files", help="Copy the architecture's includes in as well."
        ),
    ] = False
    super_class: Annotated[
        str, option("-scn", "--super-class-name", metavar="NAME", help="Its base class [dsp].")
    ] = "dsp"
    no_virtual: Annotated[
        bool, option("-nvi", "--no-virtual", help="Declare no method virtual.")
    ] = False
    namespace: Annotated[
        OptionalText, option("-ns", "--namespace", metavar="NAME", help="Its C++ namespace.")
    ] = None
    macros: Annotated[
        bool,
        option("-uim", "--user-interface-macros", help="Tell the widgets in macros, too."),
    ] = False
    manager: Annotated[
        bool,
        option("-mem", "-mem0", "--memory-manager", help="Arrays come from a dsp_memory_manager."),
    ] = False
    manager_zones: Annotated[
        bool,
        option("-mem1", "--memory-manager1", help="The same, packed in the zones iZone and fZone."),
    ] = False
    host_zones: Annotated[
        bool, option("-mem2", "--memory-manager2", help="Zones that the host gives with setMemory.")
    ] = False
    zone_threshold: Annotated[
        int,
        option(
            "-fpga-mem-th",
            "--fpga-mem-th",
            metavar="N",
            help="With -mem1 and -mem2, shorter arrays stay in the object [4].",
        ),
    ] = 4
    manager_shape: Annotated[
        str,
        option(
            "--mem-api",
            metavar="auto|original|info3|info6",
            help="The manager's shape; auto: as the installed Faust headers have it [auto].",
        ),
    ] = "auto"
    allocator_api: Annotated[
        bool, option("--allocator-api", help="A class for createDSPInstance2 of dspc/memory.h.")
    ] = False
    fault_test: Annotated[
        bool,
        option("--fault-test", help="Run the program with each of its allocations failing."),
    ] = False

    def names_manager(self) -> bool:
        """Whether it is said who gives a C++ class its memory."""
        asked = self.manager or self.manager_zones or self.host_zones or self.allocator_api
        return asked or self.manager_shape != "auto" or self.zone_threshold != 4

    def names_memory(self) -> bool:
        """Whether it is said where memory lies or who gives it."""
        return super().names_memory() or self.names_manager()
