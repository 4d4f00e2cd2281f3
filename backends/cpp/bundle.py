"""The run-time's headers as one text, for code that must stand in a single file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

RUNTIME = Path(__file__).with_name("runtime")
_GUARD = re.compile(
    r"^#ifndef (DSPC_\w+_H)\n#define \1\n\n?|^#endif  // DSPC_\w+_H\n", re.MULTILINE
)
_NAMESPACE = re.compile(r"\bdspc(?=::| \{|$)", re.MULTILINE)
_INCLUDE = re.compile(r'^#include "(dspc/\w+\.h)"\n', re.MULTILINE)


@cache
def bundled(header: str, namespace: str) -> str:
    """A header of the run-time with every header of it that it includes put in its place, once.

    All is in `namespace` instead of `dspc`, without guards: files of several classes may each have
    the text, and stand in any namespace of a host's.
    """
    seen: set[str] = set()

    def text_of(name: str) -> str:
        if name in seen:
            return ""
        seen.add(name)
        text = (RUNTIME / name).read_text(encoding="utf-8")
        return _INCLUDE.sub(lambda match: text_of(match[1]), text)

    return _NAMESPACE.sub(namespace, _GUARD.sub("", text_of(header)))
