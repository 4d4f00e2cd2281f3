"""The C++ host program of an OpenCL program: files that are the same for all, and `program.h`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from dspc.backends.common.sounds import file_names
from dspc.backends.opencl.levels import Round
from dspc.backends.opencl.printer import ClProgram
from dspc.dialects.dsp.ui import widget_paths
from dspc.dialects.dsp_mem.buffers import Space
from dspc.support.texts import text_bytes

_HERE = Path(__file__).parent
_FIXED = ("host.cpp", "player.hpp", "slots.hpp", "device.hpp", "sound.hpp")
_NAMED = ("Makefile", "README.md")
_LONGEST = 8000
"""Characters of one string literal; some compilers take no more than 16 KiB."""


def host_files(program: ClProgram) -> dict[str, str]:
    """The texts of a folder that holds a program's kernels and its host, by file name.

    Kernels that call C come with that, and no host: only TI's tools can link them.
    """
    if program.c_text:
        return {f"{program.name}.cl": program.text, f"{program.name}.c": program.c_text}
    files = {f"{program.name}.cl": program.text, "program.h": "\n".join(_description(program))}
    for name in _FIXED:
        files[name] = (_HERE / name).read_text(encoding="utf-8")
    for name in _NAMED:
        files[name] = (_HERE / name).read_text(encoding="utf-8").replace("@NAME@", program.name)
    return files


def _description(program: ClProgram) -> Iterator[str]:
    unit, layout = program.unit, program.layout
    yield f"// What host.cpp has to know of {program.name}. Generated with dspc."
    yield "#pragma once\n#include <cmath>\n#include <cstddef>\n#include <vector>\n"
    yield "namespace program {\n"
    yield f"using Real = {'float' if unit.single else 'double'};"
    yield f"const char *const NAME = {_quoted(program.name)};"
    yield f"const int INPUTS = {unit.inputs}, OUTPUTS = {unit.outputs};"
    yield f"const bool HEAP = {_truth(program.heap)}; // whether memory comes from heaps"
    yield f"const bool APART = {_truth(program.apart)}; // whether voices are never interleaved"
    yield f"const bool LANES = {_truth(program.lanes)}; // whether a work-item takes several"
    yield f"const bool LOCAL_ARGUMENT = {_truth(program.local_argument)}; // its last, in compute"
    yield f"const std::size_t NEAR_BYTES = {program.local_bytes}; // of local memory"
    yield "\nstruct Zone {\n\tconst char *path;\n\tbool is_meter;\n\tdouble init, low, high;\n};"
    yield from _array("Zone", "ZONES", _zones(program))
    yield "\nstruct Block {\n\tconst char *name;\n\tbool in_msmc, is_shared;"
    yield "\tstd::size_t bytes, gap;\n};"
    rows = [
        f"{_quoted(block.name)}, {_truth(block.space == Space.MSMC)}, {_truth(block.shared)}, "
        f"{block.bytes}, {block.gap}"
        for block in layout.blocks
    ]
    yield from _array("Block", "BLOCKS", rows)
    yield "\nstruct Launch {\n\tconst char *kernel;\n\tint parts; // for each voice; 0: any\n};"
    yield "struct Round {\n\tint chunk; // frames; 0: all at once"
    yield "\tstd::vector<Launch> launches;\n};"
    yield from _array("Round", "ROUNDS", [_round(each) for each in program.rounds])
    yield "\nstruct Slot {\n\tstd::vector<const char *> files;\n};"
    slots = {w.symbol: w for _, w in widget_paths(unit.tree)}
    files = [file_names(slots[symbol]) for symbol in layout.sounds]
    yield from _array("Slot", "SLOTS", [f"{{{', '.join(map(_quoted, row))}}}" for row in files])
    yield "\nconst char *const SOURCE[] = {"
    mark = "dspc_cl"
    while f"){mark}" in program.text:
        mark += "_"
    for at in range(0, len(program.text), _LONGEST):
        yield f'R"{mark}({program.text[at : at + _LONGEST]}){mark}",'
    yield "};\n\n} // namespace program\n"


def _round(turn: Round) -> str:
    launches = (f"{{{_quoted(each.suffix)}, {each.parts}}}" for each in turn.launches)
    return f"{turn.chunk}, {{{', '.join(launches)}}}"


def _zones(program: ClProgram) -> Iterator[str]:
    widgets = {widget.symbol: (path, widget) for path, widget in widget_paths(program.unit.tree)}
    for symbol in program.layout.zones:
        path, widget = widgets[symbol]
        is_meter = widget.kind.is_output
        numbers = (0.0 if is_meter else widget.init, widget.min, widget.max)
        values = ", ".join(map(_number, numbers))
        yield f"{_quoted(path)}, {_truth(is_meter)}, {values}"


def _array(kind: str, name: str, rows: Iterator[str] | list[str]) -> Iterator[str]:
    """A vector, since an array may not be empty."""
    yield f"const std::vector<{kind}> {name} = {{"
    for row in rows:
        yield f"\t{{{row}}},"
    yield "};"


def _number(value: float) -> str:
    if math.isnan(value):
        return "NAN"
    if math.isinf(value):
        return "-INFINITY" if value < 0 else "INFINITY"
    return repr(float(value))


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _quoted(text: str) -> str:
    """A string literal of C++, of bytes in UTF-8."""
    safe = "".join(
        chr(byte) if 32 <= byte < 127 and chr(byte) not in '"\\?' else f"\\{byte:03o}"
        for byte in text_bytes(text)
    )
    return f'"{safe}"'
