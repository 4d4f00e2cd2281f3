"""The heap's headers compile wherever they claim to, as they are and joined into one text."""

from __future__ import annotations

import subprocess
import sys

import pytest
from heap_platforms import HEAP

USE = """
uint helper(uint n DSPC_HEAP_PARAMS DSPC_L2_PARAMS)
{
    DSPC_P(int) a = __malloc_ddr(n);
    DSPC_P(int) b = __calloc_msmc(n, 4);
    DSPC_LP(int) c = __malloc_l2(n);
    a = __realloc_ddr(a, n + 8u);
    b = __realloc_msmc(b, n + 8u);
    __free_ddr(a);
    __free_msmc(b);
    a = __calloc_ddr(n, 4);
    b = __malloc_msmc(n);
    return (a != 0) + (b != 0) + (c != 0);
}

kernel void k(uint n, global ulong *out DSPC_HEAP_PARAMS)
{
    local ulong area[16];
    DSPC_L2_HEAP;
    __heap_init_l2(area, sizeof(area));
    DSPC_P(int) p = __memalign_ddr(64, n);
    DSPC_P(int) q = __memalign_msmc(64, n);
    out[0] = helper(n DSPC_HEAP_ARGS DSPC_L2_ARGS);
    out[1] = DSPC_DDR_HANDLE(p);
    out[2] = DSPC_MSMC_HANDLE(q);
    p = DSPC_DDR_POINTER(int, out[1]);
    q = DSPC_MSMC_POINTER(int, out[2]);
    __free_ddr(p);
    __free_msmc(q);
}

kernel void init(global char *p, global char *q, uint n)
{
    __heap_init_ddr(p, n);
    __heap_init_msmc(q, n);
}
"""
"""A use of all fourteen, in OpenCL C."""

IN_C = """
#define kernel
#define global
#define local
typedef unsigned int uint;
typedef uint64_t ulong;
"""

OPENCL = ["-x", "cl", "-Xclang", "-finclude-default-header"]
TI = ["-target", "x86_64-linux-gnu", "-DDSPC_TI", "-DDSPC_TI_DECLARE"]
MODES = {
    "CL1.2": ["clang", *OPENCL, "-cl-std=CL1.2"],
    "CL2.0": ["clang", *OPENCL, "-cl-std=CL2.0"],
    "CL3.0": ["clang", *OPENCL, "-cl-std=CL3.0"],
    "spir": ["clang", *OPENCL, "-cl-std=CL1.2", "-target", "spir-unknown-unknown"],
    "spir64": ["clang", *OPENCL, "-cl-std=CL3.0", "-target", "spir64-unknown-unknown"],
    "one work-item": ["clang", *OPENCL, "-cl-std=CL1.2", "-DDSPC_L2_SINGLE"],
    "TI": ["clang", *OPENCL, "-cl-std=CL1.2", *TI],
    "C99": ["cc", "-std=c99", "-x", "c", "-Wextra", "-pedantic"],
    "C11": ["cc", "-std=c11", "-x", "c", "-Wextra", "-pedantic"],
}


@pytest.mark.parametrize("joined", [False, True], ids=["headers", "one text"])
@pytest.mark.parametrize("mode", MODES)
def test_all_fourteen_compile_without_a_warning(mode: str, joined: bool) -> None:
    header = '#include "dspc_heap.h"\n'
    if joined:
        script = str(HEAP / "amalgamate.py")
        run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60)
        header = run.stdout
        assert '#include "' not in header
    source = header + (IN_C if mode in ("C99", "C11") else "") + USE
    include = [] if joined else [f"-I{HEAP}"]
    command = [*MODES[mode], "-Wall", "-Werror", *include, "-fsyntax-only", "-"]
    run = subprocess.run(command, input=source, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr


def test_headers_name_what_they_need() -> None:
    """Each header is self-contained."""
    for header in sorted(HEAP.glob("*.h")):
        command = ["cc", "-std=c99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c"]
        run = subprocess.run([*command, str(header)], capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr
