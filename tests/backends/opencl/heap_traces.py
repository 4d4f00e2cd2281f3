"""Sequences of heap operations, and an independent judge of what an allocator answered."""

from __future__ import annotations

import bisect
import random
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from heap_platforms import HEAP, HERE

MALLOC, CALLOC, REALLOC, FREE, MEMALIGN, CHECK = range(6)
FREE_AT, FOREIGN, POKE, INIT, RENEW, STALE = range(6, 12)
MSMC = 16
DAMAGED = 0xBAD
HEADER_BYTES = 1744
SMALLEST = HEADER_BYTES + 28
"""Bytes of the smallest heap: header, block of 8, end mark, a word of the map."""
NOT_STALE = 99

Step = tuple[int, int, int, int]


def capacity(size: int) -> int:
    """The largest block of a heap of `size` bytes: a map's word is there for each 256 bytes."""
    blocks = size - HEADER_BYTES - 8
    while blocks + 4 * -(-blocks // 256) > size - HEADER_BYTES - 8 or blocks % 8:
        blocks -= 1
    return blocks - 8


# Words of the header.
LOCK, END, NALLOC, NFREE, NFAIL, IN_USE, PEAK, BADFREE = range(1, 9)


def words(steps: list[Step]) -> np.ndarray:
    """The steps as the kernels read them: signed values wrap to 32 bits."""
    return (np.array(steps, np.int64).reshape(-1, 4) & 0xFFFFFFFF).astype(np.uint32)


def renewal(rng: random.Random, slot: int, heap: int, live: set[int]) -> list[Step]:
    """Makes a heap of random size anew, or hands it a pointer from before it was; `live` slots."""
    if rng.random() < 0.95:
        return [(STALE | heap, slot, rng.choice((0, 0, rng.randint(1, 600))), 0)]
    live -= {other for other in live if (other % 4 == 3) == bool(heap)}
    return [(RENEW | heap, 3 if heap else 0, rng.randint(SMALLEST, 20000), 0)]


def storm_steps(
    seed: int, count: int, slots: int = 96, largest: int = 4000, renew: float = 0.0
) -> list[Step]:
    """Random steps with a check every 50, over both heaps; ends with all freed and checked. A share
    `renew` of the steps is about heaps that are made anew."""
    rng = random.Random(seed)
    live: set[int] = set()
    steps: list[Step] = []
    for number in range(count):
        slot = rng.randrange(slots)
        heap = MSMC if slot % 4 == 3 else 0
        size = rng.choice((rng.randint(1, 64), rng.randint(1, 600), rng.randint(1, largest)))
        kind = rng.random()
        if number % 50 == 49:
            steps.append((CHECK | heap, 0, 0, 0))
        elif renew and rng.random() < renew:
            steps += renewal(rng, slot, heap, live)
        elif slot in live and kind < 0.6:
            steps.append((FREE | heap, slot, 0, 0))
            live.discard(slot)
        elif slot in live:
            steps.append((REALLOC | heap, slot, size, 0))
        else:
            live.add(slot)
            align = 1 << rng.randrange(13)
            steps.append(
                (MALLOC | heap, slot, size, 0)
                if kind < 0.5
                else (CALLOC | heap, slot, rng.randint(1, 30), rng.randint(1, 60))
                if kind < 0.75
                else (MEMALIGN | heap, slot, align, size)
            )
    steps += [(FREE | (MSMC if slot % 4 == 3 else 0), slot, 0, 0) for slot in sorted(live)]
    return [*steps, (CHECK, 0, 0, 0), (CHECK | MSMC, 0, 0, 0)]


@dataclass
class Judge:
    """What a correct allocator may answer: aligned blocks inside the heap that never overlap."""

    bytes: int
    residue: int
    live: dict[int, tuple[int, int]] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)

    def place(self, slot: int, offset: int, size: int, align: int) -> None:
        assert (self.residue + offset) % align == 0
        assert offset >= HEADER_BYTES + 8
        assert offset + size <= self.bytes - 12  # end mark, map
        at = bisect.bisect(self.starts, (offset, 0))
        if at:
            before, length = self.starts[at - 1]
            assert before + length + 8 <= offset
        if at < len(self.starts):
            assert offset + size + 8 <= self.starts[at][0]
        self.starts.insert(at, (offset, size))
        self.live[slot] = (offset, size)

    def drop(self, slot: int) -> None:
        block = self.live.pop(slot, None)
        if block:
            self.starts.remove(block)

    def step(self, step: Step, result: int) -> None:
        op, slot, a, b = step
        assert result != DAMAGED
        if op == CHECK:
            assert result == 0
        elif op == RENEW:
            self.bytes = a
            self.live.clear()
            self.starts.clear()
        elif op == STALE:
            assert result in (1, NOT_STALE)
        elif op == FREE:
            self.drop(slot)
        elif op == REALLOC and result:
            self.drop(slot)
            self.place(slot, result, a, 8)
        elif op in (MALLOC, CALLOC, MEMALIGN) and result:
            size = a * b if op == CALLOC else b if op == MEMALIGN else a
            self.place(slot, result, size, max(a, 8) if op == MEMALIGN else 8)


def judge(
    steps: list[Step], results: np.ndarray, sizes: tuple[int, int], residue: np.ndarray
) -> int:
    """Checks every answer of a trace over both heaps; how many requests were refused."""
    judges = [Judge(size, int(r)) for size, r in zip(sizes, residue, strict=True)]
    refused = 0
    for (op, slot, a, b), result in zip(steps, results, strict=True):
        judges[op // MSMC].step((op % MSMC, slot, a, b), int(result))
        refused += op % MSMC in (MALLOC, CALLOC, REALLOC, MEMALIGN) and result == 0
    assert not any(j.live for j in judges)
    return refused


def build_host(folder: Path, *flags: str, compiler: str = "cc", std: str = "c99") -> Path:
    """Compiles heap_host.c."""
    program = folder / "heap_host"
    warnings = ["-Wall", "-Wextra", "-Werror", "-g", "-O1"]
    includes = [f"-I{HEAP}", f"-I{HERE}"]
    files = [str(HERE / "heap_host.c"), "-o", str(program), "-lpthread"]
    command = [compiler, f"-std={std}", *warnings, *includes, *flags, *files]
    subprocess.run(command, check=True, timeout=120)
    return program


def host_trace(
    program: Path, steps: list[Step], sizes: tuple[int, int], residue: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Runs a trace in the C99 form: each step's result, and the ddr heap's header at the end."""
    ops = words(steps)
    run = subprocess.run(
        [program, "trace", *map(str, sizes), *map(str, residue)],
        input=np.uint32(len(ops)).tobytes() + ops.tobytes(),
        capture_output=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()
    answer = np.frombuffer(run.stdout, np.uint32)
    return answer[: len(ops)], answer[len(ops) :]
