"""dspheap: makes heaps in DDR and MSMC, and allocates from them on eight work-items.

Usage: python dspheap.py [part of a platform's name or version]

Needs PyOpenCL and an OpenCL device of any kind. On a device that has TI's built-ins the program is
built with -DDSPC_TI, and the MSMC heap lies in MSMC; elsewhere the header implements the built-ins,
and the heaps' buffers are passed to each kernel that uses them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
ITEMS = 8
DDR_HEAP, MSMC_HEAP = 16 << 20, 1 << 20
BLOCK = 1024
ALLOCATED, ALIGNED, HELD = 1, 2, 4

CL_MEM_USE_MSMC_TI = 1 << 20
CL_DEVICE_MSMC_MEM_SIZE_TI = 0x4060

Run = Callable[..., None]
"""`run(kernel, work-items, *args)`: runs a kernel to its end, one work-item a group. Arrays are
passed in and read back; `"ddr"` and `"msmc"` stand for the heaps' buffers."""


def words(report: np.ndarray) -> str:
    """The meaning of the kernels' report words."""
    meaning = {0: "FAILED", ALLOCATED | HELD: "held", ALLOCATED | ALIGNED | HELD: "ok"}
    return " ".join(meaning.get(int(word), "DAMAGED") for word in report)


def example(run: Run, heap_args: tuple[str, ...]) -> None:
    """The example itself; `heap_args` are what kernels that use the heaps get as last arguments."""
    run("heap_init_ddr", 1, "ddr", np.uint32(DDR_HEAP))
    print(f"DDR  heap of {DDR_HEAP >> 10} KiB ready")
    run("heap_init_msmc", 1, "msmc", np.uint32(MSMC_HEAP))
    print(f"MSMC heap of {MSMC_HEAP >> 10} KiB ready")

    report = np.zeros(2 * ITEMS, np.uint32)
    run("alloc_and_free", ITEMS, np.uint32(BLOCK), np.uint32(BLOCK), report, *heap_args)
    print("alloc_and_free, DDR: ", words(report[0::2]))
    print("alloc_and_free, MSMC:", words(report[1::2]))

    run("alloc_and_free", ITEMS, np.uint32(DDR_HEAP), np.uint32(0), report, *heap_args)
    print("more than there is:  ", words(report[0::2]))

    left = [np.zeros(ITEMS, np.uint64) for _ in range(2)]
    for handles in left:
        run("alloc_only", ITEMS, np.uint32(BLOCK), handles, *heap_args)
    print("alloc_only, twice:   ", len(set(np.concatenate(left).tolist())), "different blocks")
    for handles in left:
        offsets = np.zeros(ITEMS, np.uint32)
        run("free_left", ITEMS, np.uint32(BLOCK), handles, offsets, *heap_args)
        print("left, found, freed:  ", words(offsets))

    counts = np.zeros(ITEMS, np.uint32)
    run("l2_alloc", ITEMS, np.uint32(100), counts)
    print("blocks of 100 in L2: ", *counts)


def device_on(wanted: str) -> Any:
    """The first device of the first platform whose name or version contains `wanted`."""
    import pyopencl as cl

    for platform in cl.get_platforms():
        if wanted.lower() in f"{platform.name} {platform.version}".lower():
            return platform.get_devices()[0]
    sys.exit(f"dspheap: no OpenCL platform has {wanted!r} in its name or version")


def msmc_bytes(device: Any) -> int:
    """Bytes of MSMC that the device offers: 0 on devices that know nothing of it."""
    import pyopencl as cl

    try:
        return int(device.get_info(CL_DEVICE_MSMC_MEM_SIZE_TI))
    except (cl.Error, ValueError):
        return 0


def runner(device: Any, ti: bool) -> Run:
    """Kernels of dspheap.cl on an OpenCL device."""
    import pyopencl as cl

    context = cl.Context([device])
    queue = cl.CommandQueue(context)
    options = [f"-I{HERE.parent}", "-DDSPC_L2_SINGLE", *(["-DDSPC_TI"] if ti else [])]
    program = cl.Program(context, (HERE / "dspheap.cl").read_text()).build(options)
    flags = cl.mem_flags.READ_WRITE
    in_msmc = CL_MEM_USE_MSMC_TI if msmc_bytes(device) >= MSMC_HEAP else 0
    heaps = {
        "ddr": cl.Buffer(context, flags, DDR_HEAP),
        "msmc": cl.Buffer(context, flags | in_msmc, MSMC_HEAP),
    }

    def run(kernel: str, items: int, *args: Any) -> None:
        passed: list[Any] = []
        arrays: list[tuple[np.ndarray, Any]] = []
        for arg in args:
            if isinstance(arg, np.ndarray):
                buffer = cl.Buffer(context, flags | cl.mem_flags.COPY_HOST_PTR, hostbuf=arg)
                arrays.append((arg, buffer))
                passed.append(buffer)
            else:
                passed.append(heaps[arg] if isinstance(arg, str) else arg)
        cl.Kernel(program, kernel)(queue, (items,), (1,), *passed)
        for array, buffer in arrays:
            cl.enqueue_copy(queue, array, buffer)
        queue.finish()

    return run


def main() -> None:
    device = device_on(sys.argv[1] if len(sys.argv) > 1 else "")
    ti = "Texas Instruments" in device.vendor
    print(f"device: {device.name}, {device.platform.version}", file=sys.stderr)
    example(runner(device, ti), () if ti else ("ddr", "msmc"))


if __name__ == "__main__":
    main()
