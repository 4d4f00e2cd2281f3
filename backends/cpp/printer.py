"""A loop-level module as one C++ file: comment, guards, includes, class."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xdsl.dialects.builtin import ModuleOp

from dspc.backends.c import row_copies
from dspc.backends.c.foreign import include_lines, link_line, without_exp10
from dspc.backends.c.language import Uses
from dspc.backends.common.allocators import check_allocators
from dspc.backends.common.comments import comment_text
from dspc.backends.common.layout import LayoutItem
from dspc.backends.common.lowered import Unit, read_unit
from dspc.backends.cpp.bundle import bundled
from dspc.backends.cpp.class_memory import ClassMemory
from dspc.backends.cpp.class_text import ClassOptions
from dspc.backends.cpp.foreign import called_names
from dspc.backends.cpp.klass import HELPERS, ClassPrinter
from dspc.backends.cpp.language import CPP, FAST_CPP
from dspc.backends.cpp.maths_header import OWN_MATHS, own_functions
from dspc.backends.cpp.staging import printed_allocators
from dspc.backends.cpp.tasks import has_tasks
from dspc.backends.cpp.vector_header import first_lanes, header, member_types
from dspc.support.version import VERSION

_FREE_LOOP = """/* No frame of the loop that follows needs what another frame of it computes. */
/* A serial loop of a chunk, if Clang unrolled it wholly, would hand values to the loop behind it in
   registers, which then is no vector loop. */
#if defined(__clang__)
#define DSPC_FREE_LOOP _Pragma("clang loop vectorize(assume_safety)")
#define DSPC_SERIAL_LOOP _Pragma("clang loop unroll_count(4)")
#define DSPC_COPY inline __attribute__((always_inline))
#define DSPC_APART __attribute__((noinline))
#elif defined(__GNUC__)
#define DSPC_FREE_LOOP _Pragma("GCC ivdep")
#define DSPC_SERIAL_LOOP
#define DSPC_COPY inline __attribute__((always_inline))
#define DSPC_APART
#else
#define DSPC_FREE_LOOP
#define DSPC_SERIAL_LOOP
#define DSPC_COPY inline
#define DSPC_APART
#endif
"""
_COPY = """\ttemplate <typename T>
\tDSPC_COPY static void {name}(T* to, const T* from, int first, int end) {{
\t\t{mark}
\t\tfor (int i = first; i < end; ++i) to[i] = from[i];
\t}}"""
_MARKS = {row_copies.FREE: "DSPC_FREE_LOOP", row_copies.IN_ORDER: "DSPC_SERIAL_LOOP"}
_QUIET = """#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#endif
"""
"""Clang may leave a free loop as it is: that no frame needs another is a fact, not a demand."""
_LOUD = """
#if defined(__clang__)
#pragma clang diagnostic pop
#endif"""
_FIRST = """/* A sum that is complete before more is added, for the rest waits for feedback. */
#if !defined(__has_builtin)
#define DSPC_FIRST(sum) (sum)
#elif __has_builtin(__builtin_assoc_barrier)
#define DSPC_FIRST(sum) __builtin_assoc_barrier(sum)
#elif __has_builtin(__arithmetic_fence)
#define DSPC_FIRST(sum) __arithmetic_fence(sum)
#else
#define DSPC_FIRST(sum) (sum)
#endif
"""
_FAST_FILE = "faust/dsp/fastmath.cpp"
"""Faust's approximate functions, among its headers."""
_TOLD = ("author", "copyright", "license", "name", "version")


def print_cpp(module: ModuleOp, options: ClassOptions | None = None) -> str:
    """The C++ class of a loop-level module.

    The text needs `dsp`, `UI` and `Meta` (and `Soundfile`, `defaultsound` where sound files are
    used) to be declared before it, as Faust's architecture files do. Raises `DspcError` where the
    module is not at the level of loops.
    """
    options = options or ClassOptions()
    unit = read_unit(module)
    check_allocators(unit, printed_allocators(unit), CPP.name)
    printer, uses = _class_printer(unit, options)
    body = list(printer.lines())
    at = body.index(HELPERS)
    body[at : at + 1] = _helpers(uses)
    if options.namespace:
        name = options.namespace
        body = [f"namespace {name} {{", "", *body, "", f"}} // namespace {name}"]
    if uses.free_loops:
        body = [_QUIET, *body, _LOUD]
    lines = [*_head(unit, options, uses), *body, "", "#endif"]
    return "\n".join(lines) + "\n"


def _class_printer(unit: Unit, options: ClassOptions) -> tuple[ClassPrinter, Uses]:
    language = FAST_CPP if options.fast_functions else CPP
    uses = Uses(language, functions=called_names(unit.declarations), trace=options.trace)
    return ClassPrinter(unit, options, uses, memory_interface(unit)), uses


def memory_layout(module: ModuleOp, options: ClassOptions) -> tuple[LayoutItem, ...]:
    """The memory of the class of a loop-level module, for its description."""
    return _class_printer(read_unit(module), options)[0].layout()


def _helpers(uses: Uses) -> Iterator[str]:
    """Types and functions of the class, so that it needs none that another file defines."""
    if uses.helpers:
        text = Path(__file__).with_name("wrapping.hpp").read_text(encoding="utf-8")
        yield from (f"\t{line}" if not line.startswith("#") else line for line in text.splitlines())
    if uses.lanes:
        yield from (f"\t{line}" for line in member_types(uses))
    if uses.own_functions:
        yield from own_functions(uses.own_functions)
    for name in sorted(uses.copies):
        yield _COPY.format(name=name, mark=_MARKS[name])
    if uses.helpers or uses.lanes or uses.own_functions or uses.copies:
        yield ""


def memory_interface(unit: Unit) -> type[ClassMemory]:
    """By which methods the class of a program gets its memory."""
    if unit.memory_interface:
        from dspc.backends.cpp.interfaces import INTERFACES

        return INTERFACES[unit.memory_interface]
    if is_placed(unit):
        from dspc.backends.cpp.spaces import SpaceZones

        return SpaceZones
    return ClassMemory


def is_placed(unit: Unit) -> bool:
    """Whether any array lies in a space of its own."""
    return any(
        (op.is_placed_apart or op.is_in_flash) and op.type.get_shape() for op in unit.buffers
    )


def _head(unit: Unit, options: ClassOptions, uses: Uses) -> Iterator[str]:
    name = options.class_name
    yield from _comment(unit, options)
    guard = options.guard
    yield f"\n#ifndef  __{guard}_H__\n#define  __{guard}_H__\n"
    yield "#ifndef FAUSTFLOAT\n#define FAUSTFLOAT float\n#endif\n"
    link = link_line(unit.declarations)
    if link:
        yield link
    yield from include_lines(unit.declarations)
    yield "#include <algorithm>\n#include <cmath>\n#include <cstdint>"
    if uses.lanes or uses.own_functions:
        yield "#include <cstring>\n#include <initializer_list>"
    if uses.lanes:
        yield "#include <type_traits>\n#include <utility>"
    if uses.helpers:
        yield "#if defined(_M_X64)\n#include <emmintrin.h>\n#endif"
    if uses.special_numbers:
        yield "#include <limits>"
    if options.fast_functions and options.fast_functions != "arch":
        path = options.fast_functions
        yield f'#include "{_FAST_FILE if path == "def" else path}"'
    yield f"\n#ifndef FAUSTCLASS\n#define FAUSTCLASS {name}\n#endif\n"
    yield "#ifdef __APPLE__\n#define exp10f __exp10f\n#define exp10 __exp10\n#endif\n"
    yield from without_exp10(unit.declarations)
    yield "#if defined(_WIN32)\n#define RESTRICT __restrict\n#else"
    yield "#define RESTRICT __restrict__\n#endif\n"
    if has_tasks(unit.functions["compute"]):
        yield bundled("dspc/scheduler.h", options.scheduler)
    if uses.free_loops:
        yield _FREE_LOOP
    if uses.own_functions:
        yield OWN_MATHS
    if uses.lanes:
        yield header(uses, guard)
    if uses.ordered_sums:
        yield _FIRST
    if uses.ordered_lanes:
        yield first_lanes(guard)


def _comment(unit: Unit, options: ClassOptions) -> Iterator[str]:
    pairs = {"name": unit.name, **dict(unit.metadata)}
    rule = "-" * 60
    yield f"/* {rule}"
    for key in _TOLD:
        if key in pairs:
            yield f'{key}: "{comment_text(pairs[key])}"'
    yield f"Code generated with dspc {VERSION}"
    if options.options:
        yield f"Compilation options: {comment_text(options.options)}"
    yield from map(comment_text, options.memory)
    yield f"{rule} */"
