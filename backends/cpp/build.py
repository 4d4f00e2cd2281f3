"""Compiles C++ text into shared libraries, each text once per compiler and flags."""

from __future__ import annotations

import atexit
import hashlib
import os
import platform
import shlex
import shutil
import sys
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from dspc.support.diagnostics import DspcError
from dspc.support.files.caches import native
from dspc.support.files.private import mark_used, read_private, store_private
from dspc.support.files.transient import run_command, scratch_folder
from dspc.support.texts import text_bytes

DEFAULT_FLAGS = ("-O3",)
"""Besides those for the processor at hand."""
_NATIVE_FLAGS = ("-march=native", "-mcpu=native")
"""Spellings of the option to compile for the processor at hand, of which each compiler has one."""
_UNFUSED = "-ffp-contract=off"
"""Products and sums are rounded apart, as by LLVM, also where the processor fuses them."""
_ALWAYS = ("-std=c++14", "-shared", _UNFUSED, *(() if sys.platform == "win32" else ("-fPIC",)))
_ENDING = ".dll" if sys.platform == "win32" else ".so"
_SHOWN_LINES = 20
_apart: set[Path] = set()
"""Libraries that no cache keeps."""
OPENMP = "-fopenmp"
"""Compiler flags for teams of threads."""
_TEAM = """
extern "C" int team() {
	int threads = 0;
#pragma omp parallel reduction(+ : threads)
	threads += 1;
	return threads;
}
"""
"""The least that needs OpenMP's library."""


def find_compiler() -> list[str]:
    """The command of the C++ compiler: `$CXX`, else g++, else clang++."""
    chosen = os.environ.get("CXX", "").strip()
    if chosen:
        command = shlex.split(chosen)
        if shutil.which(command[0]):
            return command
        raise DspcError("E0720", f"the C++ compiler that CXX names, {command[0]}, is not there")
    for name in ("g++", "clang++"):
        if shutil.which(name):
            return [name]
    raise DspcError(
        "E0720",
        "there is no C++ compiler",
        hint="install g++ or clang++, name one in the environment variable CXX, or do without: "
        "pip install 'dspc[jit]' and --backend llvm",
    )


@cache
def _native_flag(command: tuple[str, ...]) -> tuple[list[str], str]:
    """The option for the processor at hand, and the macros by which the compiler describes itself
    and the processor: one run of the compiler, once in a process."""
    for flags in (*([flag] for flag in _NATIVE_FLAGS), []):
        asked = [*command, *flags, "-dM", "-E", "-x", "c++", os.devnull]
        status, macros, _ = run_command(asked)
        if status == 0:
            return flags, os.fsdecode(macros)
    return [], ""


def _identity(command: list[str]) -> str:
    """The command of a compiler, the kind of machine, and the size and time of its file: macros
    have no version of the distribution."""
    path, stamp = shutil.which(command[0]), ""
    with suppress(OSError):
        status = os.stat(path or command[0])
        stamp = f"{status.st_size} {status.st_mtime_ns}"
    return f"{' '.join(command)}\n{stamp}\n{platform.machine()}"


def user_flags() -> tuple[str, ...]:
    """The flags of `$CXXFLAGS` behind those that libraries have by default."""
    return (*DEFAULT_FLAGS, *shlex.split(os.environ.get("CXXFLAGS", "")))


def described(flags: Sequence[str]) -> str:
    """The compiler: its command and `flags` in one line, then what else code depends on."""
    command = find_compiler()
    native_flag, processor = _native_flag(tuple(command))
    shown = " ".join([*command, *native_flag, *flags])
    return f"{shown}\n{_identity(command)}\n{processor}"


def build_library(code: str, flags: Sequence[str] = DEFAULT_FLAGS) -> Path:
    """The shared library of a C++ text for this machine; compiled unless the cache has it whole.

    The cache is a folder of the user's own, of mode 0700, and each file's name ends in a digest of
    its contents. Without such a folder, or room in it, the library is in a folder of this process;
    `release` removes that. Raises `DspcError` (E0720: no compiler; E0721: it fails, with the head
    of what it says; E0723: it is to make OpenMP code and can't).
    """
    command = find_compiler()
    native_flag, processor = _native_flag(tuple(command))
    options = [*_ALWAYS, *native_flag, *flags]
    identity = "\0".join((_identity(command), processor, *options, code))
    key = hashlib.sha256(text_bytes(identity)).hexdigest()[:40]
    folder = native().folder()
    built = None if folder is None else _cached(folder, key)
    if built is not None:
        mark_used(str(built))
        return built
    with _scratch() as scratch:
        try:
            made = _compile([*command, *options], code, scratch)
        except DspcError:
            if OPENMP in options:
                _check_openmp(command, scratch)
            raise
        data = made.read_bytes()
    if folder is not None:
        path = Path(folder) / f"{key}-{_digest(data)}{_ENDING}"
        if store_private(str(path), data, native().limit):
            return path
    return _kept_apart(data)


def discard(library: Path) -> None:
    """Remove a library that could not be loaded, so that the next build makes it anew."""
    with suppress(OSError):
        library.unlink()


def release(library: Path) -> None:
    """Remove a library of this process's own folder, once it is loaded; leave cached ones."""
    if library in _apart:
        shutil.rmtree(library.parent, ignore_errors=True)
        _apart.remove(library)


def _cached(folder: str, key: str) -> Path | None:
    """The whole library of a key; damaged and foreign files of that name are removed."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if not name.startswith(f"{key}-"):
                continue
            path = Path(folder) / name
            data = read_private(str(path))
            if data is not None and name == f"{key}-{_digest(data)}{_ENDING}":
                return path
            discard(path)
    return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


@contextmanager
def _scratch() -> Generator[Path]:
    """A folder to compile in; raises DspcError E0010 where there can't be any."""
    try:
        with scratch_folder() as folder:
            yield Path(folder)
    except OSError as error:
        raise _no_room(error) from None


def _kept_apart(data: bytes) -> Path:
    """A library in a folder of this process's own, which goes with it at the latest."""
    try:
        path = Path(tempfile.mkdtemp(prefix="dspc-")) / f"program{_ENDING}"
        atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
        path.write_bytes(data)
    except OSError as error:
        raise _no_room(error) from None
    _apart.add(path)
    return path


def _no_room(error: OSError) -> DspcError:
    reason = (error.strerror or str(error)).lower()
    return DspcError(
        "E0010",
        f"the folder for temporary files (TMPDIR), {tempfile.gettempdir()}: cannot be written: "
        f"{reason}",
        exit_status=2,
    )


def _check_openmp(command: Sequence[str], scratch: Path) -> None:
    """Raise DspcError E0723 where a compiler makes no OpenMP code at all."""
    try:
        _compile([*command, *_ALWAYS, OPENMP], _TEAM, scratch)
    except DspcError:
        raise DspcError(
            "E0723",
            f"{command[0]} can't make OpenMP code here, which -omp needs",
            hint="install its OpenMP library (clang++: libomp-dev; g++: libgomp), name another "
            "compiler in the environment variable CXX, or take -sch, which needs none",
        ) from None


def _compile(command: list[str], code: str, folder: Path) -> Path:
    source, made = folder / "program.cpp", folder / f"program{_ENDING}"
    source.write_bytes(text_bytes(code))
    status, _, errors = run_command([*command, str(source), "-o", str(made)])
    if status:
        said = "\n".join(os.fsdecode(errors).splitlines()[:_SHOWN_LINES])
        raise DspcError("E0721", f"the C++ compiler failed ({command[0]}):\n{said}")
    return made
