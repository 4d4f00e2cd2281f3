"""The jobs of the heap tests on one OpenCL device; heap_platforms.py starts it as a process.

`heap_device.py list`, or `heap_device.py JOB PLATFORM FOLDER OPTIONS`: arrays come from
FOLDER/in.npz, results go to FOLDER/out.npz.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyopencl as cl
from heap_platforms import HEAP, HERE, matches, save

HEADER_WORDS = 436
Arrays = dict[str, np.ndarray]


def platforms() -> list[cl.Platform]:
    """All platforms; none is no error."""
    try:
        return cl.get_platforms()
    except cl.LogicError:
        return []


def unusable(platform: cl.Platform) -> str:
    """Why this platform cannot build the smallest kernel; empty where it can."""
    try:
        context = cl.Context(platform.get_devices()[:1])
        cl.Program(context, "kernel void k(global int *a) { a[0] = 1; }").build()
    except (cl.Error, IndexError) as fault:
        return str(fault)
    return ""


class Device:
    """One device with the test kernels built and two heaps."""

    def __init__(self, platform: str, std: str, ddr_bytes: int, msmc_bytes: int) -> None:
        selected = next(p for p in platforms() if matches(platform, p.name, p.version))
        self.context = cl.Context(selected.get_devices()[:1])
        self.queue = cl.CommandQueue(self.context)
        source = (HERE / "heap_kernels.cl").read_text()
        options = [f"-cl-std={std}", f"-I{HEAP}", f"-I{HERE}"]
        self.program = cl.Program(self.context, source).build(options)
        self.ddr = self.buffer(np.zeros((ddr_bytes + 3) // 4, np.uint32))
        self.msmc = self.buffer(np.zeros((msmc_bytes + 3) // 4, np.uint32))
        self.residue = np.zeros(2, np.uint32)
        residue = self.buffer(self.residue)
        sizes = np.uint32(ddr_bytes), np.uint32(msmc_bytes)
        self.run("heap_init", 1, self.ddr, sizes[0], self.msmc, sizes[1], residue)
        self.read(self.residue, residue)

    def buffer(self, data: np.ndarray) -> cl.Buffer:
        flags = cl.mem_flags.READ_WRITE | cl.mem_flags.COPY_HOST_PTR
        return cl.Buffer(self.context, flags, hostbuf=data)

    def read(self, into: np.ndarray, source: cl.Buffer) -> np.ndarray:
        cl.enqueue_copy(self.queue, into, source)
        return into

    def run(self, kernel: str, items: int, *args: Any, group: int | None = None) -> None:
        local = None if group is None else (group,)
        cl.Kernel(self.program, kernel)(self.queue, (items,), local, *args)
        self.queue.finish()

    def header(self) -> np.ndarray:
        return self.read(np.zeros(HEADER_WORDS, np.uint32), self.ddr)

    def fault(self) -> np.ndarray:
        fault = self.buffer(np.full(1, -1, np.int32))
        self.run("check", 1, fault, self.ddr, self.msmc)
        return self.read(np.zeros(1, np.int32), fault)


def trace(device: Device, arrays: Arrays, _: dict[str, int]) -> Arrays:
    """Runs the steps `ops` on one work-item."""
    ops = np.ascontiguousarray(arrays["ops"], np.uint32)
    results = np.zeros(max(len(ops), 1), np.uint32)
    buffers = [device.buffer(a) for a in (ops, np.zeros(3 * 4096, np.uint32), results)]
    args = buffers[0], np.uint32(len(ops)), buffers[1], buffers[2]
    device.run("trace", 1, *args, device.ddr, device.msmc)
    device.read(results, buffers[2])
    return {"results": results, "header": device.header(), "residue": device.residue}


def storm(device: Device, _: Arrays, options: dict[str, int]) -> Arrays:
    """Random operations by many work-items at once, twice, on the heap as it was left."""
    errors = np.full(options["items"], 99, np.uint32)
    buffer = device.buffer(errors)
    args = np.uint32(options["rounds"]), np.uint32(options["largest"]), buffer
    for _launch in range(2):
        device.run("storm", options["items"], *args, device.ddr, device.msmc)
    device.read(errors, buffer)
    return {"errors": errors, "header": device.header(), "fault": device.fault()}


def persist(device: Device, _: Arrays, options: dict[str, int]) -> Arrays:
    """Blocks left by one kernel are found by the next, though the heap's buffer moved."""
    items = options["items"]
    handles = device.buffer(np.zeros(items, np.uint64))
    errors = np.full(items, 99, np.uint32)
    faults = device.buffer(errors)
    device.run("leave", items, handles, device.ddr, device.msmc)
    between = device.header()
    moved = cl.Buffer(device.context, cl.mem_flags.READ_WRITE, device.ddr.size)
    cl.enqueue_copy(device.queue, moved, device.ddr)
    cl.enqueue_fill_buffer(
        device.queue, device.ddr, np.full(1, 0xDDDDDDDD, np.uint32), 0, device.ddr.size
    )
    old, device.ddr = device.ddr, moved
    device.run("collect", items, handles, faults, device.ddr, device.msmc)
    device.read(errors, faults)
    old.release()
    arrays = {"errors": errors, "between": between, "header": device.header()}
    return {**arrays, "fault": device.fault()}


def l2(device: Device, arrays: Arrays, options: dict[str, int]) -> Arrays:
    """Each case (size, bytes) on a local heap: `per` requests by each work-item of one group."""
    items, per = options["items"], options["per"]
    outs = []
    for size, area in arrays["cases"]:
        out = np.zeros(items * per + 2, np.uint32)
        buffer = device.buffer(out)
        device.run(
            "l2", items, buffer, np.uint32(per), np.int32(size), np.uint32(area), group=items
        )
        outs.append(device.read(out, buffer))
    return {"out": np.array(outs)}


JOBS = {"trace": trace, "storm": storm, "persist": persist, "l2": l2}


def main() -> None:
    if sys.argv[1] == "list":
        print(json.dumps([(p.name, p.version, unusable(p)) for p in platforms()]))
        return
    job, platform, folder, options = sys.argv[1:5]
    chosen = json.loads(options)
    sizes = chosen.pop("ddr", 1 << 20), chosen.pop("msmc", 1 << 16)
    device = Device(platform, chosen.pop("std", "CL1.2"), *sizes)
    with np.load(Path(folder) / "in.npz") as saved:
        arrays = {key: saved[key] for key in saved.files}
    save(Path(folder) / "out.npz", JOBS[job](device, arrays, chosen))


if __name__ == "__main__":
    main()
