"""Compiles C++ text into shared libraries, each text once per compiler and flags."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dspc.dialects.diagnostics import DspcError

DEFAULT_FLAGS = ("-O3",)
_ALWAYS = ("-std=c++14", "-shared", "-fPIC")
_SHOWN_LINES = 20
OPENMP = "-fopenmp"
"""What the compiler must be told for teams of threads."""
_TEAM = """
extern "C" int team() {
	int threads = 0;
#pragma omp parallel reduction(+ : threads)
	threads += 1;
	return threads;
}
"""
"""The least that needs OpenMP's library."""


def cache_folder() -> Path:
    """`$DSPC_CACHE_DIR`, else `$XDG_CACHE_HOME/dspc`, else `~/.cache/dspc`."""
    chosen = os.environ.get("DSPC_CACHE_DIR")
    if chosen:
        return Path(chosen)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "dspc"


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
def _identity(command: tuple[str, ...]) -> str:
    """What tells one compiler from another."""
    told = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    return f"{' '.join(command)}\n{told.stdout}"


def build_library(code: str, flags: Sequence[str] = DEFAULT_FLAGS) -> Path:
    """The shared library of a C++ text; compiled unless the cache has it.

    Raises `DspcError` (E0720: no compiler; E0721: it fails, with the head of what it says; E0723:
    it is to make OpenMP code and can't).
    """
    command = find_compiler()
    options = [*_ALWAYS, *flags]
    identity = "\0".join((_identity(tuple(command)), *options, code))
    key = hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:40]
    folder = _usable_folder()
    library = folder / f"{key}.so"
    if not library.exists():
        try:
            _compile([*command, *options], code, library)
        except DspcError:
            if OPENMP in options:
                _check_openmp(command, folder)
            raise
    return library


def _check_openmp(command: Sequence[str], folder: Path) -> None:
    """Raise DspcError E0723 where a compiler makes no OpenMP code at all."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        try:
            _compile([*command, *_ALWAYS, OPENMP], _TEAM, Path(name) / "team.so")
        except DspcError:
            raise DspcError(
                "E0723",
                f"{command[0]} can't make OpenMP code here, which -omp needs",
                hint="install its OpenMP library (clang++: libomp-dev; g++: libgomp), name another "
                "compiler in the environment variable CXX, or take -sch, which needs none",
            ) from None


def _usable_folder() -> Path:
    folder = cache_folder() / "native"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return _temporary_folder()


@cache
def _temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="dspc-"))


def _compile(command: list[str], code: str, library: Path) -> None:
    """Compile into a file of its own first, so that the library appears whole or not at all."""
    with tempfile.TemporaryDirectory(dir=library.parent, prefix=".new-") as folder:
        source, made = Path(folder) / "program.cpp", Path(folder) / "program.so"
        source.write_text(code, encoding="utf-8", errors="surrogateescape")
        done = subprocess.run(
            [*command, str(source), "-o", str(made)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = "\n".join(done.stderr.splitlines()[:_SHOWN_LINES])
            raise DspcError("E0721", f"the C++ compiler failed ({command[0]}):\n{said}")
        os.replace(made, library)
