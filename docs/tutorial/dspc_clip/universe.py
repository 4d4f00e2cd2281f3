"""The universe of the entry point `xdsl.universe`; its parts are loaded on use."""

from xdsl.universe import Universe


def load_dialect():
    from dspc_clip.dialect import CLIP

    return CLIP


def load_recognize():
    from dspc_clip.recognize import ClipRecognize

    return ClipRecognize


def load_lower():
    from dspc_clip.lower import ClipLower

    return ClipLower


UNIVERSE = Universe(
    all_dialects={"clip": load_dialect},
    all_passes={"clip-recognize": load_recognize, "clip-lower": load_lower},
)
