"""The emulation of TI's built-ins: documented behaviour, and rejected misuse."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from heap_platforms import HERE

SOURCE = """
#include "dspc_heap.h"

kernel void init(global char *p, uint bytes) { __heap_init_ddr(p, bytes); }

kernel void init_guarded(global char *p, uint bytes)
{
    DSPC_HEAP_GUARD(p, bytes);
    __heap_init_ddr(p, bytes - DSPC_HEAP_GUARD_BYTES);
}

/* Takes the whole heap, frees it and takes it again. */
kernel void fill_twice(uint bytes, global uint *out)
{
    void *p = __malloc_ddr(bytes);
    out[0] = p != 0;
    __free_ddr(p);
    out[1] = __malloc_ddr(bytes) != 0;
}

kernel void oddities(global uint *out)
{
    char *p = __malloc_ddr(40), *q = __malloc_ddr(40), *r;
    out[0] = __malloc_ddr(0) == 0;
    out[1] = __malloc_ddr((size_t)-1) == 0;
    __free_ddr(p);
    __free_ddr(p);
    __free_ddr(p + 8);
    __free_ddr(0);
    r = __memalign_ddr(24, 40);
    out[2] = r == p; /* memalign by no power of two is malloc, in the best fit */
    out[3] = ((uintptr_t)__memalign_ddr(256, 8) & 255) == 0;
    out[4] = *(int *)__calloc_ddr(3, 4) == 0;
    out[5] = __realloc_ddr(q, 100) != q;
}

kernel void shrink(global uint *out) { out[0] = __realloc_ddr(__malloc_ddr(400), 40) != 0; }

kernel void l2_use(local char *area, uint bytes, global uint *out)
{
    local int fixed[4];
    out[get_global_id(0)] = (uint)fixed[1];
    fixed[1] = 1;
    __heap_init_l2(area, bytes);
    out[0] += (uintptr_t)__malloc_l2(bytes) == (uintptr_t)area;
    out[0] += __malloc_l2(1) == 0;
}

kernel void l2_stale(global uint *out) { out[0] = __malloc_l2(8) != 0; }

kernel void meet(global uint *out) { barrier(CLK_LOCAL_MEM_FENCE); out[0] = 1u; }
"""

RUNNER = f"""
import json, sys
from pathlib import Path
import numpy as np
sys.path.insert(0, {str(HERE / "ti_sim")!r})
from ti_sim import LocalBytes, TiProgram
program = TiProgram(Path(sys.argv[1]))
heap, out, u = np.zeros(512, np.uint64), np.zeros(8, np.uint32), np.uint32
for kernel, items, group, args in json.loads(sys.argv[2]):
    given = {{"heap": heap, "out": out, "local": LocalBytes(64)}}
    program.run(kernel, items, *(given[a] if a in given else u(a) for a in args), group=group)
print(*out)
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ti")
    (folder / "mistakes.cl").write_text(SOURCE)
    code = "import sys; from pathlib import Path; from ti_sim import build;"
    code += "print(build(Path(sys.argv[1]), Path(sys.argv[2])))"
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder / "mistakes.cl"), str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=HERE / "ti_sim",
    )
    assert run.returncode == 0, run.stderr
    return Path(run.stdout.strip())


def run(
    library: Path, *launches: tuple[str, int, int, Sequence[object]]
) -> tuple[int, str, list[int]]:
    """Exit status, messages and the words of `out` after the launches."""
    command = [sys.executable, "-c", RUNNER, str(library), json.dumps(launches)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr, [int(word) for word in done.stdout.split()]


INIT = ("init_guarded", 1, 1, ["heap", 4096])


def test_documented_oddities(library: Path) -> None:
    status, _, out = run(library, INIT, ("oddities", 1, 1, ["out"]))
    assert (status, out[:6]) == (0, [1] * 6)


def test_freeing_the_last_block_without_a_guard_loses_the_heap(library: Path) -> None:
    raw = run(library, ("init", 1, 1, ["heap", 4000]), ("fill_twice", 1, 1, [3992, "out"]))
    guarded = run(library, INIT, ("fill_twice", 1, 1, [4072, "out"]))
    assert raw[2][:2] == [1, 0]
    assert guarded[2][:2] == [1, 1]


@pytest.mark.parametrize(
    ("launches", "message"),
    [
        ([("shrink", 1, 1, ["out"])], "ddr: used before its init"),
        ([INIT, ("shrink", 1, 1, ["out"])], "ddr: a shrinking realloc"),
        ([("l2_stale", 1, 1, ["out"])], "l2: __malloc_l2 without __heap_init_l2"),
        (
            [("l2_use", 1, 1, ["local", 64, "out"]), ("l2_stale", 1, 1, ["out"])],
            "l2: __malloc_l2 without __heap_init_l2",
        ),
        ([("meet", 4, 2, ["out"])], "kernel: barrier in a group of several"),
    ],
)
def test_mistakes_end_with_a_message(
    library: Path, launches: list[tuple[str, int, int, Sequence[object]]], message: str
) -> None:
    status, stderr, _ = run(library, *launches)
    assert status == 70
    assert stderr.startswith("ti-sim: " + message)


def test_barrier_in_a_group_of_one_is_nothing(library: Path) -> None:
    assert run(library, ("meet", 4, 1, ["out"]))[2][0] == 1


def test_local_memory_does_not_outlive_its_kernel(library: Path) -> None:
    status, _, out = run(library, ("l2_use", 3, 1, ["local", 64, "out"]))
    assert status == 0
    assert out[1:3] == [0xA5A5A5A5, 0xA5A5A5A5]
