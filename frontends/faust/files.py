"""Finding and reading Faust files.

A file named in a program is looked for in the current folder, the `-I` folders, those of
`FAUST_LIB_PATH`, the main program's folder (so far Faust's own order), the folder of the file that
asks, and last where the Faust libraries are usually installed. Codes: E0120 to E0127.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from dspc.frontends.faust.installed import installed_folders
from dspc.support.diagnostics import DspcError, Note, Source, Span
from dspc.support.files.input_record import is_file, note_source

SYSTEM_FOLDERS = ("/usr/share/faust", "/usr/local/share/faust")
_LARGEST_FILE = 64 << 20
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_source(path: str, *, span: Span | None = None) -> Source:
    """The text of a file, named as `path` is written.

    `span` is the place in a program that asks for the file; without one the command line does, and
    a fault then has exit status 2. UTF-8, or Latin-1 where it is not valid UTF-8.
    """
    status = 2 if span is None else 1

    def fault(code: str, message: str, hint: str | None = None) -> DspcError:
        return DspcError(code, f"{path}: {message}", span, hint, exit_status=status)

    note_source(path)
    if os.path.isdir(path):
        raise fault("E0121", "this is a folder, not a Faust file")
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        raise fault("E0120", "no such file", _near(path)) from None
    except OSError as error:
        raise fault("E0123", f"cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise fault("E0120", "no such file") from None
    if len(data) > _LARGEST_FILE:
        raise fault("E0126", f"is larger than {_LARGEST_FILE >> 20} MiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if _NOT_TEXT.search(text):
        raise fault("E0122", "this is no text but binary data")
    return Source(path, text)


def read_program(path: str) -> Source:
    """The main program that the command line names; it may not be empty."""
    source = read_source(path)
    if not source.text.strip():
        message = f"{path}: the file is empty"
        raise DspcError("E0125", message, None, "a program is at least `process = _;`", [], 2)
    return source


class FileFinder:
    """The search path of the files that a program imports."""

    def __init__(self, include: tuple[str, ...] = (), program: str | None = None) -> None:
        """`include` are the `-I` folders, `program` is the path of the main program."""
        folders = [os.curdir, *include]
        folders += filter(None, os.environ.get("FAUST_LIB_PATH", "").split(os.pathsep))
        if program is not None:
            folders.append(os.path.dirname(program) or os.curdir)
        self.folders: tuple[str, ...] = tuple(dict.fromkeys(folders))
        self._found: dict[tuple[str, str], str] = {}

    def find(self, file: str, span: Span) -> str:
        """The path of `file`, which the program asks for at `span`; E0124 if there is none."""
        importer = os.path.dirname(span.source.name)
        key = (file, importer)
        known = self._found.get(key)
        if known is None:
            known = self._found[key] = self._search(file, importer, span)
        return known

    def _search(self, file: str, importer: str, span: Span) -> str:
        if "://" in file:
            hint = "save the file and import it from its folder"
            raise DspcError("E0127", f"`{file}`: files are not fetched from the net", span, hint)
        for folder in self.all_folders(importer):
            candidate = os.path.normpath(os.path.join(folder, file))
            if is_file(candidate):
                return candidate
        raise self._not_found(file, importer, span)

    def all_folders(self, importer: str = "") -> Iterator[str]:
        """Where a file is looked for that a file in the folder `importer` names."""
        yield from self.folders
        yield importer or os.curdir
        yield from SYSTEM_FOLDERS
        yield from installed_folders()

    def _not_found(self, file: str, importer: str, span: Span) -> DspcError:
        folders = [f for f in dict.fromkeys(self.all_folders(importer)) if os.path.isdir(f)]
        notes = [Note(f"looked in {', '.join(folders)}")]
        message = f"the file `{file}` is nowhere to be found"
        for folder in folders:
            candidate = os.path.join(folder, file)
            if os.path.isdir(candidate):
                return DspcError("E0121", f"{candidate}: this is a folder, not a Faust file", span)
        if not any(os.path.isfile(os.path.join(f, "stdfaust.lib")) for f in folders):
            hint = (
                "the Faust libraries are not installed: `pip install 'dspc[libraries]'` or "
                "`apt install faust-common`; or set FAUST_LIB_PATH (or -I) to their folder"
            )
            return DspcError("E0124", message, span, hint, notes)
        return DspcError("E0124", message, span, _nearest(file, folders), notes)


def _near(path: str) -> str | None:
    """A hint at a file of a similar name beside `path`."""
    return _nearest(os.path.basename(path), [os.path.dirname(path) or os.curdir])


def _nearest(file: str, folders: list[str]) -> str | None:
    from difflib import get_close_matches  # only faults pay for it

    names: set[str] = set()
    for folder in folders:
        try:
            names.update(n for n in os.listdir(folder) if n.endswith((".lib", ".dsp")))
        except OSError:
            continue
    # Compared without their endings, which make all names alike.
    by_stem: dict[str, str] = {}
    for name in sorted(names):
        by_stem.setdefault(os.path.splitext(name)[0], name)
    close = get_close_matches(os.path.splitext(os.path.basename(file))[0], by_stem, 1, 0.6)
    return f"did you mean `{by_stem[close[0]]}`?" if close else None
