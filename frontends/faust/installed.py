"""Lookup of the libraries of an installed Faust or of a Python package that carries them.

`faust -dspdir` is asked only where no known folder has a file. Scripts that call dspc under the
name of Faust's compiler are never started, and no process that dspc has started asks again, so
that a wrapper of dspc by that name cannot start itself without end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache

from dspc.support.files.transient import run_command

ASKING = "DSPC_ASKS_FAUST"
"""Set in the environment of every `faust` that is asked; who finds it asks none."""
PACKAGES = ("cyfaust", "dawdreamer")
"""Packages that carry the libraries; the extra `libraries` installs the first."""
_SECONDS = 5.0
_SCRIPT_BYTES = 1 << 16


@lru_cache(maxsize=1)
def installed_folders() -> tuple[str, ...]:
    """Folders that need a search, those that exist: `faust -dspdir`, then those of `PACKAGES`."""
    folders = [*_told_by_faust(), *_carried_by_packages()]
    return tuple(folder for folder in folders if os.path.isdir(folder))


def _told_by_faust() -> Iterator[str]:
    import shutil

    if os.environ.get(ASKING):
        return
    for directory in os.environ.get("PATH", os.defpath).split(os.pathsep):
        faust = shutil.which("faust", path=directory)
        if faust is not None and not _is_ours(faust):
            folder = _first_line([faust, "-dspdir"])
            if folder:
                yield folder
            return


def _is_ours(path: str) -> bool:
    """Whether an executable is dspc under another name, or a script that speaks of dspc."""
    try:
        with open(path, "rb") as file:
            head = file.read(_SCRIPT_BYTES)
    except OSError:
        return True
    return head.startswith(b"#!") and b"dspc" in head


def _first_line(command: list[str]) -> str:
    """The first line a command prints; "" if it fails or times out (its group is killed)."""
    from subprocess import TimeoutExpired

    try:
        said = run_command(command, _SECONDS, {**os.environ, ASKING: "1"})[1]
    except (OSError, TimeoutExpired):
        return ""
    return os.fsdecode(said).partition("\n")[0].strip()


def _carried_by_packages() -> Iterator[str]:
    from importlib.util import find_spec
    from pathlib import Path

    for name in PACKAGES:
        try:
            package = find_spec(name)
        except (ImportError, ValueError):
            continue
        for folder in (package and package.submodule_search_locations) or ():
            yield from (str(library.parent) for library in Path(folder).rglob("stdfaust.lib"))
