"""The options of the target `cpp`: architecture files, names, and the allocation of memory."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText, OptionalTexts
from dspc.options.specs import option


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class CppOptions(LoopOptions):
    """The options of the target `cpp`."""

    HEADING: ClassVar[str] = "C++ (target cpp)"

    architecture: Annotated[
        OptionalText,
        option(
            "-a",
            "--architecture",
            metavar="FILE",
            help="Wrap the class in this architecture file (cpp).",
        ),
    ] = None
    architecture_dirs: Annotated[
        OptionalTexts,
        option(
            "-A",
            "--architecture-dir",
            metavar="DIR",
            help="Add DIR to the search path of architecture files.",
        ),
    ] = None
    inline: Annotated[
        bool,
        option(
            "-i",
            "--inline-architecture-files",
            help="Inline the #includes of the architecture file.",
        ),
    ] = False
    super_class: Annotated[
        str,
        option("-scn", "--super-class-name", metavar="NAME", help="Name of the base class [dsp]."),
    ] = "dsp"
    no_virtual: Annotated[
        bool, option("-nvi", "--no-virtual", help="Declare no virtual methods.")
    ] = False
    namespace: Annotated[
        OptionalText,
        option("-ns", "--namespace", metavar="NAME", help="Put the class in this C++ namespace."),
    ] = None
    macros: Annotated[
        bool,
        option("-uim", "--user-interface-macros", help="Also describe the widgets by macros."),
    ] = False
    compute_mix: Annotated[
        bool,
        option("-cm", "--compute-mix", help="Add to what the output arrays hold (cpp)."),
    ] = False
    one_sample: Annotated[
        bool,
        option(
            "-os", "--one-sample", help="Also generate frame, which computes one frame (cpp, c)."
        ),
    ] = False
    external_control: Annotated[
        bool,
        option(
            "-ec",
            "--external-control",
            help="Generate control, which hosts call after controls have changed (cpp, c).",
        ),
    ] = False
    inject: Annotated[
        OptionalText,
        option(
            "-inj",
            "--inject",
            metavar="FILE",
            help="Put this C++ file into the architecture file instead of a program's class (cpp).",
        ),
    ] = None
    fast_functions: Annotated[
        OptionalText,
        option(
            "-fm",
            metavar="def|arch|FILE",
            help="Call the functions fast_sinf, ... of FILE; def: of Faust's fastmath.cpp; arch: "
            "of the architecture file (cpp).",
        ),
    ] = None
    manager: Annotated[
        bool,
        option(
            "-mem",
            "-mem0",
            "--memory-manager",
            "--memory-manager0",
            help="Allocate arrays by a dsp_memory_manager.",
        ),
    ] = False
    manager_zones: Annotated[
        bool,
        option(
            "-mem1",
            "--memory-manager1",
            help="Like -mem, with arrays packed in the zones iZone and fZone.",
        ),
    ] = False
    host_zones: Annotated[
        bool,
        option("-mem2", "--memory-manager2", help="Use zones that the host passes to setMemory."),
    ] = False
    zone_parameters: Annotated[
        bool,
        option(
            "-mem3",
            "--memory-manager3",
            help="Like -mem2, with the zones as parameters of each function (c).",
        ),
    ] = False
    zone_threshold: Annotated[
        int,
        option(
            "-fpga-mem-th",
            "--fpga-mem-th",
            metavar="N",
            help="With -mem1 and -mem2, keep arrays of fewer elements in the object [4].",
        ),
    ] = 4
    near_memory: Annotated[
        int,
        option(
            "-fpga-mem",
            "--fpga-mem",
            metavar="N",
            help="With -mem1 and -mem2, keep the smallest arrays in the object, N elements in all "
            "[0].",
        ),
    ] = 0
    manager_shape: Annotated[
        str,
        option(
            "--mem-api",
            metavar="auto|original|info3|info6",
            help="Interface of the manager; auto: that of the installed Faust headers [auto].",
        ),
    ] = "auto"
    allocator_api: Annotated[
        bool,
        option(
            "--allocator-api",
            help="Allocate by the interface of dspc/memory.h (createDSPInstance2).",
        ),
    ] = False
    fault_test: Annotated[
        bool,
        option(
            "--fault-test", help="Build and run the program with each allocation failing in turn."
        ),
    ] = False

    def names_manager(self) -> bool:
        """Whether an option selects the allocator of a C++ class."""
        asked = self.manager or self.manager_zones or self.host_zones or self.allocator_api
        asked = asked or self.zone_parameters
        return (
            asked
            or self.manager_shape != "auto"
            or self.zone_threshold != 4
            or self.near_memory != 0
        )

    def names_memory(self) -> bool:
        """Whether an option selects a placement of memory or an allocator."""
        return super().names_memory() or self.names_manager()
