"""Output files of the target `llvm`: IR or machine code, and a C header."""

from __future__ import annotations

import os

from dspc.output import unwritable
from dspc.support.texts import text_bytes

SUFFIXES = (".o", ".s", ".bc", ".ll")
"""Extensions of output files that get a header."""


def machine_files(
    text: str, path: str, form: str | None, triple: str | None
) -> list[tuple[str, bytes]]:
    """The file `path` with the IR `text`, or the code compiled from it (`form`), and the header.

    The header of `osc.o` (or .s, .bc, .ll) is `osc.h`, which declares its functions. Raises
    DspcError E0010 if it would replace a file that dspc did not write.
    """
    from dspc.backends.llvm.header import header_of

    header = header_of(text)
    stem, suffix = os.path.splitext(path)
    if header is None or suffix.lower() not in SUFFIXES:
        # Output of another level, of -e, or to a device.
        return [(path, text_bytes(text))]
    beside = f"{stem}.h"
    _check_ours(beside, header)
    data = text_bytes(text)
    if form is not None:
        from dspc.backends.llvm.jit import compiled

        data = compiled(text, form, triple)
    return [(path, data), (beside, text_bytes(header))]


def _check_ours(path: str, header: str) -> None:
    """Raise DspcError E0010 if `path` is a header that dspc did not write."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            line = file.readline()
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error.strerror or str(error)) from None
    if line.rpartition(":")[2] != header.splitlines(True)[0].rpartition(":")[2]:
        raise unwritable(path, "the header that is there was not written by dspc")
