"""Heaps in a `DATA_SECTION`: the program as standard C, and thin kernels in OpenCL C that call it.

TI's OpenCL C knows no pragma that places an object, but its C compiler does; so the heaps are
static objects of a C file, in whose sections a linker command file puts them on the chip. The host
passes no heap then, and how many voices there is room for is known when compiling (`DSPC_VOICES`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dspc.backends.opencl.allocators import STATIC
from dspc.backends.opencl.kernel import Kernel, Part, joined
from dspc.backends.opencl.layout import ClLayout
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.buffers import Space

_HEAPS = (Space.DDR, Space.MSMC)
SECTIONS = {Space.DDR: ".mem_ddr", Space.MSMC: ".mem_msm", Space.L2: ".mem_l2"}
"""The sections that TI's OpenCL has for data of C code (its guide); any other name needs a linker
command file."""
_HEADER, _EACH = 64, 24
"""Bytes that a heap of TI's needs beside the blocks: once, with its guard word, and for each."""
_IN_C = "_in_c"
_WHO = ("dspc_item", "dspc_items", "dspc_part", "dspc_parts")
"""Which work-item a function of the C file works for, in both dimensions of a launch."""


def c_text(
    name: str, real: str, code: str, dialect: str, kernels: Sequence[Part], heaps: Iterable[str]
) -> str:
    """The C file: the heaps, and all that the kernels do, as functions ending in `_in_c`.

    `code` is OpenCL C without kernels, `kernels` the kernels in it, `dialect` the heap's macros,
    `heaps` the lines that `section_heaps` gives.
    """
    head = (Path(__file__).parent / "c_form.h").read_text(encoding="utf-8")
    renamed = [f"#define {kernel.name} {kernel.name}{_IN_C}" for kernel in _called(kernels)]
    functions = joined(kernels, _as_function)
    first = f"/* {name} in C, for {name}.cl to call. Generated with dspc. */"
    types = f"typedef {real} dspc_real;"
    parts = first, head, dialect, types, *renamed, "", code, *heaps, functions, ""
    return "\n".join(parts)


def cl_text(name: str, real: str, kernels: Sequence[Part]) -> str:
    """The OpenCL C file: a kernel for each function of the C file, to be linked with it."""
    lines = [f"/* Kernels that call {name}.c, with which they are linked. Generated with dspc. */"]
    if real == "double":
        lines.append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable")
    lines.append("typedef ulong dspc_handle;\n")
    for kernel in _called(kernels):
        parameters = [parameter.declared for parameter in kernel.parameters]
        names = [parameter.name for parameter in kernel.parameters]
        who = [f"int {name}" for name in _WHO]
        ids = [f"(int)get_global_{name}({d})" for d in (0, 1) for name in ("id", "size")]
        lines.append(f"void {kernel.name}{_IN_C}({', '.join([*who, *parameters])});")
        head = ", ".join(parameters) or "void"
        one_item = "__attribute__((reqd_work_group_size(1, 1, 1)))"
        lines.append(f"kernel {one_item} void {kernel.name}({head})")
        lines.append(f"{{\n\t{kernel.name}{_IN_C}({', '.join([*ids, *names])});\n}}\n")
    for space in _HEAPS:
        init = f"dspc_heap_init_{space.value}"
        lines.append(f"void {init}{_IN_C}(void);")
        lines.append(f"kernel void {init}(void)\n{{\n\t{init}{_IN_C}();\n}}\n")
    return "\n".join(lines)


def _called(kernels: Iterable[Part]) -> Iterator[Kernel]:
    """The kernels but those that make heaps."""
    return (kernel for kernel in kernels if isinstance(kernel, Kernel) and not kernel.heap)


def _as_function(kernel: Kernel) -> Iterator[str]:
    if kernel.heap:
        return kernel.lines(f"static void {kernel.name}_at")
    who = "".join(f"int {each}, " for each in _WHO)
    return kernel.lines(f"void {kernel.name}", who)


def section_heaps(layout: ClLayout, near_bytes: int) -> Iterator[str]:
    """The objects that hold the heaps, and `near_bytes` of l2 for `compute`.

    Each core has an l2 of its own at the same address, so that one object serves all.
    """
    if near_bytes:
        yield from _area(Space.L2, f"{near_bytes // 8}")
        yield ""
    for space in _HEAPS:
        blocks = [block for block in layout.blocks if block.space == space]
        shared = sum(block.bytes for block in blocks if block.shared)
        own = sum(block.bytes for block in blocks if not block.shared)
        fixed = shared + _HEADER + _EACH * len(blocks)
        area, name = f"dspc_area_{space.value}", f"dspc_heap_init_{space.value}"
        yield from _area(space, f"({fixed}u + {own}u * DSPC_VOICES + 7u) / 8u")
        yield f"static void {name}_at(global char *heap, uint bytes);"
        yield f"void {name}{_IN_C}(void) {{ {name}_at((char *){area}, sizeof {area}); }}"
        yield ""


def _area(space: Space, words: str) -> Iterator[str]:
    """The object that is the memory of a space, in its section."""
    yield "#ifdef __TI_COMPILER_VERSION__"
    yield f'#pragma DATA_SECTION(dspc_area_{space.value}, "{SECTIONS[space]}")'
    yield "#endif"
    yield f"static {STATIC.declare(Piece(f'dspc_area_{space.value}', 'ulong', words))};"
