"""All that commands write: files, whole or not at all, and the standard streams.

Every fault is a DspcError E0010, exit status 2. Text is UTF-8; bytes of file names and of
architecture files that are not are written as they were read.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

from dspc.dialects.diagnostics import DspcError
from dspc.dialects.storage import whole
from dspc.dialects.texts import text_bytes

if TYPE_CHECKING:
    from dspc.options import CompileOptions

STANDARD_OUTPUT = "standard output"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be written; its folder is made if need be."""

    path: str
    text: str


def output_path(options: CompileOptions) -> str | None:
    """Where the text goes: None is standard output."""
    if options.output is None or options.output_dir is None:
        return options.output
    return os.path.join(options.output_dir, options.output)


def files_of(documents: list[Document]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """The documents as files to be written together, and their folders."""
    files = [(document.path, text_bytes(document.text)) for document in documents]
    folders = dict.fromkeys(os.path.dirname(path) for path, _ in files)
    return files, [folder for folder in folders if folder]


def write_text(path: str | None, text: str) -> None:
    """Write a file, or to standard output where `path` is None."""
    if path is None:
        print_text(text)
    else:
        write_all([(path, text_bytes(text))])


def write_all(files: Sequence[tuple[str, bytes]], folders: Sequence[str] = ()) -> None:
    """Write several files, all of them or none, and before them the folders that are not there.

    Devices and pipes cannot be replaced; they are written to directly, after the others.
    """
    plain = [(path, data) for path, data in files if not _is_device(path)]
    devices = [(path, data) for path, data in files if _is_device(path)]
    made: list[str] = []
    try:
        for folder in folders:
            if not os.path.isdir(folder):
                os.mkdir(folder)
                made.append(folder)
        whole.write_files(plain)
    except (OSError, ValueError) as error:
        for folder in made:
            with suppress(OSError):
                os.rmdir(folder)
        raise _untold(plain[0][0] if plain else "", error) from None
    for path, data in devices:
        with writing(path) as file:
            file.write(data)


@contextmanager
def writing(path: str) -> Generator[BinaryIO]:
    """A file to write to, which becomes `path` when the block ends well and vanishes when not."""
    try:
        if _is_device(path):
            with open(path, "wb") as file:
                yield file
        else:
            with whole.writing(path) as file:
                yield file
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise _untold(path, error, is_named=False) from None


def print_text(text: str) -> None:
    """Write to standard output, now."""
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise unwritable(STANDARD_OUTPUT, "it is closed")
    with _telling_output():
        binary = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(text)
        else:
            stream.flush()
            binary.write(text_bytes(text))
        stream.flush()


def flush_output() -> None:
    """Bring out what other writers have left in standard output."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]
        with _telling_output():
            sys.stdout.flush()


@contextmanager
def _telling_output() -> Generator[None]:
    """Turn what the block cannot write to standard output into a fault."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        drop_output()
        raise _untold(STANDARD_OUTPUT, error, is_named=False) from None


def tell(text: str) -> None:
    """Write to standard error; where that is closed or full there is nobody to tell."""
    stream: TextIO | None = sys.stderr
    if stream is not None:
        with suppress(OSError, ValueError):
            stream.write(text)
            stream.flush()


def drop_output() -> None:
    """Keep Python from writing to a full or closed standard output once more at exit."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def fill_standard_streams() -> None:
    """Open what is closed of the descriptors 0 to 2, which else the next file opened would get."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def unwritable(path: str, reason: str) -> DspcError:
    return DspcError(
        "E0010", f"{path}: cannot be written: {reason[:1].lower()}{reason[1:]}", None, None, [], 2
    )


def _untold(path: str, error: OSError | ValueError, is_named: bool = True) -> DspcError:
    """The fault to tell, of the file that the error names or else of `path`."""
    if isinstance(error, OSError):
        name = error.filename if is_named and isinstance(error.filename, str) else path
        return unwritable(name, error.strerror or str(error))
    return unwritable(path, str(error))


def _is_device(path: str) -> bool:
    """Whether something is at `path` that is no plain file; raises DspcError for a folder."""
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _untold(path, error) from None
    if stat.S_ISDIR(mode):
        raise unwritable(path, "this is a folder")
    return not stat.S_ISREG(mode)
