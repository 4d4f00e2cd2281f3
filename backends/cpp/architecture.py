"""Faust's architecture files: finding them, and putting a generated class into one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dspc.support.diagnostics import DspcError

_FOLDERS = ("/usr/local/share/faust", "/usr/share/faust")
INCLUDES = ("/usr/local/include", "/usr/include")
_CLASS_MARK = "<<includeclass>>"
_INTRINSIC_MARK = "<<includeIntrinsic>>"
_FAUST_INCLUDE = re.compile(r'^\s*#\s*include\s*[<"](faust/[^>"]+)[>"]')


@dataclass(frozen=True, slots=True)
class Architecture:
    """An architecture file: its path and text."""

    path: Path
    text: str


def search_folders(folders: Sequence[str] = ()) -> Iterator[Path]:
    """Where architecture files are looked for, in order.

    The working folder, the given ones (`-A`), those of `$FAUST_ARCH_PATH` (separated as in
    `$PATH`), `$FAUST_LIB_PATH`'s, and the places of an installed Faust.
    """
    yield Path()
    yield from map(Path, folders)
    for variable in ("FAUST_ARCH_PATH", "FAUST_LIB_PATH"):
        yield from (Path(part) for part in os.environ.get(variable, "").split(os.pathsep) if part)
    yield from map(Path, _FOLDERS)


def find_architecture(name: str, folders: Sequence[str] = ()) -> Architecture:
    """The architecture file of a name; an error that lists the places if there is none."""
    tried: list[str] = []
    places = [Path(name)] if os.path.isabs(name) else [p / name for p in search_folders(folders)]
    for place in places:
        text = _read(place)
        if text is not None:
            return Architecture(place, text)
        tried.append(str(place.parent))
    raise DspcError(
        "E0710",
        f"no architecture file {name}",
        hint=f"looked in {', '.join(dict.fromkeys(tried))}; name other folders with -A",
        exit_status=2,
    )


def insert_class(
    architecture: Architecture,
    code: str,
    class_name: str = "mydsp",
    super_class: str = "dsp",
    inline: Sequence[str] | None = None,
) -> str:
    """The architecture's text with the generated class in the place it marks.

    In the architecture's own text, the words `mydsp` and `dsp` become the class and its parent.
    `inline` gives folders (as for `search_folders`) to replace `#include "faust/…"` by the files'
    contents, each once; None leaves those lines alone. Where the text has no mark, it comes first
    and the class after it.
    """
    seen: set[str] = set()
    lines: list[str] = []
    placed = False
    for line in _lines(architecture.text):
        mark = line.strip()
        if mark == _CLASS_MARK:
            placed = True
            lines.extend(_inlined(code, inline, seen) if inline is not None else [code])
        elif mark != _INTRINSIC_MARK:
            named = _renamed(line, class_name, super_class)
            lines.extend(_inlined(named, inline, seen) if inline is not None else [named])
    if not placed:
        lines.append(code)
    return "\n".join(lines) + "\n"


def _lines(text: str) -> list[str]:
    """The lines of a text, which keep all their characters, carriage returns and form feeds too."""
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def _renamed(line: str, class_name: str, super_class: str) -> str:
    if line.lstrip().startswith("#include"):
        return line
    if class_name != "mydsp":
        line = re.sub(r"\bmydsp\b", class_name, line)
    if super_class != "dsp":
        line = re.sub(r"\bdsp\b", super_class, line)
    return line


def _inlined(text: str, folders: Sequence[str] | None, seen: set[str]) -> Iterator[str]:
    """The lines of a text with Faust's headers in place of their include lines."""
    work: list[Iterator[str]] = [iter(_lines(text))]
    while work:
        for line in work[-1]:
            include = _FAUST_INCLUDE.match(line)
            if not include:
                yield line
                continue
            file = include[1]
            if file in seen:
                continue
            contents = find_header(file, folders or ())
            if contents is None:
                yield line
                continue
            seen.add(file)
            work.append(iter(_lines(contents)))
            break
        else:
            work.pop()


def find_header(file: str, folders: Sequence[str]) -> str | None:
    """The text of a header that architecture files include; None where it isn't installed."""
    places = [*search_folders(folders), *map(Path, INCLUDES)]
    for place in places:
        text = _read(place / file)
        if text is not None:
            return text
    return None


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except ValueError as fault:
        raise DspcError("E0711", f"can't read {path}: {fault}", exit_status=2) from fault
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise DspcError("E0711", f"can't read {path}: {reason}", exit_status=2) from fault
