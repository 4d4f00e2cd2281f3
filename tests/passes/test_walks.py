"""Access patterns, and their costs with a cache."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from dspc.dialects.dsp_mem.machine import BUILT_IN, Cache, load_machine, read_machine
from dspc.dialects.dsp_mem.spaces import Space
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.options.loop_options import LoopOptions
from dspc.passes.analysis.accesses import BufferAccess, accesses
from dspc.passes.placement.prices import access_cycles
from dspc.pipelines.standard import loop_passes
from dspc.support.diagnostics import DspcError, Source

BLOCK = 512
CACHE = Cache(bytes=32768, line=64, hit=1, writes_allocate=False)
DDR = load_machine("66ak2h").spaces[Space.DDR]


def rows(program: str, least: int = 1000, **options: Any) -> list[BufferAccess]:
    """The accesses of a program's long buffers."""
    module = read_program(Source("rows.dsp", f"process = {program};"), CompileOptions().frontend())
    run_passes(module, loop_passes(LoopOptions(**options)), CompileOptions(), Clock())
    return [one for one in accesses(module).values() if one.buffer.bytes >= least]


@pytest.mark.parametrize("options", [{"lanes": 0}, {}, {"vec": True}])
@pytest.mark.parametrize("distance", ["3000", "(abs : *(3000) : int : min(3000))"])
def test_delay_lines_are_walked(options: dict[str, Any], distance: str) -> None:
    """For any distance: a varying one is assumed to change slowly."""
    (ring,) = rows(f"_ <: _, {distance} : @", **options)
    assert (ring.walked.reads, ring.walked.writes) == (ring.reads, ring.writes)
    assert ring.reads >= 1
    assert (ring.scattered.reads, ring.scattered.writes) == (0, 0)


@pytest.mark.parametrize(
    ("place", "walked", "scattered"),
    [
        ("int(+(1) ~ _) % 4096", 1, 0),
        ("int(4095 * abs(_))", 0, 1),
        ('int(hslider("place", 3, 0, 4095, 1))', 0, 0),
    ],
)
def test_tables_are_read_as_their_places_move(place: str, walked: int, scattered: int) -> None:
    (table,) = rows(f"rdtable(4096, float(+(1) ~ _), {place})", lanes=0)
    assert (table.walked.reads, table.scattered.reads) == (walked, scattered)


def test_a_walk_misses_once_a_line() -> None:
    """512 reads of 4 bytes touch 32 lines; each write to a line that was not read goes to ddr."""
    (ring,) = rows("@(3000)", lanes=0)
    assert access_cycles(ring, DDR, None, BLOCK) == 1024 * 60
    assert access_cycles(ring, DDR, CACHE, BLOCK) == 32 * 60 + 480 + 512 * 60
    allocates = replace(CACHE, writes_allocate=True)
    assert access_cycles(ring, DDR, allocates, BLOCK) == 2 * (32 * 60 + 480)


def test_a_block_that_revisits_a_row_hits_the_cache() -> None:
    (ring,) = rows("@(60)", least=256, lanes=0)
    assert ring.buffer.bytes == 64 * 4
    assert access_cycles(ring, DDR, CACHE, BLOCK) == 4 * 60 + 508 + 64 * 60 + 448


@pytest.mark.parametrize(("size", "missing"), [(4096, 0.0), (16384, 0.5), (65536, 0.875)])
def test_scattered_reads_miss_what_the_cache_cannot_hold(size: int, missing: float) -> None:
    (table,) = rows(f"rdtable({size}, float(+(1) ~ _), int({size - 1} * abs(_)))", lanes=0)
    wanted = round(512 * (missing * 60 + (1 - missing)))
    assert access_cycles(table, DDR, CACHE, BLOCK) == wanted


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"line": 0}, "line is a power of two"),
        ({"hit": -1}, "hit is a whole number from 0"),
        ({"writes_allocate": 1}, "true or false"),
        ({"ways": 2}, "nothing is called ways"),
    ],
)
def test_bad_caches_are_refused(change: dict[str, object], reason: str) -> None:
    table = tomllib.loads((BUILT_IN / "66ak2h.toml").read_text())
    assert read_machine("own", table, "own.toml").cache == CACHE
    table["cache"] |= change
    with pytest.raises(DspcError, match=reason):
        read_machine("own", table, "own.toml")
