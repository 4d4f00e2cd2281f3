"""`compute` of a program that has a function for one frame (`-os`)."""

from __future__ import annotations

from collections.abc import Iterator


def frame_lines(inputs: int, outputs: int, of: str = "", last: str = "") -> Iterator[str]:
    """The body of `compute`: `frame` computes each frame.

    In C it takes the instance `of` first, and what is in `last`.
    """
    yield f"FAUSTFLOAT from[{max(inputs, 1)}];"
    yield f"FAUSTFLOAT to[{max(outputs, 1)}];"
    yield "for (int at = 0; at < count; ++at) {"
    for channel in range(inputs):
        yield f"\tfrom[{channel}] = inputs[{channel}][at];"
    yield f"\tframe{of or '('}from, to{last});"
    for channel in range(outputs):
        yield f"\toutputs[{channel}][at] = to[{channel}];"
    yield "}"
