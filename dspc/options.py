"""The command line of `dspc` as one table: each field is an option, typer reads the annotations.

Single-dash names are Faust's; two dashes are accepted for every long name. Options that only one
target takes stand in its own table, beside it in dspc/targets/.
"""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option
from dspc.targets.cpp_options import CppOptions
from dspc.targets.llvm_options import LlvmOptions
from dspc.targets.opencl_options import OpenClOptions
from dspc.targets.registry import DEFAULT, TARGET_FLAGS, own_targets, target_help


@dataclass(frozen=True)
class CommonOptions(LoopOptions):
    """The options that do not depend on the target."""

    target: Annotated[
        str,
        option(
            *TARGET_FLAGS,
            metavar="TARGET",
            help=target_help(own_targets()),
        ),
    ] = DEFAULT
    output: Annotated[
        OptionalText,
        option("-o", "--output", metavar="FILE", help="Write to FILE, not to standard output."),
    ] = None
    output_dir: Annotated[
        OptionalText,
        option("-O", "--output-dir", metavar="DIR", help="Folder for the output file."),
    ] = None
    class_name: Annotated[
        str, option("-cn", "--class-name", metavar="NAME", help="Name of the class [mydsp].")
    ] = "mydsp"
    json: Annotated[
        bool, option("-json", "--json", help="Describe the program in FILE.json, too.")
    ] = False
    xml: Annotated[
        bool, option("-xml", "--xml", help="The same in FILE.xml, in Faust's old form.")
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

    def names_memory(self) -> bool:
        """Whether it is said where memory lies and who gives it, or asked."""
        asked = self.memory_map or self.explain == "dsp-place-allocations" or self.emit == "mem"
        return bool(super().names_memory() or asked)

    @property
    def prints_target(self) -> bool:
        """Whether the target's own form is asked for, not a module, an explanation or a map."""
        others = (self.emit, self.pipeline, self.memory_map, self.explain, self.export_dsp)
        return not any(others)


@dataclass(frozen=True)
class CompileOptions(LlvmOptions, OpenClOptions, CppOptions, CommonOptions):
    """Compile FILE, a Faust program, to C++ or another target."""

    def command_line(self) -> str:
        """The options that shape the code, as generated code and descriptions record them."""
        words = [f"-lang {self.target}", "-double" if self.double else "-single"]
        if self.vec or self.threads:
            words.append(f"-vec -lv {self.loop_variant} -vs {self.chunk}")
            flags = {"-omp": self.omp, "-sch": self.sch}
            flags |= {"-g": self.group_tasks, "-pl": self.par_loop}
            words.extend(flag for flag, is_given in flags.items() if is_given)
        else:
            words.append("-scal")
        if self.delay_line_threshold is not None:
            words.append(f"-dlt {self.delay_line_threshold}")
        managers = {"-mem": self.manager, "-mem1": self.manager_zones, "-mem2": self.host_zones}
        words.extend(flag for flag, is_given in managers.items() if is_given)
        if self.class_name != "mydsp":
            words.append(f"-cn {self.class_name}")
        if self.super_class != "dsp":
            words.append(f"-scn {self.super_class}")
        return " ".join(words)
