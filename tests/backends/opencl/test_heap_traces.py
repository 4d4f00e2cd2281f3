"""The heap as C99 and as OpenCL C: its results, step by step."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from heap_platforms import DEVICES, POCL, run_job
from heap_traces import (
    BADFREE,
    CALLOC,
    CHECK,
    END,
    FOREIGN,
    FREE,
    FREE_AT,
    HEADER_BYTES,
    IN_USE,
    INIT,
    LOCK,
    MALLOC,
    MEMALIGN,
    MSMC,
    NALLOC,
    NFAIL,
    NFREE,
    PEAK,
    POKE,
    REALLOC,
    SMALLEST,
    Step,
    build_host,
    capacity,
    host_trace,
    judge,
    storm_steps,
    words,
)

pytestmark = pytest.mark.builds

SIZES = (65536, 20000)
FIRST = HEADER_BYTES + 8
END_MARK = FIRST + capacity(65536)
NO_RESIDUE = np.zeros(2, np.uint32)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_host(tmp_path_factory.mktemp("host"))


def run(host: Path, *steps: Step, ddr: int = 65536) -> tuple[list[int], np.ndarray]:
    """Results and header of steps on the host, on one heap of `ddr` bytes."""
    results, header = host_trace(host, list(steps), (ddr, 20000), NO_RESIDUE)
    return [int(r) for r in results], header


@pytest.mark.parametrize("seed", range(4))
def test_random_storm_is_judged_sound(host: Path, seed: int) -> None:
    steps = storm_steps(seed, 5000)
    results, header = host_trace(host, steps, SIZES, NO_RESIDUE)
    assert judge(steps, results, SIZES, NO_RESIDUE) > 0  # some ran out of memory
    assert header[NALLOC] == header[NFREE] > 1000
    assert (header[LOCK], header[IN_USE], header[BADFREE]) == (0, 0, 0)
    assert SIZES[0] // 2 < header[PEAK] < SIZES[0]


def test_whole_capacity_is_one_block_before_and_after_use(host: Path) -> None:
    whole = capacity(65536)
    results, header = run(
        host,
        *((MALLOC, slot, 100 + 24 * slot, 0) for slot in range(20)),
        *((FREE, slot, 0, 0) for slot in (*range(0, 20, 2), *range(19, 0, -2))),
        (MALLOC, 0, whole, 0),
        (MALLOC, 1, 1, 0),
        (FREE, 0, 0, 0),
        (MALLOC, 2, whole + 1, 0),
    )
    assert results[-4:] == [FIRST, 0, 0, 0]
    assert header[NFAIL] == 2


def test_out_of_memory_is_exact_and_recovers(host: Path) -> None:
    blocks = (capacity(8192) + 8) // 72  # 64 bytes and a header each
    results, header = run(
        host,
        *((MALLOC, slot, 64, 0) for slot in range(blocks + 3)),
        (FREE, 5, 0, 0),
        (MALLOC, 5, 60, 0),
        (CHECK, 0, 0, 0),
        ddr=8192,
    )
    assert all(results[:blocks])
    assert results[blocks : blocks + 3] == [0, 0, 0]
    assert results[-2:] == [results[5], 0]
    assert header[NFAIL] == 3


@pytest.mark.parametrize("size", [-1, -8, -(2**31), 2**31 - 1, 2**31 - 8, 65536, 0])
def test_impossible_sizes_get_null(host: Path, size: int) -> None:
    steps = [(MALLOC, 0, size, 0), (CALLOC, 1, size, 1), (CALLOC, 2, 1, size)]
    steps += [(MEMALIGN, 3, 64, size), (MALLOC, 4, 8, 0), (REALLOC, 5, size, 0)]
    results, header = run(host, *steps, (CHECK, 0, 0, 0))
    assert [bool(r) for r in results] == [False] * 4 + [True, False, False]
    assert header[NFAIL] == (0 if size == 0 else 5)


@pytest.mark.parametrize(
    ("count", "size"),
    [(65536, 65536), (65536, 65537), (2**31 - 1, 2**31 - 1), (3, 2**30), (-1, -1), (2, -1)],
)
def test_calloc_overflow_gets_null(host: Path, count: int, size: int) -> None:
    results, header = run(host, (CALLOC, 0, count, size), (CHECK, 0, 0, 0))
    assert results == [0, 0]
    assert header[NFAIL] == 1


def test_memalign_gives_every_power_of_two(host: Path) -> None:
    aligns = [1 << bit for bit in range(16)]
    for size in (1, 8, 24, 1000):
        steps = [(MEMALIGN, slot, align, size) for slot, align in enumerate(aligns)]
        results, header = run(host, *steps, (CHECK, 0, 0, 0), ddr=400000)
        assert all(r and r % max(a, 8) == 0 for r, a in zip(results, aligns, strict=False))
        assert results[-1] == header[NFAIL] == 0


@pytest.mark.parametrize("align", [0, 3, 12, 24, 100, -1])
def test_memalign_by_no_power_of_two_is_malloc(host: Path, align: int) -> None:
    assert run(host, (MEMALIGN, 0, align, 40))[0] == run(host, (MALLOC, 0, 40, 0))[0]


@pytest.mark.parametrize("align", [2**17, 2**30])
def test_memalign_beyond_the_heap_gets_null(host: Path, align: int) -> None:
    results, header = run(host, (MEMALIGN, 0, align, 40), (CHECK, 0, 0, 0))
    assert results == [0, 0]
    assert header[NFAIL] == 1


def test_realloc(host: Path) -> None:
    results, header = run(
        host,
        (REALLOC, 0, 100, 0),  # of NULL: malloc
        (REALLOC, 0, 400, 0),  # grows into the free memory behind it
        (MALLOC, 1, 8, 0),
        (REALLOC, 0, 40, 0),  # shrinks in place
        (MALLOC, 2, 200, 0),  # into what that gave back
        (REALLOC, 0, 1000, 0),  # moves
        (REALLOC, 0, 200000, 0),  # cannot
        (REALLOC, 0, 1000, 0),  # so it is still there
        (REALLOC, 0, 0, 0),  # to 0: free
        (FREE, 1, 0, 0),
        (FREE, 2, 0, 0),
        (CHECK, 0, 0, 0),
    )
    assert results[:2] == [FIRST, FIRST]
    assert results[3] == FIRST
    assert FIRST < results[4] < results[2] < results[5]
    assert results[6:] == [0, results[5], 0, 0, 0, 0]
    assert (header[NALLOC], header[NFREE], header[NFAIL], header[IN_USE]) == (4, 4, 1, 0)


def test_bad_frees_are_counted_and_change_nothing(host: Path) -> None:
    bad = [0, 4, HEADER_BYTES, FIRST + 1, FIRST + 4, FIRST + 16, 65528, 65536, 65544, 1 << 20, -8]
    bad.remove(0)  # the heap's own start is tried below
    results, header = run(
        host,
        (MALLOC, 0, 64, 0),
        (MALLOC, 1, 64, 0),
        *((FREE_AT, 0, at, 0) for at in bad),
        (FREE_AT, 0, 0, 0),
        (FOREIGN, 0, 0, 0),
        (FREE, 7, 0, 0),  # NULL: ignored, not counted
        (CHECK, 0, 0, 0),
        (FREE, 0, 0, 0),
        (FREE, 1, 0, 0),
    )
    assert header[BADFREE] == len(bad) + 2
    assert results[-3:] == [0, 0, 0]
    assert (header[NFREE], header[IN_USE]) == (2, 0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (0, 2, 1)])
def test_double_free_is_seen_also_after_merging(host: Path, order: tuple[int, int, int]) -> None:
    results, _ = run(host, *((MALLOC, slot, 64, 0) for slot in range(3)))
    twice = [(FREE_AT, 0, results[slot], 0) for slot in (*order, *order)]
    after, header = run(host, *((MALLOC, s, 64, 0) for s in range(3)), *twice, (CHECK, 0, 0, 0))
    assert after[-1] == 0
    assert (header[NFREE], header[BADFREE]) == (3, 3)


def test_content_that_looks_like_a_block_is_not_freed(host: Path) -> None:
    forged = FIRST + 16  # inside the block: a header, and behind 8 bytes the link back to it
    pokes = [(POKE, 0, forged, 9), (POKE, 0, forged + 4, 0), (POKE, 0, forged + 20, forged)]
    steps = [(MALLOC, 0, 64, 0), *pokes, (FREE_AT, 0, forged + 8, 0), (CHECK, 0, 0, 0)]
    results, header = run(host, *steps)
    assert results[-1] == 0
    assert (header[NFREE], header[BADFREE]) == (0, 1)


def test_realloc_of_what_is_no_block_gets_null(host: Path) -> None:
    # A slot's two words are handle and size: a size of 3 bytes leaves no word to compare, so the
    # freed block reaches realloc unseen.
    steps = [(MALLOC, 0, 3, 0), (FREE_AT, 0, FIRST, 0), (REALLOC, 0, 64, 0), (CHECK, 0, 0, 0)]
    results, header = run(host, *steps)
    assert results == [FIRST, 0, 0, 0]
    assert (header[NALLOC], header[NFREE], header[BADFREE]) == (1, 1, 1)


@pytest.mark.parametrize("size", [0, 1, 3, 8, HEADER_BYTES, SMALLEST - 1, -1])
def test_a_heap_that_cannot_be_gives_nothing(host: Path, size: int) -> None:
    results, header = run(
        host, (INIT, 0, size, 0), (MALLOC, 0, 8, 0), (FREE_AT, 0, FIRST, 0), (CHECK, 0, 0, 0)
    )
    assert results == [0, 0, 0, 1]
    assert header[BADFREE] == 0


def test_smallest_heap_holds_one_block(host: Path) -> None:
    steps = [(MALLOC, 0, 8, 0), (MALLOC, 1, 1, 0), (FREE, 0, 0, 0), (MALLOC, 1, 1, 0)]
    assert run(host, (INIT, 0, SMALLEST, 0), *steps)[0] == [0, FIRST, 0, 0, FIRST]


def test_init_again_forgets_everything(host: Path) -> None:
    results, header = run(
        host, (MALLOC, 0, 64, 0), (INIT, 0, 32768, 0), (MALLOC, 1, 64, 0), (CHECK, 0, 0, 0)
    )
    assert results == [FIRST, 0, FIRST, 0]
    assert (header[NALLOC], header[END]) == (1, FIRST + capacity(32768))


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, 0),  # magic
        (HEADER_BYTES, 0),  # the first block's size
        (HEADER_BYTES, 1 << 20 | 1),
        (HEADER_BYTES + 4, 8),  # its link
        (HEADER_BYTES + 72, 64),  # the second block: free, unlisted
        (HEADER_BYTES + 72 + 4, 0),
        (36, 0),  # first-level bitmap
        (36, 0xFFFF),
        (24, 8),  # bytes in use
        (END_MARK, 9),
        (END_MARK + 4, 0),
        (END_MARK + 8, 0),  # the map: the first block's bit
        (END_MARK + 8, 0x601),  # a bit too many
        (HEADER_BYTES + 144 + 8, HEADER_BYTES),  # the free block's link
    ],
)
def test_integrity_walk_finds_damage(host: Path, at: int, value: int) -> None:
    blocks = [(MALLOC, 0, 64, 0), (MALLOC, 1, 64, 0), (CHECK, 0, 0, 0)]
    results, _ = run(host, *blocks, (POKE, 0, at, value), (CHECK, 0, 0, 0))
    assert results[2] == 0
    assert results[-1] != 0


EDGES: list[Step] = [
    *((MALLOC, slot, size, 0) for slot, size in enumerate([1, 8, 127, 128, 129, 4095, -1, 0])),
    *((MEMALIGN, 10 + bit, 1 << bit, 40) for bit in range(13)),
    (MEMALIGN, 30, 3, 40),
    (CALLOC, 31, 65536, 65537),
    (CALLOC, 32, 10, 10),
    (FREE_AT, 0, FIRST + 8, 0),
    (FREE_AT, 0, FIRST, 0),
    (FREE_AT, 0, FIRST, 0),
    (FREE_AT, 0, 1 << 20, 0),
    (FOREIGN, 0, 0, 0),
    (REALLOC, 3, 64, 0),
    (REALLOC, 4, 4000, 0),
    (REALLOC, 4, 2**31 - 1, 0),
    (CHECK, 0, 0, 0),
    (CHECK | MSMC, 0, 0, 0),
]


def same_trace(host: Path, platform: str, tmp_path: Path, steps: list[Step], std: str) -> None:
    """The device answers as the host does, and leaves the same header."""
    device = run_job(
        platform, "trace", tmp_path, ops=words(steps), ddr=SIZES[0], msmc=SIZES[1], std=std
    )
    results, header = host_trace(host, steps, SIZES, device["residue"])
    np.testing.assert_array_equal(device["results"], results)
    np.testing.assert_array_equal(device["header"], header)


@pytest.mark.parametrize("std", ["CL1.2", "CL3.0"])
@pytest.mark.parametrize("platform", DEVICES)
def test_device_and_host_agree_step_by_step(
    host: Path, platform: str, std: str, tmp_path: Path
) -> None:
    same_trace(host, platform, tmp_path, EDGES + storm_steps(7, 4000)[:-100], std)


def test_oclgrind_and_host_agree_step_by_step(host: Path, tmp_path: Path) -> None:
    same_trace(host, "oclgrind", tmp_path, EDGES + storm_steps(8, 150, largest=300), "CL1.2")


@pytest.mark.slow
@pytest.mark.parametrize("platform", POCL)
def test_device_and_host_agree_over_a_long_storm(host: Path, platform: str, tmp_path: Path) -> None:
    same_trace(host, platform, tmp_path, storm_steps(9, 40000), "CL1.2")


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_traces_under_address_and_undefined_sanitizers(compiler: str, tmp_path: Path) -> None:
    flags = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    program = build_host(tmp_path, *flags, compiler=compiler)
    for steps in (EDGES, storm_steps(10, 20000), storm_steps(11, 5000, largest=60000)):
        host_trace(program, steps, SIZES, np.array([1152, 3584]))
