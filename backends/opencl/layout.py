"""Where a program's memory lies on the device: the blocks, and the place of each buffer in them.

All numbers of one kind that each voice has once share a block; each array is a block of its own.
Voices lie in tiles of `DSPC_TILE`: element `k` of the voice `v` of a tile is `tile[k * DSPC_TILE +
v]`, so that lanes and neighbouring work-items read neighbouring words, and one tile follows the
other.

What is common to all voices is kept once. State among it is kept twice: in each block of sound,
voices read one half while one of them writes the other, for they do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dspc.backends.c.names import Names
from dspc.backends.common.lowered import Unit
from dspc.backends.opencl.allocators import (
    ARENA,
    CL_SYNTAX,
    HANDLED,
    HEAP,
    PRIVATE,
    UNCONVERTED,
    giver,
    outside,
)
from dspc.backends.opencl.language import OPENCL
from dspc.backends.opencl.storage import ClStorage
from dspc.dialects.dsp.ui_ops import walk_widgets
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role, Space
from dspc.dialects.dsp_mem.spaces import PASSING

SIZES = {"double": 8, "float": 4, "int": 4, "bool": 1}
ZONES = "zones"
NEAR = "@l2"
"""The key of rows of l2 that may share bytes."""
STEP = "DSPC_TILE"
"""The distance between two elements of one voice."""
_LARGE = 4096
SPREAD = 320
"""Bytes left free behind each large array. Arrays have powers of two of elements and are read at
the same places, which would all meet in the same few sets of a cache."""


@dataclass(slots=True)
class Block:
    """One allocation. `extent` counts elements, of each voice unless the voices share it."""

    name: str
    element: str
    extent: int
    shared: bool
    symbols: list[str] = field(default_factory=list[str])
    space: Space = Space.DDR
    allocator: Allocator = HEAP
    next: str = ""
    """For state that the voices share: the name of the half to write."""

    @property
    def elements(self) -> int:
        """Of one voice, or of all if they share it."""
        return self.extent * (2 if self.next else 1)

    @property
    def bytes(self) -> int:
        """Of one voice, or of all if they share it."""
        return self.elements * SIZES[self.element]

    @property
    def gap(self) -> int:
        """Bytes left free behind it, off TI's devices."""
        return SPREAD if self.bytes >= _LARGE else 0

    @property
    def size(self) -> str:
        """The expression of the bytes that all voices take."""
        voices = "1" if self.shared else "voices"
        return f"DSPC_BYTES({voices}, {self.elements} * sizeof({self.element}), {self.gap})"

    def piece(self, name: str, attribute: str = "", zone: str = "", offset: str = "") -> Piece:
        """Its description for the allocator; `name` is a variable or the pointer's expression."""
        return Piece(
            name,
            self.element,
            self.elements,
            space=self.space,
            attribute=attribute,
            cast=UNCONVERTED,
            zone=zone,
            offset=offset,
            bytes=self.size,
            syntax=CL_SYNTAX,
        )


@dataclass(slots=True)
class ClLayout:
    """All memory of a program."""

    blocks: list[Block]
    places: dict[str, ClStorage]
    zones: list[str]
    """The widgets' symbols, in the order of the zone buffer."""
    cells: dict[str, list[str]]
    """Names of the numbers in each block that has some, and in `zones`."""
    data: list[tuple[ClStorage, BufferOp]]
    scratch: list[ClStorage]
    sounds: dict[str, str] = field(default_factory=dict[str, str])
    """The names of the buffers of each sound file's slot, by its symbol."""

    def block(self, name: str) -> Block:
        return next(block for block in self.blocks if block.name == name)

    def space_bytes(self, space: Space, voices: int) -> int:
        """The bytes of the blocks in a space, off TI's devices and without the heap's own words."""
        blocks = [block for block in self.blocks if block.space == space]
        return sum(b.bytes * (1 if b.shared else voices) + b.gap for b in blocks)


def make_layout(
    unit: Unit, names: Names, prefix: str, heap: str = "auto", is_levelled: bool = False
) -> ClLayout:
    """The blocks of a lowered program: each in the space that a pass gave its buffers, else in ddr.

    Heaps other than `auto` and `l2` take all blocks. Of a program in levels, scratch is among them:
    each kernel needs what others have left.
    """
    layout = ClLayout([], {}, [], {}, [], [])
    layout.zones = sorted(
        widget.symbol for widget in walk_widgets(unit.tree) if widget.kind.value != "soundfile"
    )
    for widget in walk_widgets(unit.tree):
        if widget.kind.value == "soundfile":
            layout.sounds[widget.symbol] = names.fresh(f"{widget.symbol}_file", "sound")
    real = "float" if unit.single else "double"
    for op in unit.buffers:
        _place(op, layout, names, prefix, heap, is_levelled)
    for symbol in layout.zones:
        cell = names.fresh(f"{prefix}_{symbol}", "zone")
        layout.cells.setdefault(ZONES, []).append(cell)
        layout.places[symbol] = ClStorage(ZONES, real, None, f"@{symbol}", cell=cell)
        layout.places[symbol].step, layout.places[symbol].lane = STEP, "lane"
    layout.blocks.sort(key=lambda block: (-SIZES[block.element], block.shared))
    return layout


