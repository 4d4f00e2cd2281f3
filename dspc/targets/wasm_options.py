"""The options of the targets of WebAssembly."""

# No `from __future__ import annotations`: typer reads the annotations as objects, from any module.

from dataclasses import dataclass
from typing import Annotated

from dspc.options.loop_options import LoopOptions
from dspc.options.source_options import option


@dataclass(frozen=True)
class WasmOptions(LoopOptions):
    """The options of the targets `wasm` and `web`."""

    no_simd: Annotated[
        bool,
        option("--no-simd", help="Make WebAssembly without the extension simd128 (wasm, web)."),
    ] = False
    no_llvm: Annotated[
        bool,
        option(
            "--no-llvm",
            help="Encode WebAssembly without LLVM and its linker: scalar code (wasm, web).",
        ),
    ] = False
