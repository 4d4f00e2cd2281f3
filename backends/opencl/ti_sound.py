"""Sound on TI's devices: a voice's block passes through l2, in two halves.

While a work-item computes one voice, DMA brings the next one's inputs to the other half and takes
the last one's outputs away. Blocks that are too long for it stay in global memory.
"""

from __future__ import annotations

from collections.abc import Iterator

_MOST_BYTES = 64 << 10
"""The most bytes of l2 for both halves of inputs and outputs."""
_MOST_FRAMES, _FEWEST_FRAMES = 512, 64
_START = "#if defined(DSPC_TI) && !defined(DSPC_C)"
_END = "#endif"


def far_sound(inputs: int, outputs: int, real: str) -> Iterator[str]:
    """Declares `heard_at` and `made_at`, where a voice's sound is in global memory."""
    yield f"\t\tglobal const {real} *heard_at = inputs + DSPC_IN_START(count * {inputs});"
    yield f"\t\tglobal {real} *made_at = outputs + DSPC_START(count * {outputs});"


class TiSound:
    """The parts of `compute` for so many inputs and outputs of `real`, of `size` bytes each."""

    def __init__(
        self, inputs: int, outputs: int, real: str, size: int, is_wanted: bool = True
    ) -> None:
        self._inputs, self._outputs, self._real = inputs, outputs, real
        frames = _MOST_BYTES // (2 * size * max(1, inputs + outputs))
        self._frames = min(_MOST_FRAMES, frames)
        self._is_on = is_wanted and inputs + outputs > 0 and frames >= _FEWEST_FRAMES
        self.bytes = 2 * size * (inputs + outputs) * self._frames if self._is_on else 0

    def before(self) -> Iterator[str]:
        """The prologue of the loop over voices, which starts to copy the first voice's inputs."""
        if not self._is_on:
            return
        yield _START
        yield f"\tconst int is_near = count <= {self._frames};"
        yield "\tint side = 0;"
        if self._inputs:
            yield f"\tlocal {self._real} near_in[{2 * self._inputs * self._frames}];"
            yield "\tevent_t heard = 0;"
            yield "\tif (is_near && (int)get_global_id(0) < voices)"
            yield f"\t\t{self._hear('near_in', '(int)get_global_id(0)')}"
        if self._outputs:
            yield f"\tlocal {self._real} near_out[{2 * self._outputs * self._frames}];"
            yield "\tevent_t made = 0;"
            yield "\tint is_leaving = 0;"
        yield _END

    def _hear(self, to: str, voice: str) -> str:
        start = f"(in_voices == 1 ? 0 : {voice} * count * {self._inputs})"
        return f"heard = async_work_group_copy({to}, inputs + {start}, count * {self._inputs}, 0);"

    def voice(self) -> Iterator[str]:
        """In the loop: `heard_at` and `made_at`, where a voice finds its sound and leaves it."""
        yield from far_sound(self._inputs, self._outputs, self._real)
        if not self._is_on:
            return
        yield _START
        yield "\t\tif (is_near) {"
        if self._inputs:
            row = self._inputs * self._frames
            yield "\t\t\tconst int next = voice + (int)get_global_size(0);"
            yield "\t\t\twait_group_events(1, &heard);"
            yield "\t\t\tif (next < voices)"
            yield f"\t\t\t\t{self._hear(f'near_in + (1 - side) * {row}', 'next')}"
            yield f"\t\t\theard_at = {self._flat('const ')}(near_in + side * {row});"
        if self._outputs:
            row = self._outputs * self._frames
            yield f"\t\t\tmade_at = {self._flat('')}(near_out + side * {row});"
        yield "\t\t}"
        yield _END

    def _flat(self, qualifier: str) -> str:
        """A cast between address spaces, which TI's devices have only in name."""
        return f"(global {qualifier}{self._real} *)(uintptr_t)"

    def after(self) -> Iterator[str]:
        """At the end of the loop: the last voice's outputs have left, and this one's leave."""
        if not self._is_on:
            return
        yield _START
        yield "\t\tif (is_near) {"
        if self._outputs:
            row = self._outputs * self._frames
            place = f"outputs + DSPC_START(count * {self._outputs})"
            copy = f"{place}, near_out + side * {row}, count * {self._outputs}, 0"
            yield "\t\t\tif (is_leaving)"
            yield "\t\t\t\twait_group_events(1, &made);"
            yield f"\t\t\tmade = async_work_group_copy({copy});"
            yield "\t\t\tis_leaving = 1;"
        yield "\t\t\tside = 1 - side;"
        yield "\t\t}"
        yield _END

    def finish(self) -> Iterator[str]:
        """After the loop: nothing is on its way any more."""
        if not self._is_on or not self._outputs:
            return
        yield _START
        yield "\tif (is_leaving)"
        yield "\t\twait_group_events(1, &made);"
        yield _END
