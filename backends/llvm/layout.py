"""Where a program's memory lies: an instance's in one block of bytes, the rest in globals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dspc.backends.common import spacing
from dspc.backends.common.lowered import Unit
from dspc.backends.llvm.types import alignment_of, array, constant, memory_type, size_of
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import UiWidget, widget_paths
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role

INSTANCE_ALIGNMENT = 16
SCRATCH_ALIGNMENT = 64


@dataclass(frozen=True, slots=True)
class Place:
    """A buffer's memory.

    `base` is a global's name, or "" for memory of the instance at `offset` (bytes) or, where
    `scratch` is set, of a call. `tag` names the memory in alias metadata.
    """

    kind: str
    extent: int | None
    tag: str
    base: str = ""
    offset: int = 0
    scratch: bool = False
    init: str = ""
    """What an instance's number starts with, if it says so itself."""


@dataclass(slots=True)
class Layout:
    """All memory of a program, by the symbols of its buffers."""

    places: dict[str, Place] = field(default_factory=dict[str, Place])
    globals: list[str] = field(default_factory=list[str])
    size: int = 0
    """The bytes of an instance."""
    zones: list[tuple[str, UiWidget]] = field(default_factory=list[tuple[str, UiWidget]])
    """The widgets by path, in the order of the interface; `places` tells where each lies."""

    def sounds(self) -> Iterator[UiWidget]:
        """The slots for sound files, each a pointer in the instance."""
        for _, widget in self.zones:
            if widget.kind == WidgetKind.SOUNDFILE:
                yield widget


def make_layout(unit: Unit, prefix: str) -> Layout:
    """The places of a program's buffers; globals get names that start with `prefix`."""
    layout = Layout(zones=list(widget_paths(unit.tree)))
    real = "float" if unit.single else "double"
    own: list[tuple[str, Place]] = []
    for op in unit.buffers:
        symbol = op.sym_name.data
        place = _place(op, prefix, layout)
        if place.base or place.scratch:
            layout.places[symbol] = place
        else:
            own.append((symbol, place))
    placed = {symbol for symbol, _ in own}
    for _, widget in layout.zones:
        if widget.symbol not in placed:
            # A zone that the program never reads, or a sound file.
            is_sound = widget.kind == WidgetKind.SOUNDFILE
            kind = "ptr" if is_sound else real
            own.append((widget.symbol, Place(kind, None, widget.symbol)))
            placed.add(widget.symbol)
    _assign_offsets(layout, own)
    return layout


def gap(place: Place) -> int:
    """The bytes that keep an array apart from others of its size."""
    return spacing.gap(size_of(place.kind) * (place.extent or 1))


def _place(op: BufferOp, prefix: str, layout: Layout) -> Place:
    symbol = op.sym_name.data
    kind = memory_type(op.type.element_type)
    shape = op.type.get_shape()
    extent = shape[0] if shape else None
    if op.role.data == Role.DATA:
        assert op.values is not None
        _, values = array(op.values)
        name = f'@"{prefix}.{symbol}"'
        layout.globals.append(
            f"{name} = internal unnamed_addr constant [{extent} x {kind}] {values}, align 16"
        )
        return Place(kind, extent, "", base=name)
    if op.lifetime.data == Lifetime.CLASS:
        name = f'@"{prefix}.{symbol}"'
        whole = kind if extent is None else f"[{extent} x {kind}]"
        start = constant(op.init) if op.init is not None else "zeroinitializer"
        layout.globals.append(f"{name} = internal global {whole} {start}, align 16")
        return Place(kind, extent, symbol, base=name)
    if op.lifetime.data == Lifetime.BLOCK:
        return Place(kind, extent, symbol, scratch=True)
    init = constant(op.init) if op.init is not None else ""
    return Place(kind, extent, symbol, init=init)


def _assign_offsets(layout: Layout, own: list[tuple[str, Place]]) -> None:
    """Numbers first, then arrays from small to large: what is touched most lies together."""
    own.sort(key=lambda pair: (pair[1].extent or 0, -size_of(pair[1].kind)))
    at = 0
    for symbol, place in own:
        alignment = INSTANCE_ALIGNMENT if place.extent else alignment_of(place.kind)
        at = -(-at // alignment) * alignment
        at += gap(place)
        layout.places[symbol] = Place(
            place.kind, place.extent, place.tag, offset=at, init=place.init
        )
        at += size_of(place.kind) * (place.extent or 1)
    layout.size = max(INSTANCE_ALIGNMENT, -(-at // INSTANCE_ALIGNMENT) * INSTANCE_ALIGNMENT)
