"""OpenCL devices: enumeration, selection, and their faults as one message each."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from dspc.support.diagnostics import DspcError, Note
from dspc.support.files.transient import scratch_folder

_INSTALL = "install one: your GPU's driver, or PoCL for the CPU (pip install 'dspc[pocl]')"
_SHOWN_LINES = 15
_MEMORY_FAULTS = ("MEM_OBJECT_ALLOCATION_FAILURE", "OUT_OF_RESOURCES", "OUT_OF_HOST_MEMORY",
                  "INVALID_BUFFER_SIZE")  # fmt: skip
MSMC_SIZE_TI = 0x4060
"""`CL_DEVICE_MSMC_MEM_SIZE_TI`."""
USE_MSMC_TI = 1 << 20
"""`CL_MEM_USE_MSMC_TI`."""


def opencl() -> Any:
    """The module `pyopencl`."""
    try:
        import pyopencl
    except ImportError as fault:
        raise DspcError(
            "E0810",
            f"PyOpenCL can't be loaded: {fault}",
            hint="pip install pyopencl",
            exit_status=2,
        ) from None
    return pyopencl


def describe(device: Any) -> str:
    """A device and its platform, for people."""
    platform = device.platform
    version = " ".join(platform.version.partition(",")[0].split())
    return f"{device.name.strip()} ({platform.name}, {version})"


def find_devices(wanted: str | None = None, double: bool = False) -> list[Any]:
    """The usable devices, the best first.

    `wanted` must be part of the platform's name or version, or of the device's name. GPUs come
    before other devices, and newer versions of a platform before older ones. Raises DspcError E0811
    where there is none, E0812 where `double` is asked for and none has it.
    """
    cl = opencl()
    try:
        platforms = cl.get_platforms()
    except cl.Error:
        platforms = []
    candidates = [device for platform in platforms for device in _devices(cl, platform)]
    if not candidates:
        raise DspcError("E0811", "there is no OpenCL device here", hint=_INSTALL, exit_status=2)
    if wanted:
        chosen = [device for device in candidates if _is_wanted(device, wanted)]
        if not chosen:
            there = [Note(f"there is {describe(device)}") for device in candidates]
            message = f"no OpenCL platform or device has {wanted!r} in its name or version"
            raise DspcError("E0811", message, notes=there, exit_status=2)
        candidates = chosen
    if double:
        able = [device for device in candidates if "cl_khr_fp64" in device.extensions]
        if not able:
            message = f"{describe(candidates[0])} has no double precision"
            hint = "compile with -single, and --lanes 0 if the program has filters"
            raise DspcError("E0812", message, hint=hint, exit_status=2)
        candidates = able
    return sorted(candidates, key=_rank, reverse=True)


def _devices(cl: Any, platform: Any) -> list[Any]:
    try:
        return list(platform.get_devices())
    except cl.Error:
        return []


def _is_wanted(device: Any, wanted: str) -> bool:
    description = f"{device.platform.name}\n{device.platform.version}\n{device.name}"
    return wanted.lower() in description.lower()


def _rank(device: Any) -> tuple[bool, list[int]]:
    """GPUs first, then by all numbers of the platform's version."""
    is_gpu = bool(device.type & opencl().device_type.GPU)
    return is_gpu, [int(number) for number in re.findall(r"\d+", device.platform.version)]


def build(
    source: Callable[[Any], tuple[str, list[str]]],
    wanted: str | None,
    double: bool,
    verbose: bool = False,
) -> tuple[Any, Any]:
    """The context and built program on the best device that can build it.

    `source` gives a device's text and compiler options, and is asked last for the device taken.
    A device that cannot is reported on standard error, and the next one is tried; DspcError E0813
    if none can.
    """
    cl = opencl()
    faults: list[Note] = []
    devices = find_devices(wanted, double)
    for device in devices:
        try:
            context = cl.Context([device])
            text, options = source(device)
            # PyOpenCL's own cache, for drivers that have none, unpickles what it finds.
            with scratch_folder() as folder:
                program = cl.Program(context, text).build(["-w", *options], cache_dir=folder)
        except (cl.Error, RuntimeError) as fault:
            faults.append(Note(f"{describe(device)}: {_head(str(fault))}"))
            if device is not devices[-1]:
                sys.stderr.write(f"opencl: {describe(device)} can't build it; trying the next\n")
            continue
        if verbose:
            sys.stderr.write(f"opencl: running on {describe(device)}\n")
        return context, program
    raise DspcError(
        "E0813",
        "no OpenCL device can build the program",
        hint="the compiler's own words follow; another device may do better (--platform)",
        notes=faults,
    )


def command_queue(context: Any, profile: bool = False) -> Any:
    """A queue in order; with `profile`, its events know their times."""
    properties = opencl().command_queue_properties.PROFILING_ENABLE if profile else 0
    return opencl().CommandQueue(context, properties=properties)


def _head(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return "\n".join(lines[:_SHOWN_LINES])


@contextmanager
def memory_faults(device: Any, action: Callable[[], str]) -> Generator[None]:
    """Tells a device's lack of memory as E0815 and its other faults as E0816."""
    cl = opencl()
    try:
        yield
    except (cl.Error, MemoryError) as fault:
        text = " ".join(str(fault).split())[:200]
        if isinstance(fault, MemoryError | cl.MemoryError) or any(
            name in text for name in _MEMORY_FAULTS
        ):
            message = f"{describe(device)} has no memory for {action()}"
            hint = "use fewer voices or shorter blocks"
            raise DspcError("E0815", message, hint=hint) from None
        raise DspcError("E0816", f"{describe(device)} failed at {action()}: {text}") from None


def msmc_bytes(device: Any) -> int:
    """Bytes of MSMC that the device offers: 0 on all but some of TI's."""
    cl = opencl()
    try:
        return int(device.get_info(MSMC_SIZE_TI))
    except (cl.Error, ValueError, AttributeError):
        return 0
