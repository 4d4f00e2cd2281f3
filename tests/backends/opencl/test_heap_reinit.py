"""A reinitialised heap drops its blocks, and one that cannot be initialised grants nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from heap_platforms import DEVICES, run_job
from heap_traces import (
    BADFREE,
    CHECK,
    FREE_AT,
    HEADER_BYTES,
    INIT,
    MALLOC,
    NFREE,
    POKE,
    SMALLEST,
    STALE,
    Step,
    build_host,
    capacity,
    host_trace,
    judge,
    storm_steps,
    words,
)

pytestmark = pytest.mark.builds

SIZES = (20000, 20000)
NO_RESIDUE = np.zeros(2, np.uint32)
SANITIZERS = {
    "address, undefined": ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    "thread": ["-fsanitize=thread"],
}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_host(tmp_path_factory.mktemp("host"))


def numbers(program: Path, *arguments: str) -> list[int]:
    run = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return [int(number) for number in run.stdout.split()]


def assert_storm_is_sound(program: Path, seed: int, count: int) -> None:
    steps = storm_steps(seed, count, renew=0.3)
    results, _ = host_trace(program, steps, SIZES, NO_RESIDUE)
    judge(steps, results, SIZES, NO_RESIDUE)
    stale = [r for (op, *_), r in zip(steps, results, strict=True) if op & 15 == STALE]
    assert stale.count(1) > count / 50  # handed back, and refused


@pytest.mark.parametrize("seed", range(4))
def test_pointers_from_before_an_init_are_refused(host: Path, seed: int) -> None:
    assert_storm_is_sound(host, seed, 5000)


def test_a_copied_image_of_blocks_is_not_a_block(host: Path) -> None:
    """A living block holds what the heap's words were before the init: headers that agree."""
    first = HEADER_BYTES + 8
    before: list[Step] = [(MALLOC, slot, 64, 0) for slot in range(8)]
    places = [first + 72 * slot for slot in range(8)]
    image: list[Step] = []
    for number, place in enumerate(places):
        image += [(POKE, 0, place - 8, 65), (POKE, 0, place - 4, places[number - 1] - 8)]
    steps = [*before, (INIT, 0, 20000, 0), (MALLOC, 0, 2000, 0), *image[2:]]
    steps += [(FREE_AT, 0, place, 0) for place in places[1:]]
    results, header = host_trace(host, [*steps, (CHECK, 0, 0, 0)], SIZES, NO_RESIDUE)
    assert list(results[:8]) == places
    assert (results[-1], header[NFREE], header[BADFREE]) == (0, 0, 7)


@pytest.mark.parametrize("at", [0, 4, 8 + 64 + 4], ids=["size", "link", "next block's link"])
def test_a_block_with_an_overrun_header_is_not_freed(host: Path, at: int) -> None:
    first = HEADER_BYTES + 8
    steps = [(MALLOC, slot, 64, 0) for slot in range(3)]
    steps += [(POKE, 0, first + 72 - 8 + at, 0x41414141), (FREE_AT, 0, first + 72, 0)]
    _, header = host_trace(host, steps, SIZES, NO_RESIDUE)
    assert (header[NFREE], header[BADFREE]) == (0, 1)


def test_capacity_of_every_size(host: Path) -> None:
    """One block of `capacity` bytes fits, none of more; whether or not the map's words are full."""
    sizes = [*range(SMALLEST, SMALLEST + 600), 20000]
    steps: list[Step] = []
    for size in sizes:
        room = capacity(size)
        steps += [(INIT, 0, size, 0), (MALLOC, 0, room + 1, 0), (MALLOC, 1, room, 0)]
        steps.append((CHECK, 0, 0, 0))
    results, _ = host_trace(host, steps, SIZES, NO_RESIDUE)
    assert list(results) == [0, 0, HEADER_BYTES + 8, 0] * len(sizes)


def test_every_alignment_and_size_of_a_base(host: Path) -> None:
    assert numbers(host, "bases", "2100") == [16 * 2101, 0]


@pytest.mark.parametrize("threads", [1, 4, 8])
def test_heap_reinitialised_between_rounds_of_threads(host: Path, threads: int) -> None:
    errors, stale = numbers(host, "renew", str(threads), "100", "300", "200000")
    assert errors == 0
    assert stale > 1000 * threads


@pytest.mark.sanitize
@pytest.mark.parametrize("sanitizer", SANITIZERS)
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_reinit_under_sanitizers(compiler: str, sanitizer: str, tmp_path: Path) -> None:
    program = build_host(tmp_path, *SANITIZERS[sanitizer], compiler=compiler)
    assert_storm_is_sound(program, 5, 5000)
    assert numbers(program, "renew", "8", "50", "300", "200000")[0] == 0
    assert numbers(program, "bases", "2100") == [16 * 2101, 0]


def same_storm(host: Path, platform: str, folder: Path, count: int) -> None:
    steps = storm_steps(6, count, renew=0.3)
    device = run_job(platform, "trace", folder, ops=words(steps), ddr=SIZES[0], msmc=SIZES[1])
    results, header = host_trace(host, steps, SIZES, device["residue"])
    np.testing.assert_array_equal(device["results"], results)
    np.testing.assert_array_equal(device["header"], header)
    judge(steps, results, SIZES, device["residue"])


@pytest.mark.parametrize("platform", DEVICES)
def test_reinit_on_devices_as_on_the_host(host: Path, platform: str, tmp_path: Path) -> None:
    same_storm(host, platform, tmp_path, 3000)


def test_reinit_under_oclgrind_as_on_the_host(host: Path, tmp_path: Path) -> None:
    same_storm(host, "oclgrind", tmp_path, 60)
