"""How many voices a work-item takes on a device, and how many work-items a work-group has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dspc.backends.opencl.devices import opencl
from dspc.backends.opencl.printer import ClProgram

_GPU_GROUP = 32
"""Small, so that a few hundred voices use many of a GPU's processors."""
_PART_GROUP = 64
_FEWEST_FRAMES = 32
"""Of a loop that work-items of a CPU share, those of each."""


@dataclass(frozen=True, slots=True)
class LaunchShape:
    """The shape of a kernel's launch.

    `voices` counts those that the kernels compute: at least as many as were asked for, and whole
    work-items and groups of them.
    """

    voices: int
    tile: int
    """Voices whose memory is interleaved."""
    lanes: int
    widest: int
    """Work-items of a group, at most."""
    is_wide: bool = False
    """Whether neighbouring work-items run in lock step, as a GPU's do."""
    units: int = 1
    """How many work-items run at once, on other devices."""

    def group(self, items: int) -> int:
        """Work-items of each group of a launch."""
        group = self.widest
        while items % group:
            group //= 2
        return group

    def group_of(self, items: int, parts: int) -> tuple[int, int]:
        """The same where each voice has so many work-items: a GPU's group has some of them."""
        first = self.group(items)
        second = 1
        while self.is_wide and parts % (2 * second) == 0 and first * second < _PART_GROUP:
            second *= 2
        return first, second

    def pieces(self, frames: int) -> int:
        """How many work-items of each voice share the frames of a loop."""
        return frames if self.is_wide else max(1, min(self.units, frames // _FEWEST_FRAMES))

    def flags(self) -> list[str]:
        """Flags of the device's compiler."""
        return [f"-DDSPC_TILE={self.tile}", f"-DDSPC_LANES={self.lanes}"]

    def tiled(self, values: Any) -> Any:
        """An array of shape (voices, ...), as the kernels want it; voices at the end may lack."""
        more = [(0, 0)] * values.ndim
        more[0] = (0, self.voices - len(values))
        full = np.pad(values, more).reshape(-1, self.tile, *values.shape[1:])
        return np.ascontiguousarray(np.moveaxis(full, 1, -1))

    def untiled(self, values: Any) -> Any:
        """The reverse, of an array with the shape, though not the order, (voices, ...)."""
        tiles = values.reshape(-1, *values.shape[1:], self.tile)
        return np.moveaxis(tiles, -1, 1).reshape(values.shape)


class BoundKernel:
    """A kernel that keeps its arguments: to set one takes longer than many a kernel runs."""

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._bound: list[Any] = [None] * kernel.num_args

    def launch(
        self, queue: Any, items: tuple[int, ...], group: tuple[int, ...], args: Sequence[Any]
    ) -> Any:
        """Enqueue it with buffers and, for `int` parameters, numbers; its event."""
        for index, value in enumerate(args):
            if value is not self._bound[index]:
                self._bound[index] = value
                self._kernel.set_arg(index, np.int32(value) if isinstance(value, int) else value)
        return opencl().enqueue_nd_range_kernel(queue, self._kernel, items, group)


def launch_shape(program: ClProgram, voices: int, device: Any = None) -> LaunchShape:
    """The shape for so many voices on a device; without one, that which fits all.

    A CPU computes neighbouring voices as the lanes of its vectors; its groups are single
    work-items, since that is what its cores share out. A GPU's work-items are lanes themselves.
    """
    is_wide = device is not None and bool(device.type & opencl().device_type.GPU)
    units = 1 if device is None else device.max_compute_units
    if device is None or program.apart or voices == 1:
        return LaunchShape(voices, 1, 1, 1, is_wide and not program.apart, units)
    if is_wide:
        group = min(_GPU_GROUP, _power_of_two(voices))
        return LaunchShape(_whole(voices, group), group, 1, group, True)
    if not program.lanes:
        return LaunchShape(voices, 1, 1, 1, units=units)
    single = program.unit.single
    vector = device.native_vector_width_float if single else device.native_vector_width_double
    lanes = min(_power_of_two(voices), max(vector, 1))
    return LaunchShape(_whole(voices, lanes), lanes, lanes, 1, units=units)


def _power_of_two(number: int) -> int:
    """The next power of two that is not less."""
    return 1 << (number - 1).bit_length()


def _whole(number: int, part: int) -> int:
    return -(-number // part) * part
