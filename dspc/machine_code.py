"""What the target llvm writes: IR or machine code, and a C header beside it."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from dspc.driver import machine_form, output_path
from dspc.output import replacing, unwritable, write_text

if TYPE_CHECKING:
    from dspc.options import CompileOptions

SUFFIXES = (".o", ".s", ".bc", ".ll")
"""Of the files that get a header."""


def write_machine_code(text: str, options: CompileOptions) -> None:
    """Write the IR in `text`, or what LLVM compiles it to, to the file of `-o`.

    Beside `osc.o` (or .s, .bc, .ll) appears `osc.h`, which declares its functions. Raises DspcError
    E0010 where a file can't be written, or the header would replace one that is not ours.
    """
    from dspc.backends.llvm.header import header_of

    path = output_path(options) or ""
    form = machine_form(options)
    header = header_of(text)
    stem, suffix = os.path.splitext(path)
    if header is None or suffix not in SUFFIXES:
        # Another level, the program's own text, or a device.
        write_text(path, text)
        return
    beside = f"{stem}.h"
    _check_ours(beside, header)
    data = text.encode()
    if form is not None:
        from dspc.backends.llvm.machine import compiled

        data = compiled(text, form, options.triple)
    with replacing(path) as temporary:
        with open(temporary, "wb") as file:
            file.write(data)
        write_text(beside, header)


def _check_ours(path: str, header: str) -> None:
    """Refuse to replace a header that dspc did not write."""
    with suppress(FileNotFoundError), open(path, encoding="utf-8", errors="replace") as file:
        if file.readline().rpartition(":")[2] != header.splitlines(True)[0].rpartition(":")[2]:
            raise unwritable(path, "there is a header that dspc did not write")
