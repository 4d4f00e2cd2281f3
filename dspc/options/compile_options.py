"""The command line of `dspc` as one table: each field is an option, declared in its annotation.

Single-dash names are Faust's; two dashes are accepted for every long name. Options of a single
target are declared in a table beside its class in dspc/targets/.
"""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText, OptionalTexts
from dspc.options.specs import ArgumentSpec, option
from dspc.targets.cpp_options import CppOptions
from dspc.targets.llvm_options import LlvmOptions
from dspc.targets.opencl_options import OpenClOptions
from dspc.targets.registry import TARGET_FLAGS, own_targets, target_help
from dspc.targets.wasm_options import WasmOptions


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class CommonOptions(LoopOptions):
    """The options that all targets share."""

    HEADING: ClassVar[str] = "Output"

    more_files: Annotated[OptionalTexts, ArgumentSpec("[FILE]...")] = None
    target: Annotated[
        OptionalText,
        option(
            *TARGET_FLAGS,
            metavar="TARGET",
            help=target_help(own_targets()),
        ),
    ] = None
    output: Annotated[
        OptionalText,
        option(
            "-o", "--output", metavar="FILE", help="Write the output to FILE [standard output]."
        ),
    ] = None
    output_dir: Annotated[
        OptionalText,
        option(
            "-O",
            "--output-dir",
            metavar="DIR",
            help="Write files to the folder DIR; of several FILEs, each to a file of its name.",
        ),
    ] = None
    cache: Annotated[
        OptionalText,
        option("--cache", metavar="show|clear", help="List the caches, or remove what they hold."),
    ] = None
    no_cache: Annotated[bool, option("--no-cache", help="Neither read nor write the caches.")] = (
        False
    )
    tune: Annotated[
        bool,
        option(
            "--tune",
            help="Take the mode, chunk and lanes that are fastest on this machine, measured once "
            "with the compiler at hand (cpp, llvm).",
        ),
    ] = False
    class_name: Annotated[
        str,
        option("-cn", "--class-name", metavar="NAME", help="Name of the generated class [mydsp]."),
    ] = "mydsp"
    json: Annotated[
        bool, option("-json", "--json", help="Also describe the program in FILE.json.")
    ] = False
    xml: Annotated[
        bool,
        option(
            "-xml", "--xml", help="Also describe the program in FILE.xml, in Faust's older form."
        ),
    ] = False
    report: Annotated[
        OptionalText,
        option(
            "--report",
            metavar="FILE.html",
            help="Write a page that shows what became of the program, and plays it.",
        ),
    ] = None
    task_graph: Annotated[
        bool,
        option(
            "-tg",
            "--task-graph",
            help="Also draw the loop DAG or task graph as FILE.dot and FILE.svg.",
        ),
    ] = False
    svg: Annotated[
        bool, option("-svg", "--svg", help="Also draw block diagrams in the folder NAME-svg.")
    ] = False
    fold_from: Annotated[
        int,
        option(
            "-f", "--fold", metavar="N", help="With -svg, fold diagrams of N or more elements [25]."
        ),
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
    scaled_svg: Annotated[
        bool, option("-sc", "--scaled-svg", help="With -svg, diagrams are as wide as the page.")
    ] = False
    signal_graph: Annotated[
        bool,
        option(
            "-sg", "--signal-graph", help="Also draw the signals in FILE-sig.dot, for graphviz."
        ),
    ] = False
    export_dsp: Annotated[
        bool,
        option(
            "-e",
            "--export-dsp",
            help="Print the program with its imports expanded, as Faust source.",
        ),
    ] = False
    emit: Annotated[
        OptionalText,
        option(
            "--emit",
            metavar="LEVEL",
            help="Print the IR at LEVEL: dsp, signals, decisions, loops, par, mem, llvm.",
        ),
    ] = None
    time_passes: Annotated[
        bool,
        option(
            "--time-passes", "-time", "--compilation-time", help="Report the time of each stage."
        ),
    ] = False
    stats: Annotated[
        OptionalText,
        option("--stats", metavar="FILE.json", help="Write statistics of each pass to FILE.json."),
    ] = None
    file_list: Annotated[
        bool, option("-flist", "--file-list", help="Also print the paths of all source files.")
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
    library_folder: Annotated[
        bool, option("-libdir", "--libdir", help="Print the folder of Faust's object libraries.")
    ] = False
    install_faust: Annotated[
        OptionalText,
        option(
            "--install-faust",
            metavar="DIR",
            help="Write DIR/faust, which runs dspc for scripts that call Faust's compiler.",
        ),
    ] = None
    folder_list: Annotated[
        bool,
        option("-pathslist", "--pathslist", help="Print all folders of the search paths."),
    ] = False
    memory_map: Annotated[
        OptionalText,
        option("--memory-map", metavar="text|json|svg", help="Print the placement of each buffer."),
    ] = None
    explain: Annotated[
        OptionalText,
        option(
            "--explain",
            metavar="PASS",
            help="Explain the decisions of a pass: dsp-size-delays, dsp-split-loops, dsp-section, "
            "dsp-schedule-tasks or dsp-place-allocations.",
        ),
    ] = None

    def documented(self) -> bool:
        """Whether documents or a list of files are to be written besides the output."""
        return self.json or self.xml or self.svg or self.file_list or self.report is not None

    @property
    def asks_for_folders(self) -> bool:
        """Whether search paths are to be printed, and nothing compiled."""
        asked = self.dsp_folder or self.architecture_folder or self.include_folder
        return asked or self.folder_list or self.library_folder

    def names_memory(self) -> bool:
        """Whether an option selects or asks for a placement or allocator."""
        asked = self.memory_map or self.explain == "dsp-place-allocations" or self.emit == "mem"
        return bool(super().names_memory() or asked)

    @property
    def prints_target(self) -> bool:
        """Whether the output is the target's text, not IR, an explanation or a memory map."""
        others = (self.emit, self.memory_map, self.explain, self.export_dsp)
        return not any(others) and not (self.pipeline is not None and self.target is None)


@dataclass(frozen=True)
class CompileOptions(WasmOptions, LlvmOptions, OpenClOptions, CppOptions, CommonOptions):
    """Compile the Faust program FILE to C++ or another target."""

    def command_line(self) -> str:
        """The options that rebuild the output, as generated classes record them."""
        from dspc.options.one_line import label

        return label(self)
