"""`-dspdir` and related options: the search paths of libraries, architectures and headers."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dspc.diagnostics import usage_error

if TYPE_CHECKING:
    from dspc.options import CompileOptions


def folder_report(options: CompileOptions) -> str:
    """The requested folders, one a line; raises DspcError E0010 where none exists."""
    from dspc.backends.cpp.architecture import INCLUDES, search_folders
    from dspc.frontends.faust.files import FileFinder

    libraries = list(FileFinder(tuple(options.import_dirs or ())).all_folders())
    architectures = list(map(str, search_folders(options.architecture_dirs or [])))
    if options.folder_list:
        return _listed("libraries", libraries) + _listed("architecture files", architectures)
    lines: list[str] = []
    if options.dsp_folder:
        lines.append(_first("Faust's libraries", libraries, "stdfaust.lib"))
    if options.architecture_folder:
        lines.append(_first("architecture files", architectures, "minimal.cpp"))
    if options.include_folder:
        places = [*architectures, *INCLUDES]
        lines.append(_first("Faust's headers", places, os.path.join("faust", "dsp", "dsp.h")))
    return "\n".join(lines) + "\n"


def _listed(what: str, folders: Iterable[str]) -> str:
    lines = [f"Folders of {what}:", *dict.fromkeys(map(os.path.abspath, folders)), ""]
    return "\n".join(lines) + "\n"


def _first(what: str, folders: Iterable[str], file: str) -> str:
    """The first folder that contains a file."""
    for folder in folders:
        if os.path.isfile(os.path.join(folder, file)):
            return os.path.abspath(folder)
    raise usage_error(10, f"{what} are in none of the folders of the search path")
