"""`-inj`: a file of C++ in an architecture file, in the place of a generated class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dspc.backends.cpp.architecture import find_architecture, insert_class
from dspc.messages import usage_error

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions


def injected(options: CompileOptions) -> str:
    """The architecture file with the text of the file; raises DspcError, exit status 2."""
    path, name = options.inject or "", options.architecture
    if name is None:
        raise usage_error(7, "-inj requires -a: the file is put into an architecture file")
    folders = options.architecture_dirs or []
    architecture = find_architecture(name, folders)
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            code = file.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise usage_error(28, f"{path}: cannot be read: {reason[:1].lower()}{reason[1:]}") from None
    inlined = folders if options.inline else None
    return insert_class(architecture, code, options.class_name, options.super_class, inlined)
