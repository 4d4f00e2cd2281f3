"""The command line of `dspc` as one table: each field is an option, typer reads the annotations.

Single-dash names are Faust's; two dashes are accepted for every long name.
"""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.diagnostics import usage_error
from dspc.source_options import OptionalText, OptionalTexts, SourceOptions, option

MOST_LANES = 64
"""The most numbers of a vector."""
HEAPS = ("auto", "ddr", "msmc", "l2", "static")

VECTOR_SIZE = 32
"""The frames of a chunk: few enough that the rows between loops stay in the fastest cache."""
TASK_SIZE = 512
"""Those with -sch, where a task must take longer than it takes to hand it to another thread."""


@dataclass(frozen=True)
class LoopOptions(SourceOptions):
    """How a program becomes loops: what every command that makes or runs code takes."""

    scalar: Annotated[
        bool,
        option(
            "-scal", "--scalar", help="One loop over the frames (by default as many as are faster)."
        ),
    ] = False
    vec: Annotated[
        bool,
        option("-vec", "--vectorize", help="Many small loops that compilers turn into vectors."),
    ] = False
    vector_size: Annotated[
        int | None,
        option(
            "-vs",
            "--vec-size",
            metavar="N",
            help=f"Frames in each turn of them [{VECTOR_SIZE}; with -sch, {TASK_SIZE}].",
        ),
    ] = None
    loop_variant: Annotated[
        int,
        option(
            "-lv",
            "--loop-variant",
            metavar="0|1",
            help="0: the frames left over run in loops of their own (the default); 1: they don't.",
        ),
    ] = 0
    max_copy_delay: Annotated[
        int,
        option(
            "-mcd",
            "--max-copy-delay",
            metavar="N",
            help="With -vec, longer delays are rings, others copied [16].",
        ),
    ] = 16
    delay_line_threshold: Annotated[
        int | None,
        option(
            "-dlt",
            "--delay-line-threshold",
            metavar="N",
            help="Rings that would take more than N places have no more than they need [no limit].",
        ),
    ] = None
    flush_to_zero: Annotated[
        int,
        option(
            "-ftz",
            "--flush-to-zero",
            metavar="0|1|2",
            help="1, 2: recursions hold no subnormal numbers; 1: no NaN either [0].",
        ),
    ] = 0
    lanes: Annotated[
        int | None,
        option(
            "--lanes",
            metavar="N",
            help="Recursions of one shape run in vectors of at most N numbers; 0: never [8; 4].",
        ),
    ] = None

    heap: Annotated[
        str,
        option(
            "--heap",
            metavar="auto|ddr|msmc|l2|static",
            help="The space of the program's memory; auto: where it costs least [auto].",
        ),
    ] = "auto"
    machine: Annotated[
        OptionalText,
        option(
            "--machine",
            metavar="NAME|FILE.toml",
            help="Place for a machine: cpu, gpu, 66ak2h, 66ak2l, 66ak2e, 66ak2g, am572x.",
        ),
    ] = None

    fast_math: Annotated[
        bool, option("--fast-math", help="With llvm, let sums be reordered, as -ffast-math does.")
    ] = False

    omp: Annotated[
        bool,
        option("-omp", "--openmp", help="With -vec, a team of threads shares the loops (OpenMP)."),
    ] = False
    sch: Annotated[
        bool,
        option("-sch", "--scheduler", help="With -vec, threads run the loops as a graph of tasks."),
    ] = False
    group_tasks: Annotated[
        bool,
        option(
            "-g",
            "--group-tasks",
            help="With -omp or -sch, join what is too small to be worth a thread.",
        ),
    ] = False
    par_loop: Annotated[
        bool,
        option(
            "-pl",
            "--par-loop",
            help="With -omp, split every free loop over the team, not only lone ones.",
        ),
    ] = False

    @property
    def chunk(self) -> int:
        """The frames of a chunk."""
        if self.vector_size is not None:
            return self.vector_size
        return TASK_SIZE if self.sch else VECTOR_SIZE

    @property
    def threads(self) -> bool:
        """Whether several threads run the loops."""
        return self.omp or self.sch

    def names_memory(self) -> bool:
        """Whether it is said where memory lies, or asked."""
        return bool(self.machine) or self.heap != "auto"

    def check_loops(self) -> None:
        """Refuse what contradicts itself; raises DspcError, exit status 2."""
        if self.single and self.double:
            raise usage_error(7, "-single and -double exclude each other")
        if self.scalar and (self.vec or self.threads):
            raise usage_error(7, "-scal excludes -vec, -omp and -sch")
        if self.omp and self.sch:
            raise usage_error(7, "-omp and -sch exclude each other")
        if self.chunk < 1 or self.loop_variant not in (0, 1) or self.max_copy_delay < 0:
            raise usage_error(7, "-vs is at least 1, -lv 0 or 1, and -mcd at least 0")
        if self.delay_line_threshold is not None and self.delay_line_threshold < 0:
            raise usage_error(7, "-dlt is at least 0")
        if self.flush_to_zero not in (0, 1, 2) or self.gates not in (0, 1):
            raise usage_error(7, "-ftz is 0, 1 or 2, and -es 0 or 1")
        if self.lanes is not None and not 0 <= self.lanes <= MOST_LANES:
            raise usage_error(7, f"--lanes is 0 to {MOST_LANES}")
        if self.heap not in HEAPS:
            raise usage_error(8, f"--heap is one of {', '.join(HEAPS)}, not {self.heap}")


