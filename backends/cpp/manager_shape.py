"""Which shape of Faust's memory manager the installed headers declare."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dspc.backends.cpp.architecture import find_header

SHAPES = ("original", "info3", "info6")
_MANAGER = re.compile(r"\bstruct\b[^;{]*\bdsp_memory_manager\b[^;{]*\{(.*?)^\s*\};", re.S | re.M)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_INFO = re.compile(r"\bvoid\s+info\s*\(([^)]*)\)")


def installed_shape(folders: Sequence[str] = ()) -> str:
    """The shape in `faust/dsp/dsp.h`, looked for as architecture files' headers are.

    Without such a header, or a manager in it, today's: "info6".
    """
    text = find_header("faust/dsp/dsp.h", folders)
    return "info6" if text is None else declared_shape(text)


def declared_shape(header: str) -> str:
    """The shape that a header's text declares."""
    manager = _MANAGER.search(_COMMENT.sub("", header))
    if manager is None:
        return "info6"
    infos = [arguments.count(",") + 1 for arguments in _INFO.findall(manager[1])]
    if not infos:
        return "original"
    return "info6" if 6 in infos else "info3"
