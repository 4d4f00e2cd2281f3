"""The options of the target `opencl`."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option

HeapStorage = Annotated[
    str,
    option(
        "--heap-storage",
        metavar="buffer|data-section|local-array|local-arg",
        help="Storage of the heaps [buffer] (opencl).",
    ),
]


@dataclass(frozen=True)
class OpenClOptions(LoopOptions):
    """The options of the target `opencl`."""

    heap_storage: HeapStorage = "buffer"
    device: Annotated[
        str,
        option(
            "--device",
            metavar="portable|ti",
            help="Generate code for all devices, or for TI's DSPs only [portable] (opencl).",
        ),
    ] = "portable"


@dataclass(frozen=True)
class OpenClRunOptions(LoopOptions):
    """The options of the back end `opencl`."""

    heap_storage: HeapStorage = "buffer"
    platform: Annotated[
        OptionalText,
        option(
            "--platform",
            metavar="TEXT",
            help="OpenCL device, by part of its name or of its platform's name or version.",
        ),
    ] = None
