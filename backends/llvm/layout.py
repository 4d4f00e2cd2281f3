"""Memory layout of a program: one block of bytes for an instance, globals for the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dspc.backends.common import spacing
from dspc.backends.common.lowered import Unit
from dspc.backends.llvm.allocators import INSTANCE, LLVM_SYNTAX, giver
from dspc.backends.llvm.types import alignment_of, array, constant, memory_type, size_of
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget, widget_paths
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role

INSTANCE_ALIGNMENT = 16
SCRATCH_ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class LlvmStorage:
    """The memory of a buffer.

    `base` is the name of a global, or "" for memory of the instance at `offset` (in bytes) or, with
    lifetime `block`, of a call. `tag` is the alias class.
    """

    kind: str
    extent: int | None
    tag: str
    base: str = ""
    offset: int = 0
    allocator: Allocator = INSTANCE
    init: str = ""
    """The initial value of a scalar of the instance, or ""."""

    @property
    def is_local(self) -> bool:
        """Whether each function that uses it declares it."""
        return not self.base and self.allocator is not INSTANCE

    def piece(self, name: str, attribute: str = "", zone: str = "") -> Piece:
        """Its description for the allocator; `zone` is the instance that holds it."""
        return Piece(
            name,
            self.kind,
            self.extent,
            padding=gap(self) // size_of(self.kind) if self.extent is not None else 0,
            alignment=SCRATCH_ALIGNMENT,
            attribute=attribute,
            zone=zone,
            offset=self.offset,
            is_untyped=True,
            syntax=LLVM_SYNTAX,
        )

    def address(self) -> str:
        """The instruction of its address in the instance `%state`."""
        return self.allocator.access(self.piece("", zone="%state"))


@dataclass(slots=True)
class InstanceLayout:
    """The memory of all buffers of a program, by symbol."""

    places: dict[str, LlvmStorage] = field(default_factory=dict[str, LlvmStorage])
    globals: list[str] = field(default_factory=list[str])
    size: int = 0
    """The size of an instance in bytes."""
    zones: list[tuple[str, UiWidget]] = field(default_factory=list[tuple[str, UiWidget]])
    """The widgets by path, in the order of the interface; `places` has their memory."""

    def sounds(self) -> Iterator[UiWidget]:
        """The sound file slots, each a pointer in the instance."""
        for _, widget in self.zones:
            if widget.kind == WidgetKind.SOUNDFILE:
                yield widget


def make_layout(unit: Unit, prefix: str) -> InstanceLayout:
    """Lay out the buffers of a program; `prefix` is the prefix of the names of globals."""
    layout = InstanceLayout(zones=list(widget_paths(unit.tree)))
    real = "float" if unit.single else "double"
    own: list[tuple[str, LlvmStorage]] = []
    for op in unit.buffers:
        symbol = op.sym_name.data
        place = _place(op, prefix, layout)
        if place.base or place.is_local:
            layout.places[symbol] = place
        else:
            own.append((symbol, place))
    placed = {symbol for symbol, _ in own}
    for _, widget in layout.zones:
        if widget.symbol not in placed:
            # A zone that the program does not read, or a sound file slot.
            is_sound = widget.kind == WidgetKind.SOUNDFILE
            kind = "ptr" if is_sound else real
            own.append((widget.symbol, LlvmStorage(kind, None, widget.symbol)))
            placed.add(widget.symbol)
    _assign_offsets(layout, own)
    return layout


def gap(place: LlvmStorage) -> int:
    """Padding before an array, in bytes, against cache conflicts."""
    return spacing.gap(size_of(place.kind) * (place.extent or 1))


def _place(op: BufferOp, prefix: str, layout: InstanceLayout) -> LlvmStorage:
    symbol = op.sym_name.data
    kind = memory_type(op.type.element_type)
    shape = op.type.get_shape()
    extent = shape[0] if shape else None
    if op.role.data == Role.DATA:
        assert op.values is not None
        _, values = array(op.values)
        place = LlvmStorage(kind, extent, "", f'@"{prefix}.{symbol}"', allocator=giver(op))
        layout.globals.append(_global(place, "internal unnamed_addr constant", values))
        return place
    if op.lifetime.data == Lifetime.CLASS:
        start = constant(op.init) if op.init is not None else "zeroinitializer"
        place = LlvmStorage(kind, extent, symbol, f'@"{prefix}.{symbol}"', allocator=giver(op))
        layout.globals.append(_global(place, "internal global", start))
        return place
    if op.lifetime.data == Lifetime.BLOCK:
        return LlvmStorage(kind, extent, symbol, allocator=giver(op))
    init = constant(op.init) if op.init is not None else ""
    return LlvmStorage(kind, extent, symbol, init=init)


def _global(place: LlvmStorage, linkage: str, start: str) -> str:
    """The line of a global with its initial value; globals have no padding."""
    piece = replace(place.piece(place.base, linkage), padding=0)
    return f"{place.allocator.declare(piece)} {start}, align 16"


def _assign_offsets(layout: InstanceLayout, own: list[tuple[str, LlvmStorage]]) -> None:
    """Scalars first, then arrays by size, for locality of the most frequently accessed data."""
    own.sort(key=lambda pair: (pair[1].extent or 0, -size_of(pair[1].kind)))
    at = 0
    for symbol, place in own:
        alignment = INSTANCE_ALIGNMENT if place.extent else alignment_of(place.kind)
        at = -(-at // alignment) * alignment
        at += gap(place)
        layout.places[symbol] = LlvmStorage(
            place.kind, place.extent, place.tag, offset=at, init=place.init
        )
        at += size_of(place.kind) * (place.extent or 1)
    layout.size = max(INSTANCE_ALIGNMENT, -(-at // INSTANCE_ALIGNMENT) * INSTANCE_ALIGNMENT)
