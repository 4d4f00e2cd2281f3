"""The memory of a class as descriptions tell it: Faust's `memory_layout`."""

from __future__ import annotations

from collections.abc import Iterator

from dspc.backends.c.storage import Storage
from dspc.backends.common.layout import LayoutItem
from dspc.backends.cpp.class_memory import ClassMemory

_KINDS = {"int": "kInt32", "float": "kFloat", "double": "kDouble", "Soundfile*": "kSound_ptr"}
_POINTER = 8
"""Bytes of a pointer on a computer of 64 bits."""


def layout_items(memory: ClassMemory) -> Iterator[LayoutItem]:
    """Class tables, the object, and what is in it or behind its pointers, in that order."""
    for table in (*memory.tables, *memory.scratch):
        yield _item(memory, table)
    held = [one for symbol, one in memory.text.memory.items() if _is_held(memory, symbol)]
    accessed = [memory.accesses(one) for one in held]
    reads, writes = (sum(pair) for pair in zip((0, 0), *accessed, strict=True))
    yield LayoutItem(memory.text.name, "kObj_ptr", 0, _object_size(memory, held), reads, writes)
    yield from (_item(memory, one) for one in (*memory.pointed, *held))


def _is_held(memory: ClassMemory, symbol: str) -> bool:
    """Whether memory is a member that is no pointer to an array."""
    one = memory.text.memory[symbol]
    return not (one.is_static or one.is_pointer or one.zone or memory.is_local(symbol, ()))


def _item(memory: ClassMemory, one: Storage) -> LayoutItem:
    kind = "kFloatMacro" if one.is_host_float else _KINDS[one.element]
    count = 1 if one.extent is None else one.extent
    suffix = "" if one.extent is None else "_ptr"
    return LayoutItem(
        one.name, f"{kind}{suffix}", count, count * _width(one), *memory.accesses(one)
    )


def _object_size(memory: ClassMemory, held: list[Storage]) -> int:
    """The bytes of the object: its members in their order, aligned, and `fSampleRate`."""
    own = list(memory.text.memory.values())
    zones = [one for one in memory.pointed if one not in own]
    end = _POINTER  # to the virtual methods
    for one in (*zones, *own):
        if one in memory.pointed:
            end = _aligned(end, _POINTER) + _POINTER
        elif one in held:
            end = _aligned(end, _width(one)) + _width(one) * (one.extent or 1)
    return _aligned(end + 4, _POINTER)


def _aligned(place: int, width: int) -> int:
    return -(-place // width) * width


def _width(one: Storage) -> int:
    """The bytes of an element; `FAUSTFLOAT` is `float` unless a host says otherwise."""
    if one.element.endswith("*"):
        return _POINTER
    return 8 if one.element == "double" and not one.is_host_float else 4
