"""The target `opencl`: kernels in which each voice is a work-item, and a C++ host program."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dspc.dialects.heap_option import HEAPS
from dspc.messages import usage_error
from dspc.output import Document, output_path
from dspc.support.files.input_record import is_folder
from dspc.targets.base import Instance, OptionsT, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xdsl.dialects.builtin import ModuleOp

    from dspc.backends.opencl.printer import ClProgram
    from dspc.options.compile_options import CompileOptions
    from dspc.options.loop_options import LoopOptions

DEVICES = ("portable", "ti")
DATA_SECTION = "data-section"
STORAGES: Mapping[str, tuple[str, ...]] = {
    "buffer": HEAPS,
    DATA_SECTION: ("auto", "ddr", "msmc", "l2"),
    "local-array": ("l2",),
    "local-arg": ("l2",),
}
"""The memory that holds heaps, and the heaps that it goes with; `buffer`: l2 is a local array."""


class OpenClTarget(Target):
    """OpenCL C: prints kernels, or a folder with a host program, and runs them by PyOpenCL."""

    name = "opencl"
    ending = ".cl"
    endings = (".cl", ".clh", ".h", ".inc")
    has_vectors = True
    stages_copies = True
    default_machine = "66ak2h"
    places_memory = True
    runs_voices = True
    block = 4096
    only = {"heap_storage": "--heap-storage", "device": "--device"}
    run_only = {"platform": "--platform", "heap_storage": "--heap-storage"}
    run_settings = ("voices", "heap", "platform", "verbose", "heap_storage")
    printing = {
        "class_name": "mydsp",
        "heap": "auto",
        "heap_storage": "buffer",
        "device": DEVICES[0],
    }

    def option_table(self) -> type[LoopOptions]:
        from dspc.targets.opencl_options import OpenClOptions

        return OpenClOptions

    def run_option_table(self) -> type[LoopOptions]:
        from dspc.targets.opencl_options import OpenClRunOptions

        return OpenClRunOptions

    def check(self, options: CompileOptions) -> None:
        super().check(options)
        if options.device not in DEVICES:
            raise usage_error(8, f"--device is one of {', '.join(DEVICES)}, not {options.device}")
        _check_storage(options.heap_storage, options.heap)
        if options.heap_storage == DATA_SECTION and host_folder(options) is None:
            raise usage_error(7, "--heap-storage data-section writes two files: give -o FOLDER/")

    def check_run(self, options: LoopOptions) -> None:
        from dspc.targets.opencl_options import OpenClRunOptions

        if not isinstance(options, OpenClRunOptions):
            return
        if options.heap_storage == DATA_SECTION:
            hint = "dspc --target opencl writes the files that it links"
            raise usage_error(7, "only TI's tools run --heap-storage data-section", hint)
        _check_storage(options.heap_storage, options.heap)

    def adapt(self, options: OptionsT, voices: int | None = None) -> OptionsT:
        """With threads, a chunk costs several kernel launches, so that chunks are as long as those
        of tasks."""
        options = replace(options, lanes=_lanes(options, voices))
        if options.threads:
            from dspc.options.loop_options import TASK_SIZE

            options = replace(options, vector_size=options.vector_size or TASK_SIZE)
        return options

    def stages(self, options: LoopOptions) -> bool:
        """With levels, each loop that one work-item runs has copies of its own, since l2 does not
        persist between kernels."""
        return bool(options.placed_machine) or options.heap == "l2"

    def considers_copies(self, options: LoopOptions) -> bool:
        """With copies each voice's memory is contiguous, so that voices cannot be SIMD lanes: on
        the default machine they are made only if `--heap l2` requests them."""
        return self.stages(options)

    def separates_levels(self, options: LoopOptions) -> bool:
        return options.threads

    def search_work(self, options: LoopOptions) -> float | None:
        """On the default machine greedy and hill climbing only: compilation stays quick."""
        return None if options.placed_machine else 0.0

    def passes(self, options: LoopOptions, is_placed: bool) -> list[str]:
        return ["dsp-share-voices"]

    def text(self, module: ModuleOp, options: CompileOptions) -> str:
        return opencl_program(module, options).text

    def files(self, module: ModuleOp, options: CompileOptions) -> list[Document] | None:
        folder = host_folder(options)
        if folder is None:
            return None
        from dspc.backends.opencl.host import host_files

        files = host_files(opencl_program(module, options))
        return [Document(os.path.join(folder, name), text) for name, text in files.items()]

    def open(self, module: ModuleOp, rate: int, folder: str, **settings: Any) -> Instance:
        from dspc.backends.opencl.instance import OpenClInstance

        return OpenClInstance(module, rate, folder=folder, **settings)


def _check_storage(storage: str, heap: str) -> None:
    """Refuse a storage that there is not, or that does not go with the heap."""
    heaps = STORAGES.get(storage)
    if heaps is None:
        raise usage_error(8, f"--heap-storage is one of {', '.join(STORAGES)}, not {storage}")
    if heap not in heaps:
        message = f"--heap-storage {storage} requires --heap {' or '.join(heaps)}"
        raise usage_error(7, f"{message}, not {heap}")


def _is_standard_c(options: LoopOptions) -> bool:
    """Whether the code is standard C, with heaps in sections of the program."""
    from dspc.targets.opencl_options import OpenClOptions

    return isinstance(options, OpenClOptions) and options.heap_storage == DATA_SECTION


def _lanes(options: LoopOptions, voices: int | None) -> int | None:
    """The SIMD lanes of the code: 0 for several voices (lanes themselves), levels and C."""
    if options.threads or _is_standard_c(options):
        return 0
    if options.lanes is not None:
        return options.lanes
    if options.machine:
        from dspc.dialects.dsp_mem.machine import load_machine

        lanes = (load_machine(options.machine).vector_bits or 0) // (64 if options.double else 32)
        return lanes if lanes > 1 else 0
    return None if voices == 1 else 0


def host_folder(options: CompileOptions) -> str | None:
    """The folder of `-o DIR`, for kernels with a host program; None for text output."""
    path = output_path(options)
    if path is None or not options.prints_target:
        return None
    return path if is_folder(path) or path.endswith(os.sep) else None


def opencl_program(module: ModuleOp, options: CompileOptions) -> ClProgram:
    """A module printed as OpenCL C, with the description that a host needs."""
    from dspc.backends.opencl.printer import ClOptions, print_opencl
    from dspc.dialects.dsp_mem.machine import load_machine
    from dspc.dialects.dsp_mem.spaces import Space

    near = load_machine(options.placed_machine or OpenClTarget.default_machine).spaces.get(Space.L2)
    size = 0 if near is None else near.capacity
    chosen = ClOptions(
        options.class_name,
        options.heap,
        options.device,
        size,
        options.heap_storage,
        options.command_line(),
    )
    return print_opencl(module, chosen)