@dataclass(frozen=True)
class CompileOptions(LoopOptions):
    """Compile FILE, a Faust program, to C++ or another target."""

    target: Annotated[
        str,
        option(
            "-lang",
            "--lang",
            "--language",
            "--target",
            metavar="TARGET",
            help="What to make: cpp (the default), opencl, llvm, interp, mlir.",
        ),
    ] = "cpp"
    output: Annotated[
        OptionalText,
        option("-o", "--output", metavar="FILE", help="Write to FILE, not to standard output."),
    ] = None
    output_dir: Annotated[
        OptionalText,
        option("-O", "--output-dir", metavar="DIR", help="Folder for the output file."),
    ] = None
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
    class_name: Annotated[
        str, option("-cn", "--class-name", metavar="NAME", help="Name of the class [mydsp].")
    ] = "mydsp"
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
    heap_storage: Annotated[
        str, option("--heap-storage", metavar="NAME", help="What holds OpenCL's heaps [buffer].")
    ] = "buffer"
    device: Annotated[
        str,
        option(
            "--device",
            metavar="portable|ti",
            help="OpenCL code for every device, or for TI's DSPs alone [portable].",
        ),
    ] = "portable"
    triple: Annotated[
        OptionalText,
        option(
            "--triple",
            metavar="TRIPLE",
            help="With llvm, make code for another kind of machine: aarch64-linux-gnu, ...",
        ),
    ] = None
    json: Annotated[
        bool, option("-json", "--json", help="Describe the program in FILE.json, too.")
    ] = False
    xml: Annotated[
        bool, option("-xml", "--xml", help="The same in FILE.xml, in Faust's old form.")
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
    task_graph: Annotated[
        bool,
        option(
            "-tg", "--task-graph", help="Draw the loops or tasks in FILE.dot and FILE.svg, too."
        ),
    ] = False
    svg: Annotated[
        bool, option("-svg", "--svg", help="Draw the program in the folder NAME-svg, too.")
    ] = False
    fold_from: Annotated[
        int,
        option("-f", "--fold", metavar="N", help="With -svg, fold from N elements on [25]."),
    ] = 25
    fold_over: Annotated[
        int,
        option(
            "-fc",
            "--fold-complexity",
            metavar="N",
            help="With -svg, fold definitions of more than N elements [2].",
        ),
    ] = 2
    export_dsp: Annotated[
        bool,
        option("-e", "--export-dsp", help="Print the program with all that it imports, as Faust."),
    ] = False
    emit: Annotated[
        OptionalText,
        option(
            "--emit",
            metavar="LEVEL",
            help="Print the module at a level: dsp, signals, loops, par, mem, llvm.",
        ),
    ] = None
    pipeline: Annotated[
        OptionalText,
        option("-p", "--passes", metavar="PIPELINE", help="Run these passes: a,b{option=1}."),
    ] = None
    print_after: Annotated[
        OptionalText,
        option(
            "--print-after",
            metavar="PASS|all",
            help="Print the module after a pass, on standard error.",
        ),
    ] = None
    time_passes: Annotated[
        bool,
        option("--time-passes", "-time", "--compilation-time", help="Say where the time went."),
    ] = False
    file_list: Annotated[
        bool, option("-flist", "--file-list", help="Print which files the program is made of, too.")
    ] = False
    dsp_folder: Annotated[
        bool, option("-dspdir", "--dspdir", help="Print the folder of Faust's libraries.")
    ] = False
    architecture_folder: Annotated[
        bool, option("-archdir", "--archdir", help="Print the folder of architecture files.")
    ] = False
    include_folder: Annotated[
        bool, option("-includedir", "--includedir", help="Print the folder of Faust's headers.")
    ] = False
    folder_list: Annotated[
        bool,
        option("-pathslist", "--pathslist", help="Print all folders that are searched."),
    ] = False
    validate: Annotated[
        str,
        option(
            "--validate",
            metavar="off|end|each",
            help="Run the program before and after the passes and compare.",
        ),
    ] = "off"
    memory_map: Annotated[
        OptionalText,
        option(
            "--memory-map", metavar="text|json|svg", help="Print where each buffer lies, and why."
        ),
    ] = None
    explain: Annotated[
        OptionalText,
        option(
            "--explain",
            metavar="PASS",
            help="Say why a pass chose as it did: one that sizes delays, splits loops, shares them "
            "out to threads, or places memory.",
        ),
    ] = None

    def documented(self) -> bool:
        """Whether anything but the compiled text is asked for."""
        return self.json or self.xml or self.svg or self.file_list

    @property
    def asks_for_folders(self) -> bool:
        """Whether folders are to be printed, and nothing compiled."""
        asked = self.dsp_folder or self.architecture_folder or self.include_folder
        return asked or self.folder_list

    def names_manager(self) -> bool:
        """Whether it is said who gives a C++ class its memory."""
        asked = self.manager or self.manager_zones or self.host_zones or self.allocator_api
        return asked or self.manager_shape != "auto" or self.zone_threshold != 4

    def names_memory(self) -> bool:
        """Whether it is said where memory lies and who gives it, or asked."""
        asked = self.memory_map or self.explain == "dsp-place-allocations" or self.emit == "mem"
        return bool(super().names_memory() or self.names_manager() or asked)
