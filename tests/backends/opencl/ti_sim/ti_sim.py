"""Builds and runs the TI branch of OpenCL C sources on this machine, against emulated built-ins.

Clang compiles the source, the same bytes that a device would get, as OpenCL C for x86, whose
address spaces are flat like the DSP's; ti_sim.c stands in for the heap, ti_runtime.cl and
ti_vectors.cl for OpenCL's own functions. It is no check by TI's compiler. Kernels can crash: use it
in a process of its own.
"""

from __future__ import annotations

import ctypes
import platform
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import dspc

HERE = Path(__file__).resolve().parent
HEAP = Path(dspc.__file__).parent / "backends" / "opencl" / "heap"
CLANG = "clang"

CL_FLAGS = [
    *("-x", "cl", "-cl-std=CL1.2", "-target", f"{platform.machine()}-linux-gnu"),
    *("-Xclang", "-finclude-default-header", "-DDSPC_TI", "-DDSPC_TI_DECLARE"),
    *(f"-I{HEAP}", "-fPIC", "-O1", "-g", "-ffp-contract=off", "-Wno-pass-failed"),
]


class LocalBytes(int):
    """An argument: so many bytes of local memory, as a kernel's local pointer wants."""


def compile_unit(source: Path, folder: Path, flags: Sequence[str]) -> str:
    """Compiles one OpenCL C file to an object file.

    Goes through LLVM's text form, in which the static local arrays, the only ones uninitialised,
    are given linkage that keeps the optimiser from assuming that only the kernel writes them."""
    text = folder / f"{source.stem}.ll"
    raw = ["-Xclang", "-disable-llvm-passes", "-S", "-emit-llvm"]
    command = [CLANG, *CL_FLAGS, *flags, *raw, str(source), "-o", str(text)]
    subprocess.run(command, check=True, timeout=120)
    local_array = re.compile(r"^(@[\w.]+ = )internal (global .* undef)", re.MULTILINE)
    text.write_text(local_array.sub(r"\1hidden \2", text.read_text()))
    unit = text.with_suffix(".o")
    command = [CLANG, "-O1", "-fPIC", "-Wno-override-module", "-c", str(text), "-o", str(unit)]
    subprocess.run(command, check=True, timeout=120)
    return str(unit)


SECTIONS = (".mem_ddr", ".mem_msm", ".mem_l2")
"""The sections for data of C code that TI's OpenCL has without a linker command file."""


def check_sections(code: str) -> None:
    """Refuses a C file in which a heap's memory lies in a section that TI's linker doesn't know, or
    in none. Raises ValueError."""
    placed = dict(re.findall(r'#pragma DATA_SECTION\((\w+), "([^"]*)"\)', code))
    for name, section in placed.items():
        if section not in SECTIONS:
            raise ValueError(f"{name}: no section is called {section}")
    for name in re.findall(r"^static ulong (\w+)\[", code, re.MULTILINE):
        if name not in placed:
            raise ValueError(f"{name} is in no section")


def build(
    source: Path, folder: Path, flags: Sequence[str] = (), c_file: Path | None = None
) -> Path:
    """Compiles one .cl file's TI branch to a shared library in `folder`, with a C file it calls.

    Raises subprocess.CalledProcessError where the compiler refuses it, ValueError for a section
    that the linker doesn't have."""
    objects = [compile_unit(source, folder, flags)]
    objects += [
        compile_unit(HERE / name, folder, ()) for name in ("ti_runtime.cl", "ti_vectors.cl")
    ]
    library = folder / f"lib{source.stem}_ti.so"
    command = ["cc", "-std=c99", "-shared", "-fPIC", "-O1", "-g", "-Wall", "-Wextra", "-Werror"]
    if c_file is not None:
        check_sections(c_file.read_text(encoding="utf-8"))
        objects.append(str(c_file.with_suffix(".c.o")))
        as_c = ["cc", "-std=c99", "-D_GNU_SOURCE", "-fPIC", "-O1", "-ffp-contract=off", *flags]
        as_c += ["-DDSPC_TI_DECLARE", "-Wno-unused", "-c", str(c_file), "-o", objects[-1]]
        subprocess.run(as_c, check=True, timeout=120)
    command += [str(HERE / "ti_sim.c"), *objects, "-lm", "-o", str(library)]
    subprocess.run(command, check=True, timeout=120)
    return library


def static_locals(library: Path) -> list[tuple[int, int]]:
    """Address in the file and size of each kernel's static local arrays (`kernel.array`), and of
    a C file's memory in l2."""
    command = ["nm", "--print-size", str(library)]
    listing = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    ranges: list[tuple[int, int]] = []
    for line in listing.stdout.splitlines():
        fields = line.split()
        name = fields[3].partition(".")[2] if len(fields) == 4 and fields[2] in "bd" else ""
        is_near = len(fields) == 4 and fields[3] == "dspc_area_l2"
        # The C library has statics like `completed.0`.
        if is_near or (name and not name.isdigit()):
            ranges.append((int(fields[0], 16), int(fields[1], 16)))
    return ranges


def symbol_address(library: Path, symbol: str) -> int:
    """A function's address in the file."""
    command = ["nm", "--defined-only", str(library)]
    listing = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    lines = (line.split() for line in listing.stdout.splitlines())
    return next(int(fields[0], 16) for fields in lines if fields[2] == symbol)


class TiProgram:
    """A built program; arrays given to its kernels are the device's memory, in place."""

    def __init__(self, library: Path) -> None:
        self.library = ctypes.CDLL(str(library))
        poison = self.library.ti_sim_poison
        loaded = ctypes.cast(poison, ctypes.c_void_p).value or 0
        base = loaded - symbol_address(library, "ti_sim_poison")
        self.locals = [(base + at, size) for at, size in static_locals(library)]

    def poison_locals(self) -> None:
        """Overwrites local memory, as another kernel on the core would."""
        for at, size in self.locals:
            self.library.ti_sim_poison(ctypes.c_void_p(at), ctypes.c_size_t(size))

    def run(
        self, kernel: str, items: int, *args: Any, group: int = 1, parts: int | None = None
    ) -> None:
        """Runs the work-items one after another, where the launch has a dimension of `parts` those
        last parts first. Arguments: numpy arrays (global pointers), numpy
        scalars (by value), LocalBytes."""
        function = getattr(self.library, kernel)
        function.restype = None
        passed: list[Any] = []
        scratch: list[np.ndarray] = []
        for arg in args:
            if isinstance(arg, LocalBytes):
                scratch.append(np.zeros(arg // 8 + 1, np.uint64))
                passed.append(scratch[-1].ctypes.data_as(ctypes.c_void_p))
            elif isinstance(arg, np.ndarray):
                passed.append(arg.ctypes.data_as(ctypes.c_void_p))
            else:
                passed.append(np.ctypeslib.as_ctypes_type(arg.dtype)(arg.item()))
        begin, size = self.library.ti_sim_kernel_begin, ctypes.c_size_t
        begin(size(items), size(group), size(parts or 1))
        for part in reversed(range(parts or 1)):
            for item in range(items):
                if item % group == 0:  # each group finds what some other kernel left
                    self.poison_locals()
                    for memory in scratch:
                        memory.view(np.uint8)[:] = 0xA5
                self.library.ti_sim_item(size(item), size(part))
                function(*passed)
        self.library.ti_sim_kernel_end()
        self.poison_locals()
