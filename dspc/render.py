"""Rendering: running an instance block by block, with controls that change at exact frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from dspc.audio import Sound
from dspc.controls import Change

Progress = Callable[[int], None]
"""A function that is called with the number of frames of each block."""


class Renderable(Protocol):
    """The part of a running program that `render` uses. Paths are those of `widgets()`."""

    @property
    def outputs(self) -> int: ...
    def compute(self, inputs: Any, /) -> Any: ...
    def set(self, path: str, value: float, /) -> None: ...


def render(
    instance: Renderable,
    inputs: Sound,
    changes: Sequence[Change] = (),
    block: int = 512,
    progress: Progress | None = None,
) -> Sound:
    """The outputs, shape (outputs, frames), for `inputs` of shape (inputs, frames).

    Blocks are split where a control changes, so that changes are exact to the frame.
    """
    frames = inputs.shape[1]
    result = np.zeros((instance.outputs, frames))
    waiting = sorted(changes, key=lambda change: change.frame)
    at = done = 0
    while at < frames:
        while done < len(waiting) and waiting[done].frame <= at:
            instance.set(waiting[done].path, waiting[done].value)
            done += 1
        end = min(frames, at + block)
        if done < len(waiting):
            end = min(end, waiting[done].frame)
        result[:, at:end] = instance.compute(np.ascontiguousarray(inputs[:, at:end]))
        if progress is not None:
            progress(end - at)
        at = end
    return result
