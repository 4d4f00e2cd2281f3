"""The task scheduler of the C++ run-time: many blocks, threads, instances; with planted faults."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import dspc.backends.cpp

pytestmark = pytest.mark.builds

RUNTIME = Path(dspc.backends.cpp.__file__).parent / "runtime"
PROGRAMS = Path(__file__).parent / "runtime"
STRICT = ("-std=c++17", "-Wall", "-Wextra", "-Werror", "-Wshadow", "-pthread")
ADDRESS = ("-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all")
THREAD = ("-g", "-O1", "-fsanitize=thread")
COMPILERS = ("g++", "clang++")

Build = Callable[..., Path]


def run(*command: str | Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Runs a command; fails with its output if it does not exit with ``expect``."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=600, check=False
    )
    assert expect is None or done.returncode == expect, done.stdout + done.stderr
    return done


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compiles a program of this folder; `headers` is where the run-time is taken from."""

    def compile_program(
        name: str, *flags: str, compiler: str = "g++", headers: Path = RUNTIME
    ) -> Path:
        if shutil.which(compiler) is None:
            pytest.skip(f"{compiler} is not installed")
        executable = tmp_path / name
        paths = (f"-I{headers}", f"-I{PROGRAMS}")
        run(compiler, *STRICT, *paths, *flags, PROGRAMS / f"{name}.cpp", "-o", executable)
        return executable

    return compile_program


@pytest.mark.parametrize(
    ("name", "rounds"), [("deque", 3000), ("ready", 3000), ("stress", 400), ("many", 3)]
)
def test_programs(build: Build, name: str, rounds: int) -> None:
    assert run(build(f"scheduler_{name}", "-O1"), str(rounds)).stdout == "ok\n"


def test_a_library_with_instances_is_unloaded(build: Build) -> None:
    plugin = build("scheduler_plugin", "-O1", "-shared", "-fPIC")
    assert run(build("scheduler_host", "-O1", "-ldl"), plugin, "20").stdout == "ok\n"


# Blocks for each number of threads from 1 to 8: together hundreds of thousands.
@pytest.mark.sanitize
@pytest.mark.slow
@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize(
    ("flags", "blocks"), [(THREAD, 16_000), (ADDRESS, 16_000)], ids=["thread", "address"]
)
def test_hundreds_of_thousands_of_blocks(
    build: Build, compiler: str, flags: tuple[str, ...], blocks: int
) -> None:
    stress = build("scheduler_stress", *flags, compiler=compiler)
    assert run(stress, str(blocks)).stdout == "ok\n"


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("flags", [THREAD, ADDRESS], ids=["thread", "address"])
def test_instances_that_come_and_go(build: Build, compiler: str, flags: tuple[str, ...]) -> None:
    assert run(build("scheduler_many", *flags, compiler=compiler), "10").stdout == "ok\n"
    assert run(build("scheduler_deque", *flags, compiler=compiler), "20000").stdout == "ok\n"
    assert run(build("scheduler_ready", *flags, compiler=compiler), "20000").stdout == "ok\n"


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_without_exceptions(build: Build, compiler: str) -> None:
    flags = ("-fno-exceptions", "-fno-rtti", "-O2", "-Wpedantic")
    assert run(build("scheduler_stress", *flags, compiler=compiler), "100").stdout == "ok\n"


# Planted faults: each must be seen.


@pytest.mark.sanitize
@pytest.mark.parametrize("compiler", COMPILERS)
def test_a_dropped_dependence_is_seen(build: Build, compiler: str) -> None:
    stress = build("scheduler_stress", *THREAD, compiler=compiler)
    done = run(stress, "2000", "drop", expect=None)
    assert done.returncode != 0
    assert "data race" in done.stderr


FAULTS = {
    "a stolen task is seen before what was written for it": (
        "deque.h",
        ("bottom + 1, std::memory_order_release", "bottom + 1, std::memory_order_relaxed"),
        "deque",
    ),
    "two threads take the same task": (
        "deque.h",
        ("return won ? task : kNone;", "return won ? task : task;"),
        "deque",
    ),
    "a task is taken before what was written for it": (
        "ready_set.h",
        (
            "bit(task % kBits), std::memory_order_release",
            "bit(task % kBits), std::memory_order_relaxed",
        ),
        "ready",
    ),
    "two threads take the same task that was sent": (
        "ready_set.h",
        ("if ((seen & bit(lowest)) != 0) return", "return"),
        "ready",
    ),
    "a follower starts without what was calculated for it": (
        "task_graph.h",
        ("fetch_sub(1, std::memory_order_acq_rel)", "fetch_sub(1, std::memory_order_relaxed)"),
        "stress",
    ),
    "the host reads outputs before they are there": (
        "task_graph.h",
        ("fetch_sub(1, std::memory_order_release)", "fetch_sub(1, std::memory_order_relaxed)"),
        "stress",
    ),
    "an instance is destroyed while a worker looks at it": (
        "task_graph.h",
        ("pool_->forget(this);", ""),
        "many",
    ),
}


@pytest.mark.sanitize
@pytest.mark.parametrize("fault", FAULTS)
def test_a_weakened_run_time_is_seen(build: Build, tmp_path: Path, fault: str) -> None:
    header, (before, after), program = FAULTS[fault]
    weak = tmp_path / "weak"
    shutil.copytree(RUNTIME / "dspc", weak / "dspc")
    text = (weak / "dspc" / header).read_text()
    assert before in text
    (weak / "dspc" / header).write_text(text.replace(before, after))
    executable = build(f"scheduler_{program}", *THREAD, headers=weak)
    rounds = {"deque": "100000", "ready": "100000", "stress": "2000", "many": "40"}
    done = run(executable, rounds[program], expect=None)
    assert done.returncode != 0


TABLE = """
#include "dspc/scheduler.h"
constexpr int starts[] = {{0, 2, 3, 4, 4}}, followers[] = {{{followers}}};
constexpr int waits[] = {{0, 1, 1, {waits}}}, entries[] = {{0}}, places[] = {{0, 1, 2, {place}}};
constexpr dspc::TaskTable table = {{4, 0, starts, followers, waits, entries, 1, {last}, places}};
static_assert(dspc::isSound<4>(table), "the table is not sound");
"""
RIGHT = {"followers": "1, 2, 3, 3", "waits": "2", "last": "1", "place": "999"}


@pytest.mark.parametrize(
    "wrong",
    [{}, {"waits": "1"}, {"followers": "1, 2, 3, 0"}, {"last": "2"}, {"place": "1000"}],
    ids=str,
)
def test_tables_that_are_not_sound_do_not_compile(tmp_path: Path, wrong: dict[str, str]) -> None:
    source = tmp_path / "table.cpp"
    source.write_text(TABLE.format(**{**RIGHT, **wrong}))
    done = run("g++", *STRICT, f"-I{RUNTIME}", "-fsyntax-only", source, expect=1 if wrong else 0)
    assert not wrong or "the table is not sound" in done.stderr
