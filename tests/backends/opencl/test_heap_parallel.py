"""The heap with many users at once: work-items, groups and threads; and the local heap."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest
from heap_platforms import DEVICES, run_job
from heap_traces import BADFREE, IN_USE, LOCK, NALLOC, NFREE, PEAK, build_host

pytestmark = pytest.mark.builds

NOTHING = 0xFFFFFFFF


def assert_storm_left_nothing(result: dict[str, np.ndarray]) -> None:
    header = result["header"]
    assert not result["errors"].any()
    assert result["fault"] == 0
    assert header[NALLOC] == header[NFREE] > 0
    assert (header[LOCK], header[IN_USE], header[BADFREE]) == (0, 0, 0)


@pytest.mark.parametrize("items", [1, 7, 64, 1000])
@pytest.mark.parametrize("platform", DEVICES)
def test_storm_of_work_items(platform: str, items: int, tmp_path: Path) -> None:
    result = run_job(platform, "storm", tmp_path, items=items, rounds=40, largest=256)
    assert_storm_left_nothing(result)


@pytest.mark.slow
@pytest.mark.parametrize("std", ["CL1.2", "CL3.0"])
@pytest.mark.parametrize("platform", DEVICES)
def test_storm_of_ten_thousand_work_items(platform: str, std: str, tmp_path: Path) -> None:
    result = run_job(
        platform, "storm", tmp_path, items=10000, rounds=40, largest=512, ddr=1 << 24, std=std
    )
    assert_storm_left_nothing(result)


@pytest.mark.parametrize("platform", DEVICES)
def test_storm_in_a_heap_that_is_too_small(platform: str, tmp_path: Path) -> None:
    result = run_job(platform, "storm", tmp_path, items=500, rounds=30, largest=1500, ddr=4000)
    assert_storm_left_nothing(result)
    assert result["header"][PEAK] <= 4000


def test_storm_under_oclgrind(tmp_path: Path) -> None:
    result = run_job("oclgrind", "storm", tmp_path, items=16, rounds=8, largest=64)
    assert_storm_left_nothing(result)


@pytest.mark.parametrize("items", [1, 10000])
@pytest.mark.parametrize("platform", DEVICES)
def test_blocks_persist_across_kernels_and_a_move(
    platform: str, items: int, tmp_path: Path
) -> None:
    result = run_job(platform, "persist", tmp_path, items=items, ddr=1 << 20)
    assert result["between"][NALLOC] == items
    assert not result["errors"].any()
    assert result["header"][NFREE] == items
    assert result["header"][IN_USE] == result["fault"] == 0


L2_CASES = [  # request, area, how many fit
    (8, 64, 8),
    (1, 64, 8),
    (9, 64, 4),
    (64, 64, 1),
    (24, 64, 2),
    (65, 64, 0),
    (8, 63, 7),
    (0, 1024, 0),
    (-1, 1024, 0),
    (-(2**31), 1024, 0),
    (2**31 - 1, 1024, 0),
]


@pytest.mark.parametrize("platform", [*DEVICES, "oclgrind"])
def test_l2_is_exhausted_exactly(platform: str, tmp_path: Path) -> None:
    cases = np.array([case[:2] for case in L2_CASES])
    outs = run_job(platform, "l2", tmp_path, items=1, per=10, cases=cases)["out"]
    for (size, _, count), out in zip(L2_CASES, outs.tolist(), strict=True):
        early, *offsets, again = out
        assert early == NOTHING  # before init: no stale memory
        assert offsets == [(size + 7) // 8 * 8 * i for i in range(count)] + [NOTHING] * (10 - count)
        assert again == 0  # init starts over


@pytest.mark.parametrize("platform", [*DEVICES, "oclgrind"])
def test_l2_serves_a_whole_group_without_overlap(platform: str, tmp_path: Path) -> None:
    out = run_job(platform, "l2", tmp_path, items=32, per=5, cases=np.array([[5, 1000]]))["out"]
    offsets = sorted(out[0, 1:-1].tolist())
    assert offsets == [8 * i for i in range(125)] + [NOTHING] * 35


@pytest.mark.parametrize("threads", [1, 4])
def test_storm_of_threads(threads: int, tmp_path: Path) -> None:
    assert_threads_left_nothing(build_host(tmp_path), threads, 20000)


@pytest.mark.sanitize
@pytest.mark.parametrize("std", ["c99", "c11"])
@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_storm_of_threads_under_the_thread_sanitizer(
    compiler: str, std: str, tmp_path: Path
) -> None:
    program = build_host(tmp_path, "-fsanitize=thread", compiler=compiler, std=std)
    assert_threads_left_nothing(program, 4, 4000)


def assert_threads_left_nothing(program: Path, threads: int, rounds: int) -> None:
    run = subprocess.run(
        [program, "threads", str(threads), str(rounds), "512", "60000"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    errors, fault, nalloc, nfree, in_use, bad = map(int, run.stdout.split())
    assert (errors, fault, in_use, bad) == (0, 0, 0, 0)
    assert nalloc == nfree > threads * rounds / 2
