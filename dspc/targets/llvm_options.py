"""The options of the target `llvm`."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.loop_options import LoopOptions
from dspc.source_options import OptionalText, option


@dataclass(frozen=True)
class LlvmOptions(LoopOptions):
    """The options of the target `llvm`."""

    triple: Annotated[
        OptionalText,
        option(
            "--triple",
            metavar="TRIPLE",
            help="Cross-compile for this target triple: aarch64-linux-gnu, ... (llvm).",
        ),
    ] = None
