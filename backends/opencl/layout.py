"""Where a program's memory lies on the device: blocks, and what each buffer is in them.

All numbers of one kind that each voice has once share a block; each array is a block of its own.
Element `k` of voice `v` is `block[k * voices + v]`, so that neighbouring work-items read
neighbouring words, or, where each work-group has one work-item, `block[v * extent + k]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dspc.backends.cpp.arithmetic import c_type
from dspc.backends.cpp.memory import Storage
from dspc.backends.cpp.names import Names
from dspc.backends.cpp.unit import Unit
from dspc.dialects.dsp.ui_ops import walk_widgets
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role, Space

SIZES = {"double": 8, "float": 4, "int": 4, "bool": 1}
ZONES = "zones"


@dataclass(slots=True)
class Block:
    """One allocation. `extent` counts elements, of each voice unless the voices share it."""

    name: str
    element: str
    extent: int
    shared: bool
    symbols: list[str] = field(default_factory=list[str])
    space: Space = Space.DDR
    staged: bool = False
    """Whether `compute` works on a copy in l2."""

    @property
    def bytes(self) -> int:
        """Of one voice, or of all if they share it."""
        return self.extent * SIZES[self.element]


@dataclass(slots=True)
class Place(Storage):
    """A buffer's place: a whole block, or (by `cell`, a constant's name) one number of it."""

    cell: str = ""
    step: str = ""
    """What indices are multiplied by; empty where elements are adjacent."""


@dataclass(slots=True)
class Layout:
    """All memory of a program."""

    blocks: list[Block]
    places: dict[str, Place]
    zones: list[str]
    """The widgets' symbols, in the order of the zone buffer."""
    cells: dict[str, list[str]]
    """Names of the numbers in each block that has some, and in `zones`."""
    data: list[tuple[Place, BufferOp]]
    scratch: list[Place]

    def block(self, name: str) -> Block:
        return next(block for block in self.blocks if block.name == name)

    def staged(self) -> list[Block]:
        return [block for block in self.blocks if block.staged]

    def space_bytes(self, space: Space, voices: int) -> int:
        """What the blocks in a space take, without the heap's own words."""
        return sum(b.bytes * (1 if b.shared else voices) for b in self.blocks if b.space == space)


def make_layout(unit: Unit, names: Names, prefix: str) -> Layout:
    """The blocks of a lowered program, all in ddr."""
    layout = Layout([], {}, [], {}, [], [])
    layout.zones = sorted(
        widget.symbol for widget in walk_widgets(unit.tree) if widget.kind.value != "soundfile"
    )
    real = "float" if unit.single else "double"
    for op in unit.buffers:
        _place(op, layout, names, prefix)
    for symbol in layout.zones:
        cell = names.fresh(f"{prefix}_{symbol}", "zone")
        layout.cells.setdefault(ZONES, []).append(cell)
        layout.places[symbol] = Place(ZONES, real, None, f"@{symbol}", cell=cell, step="step")
    layout.blocks.sort(key=lambda block: (-SIZES[block.element], block.shared))
    return layout


def _place(op: BufferOp, layout: Layout, names: Names, prefix: str) -> None:
    symbol, kind = op.sym_name.data, c_type(op.type.element_type)
    shape = op.type.get_shape()
    key = f"@{symbol}"
    if op.role.data == Role.ZONE:
        return
    if op.role.data == Role.DATA:
        place = Place(names.fresh(f"{prefix}_{symbol}", "data"), kind, shape[0], "", op=op)
        layout.data.append((place, op))
    elif op.lifetime.data == Lifetime.BLOCK:
        place = Place(names.fresh(symbol, "scratch"), kind, shape[0] if shape else 1, key, op=op)
        layout.scratch.append(place)
    elif shape or op.lifetime.data == Lifetime.CLASS:
        shared = op.lifetime.data == Lifetime.CLASS
        name = names.fresh(symbol, "buffer")
        extent = shape[0] if shape else 1
        layout.blocks.append(Block(name, kind, extent, shared, [symbol]))
        cell = "" if shape else "0"
        place = Place(name, kind, extent, key, op=op, cell=cell, step="" if shared else "step")
    else:
        place = _number(op, kind, layout, names, prefix)
    layout.places[symbol] = place


def _number(op: BufferOp, kind: str, layout: Layout, names: Names, prefix: str) -> Place:
    block = f"{kind}s"
    cells = layout.cells.setdefault(block, [])
    if not cells:
        layout.blocks.append(Block(block, kind, 0, False))
    found = layout.block(block)
    found.extent += 1
    found.symbols.append(op.sym_name.data)
    cell = names.fresh(f"{prefix}_{op.sym_name.data}", "number")
    cells.append(cell)
    return Place(block, kind, None, f"@{op.sym_name.data}", op=op, cell=cell, step="step")


def enums(layout: Layout) -> Iterator[str]:
    """Declares the names of all cells."""
    for cells in layout.cells.values():
        yield f"enum {{ {', '.join(cells)} }};"
