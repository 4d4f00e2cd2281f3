"""The dialect of memory: ops survive printing and parsing, and bad ones are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from xdsl.dialects.builtin import ModuleOp
from xdsl.utils.exceptions import ParseError, VerifyException

from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Piece
from dspc.dialects.dsp_mem.spaces import PASSING, Lifetime, Space

ROW = "memref<8xf32>"
FAR = "memref<8xf32, #dsp_mem.space<ddr>>"

VALID = {
    "heap_init": "dsp_mem.heap_init <l2> {bytes = 64 : i64}",
    "alloc": f'%p = dsp_mem.alloc <ddr> "heap" block : {ROW}',
    "alloc with a name": f'%p = dsp_mem.alloc <ddr> "heap" instance named @x {{shared}} : {FAR}',
    "realloc": f'%p = dsp_mem.alloc <ddr> "heap" block : {ROW}\n'
    f"%q = dsp_mem.realloc %p : {ROW} -> memref<16xf32>",
    "free": f'%p = dsp_mem.get @x : {ROW}\ndsp_mem.free <ddr> "heap" %p : {ROW}',
    "copy": f"%p = dsp_mem.get @x : {ROW}\ndsp_mem.copy %p, %p {{is_async}} : {ROW}, {ROW}\n"
    "dsp_mem.wait",
    "scope": 'dsp_mem.scope <l2> {\n%p = dsp_mem.alloc <l2> "heap" block : memref<1xi32>\n}',
    "locked scope": "dsp_mem.scope <ddr> {\n} {locked}",
    "placed buffer": "dsp_mem.buffer @x : memref<8xf32> instance state "
    '{space = #dsp_mem.space<ddr>, allocator = "heap", offset = 8 : i64, staged = 0 : i64}',
}

PLACE = "dsp_mem.buffer @x : memref<8xf32> instance state "
INVALID = {
    "static memory has no heap": ("dsp_mem.heap_init <static> {bytes = 64 : i64}", "no heap"),
    "an empty heap": ("dsp_mem.heap_init <ddr> {bytes = 0 : i64}", "at least one byte"),
    "an unknown allocator": (f'%p = dsp_mem.alloc <ddr> "pool" block : {ROW}', "no allocator"),
    "an allocator elsewhere": (f'%p = dsp_mem.alloc <ddr> "stack" block : {ROW}', "not serve"),
    "state without a name": (
        f'%p = dsp_mem.alloc <ddr> "heap" instance : {ROW}',
        "must have a name",
    ),
    "a type of another space": (f'%p = dsp_mem.alloc <msmc> "heap" block : {FAR}', "type"),
    "a shrinking realloc": (
        f"%p = dsp_mem.get @x : {ROW}\n%q = dsp_mem.realloc %p : {ROW} -> memref<4xf32>",
        "only grows",
    ),
    "a realloc to another type": (
        f"%p = dsp_mem.get @x : {ROW}\n%q = dsp_mem.realloc %p : {ROW} -> memref<16xf64>",
        "the length only",
    ),
    "what takes nothing back": (
        f'%p = dsp_mem.get @x : {ROW}\ndsp_mem.free <static> "static" %p : {ROW}',
        "cannot free memory",
    ),
    "a copy of another length": (
        f"%p = dsp_mem.get @x : {ROW}\n%q = dsp_mem.get @y : memref<4xf32>\n"
        f"dsp_mem.copy %p, %q : {ROW}, memref<4xf32>",
        "equal length",
    ),
    "half a place": (PLACE + "{offset = 0 : i64}", "a space, an allocator and an offset"),
    "an odd offset": (
        PLACE + '{space = #dsp_mem.space<ddr>, allocator = "heap", offset = 2 : i64}',
        "multiple",
    ),
    "an unknown space": ("dsp_mem.heap_init <l3> {bytes = 64 : i64}", "l2"),
}


@pytest.mark.parametrize("name", VALID)
def test_roundtrip(name: str, expect_roundtrip: Callable[[str], ModuleOp]) -> None:
    expect_roundtrip(VALID[name])


@pytest.mark.parametrize("name", INVALID)
def test_refused(name: str, parse: Callable[[str], ModuleOp]) -> None:
    text, reason = INVALID[name]
    with pytest.raises((VerifyException, ParseError), match=reason):
        parse(text).verify()


@pytest.mark.parametrize("name", ALLOCATORS)
def test_allocators_keep_the_contract(name: str) -> None:
    """An allocator declares the memory that it acquires, and releases what it can free."""
    allocator = ALLOCATORS[name]
    assert allocator.name == name
    piece = Piece("fDelay", "float", 8, space=sorted(allocator.spaces)[0])
    assert "fDelay" in allocator.declare(piece)
    acquired = allocator.acquire(piece)
    assert bool(acquired) == allocator.can_free
    assert allocator.is_pointer or not acquired
    assert "float" in acquired or name == "runtime" or not acquired
    assert not allocator.can_free or "8" in acquired
    # The run-time releases what its lists name, and no program says so.
    assert bool(allocator.release(piece)) == (allocator.can_free and name != "runtime")
    for other in Space:
        for lifetime in Lifetime:
            may = allocator.verify(other, lifetime) is None
            fits = other in allocator.spaces and lifetime in allocator.lifetimes
            assert may == (fits and not (other in PASSING and lifetime != Lifetime.BLOCK))


def test_the_l2_heap_frees_nothing() -> None:
    piece = Piece("fDelay", "float", 8, space=Space.L2)
    assert ALLOCATORS["heap"].release(piece) == ""