def _place(
    op: BufferOp, layout: ClLayout, names: Names, prefix: str, heap: str, is_levelled: bool
) -> None:
    symbol, kind = op.sym_name.data, OPENCL.scalar(op.type.element_type)
    shape = op.type.get_shape()
    key = f"@{symbol}"
    if op.role.data == Role.ZONE:
        return
    if op.role.data == Role.DATA:
        place = ClStorage(names.fresh(f"{prefix}_{symbol}", "data"), kind, shape[0], "", op=op)
        place.holder = f"constant {kind} *"
        layout.data.append((place, op))
    elif op.lifetime.data == Lifetime.BLOCK and not is_levelled and _is_of_function(op):
        place = ClStorage(
            names.fresh(symbol, "scratch"), kind, shape[0] if shape else 1, key, op=op
        )
        place.holder, place.allocator = f"{kind} *", outside(op) or PRIVATE
        if is_near(op):
            # Rows with disjoint live ranges share bytes.
            place.key, place.is_near, place.holder = NEAR, True, f"DSPC_LP({kind})"
        layout.scratch.append(place)
    elif shape or op.lifetime.data == Lifetime.CLASS:
        place = _array(op, kind, layout, names, heap)
    else:
        place = _number(op, kind, layout, names, prefix, heap)
    layout.places[symbol] = place


def space_of(op: BufferOp, heap: str) -> Space:
    """The space of the block that holds a buffer."""
    if heap in ("ddr", "msmc", "static"):
        return Space(heap)
    space_name = None if op.space is None else op.space.data
    return space_name if space_name is not None and space_name in HANDLED else Space.DDR


def is_near(op: BufferOp) -> bool:
    """Whether scratch is a row of l2, and not a private array."""
    is_stack = op.allocator is not None and op.allocator.data == "stack"
    return op.space is not None and op.space.data == Space.L2 and not is_stack


def _is_of_function(op: BufferOp) -> bool:
    """Whether scratch is an array of `compute` itself; else it is a block of a heap."""
    return op.space is None or op.space.data in PASSING


def _array(op: BufferOp, kind: str, layout: ClLayout, names: Names, heap: str) -> ClStorage:
    symbol, shape = op.sym_name.data, op.type.get_shape()
    name = names.fresh(symbol, "buffer")
    block = Block(name, kind, shape[0] if shape else 1, _is_shared(op), [symbol])
    block.space, block.allocator = space_of(op, heap), giver(op, heap == "static")
    if _has_turns(op):
        block.next = names.fresh(f"next_{symbol}", "buffer")
    layout.blocks.append(block)
    place = ClStorage(name, kind, block.extent, f"@{symbol}", op=op, cell="" if shape else "0")
    place.holder = block.allocator.declare(block.piece("")).rstrip()
    return _shared(place, op, block)


def _number(
    op: BufferOp, kind: str, layout: ClLayout, names: Names, prefix: str, heap: str
) -> ClStorage:
    """A number among others of its kind, in the block that those have in its space."""
    first = f"{kind}s"
    if _is_shared(op):
        first = f"{'common' if _has_turns(op) else 'fixed'}_{first}"
    space = space_of(op, heap)
    name, block = _numbers(layout, first, space)
    if block is None:
        next_name = name.replace("common_", "next_") if _has_turns(op) else ""
        block = Block(name, kind, 0, _is_shared(op), space=space, next=next_name)
        block.allocator = ARENA if heap == "static" else HEAP
        layout.blocks.append(block)
    cells = layout.cells.setdefault(name, [])
    block.extent += 1
    block.symbols.append(op.sym_name.data)
    cell = names.fresh(f"{prefix}_{op.sym_name.data}", "number")
    cells.append(cell)
    return _shared(ClStorage(name, kind, None, f"@{op.sym_name.data}", op=op, cell=cell), op, block)


def _numbers(layout: ClLayout, name: str, space: Space) -> tuple[str, Block | None]:
    """The block of numbers of a kind in a space, and its name; the first has the kind's name."""
    known = {block.name: block for block in layout.blocks}
    if name in known and known[name].space != space:
        name = f"{name}_{space.value}"
    return name, known.get(name)


def _is_shared(op: BufferOp) -> bool:
    return op.lifetime.data == Lifetime.CLASS or op.common is not None


def _has_turns(op: BufferOp) -> bool:
    return op.common is not None and op.role.data == Role.STATE


def _shared(place: ClStorage, op: BufferOp, block: Block) -> ClStorage:
    """The place, which all voices share or each has its own of."""
    if op.common is not None:
        place.common = block.next or block.name
    elif op.lifetime.data != Lifetime.CLASS:
        place.step, place.lane = STEP, "lane"
    return place


def enums(layout: ClLayout) -> Iterator[str]:
    """Declares the names of all cells."""
    for cells in layout.cells.values():
        yield f"enum {{ {', '.join(cells)} }};"
