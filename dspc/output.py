"""Output of commands: files, written atomically, and the standard streams.

Errors are DspcError E0010, exit status 2. Text is UTF-8; undecodable bytes of file names and
architecture files are written as they were read (`surrogateescape`).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

from dspc.support.diagnostics import DspcError
from dspc.support.files import atomic
from dspc.support.texts import text_bytes

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions

STANDARD_OUTPUT = "standard output"
STANDARD_STREAM = "-"
"""The path that stands for standard output."""

_record: list[tuple[str, bytes]] | None = None
"""The texts written in a block of `recorded`, by stream."""


@contextmanager
def recorded(record: list[tuple[str, bytes]] | None) -> Generator[None]:
    """Append to `record` the writes to the standard streams in the block, as "out" or "err"."""
    global _record
    before, _record = _record, record
    try:
        yield
    finally:
        _record = before


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be written; its folder is created if it does not exist."""

    path: str
    text: str | bytes


SOUND_ENDINGS = ("wav", "wave", "npy", "flac", "ogg", "aiff", "aif", "mp3")


def check_sound_path(path: str) -> None:
    """Raise DspcError E0014 for an ending that is of no format; without one, it is `.wav`."""
    check_ending(path, "sound", (*(f".{each}" for each in SOUND_ENDINGS), ""))


def check_ending(path: str, kind: str, endings: Sequence[str], hint: str | None = None) -> None:
    """Raise DspcError E0014 where `path` has none of the endings of a kind of file."""
    ending = os.path.splitext(path)[1]
    if ending not in endings and ending.lower() not in endings:
        known = ", ".join(each for each in endings if each)
        message = f"{path}: {kind} is not written as {ending}"
        raise DspcError("E0014", message, None, hint or f"it is as {known}", [], 2)


def output_path(options: CompileOptions) -> str | None:
    """The path of the output file; None for standard output."""
    if options.output == STANDARD_STREAM:
        return None
    if options.output is None or options.output_dir is None:
        return options.output
    return os.path.join(options.output_dir, options.output)


def files_of(documents: list[Document]) -> tuple[list[tuple[str, bytes]], list[str]]:
    """The paths and bytes of the documents, and their folders."""
    files = [(document.path, _bytes(document.text)) for document in documents]
    folders = dict.fromkeys(os.path.dirname(path) for path, _ in files)
    return files, [folder for folder in folders if folder]


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text_bytes(text)


def write_text(path: str | None, text: str) -> None:
    """Write a file, or to standard output where `path` is None."""
    if path is None:
        print_text(text)
    else:
        write_all([(path, text_bytes(text))])


def write_all(files: Sequence[tuple[str, bytes]], folders: Sequence[str] = ()) -> None:
    """Write several files, all of them or none, and create missing `folders` first.

    Devices and pipes cannot be replaced; they are written to directly, after the others, as is
    standard output (`-`).
    """
    devices = [(path, data) for path, data in files if _is_device(path)]
    plain = [(path, data) for path, data in files if not _is_device(path)]
    created: list[str] = []
    try:
        for folder in folders:
            if not os.path.isdir(folder):
                os.mkdir(folder)
                created.append(folder)
        atomic.write_files(plain)
    except (OSError, ValueError) as error:
        for folder in created:
            with suppress(OSError):
                os.rmdir(folder)
        raise _write_error(plain[0][0] if plain else "", error) from None
    for path, data in devices:
        if path == STANDARD_STREAM:
            _print_bytes(data)
            continue
        with writing(path) as file:
            file.write(data)


@contextmanager
def writing(path: str) -> Generator[BinaryIO]:
    """A temporary file that replaces `path` when the block succeeds and is deleted otherwise."""
    try:
        if _is_device(path):
            with open(path, "wb") as file:
                yield file
        else:
            with atomic.writing(path) as file:
                yield file
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise _write_error(path, error, is_named=False) from None


def print_text(text: str) -> None:
    """Write to standard output and flush."""
    data = text_bytes(text)
    _print_bytes(data)
    if _record is not None:
        _record.append(("out", data))


def _print_bytes(data: bytes) -> None:
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise unwritable(STANDARD_OUTPUT, "it is closed")
    with _output_errors():
        binary = getattr(stream, "buffer", None)
        if binary is None:
            stream.write(data.decode("utf-8", "surrogateescape"))
        else:
            stream.flush()
            binary.write(data)
        stream.flush()


def print_files(files: Sequence[str]) -> None:
    """Print the absolute paths of files, for `-flist`."""
    print_text("".join(f"{os.path.abspath(file)}\n" for file in files))


def flush_output() -> None:
    """Flush standard output."""
    if sys.stdout is not None:  # pyright: ignore[reportUnnecessaryComparison]
        with _output_errors():
            sys.stdout.flush()


@contextmanager
def _output_errors() -> Generator[None]:
    """Turn errors of standard output in the block into DspcError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        drop_output()
        raise _write_error(STANDARD_OUTPUT, error, is_named=False) from None


def write_stderr(text: str) -> None:
    """Write to standard error; ignored where that is closed or full."""
    stream: TextIO | None = sys.stderr
    if stream is not None:
        with suppress(OSError, ValueError):
            stream.write(text)
            stream.flush()
    if _record is not None:
        _record.append(("err", text_bytes(text)))


def drop_output() -> None:
    """Redirect standard output to the null device, so that Python's flush at exit succeeds."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def fill_standard_streams() -> None:
    """Open closed descriptors of 0 to 2, so that no file opened later gets their numbers."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)


def unwritable(path: str, reason: str) -> DspcError:
    """The error E0010 for a file that cannot be written."""
    return DspcError(
        "E0010", f"{path}: cannot be written: {reason[:1].lower()}{reason[1:]}", None, None, [], 2
    )


def _write_error(path: str, error: OSError | ValueError, is_named: bool = True) -> DspcError:
    """The DspcError for an error of writing the file that it names, or else `path`."""
    if isinstance(error, OSError):
        name = error.filename if is_named and isinstance(error.filename, str) else path
        return unwritable(name, error.strerror or str(error))
    return unwritable(path, str(error))


def _is_device(path: str) -> bool:
    """Whether `path` is `-` or exists and is not a regular file; DspcError for a folder."""
    if path == STANDARD_STREAM:
        return True
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _write_error(path, error) from None
    if stat.S_ISDIR(mode):
        raise unwritable(path, "this is a folder")
    return not stat.S_ISREG(mode)
