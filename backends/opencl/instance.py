"""Programs on an OpenCL device: one instance, or many voices at once."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
from xdsl.dialects.builtin import ModuleOp

from dspc.backends.common.instance import CompiledInstance
from dspc.backends.common.sounds import Sound
from dspc.backends.opencl.device_memory import DeviceMemory
from dspc.backends.opencl.devices import (
    build,
    command_queue,
    describe,
    memory_faults,
    opencl,
)
from dspc.backends.opencl.launch import BoundKernel, launch_shape
from dspc.backends.opencl.printer import ClOptions, print_opencl
from dspc.dialects.dsp.interface import WidgetKind
from dspc.dialects.dsp.ui import widget_paths
from dspc.support.diagnostics import DspcError

_KERNELS = ("init", "reset", "compute")


def _no_local_memory(device: Any, size: int) -> DspcError:
    message = f"the copies in l2 take {size} bytes; {describe(device)} has {device.local_mem_size}"
    hint = "use another --heap, or a --machine that has less l2"
    return DspcError("E0815", message, hint=hint)


class OpenClInstance(CompiledInstance):
    """One or more running voices of a program; otherwise like the C++ back end's instances.

    `rate` is in Hz, `heap` as for `ClOptions`, `platform` part of the name or version of the
    platform or device (any, if None), `heap_bytes` the size of each heap (as needed, if None).
    With `profile`, the events that `launch` gives tell the kernel's own time. `folder` is where
    relative names of sound files start. `heap_storage` is as for `ClOptions`, but not
    `data-section`.
    Raises DspcError E0801 to E0816.
    """

    def __init__(
        self,
        module: ModuleOp,
        rate: int = 44100,
        voices: int = 1,
        heap: str = "auto",
        platform: str | None = None,
        heap_bytes: int | None = None,
        verbose: bool = False,
        profile: bool = False,
        folder: str = ".",
        heap_storage: str = "buffer",
    ) -> None:
        self._rate, self._voices = rate, voices
        self._heap_bytes = heap_bytes
        self._turn = 0
        self._program = print_opencl(module, ClOptions(heap=heap, storage=heap_storage))
        self._shape = launch_shape(self._program, voices)

        def source(device: Any) -> tuple[str, list[str]]:
            if self._program.local_bytes > device.local_mem_size:
                raise _no_local_memory(device, self._program.local_bytes)
            self._shape = launch_shape(self._program, voices, device)
            return self._program.text, self._shape.flags()

        context, built = build(source, platform, self._program.unit.has_doubles, verbose)
        self._unit = self._channels = self._program.unit
        self._real: Any = np.float32 if self._unit.single else np.float64
        self._queue = command_queue(context, profile)
        self._kernels = {k.function_name: BoundKernel(k) for k in built.all_kernels()}
        self._paths = dict(widget_paths(self._unit.tree))
        order = self._program.layout.zones
        self._numbers = {
            path: order.index(widget.symbol)
            for path, widget in self._paths.items()
            if widget.kind != WidgetKind.SOUNDFILE
        }
        # Device memory first: it knows whether so many voices are possible at all.
        self._memory = self._new_memory()
        self._zones = np.zeros((self._shape.voices, len(order)), self._real)
        for path, number in self._numbers.items():
            widget = self._paths[path]
            self._zones[:, number] = 0.0 if widget.kind.is_output else widget.init
        self._files = self._upload_files(folder)
        self._local: list[Any] = []
        if self._program.local_argument:
            self._local.append(opencl().LocalMemory(max(self._program.local_bytes, 8)))
        self._start()
        self._memory.start(self._kernels, rate)
        self._per_voice("reset")

    def _new_memory(self) -> DeviceMemory:
        return DeviceMemory(self._queue, self._program, self._shape.voices, self._heap_bytes)

    def _upload_files(self, folder: str) -> list[Any]:
        """The buffers of the program's sound files, in the kernels' order."""
        slots = {w.symbol: w for w in self._paths.values() if w.kind == WidgetKind.SOUNDFILE}
        flags = opencl().mem_flags
        buffers: list[Any] = []
        for symbol in self._program.layout.sounds:
            samples, parts = Sound(slots[symbol], self._unit.single, folder).arrays()
            table = np.concatenate([np.array(samples.shape, np.int32), parts.ravel()])
            with memory_faults(self.device, lambda: "the sound files"):
                for content in (samples, table):
                    how = flags.READ_ONLY | flags.COPY_HOST_PTR
                    buffers.append(opencl().Buffer(self._queue.context, how, hostbuf=content))
        return buffers

    def _start(self) -> None:
        self._sound: dict[str, Any] = {}
        with memory_faults(self.device, lambda: "the widgets' values"):
            size = max(self._zones.nbytes, 8)
            self._zone_buffer = self._buffer(size)
        self._changed, self._metered = True, False

    def _buffer(self, size: int) -> Any:
        cl = opencl()
        return cl.Buffer(self._queue.context, cl.mem_flags.READ_WRITE, size)

    @property
    def device(self) -> Any:
        """The PyOpenCL device that runs it."""
        return self._queue.device

    @property
    def voices(self) -> int:
        return self._voices

    def compute(self, inputs: Any) -> Any:
        """Run one block of one voice: (inputs, frames) to (outputs, frames)."""
        return self.compute_voices(inputs)[0]

    def compute_voices(self, inputs: Any) -> Any:
        """Run one block of all voices: outputs of shape (voices, outputs, frames).

        `inputs` has the shape (inputs, frames), heard by all, or (voices, inputs, frames).
        """
        sound_in = np.asarray(inputs, self._real)
        shared = sound_in.ndim == 2
        channels = sound_in.shape[:-1]
        own = (self._voices, self._unit.inputs)
        if channels != (own[1:] if shared else own):
            raise ValueError(
                f"expected ({self._unit.inputs}, frames) samples, got {sound_in.shape}"
            )
        frames = sound_in.shape[-1]
        outputs = self._unit.outputs
        if frames == 0:
            return np.zeros((self._voices, outputs, 0), self._real)
        voices = self._shape.voices
        if not shared:
            sound_in = self._shape.tiled(sound_in)
        with memory_faults(self.device, lambda: f"a block of {frames} frames"):
            uploaded = self._upload("in", np.ascontiguousarray(sound_in))
            made = self._space("out", voices * outputs * frames)
            self.launch(frames, uploaded, made, 1 if shared else voices)
            result = self._download(made, voices * outputs * frames)
        return self._shape.untiled(result.reshape(voices, outputs, frames))[: self._voices]

    def launch(self, frames: int, uploaded: Any, made: Any, in_voices: int) -> Any:
        """Enqueue one block on device buffers, laid out as the kernels want them; its event."""
        self._send_zones()
        voices = self._shape.voices
        counts = frames, voices, in_voices, self._turn
        rest = uploaded, made, *self._files, self._zone_buffer, *self._memory.buffers, *self._local
        if self._program.is_levelled:
            event = self._run_levels(frames, counts, rest)
        else:
            event = self._run("compute", voices // self._shape.lanes, *counts, *rest)
        self._turn = 1 - self._turn
        self._metered = True
        return event

    def _run_levels(self, frames: int, counts: Sequence[Any], rest: Sequence[Any]) -> Any:
        """Enqueue the levels of a block, each for all voices; the event of the last."""
        shape, event = self._shape, None
        for now in self._program.rounds:
            for first in range(0, frames, now.chunk or frames):
                for launch in now.launches:
                    kernel = self._kernels[f"{self._program.name}_{launch.suffix}"]
                    length = min(now.chunk or frames, frames - first)
                    parts = launch.parts or shape.pieces(length)
                    group = shape.group_of(shape.voices, parts)
                    args = *counts, first, *rest
                    event = kernel.launch(self._queue, (shape.voices, parts), group, args)
        return event

    def block_buffers(self) -> tuple[Any, Any]:
        """The device buffers of the last block's inputs and outputs."""
        return self._sound["in"], self._sound["out"]

    def finish(self) -> None:
        """Wait for all that was enqueued."""
        self._queue.finish()

    def _run(self, kernel: str, items: int, *args: Any) -> Any:
        function = self._kernels[f"{self._program.name}_{kernel}"]
        return function.launch(self._queue, (items,), (self._shape.group(items),), args)

    def _per_voice(self, kernel: str) -> None:
        with memory_faults(self.device, lambda: f"the {kernel} kernel"):
            voices = self._shape.voices
            self._run(kernel, voices, voices, self._rate, self._zone_buffer, *self._memory.buffers)
            self._queue.finish()

    def _space(self, use: str, samples: int) -> Any:
        """A buffer for a block's samples, kept from block to block."""
        size = max(samples * np.dtype(self._real).itemsize, 8)
        existing = self._sound.get(use)
        if existing is None or existing.size < size:
            existing = self._sound[use] = self._buffer(size)
        return existing

    def _upload(self, use: str, samples: Any) -> Any:
        buffer = self._space(use, samples.size)
        if samples.size:
            opencl().enqueue_copy(self._queue, buffer, samples, is_blocking=False)
        return buffer

    def _download(self, buffer: Any, samples: int) -> Any:
        result = np.empty(samples, self._real)
        if samples:
            opencl().enqueue_copy(self._queue, result, buffer)
        else:
            self._queue.finish()
        return result

    # Widgets

    def set(self, path: str, value: float, voice: int | None = None) -> None:
        """Give a widget a value in one voice or all; KeyError if there is none at the path."""
        self._fetch_zones()
        self._zones[slice(None) if voice is None else voice, self._numbers[path]] = value
        self._changed = True

    def get(self, path: str, voice: int = 0) -> float:
        """The value of a widget or meter; KeyError if there is none at the path."""
        number = self._numbers[path]
        self._fetch_zones()
        return float(self._zones[voice, number])

    def _send_zones(self) -> None:
        if self._changed and self._zones.size:
            ordered = self._shape.tiled(self._zones)
            opencl().enqueue_copy(self._queue, self._zone_buffer, ordered)
        self._changed = False

    def _fetch_zones(self) -> None:
        """Read the meters back, if the program ran since the last time."""
        if not self._metered or not self._zones.size:
            return
        flat = self._download(self._zone_buffer, self._zones.size)
        self._zones = self._shape.untiled(flat.reshape(self._zones.shape)).copy()
        self._metered = False

    def reset(self) -> None:
        """All as at the start, tables that the program writes too; widgets keep their values."""
        self._per_voice("reset")

    def clone(self) -> OpenClInstance:
        """Another instance in the same state, which then goes its own way."""
        self._fetch_zones()
        twin = object.__new__(OpenClInstance)
        twin.__dict__.update(self.__dict__)
        twin._zones = self._zones.copy()
        twin._memory = self._new_memory()
        twin._start()
        twin._memory.copy_from(self._memory)
        return twin

    def save(self) -> bytes:
        """The state as bytes for `restore`."""
        self._fetch_zones()
        return pickle.dumps((self._turn, self._zones, self._memory.contents()))

    def restore(self, state: bytes) -> None:
        """Take over the state that `save` returned, of an instance of the same module."""
        self._turn, self._zones, contents = pickle.loads(state)
        self._memory.take(contents)
        self._changed, self._metered = True, False
