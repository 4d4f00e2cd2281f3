"""What managed/zones.cpp needs of a program: its classes, and where each array ought to lie."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from mem_programs import BACKEND, HERE, SANITIZERS, need_compiler, printed, run
from xdsl.dialects.builtin import ModuleOp

from dspc.dialects.dsp_mem import BufferOp, Lifetime, Role
from dspc.options.compile_options import CompileOptions

SECTIONS = (
    "-DSECTIONS",
    *(f'-DDSPC_{name.upper()}=__attribute__((section("{name}")))' for name in ("ddr", "msmc")),
)
"""Flags by which each space is a section of the program."""
FLAGS = ("-std=c++11", "-Wall", "-Werror", "-Wno-unused-variable", "-fno-access-control")
WITHOUT_VECTORS = ("-Wno-error=pass-failed",)
"""For Clang, which at -O1 with sanitizers says of free loops that it makes no vectors of them."""


def zoned(module: ModuleOp) -> list[BufferOp]:
    """The buffers that lie in zones."""
    buffers = [op for op in module.body.block.ops if isinstance(op, BufferOp)]
    return [op for op in buffers if op.zone is not None]


def place_of(op: BufferOp) -> tuple[str, int]:
    assert op.zone is not None
    assert op.zone_offset is not None
    return op.zone.data, op.zone_offset.value.data


def sizes_of(module: ModuleOp) -> dict[str, int]:
    """The bytes of each zone."""
    sizes: dict[str, int] = {}
    for op in zoned(module):
        zone, offset = place_of(op)
        sizes[zone] = max(sizes.get(zone, 0), offset + op.bytes)
    return sizes


def places_text(module: ModuleOp, options: CompileOptions, plain: str) -> str:
    """places.h of a program."""
    sizes = sizes_of(module)
    real = "double" if options.double else "float"
    if options.host_zones:
        zones, handed = {"iZone": "int", "fZone": real}, "setMemory({iZone}, {fZone})"
        lengths = {"iZone": f"kIntZone * {4}", "fZone": f"kRealZone * sizeof({real})"}
        align = {"iZone": "4", "fZone": f"sizeof({real})"}
    else:
        zones = dict.fromkeys(sizes, "void")
        handed = "setMemory(mydsp::Zones{{" + ", ".join(f"{{{name}}}" for name in _order(sizes))
        handed += "}})"
        lengths = {name: f"k{name.capitalize()}Bytes" for name in sizes}
        align = dict.fromkeys(sizes, "mydsp::kZoneAlignment")
    pointers = {name: f"({kind}*){name}.start" for name, kind in zones.items()}
    lines = ["struct Given {"]
    lines += [f"\tZone {name};" for name in zones]
    starts = ", ".join(f"{name}(mydsp::{lengths[name]}, {align[name]})" for name in zones)
    always = "true" if options.host_zones else "handsOver"
    lines.append(f"\tGiven(mydsp& program, bool handsOver = true){' : ' if starts else ''}{starts}")
    lines.append("\t{")
    if zones:
        lines.append(f"\t\tif ({always}) program.{handed.format(**pointers)};")
    lines.append("\t}")
    whole = " && ".join([f"{name}.isWhole()" for name in zones] or ["true"])
    lines += [f"\tbool isWhole() const {{ return {whole}; }}", "};"]
    lines += [
        f'static_assert(mydsp::{lengths[name]} == {size}, "{name}");'
        for name, size in sizes.items()
    ]
    if options.host_zones:
        lines.append('static_assert(mydsp::kIntZone == FAUST_INT_ZONE, "");')
        lines.append('static_assert(mydsp::kRealZone == FAUST_FLOAT_ZONE, "");')
    lines.append("static bool inPlace(mydsp& program, Given& zones, plain& reference)\n{")
    lines += [f"\t{line}" for line in _comparisons(module, plain)]
    return "\n".join([*lines, "\treturn true;", "}"]) + "\n"


def _order(sizes: dict[str, int]) -> list[str]:
    return [name for name in ("ddr", "msmc", "l2", "static") if name in sizes]


def _comparisons(module: ModuleOp, plain: str) -> Iterator[str]:
    """Each persistent array, compared with that of the class without zones."""
    for op in module.body.block.ops:
        if not isinstance(op, BufferOp) or not op.type.get_shape():
            continue
        if op.role.data == Role.SCRATCH or op.lifetime.data == Lifetime.BLOCK:
            continue
        is_class = op.lifetime.data == Lifetime.CLASS or op.role.data == Role.DATA
        name = op.sym_name.data
        if op.zone is None:
            if is_class and op.is_placed_apart and op.space is not None:
                mine = f"{name}_mydsp"
                yield f"if (!IN_SECTION({op.space.data.value}, {mine})) return false;"
                yield f"if (std::memcmp({mine}, {name}_plain, {op.bytes})) return false;"
            continue
        theirs = f"{name}_plain" if is_class else f"reference.{name}"
        declared = (
            rf"\b{name}{'_plain' if is_class else ''}\[\d+( \+ \d+)?\]"  # with room behind it
        )
        assert re.search(declared, plain), f"{name} has another name in the plain class"
        zone, offset = place_of(op)
        yield f"if (std::memcmp(zones.{zone}.start + {offset}, {theirs}, {op.bytes})) return false;"


def zones_live(
    source: Path, options: CompileOptions, folder: Path, flags: tuple[str, ...] = ()
) -> str:
    """What managed/zones.cpp says of a program: "ok" or the first thing that is wrong."""
    need_compiler()
    module, managed = printed(source, options)
    own = CompileOptions(
        class_name="plain", double=options.double, vec=options.vec, vector_size=options.vector_size
    )
    plain = printed(source, own, options)[1]
    (folder / "plain.h").write_text(plain)
    (folder / "managed.h").write_text(managed)
    (folder / "places.h").write_text(places_text(module, options, plain))
    real = "double" if options.double else "float"
    # Clang takes a fraction of g++'s time to compile with sanitizers.
    compiler = "clang++" if SANITIZERS[-1] in flags and shutil.which("clang++") else "g++"
    extra = WITHOUT_VECTORS if compiler == "clang++" else ()
    done = run(
        *(compiler, *FLAGS, *extra, "-O1", f"-DFAUSTFLOAT={real}", *flags),
        *(f"-I{folder}", f"-I{BACKEND}", HERE / "managed" / "zones.cpp", "-o", folder / "zones"),
    )
    assert done.returncode == 0, done.stderr
    ran = run(folder / "zones")
    return (ran.stdout + ran.stderr).strip()
