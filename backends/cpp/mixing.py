"""Bodies of `compute` around the program's own: `-cm`, and an instance without memory."""

from __future__ import annotations

from collections.abc import Iterator

REPLACING = "computeReplacing"
"""The method that writes its outputs."""
FRAMES = 256
"""The frames that are computed before they are added: their samples are on the stack."""


def mixing_lines(inputs: int, outputs: int) -> Iterator[str]:
    """The body of `compute`: `computeReplacing` fills arrays on the stack, in pieces."""
    yield f"FAUSTFLOAT* from[{max(inputs, 1)}];"
    yield f"FAUSTFLOAT* to[{max(outputs, 1)}];"
    yield f"FAUSTFLOAT mixed[{max(outputs, 1)}][{FRAMES}];"
    yield f"for (int at = 0; at < count; at += {FRAMES}) {{"
    yield f"\tconst int frames = std::min<int>({FRAMES}, count - at);"
    if inputs:
        yield f"\tfor (int channel = 0; channel < {inputs}; ++channel) {{"
        yield "\t\tfrom[channel] = inputs[channel] + at;"
        yield "\t}"
    if outputs:
        yield f"\tfor (int channel = 0; channel < {outputs}; ++channel) {{"
        yield "\t\tto[channel] = mixed[channel];"
        yield "\t}"
    yield f"\t{REPLACING}(frames, from, to);"
    if outputs:
        yield f"\tfor (int channel = 0; channel < {outputs}; ++channel) {{"
        yield "\t\tfor (int frame = 0; frame < frames; ++frame) {"
        yield "\t\t\toutputs[channel][at + frame] += mixed[channel][frame];"
        yield "\t\t}"
        yield "\t}"
    yield "}"


def silent_frame_lines(outputs: int) -> Iterator[str]:
    """A frame of zeros."""
    if outputs:
        yield f"std::fill_n(outputs, {outputs}, FAUSTFLOAT(0));"


def silence_lines(outputs: int) -> Iterator[str]:
    """Outputs of zeros."""
    if outputs:
        yield f"for (int channel = 0; channel < {outputs}; ++channel) {{"
        yield "\tstd::fill_n(outputs[channel], count, FAUSTFLOAT(0));"
        yield "}"
