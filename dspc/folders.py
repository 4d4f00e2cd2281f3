"""`-dspdir` and related options: the search paths of libraries, architectures and headers."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

import dspc
from dspc.messages import usage_error
from dspc.output import write_all

_HEADER = os.path.join("faust", "dsp", "dsp.h")
_SCRIPT_BYTES = 1 << 16

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions


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
        lines.append(_first("Faust's headers", places, _HEADER))
    if options.library_folder:
        # Scripts link libraries from there beside the headers: <prefix>/include, <prefix>/lib.
        headers = _first("Faust's headers", [*architectures, *INCLUDES], _HEADER)
        lines.append(os.path.join(os.path.dirname(headers), "lib"))
    return "\n".join(lines) + "\n"


def install_faust(folder: str) -> str:
    """Write `folder/faust`, which runs this dspc; what to do with it. Raises DspcError E0010.

    It names dspc, whereby dspc knows it among the commands `faust` that could report libraries,
    and never starts it (`frontends.faust.installed`).
    """
    path = os.path.join(folder, "faust")
    if not os.path.isdir(folder):
        raise usage_error(10, f"{folder}: no such folder")
    with suppress(OSError), open(path, "rb") as file:
        if b"dspc" not in file.read(_SCRIPT_BYTES):
            hint = "choose another folder, and put it before this one in $PATH"
            raise usage_error(10, f"{path}: is another program", hint)
    root = os.path.dirname(os.path.dirname(os.path.abspath(dspc.__file__)))
    start = f"import sys; sys.path[0] = {root!r}; from dspc.start import main; main()"
    command = f'exec {shlex.quote(sys.executable)} -c {shlex.quote(start)} "$@"'
    text = f"#!/bin/sh\n# Runs dspc for scripts that call Faust's compiler.\n{command}\n"
    write_all([(path, os.fsencode(text))])
    os.chmod(path, 0o755)
    return f"{path} runs dspc; scripts find it where {folder} comes first in $PATH\n"


def _listed(files: str, folders: Iterable[str]) -> str:
    lines = [f"Folders of {files}:", *dict.fromkeys(map(os.path.abspath, folders)), ""]
    return "\n".join(lines) + "\n"


def _first(files: str, folders: Iterable[str], file: str) -> str:
    """The first folder that contains a file."""
    for folder in folders:
        if os.path.isfile(os.path.join(folder, file)):
            return os.path.abspath(folder)
    raise usage_error(10, f"{files} are in none of the folders of the search path")
