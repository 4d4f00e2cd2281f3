"""Memory layout of a program: one block of bytes for an instance, fixed addresses for the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from dspc.backends.common.lowered import Unit
from dspc.backends.wasm.instructions import BYTES, Instruction
from dspc.backends.wasm.sounds import silence
from dspc.backends.wasm.types import constants, memory_type, packed
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.types import array_values
from dspc.dialects.dsp.ui import UiWidget, widget_paths
from dspc.dialects.dsp_mem.buffers import BufferOp, Lifetime, Role
from dspc.dialects.places import placed
from dspc.support.diagnostics import DspcError

ALIGNMENT = 16
"""The alignment of an instance, and of each array, in bytes."""
_FIRST = 1024
"""The first address that is used: an address 0 is none."""
_LARGEST = 1 << 31


@dataclass(frozen=True, slots=True)
class WasmStorage:
    """The memory of a buffer: the type of its elements, their number (0: a scalar), its address."""

    kind: str
    extent: int
    is_fixed: bool
    """Whether `offset` is an address; otherwise it is one in an instance."""
    offset: int = 0
    init: Instruction | None = None
    """The initial value of a scalar of an instance, if it is not 0."""

    @property
    def size(self) -> int:
        """In bytes."""
        return BYTES[self.kind] * max(self.extent, 1)


@dataclass(slots=True)
class WasmLayout:
    """The memory of all buffers of a program, by symbol."""

    places: dict[str, WasmStorage] = field(default_factory=dict[str, WasmStorage])
    contents: list[tuple[int, bytes]] = field(default_factory=list[tuple[int, bytes]])
    """Address and bytes of initialised data."""
    size: int = 0
    """The size of an instance in bytes."""
    end: int = _FIRST
    """The first address that is the host's."""
    silence: int = 0
    """The address of a silent sound file; 0 if the program has no sound file."""
    zones: list[tuple[str, UiWidget]] = field(default_factory=list[tuple[str, UiWidget]])
    """The widgets by path, in the order of the interface; `places` has their memory."""

    def reserve(self, size: int) -> int:
        """A fixed address of `size` bytes."""
        start = _aligned(self.end)
        self.end = start + size
        return start

    def checked_end(self) -> int:
        """`end`, once all is reserved. DspcError E0901 where instances would have no address."""
        size = _aligned(self.end) + self.size
        if size >= _LARGEST:
            raise DspcError("E0901", f"WebAssembly code can't have {size} bytes of memory")
        return _aligned(self.end)


def _aligned(offset: int) -> int:
    return -(-offset // ALIGNMENT) * ALIGNMENT


def make_layout(unit: Unit) -> WasmLayout:
    """Lay out the buffers of a program.

    Raises DspcError E0901 for elements that have no type here.
    """
    layout = WasmLayout(zones=list(widget_paths(unit.tree)))
    own: list[tuple[str, WasmStorage]] = []
    for op in unit.buffers:
        try:
            place = _place(op, layout)
        except DspcError as error:
            raise placed(error, op) from None
        if place.is_fixed:
            layout.places[op.sym_name.data] = place
        else:
            own.append((op.sym_name.data, place))
    real = "f32" if unit.single else "f64"
    known = {symbol for symbol, _ in own}
    for _, widget in layout.zones:
        if widget.symbol not in known:
            # A zone that the program does not read, or a sound file slot.
            is_sound = widget.kind == WidgetKind.SOUNDFILE
            own.append((widget.symbol, WasmStorage("i32" if is_sound else real, 0, False)))
            known.add(widget.symbol)
    _assign_offsets(layout, own)
    if any(widget.kind == WidgetKind.SOUNDFILE for _, widget in layout.zones):
        _add_silence(layout, real)
    return layout


def _place(op: BufferOp, layout: WasmLayout) -> WasmStorage:
    kind = memory_type(op.type.element_type)
    shape = op.type.get_shape()
    extent = shape[0] if shape else 0
    (init,) = constants(op.init) if op.init is not None else (None,)
    if init is not None and not any(_bytes_of(init, kind)):
        init = None
    is_data = op.role.data == Role.DATA
    if not is_data and op.lifetime.data not in (Lifetime.CLASS, Lifetime.BLOCK):
        return WasmStorage(kind, extent, False, init=init)
    place = WasmStorage(kind, extent, True)
    place = WasmStorage(kind, extent, True, layout.reserve(place.size))
    if is_data:
        assert op.values is not None
        layout.contents.append((place.offset, packed(array_values(op.values), kind)))
    elif init is not None:
        layout.contents.append((place.offset, _bytes_of(init, kind) * max(extent, 1)))
    return place


def _bytes_of(constant: Instruction, kind: str) -> bytes:
    number = constant[1]
    assert not isinstance(number, str)
    return packed([number], kind)


def _assign_offsets(layout: WasmLayout, own: list[tuple[str, WasmStorage]]) -> None:
    """Scalars first, then arrays by size, so that the most used addresses are close together."""
    own.sort(key=lambda pair: (pair[1].extent, -BYTES[pair[1].kind]))
    at = 0
    for symbol, place in own:
        alignment = ALIGNMENT if place.extent else BYTES[place.kind]
        at = -(-at // alignment) * alignment
        layout.places[symbol] = WasmStorage(place.kind, place.extent, False, at, place.init)
        at += place.size
    layout.size = max(ALIGNMENT, _aligned(at))


def _add_silence(layout: WasmLayout, real: str) -> None:
    start = layout.reserve(0)
    layout.silence, content, size = silence(start, BYTES[real])
    layout.contents.append((start, content))
    layout.end = start + size
