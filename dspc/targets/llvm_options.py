"""What `dspc` lets say about LLVM IR and machine code."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option


@dataclass(frozen=True)
class LlvmOptions(LoopOptions):
    """The options of the target for LLVM."""

    triple: Annotated[
        OptionalText,
        option(
            "--triple",
            metavar="TRIPLE",
            help="With llvm, make code for another kind of machine: aarch64-linux-gnu, ...",
        ),
    ] = None
