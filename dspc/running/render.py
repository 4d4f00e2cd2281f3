"""Rendering: running an instance block by block, with controls that change at exact frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dspc.running.controls import Change

Progress = Callable[[int], None]
"""A function that is called with the number of frames that were just rendered."""
Samples = NDArray[np.floating[Any]]


_SPAN = 1 << 15
"""Frames between two calls of `progress`, about."""


class Renderable(Protocol):
    """The part of a running program that `render` uses. Paths are those of `widgets()`."""

    @property
    def outputs(self) -> int: ...
    def compute(self, inputs: Any, /) -> Any: ...
    def set(self, path: str, value: float, /) -> None: ...


def blocks_of(instance: Renderable) -> Callable[[Any, int], Any] | None:
    """The method of programs that compute several blocks in one native call; None of others."""
    return getattr(instance, "compute_blocks", None)


def render(
    instance: Renderable,
    inputs: Samples,
    changes: Sequence[Change] = (),
    block: int = 512,
    progress: Progress | None = None,
) -> Samples:
    """The outputs, shape (outputs, frames), for `inputs` of shape (inputs, frames).

    Blocks have at most `block` frames, and end where a control changes, so that changes are exact
    to the frame. Samples are float32 or float64, as the program computes them.
    """
    frames = inputs.shape[1]
    parts: list[Samples] = []
    waiting = sorted(changes, key=lambda change: change.frame)
    span = frames if progress is None else max(1, _SPAN // block) * block
    at = done = 0
    while at < frames or not parts:
        while done < len(waiting) and waiting[done].frame <= at:
            instance.set(waiting[done].path, waiting[done].value)
            done += 1
        end = min(frames, at + span)
        if done < len(waiting):
            end = min(end, waiting[done].frame)
        parts.append(_computed(instance, inputs[:, at:end], block))
        if progress is not None:
            progress(end - at)
        at = end
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)


def _computed(instance: Renderable, inputs: Samples, block: int) -> Samples:
    """The outputs of a span, in blocks of at most `block` frames."""
    compute_blocks = blocks_of(instance)
    if compute_blocks is not None:
        return compute_blocks(inputs, block)
    starts = range(0, max(inputs.shape[1], 1), block)
    parts = [instance.compute(np.ascontiguousarray(inputs[:, at : at + block])) for at in starts]
    return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
