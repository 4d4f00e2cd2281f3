"""What `dspc` and `dspc-run` let say about OpenCL C."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option


@dataclass(frozen=True)
class OpenClOptions(LoopOptions):
    """The options of the target for OpenCL C."""

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


@dataclass(frozen=True)
class OpenClRunOptions(LoopOptions):
    """The options of the back end that runs OpenCL C."""

    platform: Annotated[
        OptionalText,
        option(
            "--platform",
            metavar="TEXT",
            help="OpenCL device: part of its name, or its platform's name or version.",
        ),
    ] = None
