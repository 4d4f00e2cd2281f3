"""The buffers of a running program, and the heaps in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from dspc.backends.opencl.devices import USE_MSMC_TI, describe, memory_faults, msmc_bytes, opencl
from dspc.backends.opencl.printer import ClProgram
from dspc.dialects.dsp_mem.buffers import Space
from dspc.support.diagnostics import DspcError

_HEADER, _EACH, _MAPPED = 2048, 32, 64
"""Bytes that a heap needs for itself and, at most, for each block; bytes to one byte of its map."""
_MOST = 2**31 - 1


class DeviceMemory:
    """Heaps (or the arena) and widget values of `voices` instances on a device.

    Raises DspcError E0814 where a heap can't be large enough, E0815 where the device has no memory.
    """

    def __init__(self, queue: Any, program: ClProgram, voices: int, heap_bytes: int | None) -> None:
        self.queue = queue
        self.program = program
        self.voices = voices
        self.buffers: list[Any] = []
        """The last arguments of each kernel."""
        self._heaps: list[tuple[Space, int]] = []
        if not program.heap:
            size = sum(program.layout.space_bytes(space, voices) for space in Space) + 8
            self.buffers.append(self._buffer(size))
            return
        self.buffers.append(self._buffer(8 * len(program.layout.blocks)))
        for space in (Space.DDR, Space.MSMC):
            size = self._heap_bytes(space) if heap_bytes is None else heap_bytes
            if not program.layout.space_bytes(space, 1):
                size = 8
            self._heaps.append((space, size))
            self.buffers.append(self._buffer(size, in_msmc=space == Space.MSMC))

    def _heap_bytes(self, space: Space) -> int:
        """The bytes of a heap that holds the program's blocks."""
        blocks = [block for block in self.program.layout.blocks if block.space == space]
        size = self.program.layout.space_bytes(space, self.voices) + _EACH * len(blocks)
        size += size // _MAPPED + _HEADER
        if size > _MOST:
            message = f"{self.voices} voices need {size} bytes of {space.value}; heaps end at 2 GiB"
            raise DspcError("E0814", message, hint="use fewer voices, or --heap static")
        return (size + 7) & ~7

    def _buffer(self, size: int, in_msmc: bool = False) -> Any:
        cl = opencl()
        device = self.queue.device
        size = max(size, 8)
        flags = cl.mem_flags.READ_WRITE
        if in_msmc and msmc_bytes(device) >= size:
            flags |= USE_MSMC_TI
        with memory_faults(device, lambda: f"a buffer of {size} bytes"):
            if size > device.max_mem_alloc_size:
                raise MemoryError
            return cl.Buffer(self.queue.context, flags, size)

    def start(self, kernels: dict[str, Any], rate: int) -> None:
        """Make the heaps, allocate, and fill the tables."""
        cl = opencl()
        name = self.program.name
        with memory_faults(self.queue.device, lambda: "the init kernel"):
            for (space, size), buffer in zip(self._heaps, self.buffers[1:], strict=False):
                init = kernels[f"dspc_heap_init_{space.value}"]
                init.launch(self.queue, (1,), (1,), (buffer, size))
            missing = cl.Buffer(self.queue.context, cl.mem_flags.READ_WRITE, 4)
            args = self.voices, rate, missing, *self.buffers
            kernels[f"{name}_init"].launch(self.queue, (1,), (1,), args)
            fault = np.zeros(1, np.int32)
            cl.enqueue_copy(self.queue, fault, missing)
        if fault[0]:
            raise self._too_small(int(fault[0]) - 1)

    def _too_small(self, number: int) -> DspcError:
        block = self.program.layout.blocks[number]
        size = dict(self._heaps)[block.space]
        need = block.bytes * (1 if block.shared else self.voices)
        return DspcError(
            "E0814",
            f"the {block.space.value} heap of {size} bytes on {describe(self.queue.device)} has no "
            f"room for the {need} bytes of {block.name}",
            hint="give it more bytes, or use --heap ddr",
        )

    def copy_from(self, other: DeviceMemory) -> None:
        """Take over all contents of the memory of another instance of the same program."""
        cl = opencl()
        for mine, theirs in zip(self.buffers, other.buffers, strict=True):
            cl.enqueue_copy(self.queue, mine, theirs)

    def contents(self) -> list[Any]:
        """The bytes of each buffer."""
        copies: list[Any] = [np.empty(buffer.size, np.uint8) for buffer in self.buffers]
        for copy, buffer in zip(copies, self.buffers, strict=True):
            opencl().enqueue_copy(self.queue, copy, buffer)
        return copies

    def take(self, contents: list[Any]) -> None:
        """Take over what `contents` returned, of an instance of the same program."""
        for buffer, copy in zip(self.buffers, contents, strict=True):
            opencl().enqueue_copy(self.queue, buffer, copy)
