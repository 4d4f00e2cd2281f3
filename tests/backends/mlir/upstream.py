"""Runs what the target `mlir` prints: mlir-opt lowers it, LLVM runs it in this process."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from numpy.typing import NDArray

from dspc.backends.common.lowered import read_unit
from dspc.backends.llvm.jit import Jit
from dspc.dialects.dsp.ui import placed_widgets

PASSES = (
    "convert-vector-to-scf", "convert-scf-to-cf", "expand-strided-metadata", "lower-affine",
    "convert-math-to-llvm", "convert-math-to-libm", "convert-vector-to-llvm",
    "convert-arith-to-llvm", "finalize-memref-to-llvm", "convert-func-to-llvm",
    "convert-cf-to-llvm", "convert-openmp-to-llvm", "reconcile-unrealized-casts",
)  # fmt: skip
"""The way from upstream dialects to LLVM's, as MLIR's documentation has it."""


def tool(name: str) -> str:
    """A tool of Debian's mlir-19-tools."""
    path = shutil.which(f"{name}-19")
    assert path is not None, f"{name}-19 is missing: apt install mlir-19-tools"
    return path


def accepted(text: str, *arguments: str) -> str:
    """What mlir-opt prints of a text that it accepts."""
    done = subprocess.run(
        [tool("mlir-opt"), *arguments],
        input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[:2000]
    return done.stdout


def to_llvm(text: str) -> str:
    """LLVM IR of a module in upstream dialects."""
    lowered = accepted(text, *(f"--{name}" for name in PASSES))
    done = subprocess.run(
        [tool("mlir-translate"), "--mlir-to-llvmir"],
        input=lowered, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[:2000]
    return done.stdout


class Running:
    """A program, started at a rate in Hz."""

    def __init__(self, text: str, module: Any, rate: int) -> None:
        """`text` is the printed program, `module` the lowered one, which has its interface."""
        self.unit = read_unit(module)
        self.real: Any = np.float32 if self.unit.single else np.float64
        self.number: Any = ctypes.c_float if self.unit.single else ctypes.c_double
        code = to_llvm(text)
        names = re.findall(r"^define (?:void|float|double) @(mydsp_\w+)\(", code, re.MULTILINE)
        self.jit = Jit(code, names, level=1)
        self.call("init", None, ctypes.c_int(rate))

    def call(self, name: str, result: Any, *arguments: Any) -> Any:
        kind = ctypes.CFUNCTYPE(result, *(type(one) for one in arguments))
        return kind(self.jit.address(f"mydsp_{name}"))(*arguments)

    def compute(self, inputs: NDArray[np.float64], block: int = 64) -> NDArray[np.float64]:
        """The outputs for inputs of shape (inputs, frames), in blocks."""
        frames = inputs.shape[1]
        channels = np.ascontiguousarray(inputs, self.real)
        outputs = np.zeros((self.unit.outputs, frames), self.real)
        for start in range(0, frames, block):
            size = min(block, frames - start)
            rows: list[Any] = []
            for channel in (*channels, *outputs):
                pointer = ctypes.c_void_p(channel[start:].ctypes.data)
                rows += [pointer, pointer, ctypes.c_int64(0), ctypes.c_int64(size)]
                rows.append(ctypes.c_int64(1))
            self.call("compute", None, ctypes.c_int64(size), *rows)
        return outputs.astype(np.float64)

    def set_all(self, share: float) -> dict[str, float]:
        """Set each control to a value at a share of its range; the values by symbol."""
        values: dict[str, float] = {}
        for _, widget in placed_widgets(self.unit.tree):
            if widget.kind in ("hslider", "vslider", "nentry"):
                value = widget.min + share * (widget.max - widget.min)
                self.call(f"set_{widget.symbol}", None, self.number(value))
                values[widget.symbol] = value
        return values


def use_openmp() -> None:
    """Load LLVM's OpenMP run-time, which the code of teams calls."""
    paths = [f"/usr/lib/llvm-{version}/lib/libomp.so.5" for version in range(22, 13, -1)]
    libraries = [path for path in paths if os.path.exists(path)]
    assert libraries, "libomp is missing: apt install libomp-dev"
    llvm.load_library_permanently(libraries[0])
