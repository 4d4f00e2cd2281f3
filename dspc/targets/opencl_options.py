"""The options of the target `opencl`."""

# No `from __future__ import annotations`: the annotations are read as objects, from any module.

from dataclasses import dataclass
from typing import Annotated, ClassVar

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import OptionalText
from dspc.options.specs import option

HeapStorage = Annotated[
    str,
    option(
        "--heap-storage",
        metavar="buffer|data-section|local-array|local-arg",
        help="Storage of the heaps [buffer] (opencl).",
    ),
]


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class OpenClOptions(LoopOptions):
    """The options of the target `opencl`."""

    HEADING: ClassVar[str] = "OpenCL (target opencl)"

    heap_storage: HeapStorage = "buffer"
    device: Annotated[
        str,
        option(
            "--device",
            metavar="portable|ti",
            help="Generate code for all devices, or for TI's DSPs only [portable] (opencl).",
        ),
    ] = "portable"


@dataclass(frozen=True, init=False, repr=False, eq=False)  # a part of other tables
class OpenClRunOptions(LoopOptions):
    """The options of the back end `opencl`."""

    HEADING: ClassVar[str] = "OpenCL (target opencl)"

    heap_storage: HeapStorage = "buffer"
    platform: Annotated[
        OptionalText,
        option(
            "--platform",
            metavar="TEXT",
            help="OpenCL device, by part of its name or of its platform's name or version.",
        ),
    ] = None
