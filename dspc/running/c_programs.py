"""C99 code compiled by a C compiler and run in this process, as `--validate code` does."""

from __future__ import annotations

from pathlib import Path

from xdsl.dialects.builtin import ModuleOp

import dspc.backends.c99
from dspc.backends.c99.printer import print_c99
from dspc.backends.common.lowered import CONTROL, Unit
from dspc.backends.cpp.native import NativeInstance

FLAGS = ("-xc", "-std=c99", "-O1")
"""The C++ compiler's command compiles C."""


def open_c99(module: ModuleOp, rate: int, folder: str) -> NativeInstance:
    """Start a program at `rate` Hz; raises DspcError where its code cannot be compiled."""
    return NativeInstance(module, rate, FLAGS, folder, source_of)


def source_of(module: ModuleOp, unit: Unit) -> str:
    """The code of a module, with the functions that `NativeInstance` calls."""
    files = Path(dspc.backends.c99.__file__).parent
    host, shim = (
        (files / name).read_text(encoding="utf-8") for name in ("native_host.h", "native_shim.c")
    )
    kind = "float" if unit.single else "double"
    controls = "#define DSPC_CONTROL\n" if CONTROL in unit.functions else ""
    return f"#define FAUSTFLOAT {kind}\n{controls}{host}\n{print_c99(module)}\n{shim}"
