"""Runs commands with each of their calls on files failing in turn; started with the shim loaded.

    python io_attempts.py FOLDER EVERY

`FOLDER/template` is copied for each attempt. Prints one JSON object a line: the case, the call that
failed and why, the exit status, what was said, and the files that were there in the end.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import gc
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
COMMANDS: dict[str, list[str]] = {
    "documents": ["dspc", "p.dsp", "-o", "out.cpp", "-json", "-xml", "-svg"],
    "standard output": ["dspc", "p.dsp"],
    "architecture": ["dspc", "-a", "arch.cpp", "-o", "old.cpp", "p.dsp"],
    "host program": ["dspc", "-lang", "opencl", "-o", "host/", "p.dsp"],
    "machine code": ["dspc", "-lang", "llvm", "-o", "out.o", "p.dsp"],
    "render": ["dspc-run", "--backend", "interp", "-i", "in.wav", "-o", "old.wav",
               "--set-file", "set.json", "p.dsp"],
    "native": ["dspc-run", "--seconds", "0.01", "--silence", "-o", "out.npy", "p.dsp"],
    "opt": ["dspc-opt", "p.dsp", "-o", "out.mlir"],
}  # fmt: skip


def run(name: str) -> int:
    """A command's exit status, as its process would have it."""
    program, *arguments = COMMANDS[name]
    from dspc import cli, opt
    from dspc import run as rendering

    main = {"dspc": cli.main, "dspc-run": rendering.main, "dspc-opt": opt.main}[program]
    try:
        main(arguments)
    except SystemExit as left:
        status = left.code if isinstance(left.code, int) else 1
    else:
        status = 0
    try:
        sys.stdout.flush()
    except OSError:
        return 120
    return status


def forget() -> None:
    """Empty all caches of functions, so that every attempt asks anew."""
    for candidate in gc.get_objects():
        is_cache = isinstance(candidate, functools._lru_cache_wrapper)
        if is_cache and str(getattr(candidate, "__module__", "")).startswith("dspc"):
            candidate.cache_clear()


def attempt(folder: Path, name: str, at: int, error: int) -> dict[str, Any]:
    """One run in a process of its own, in a fresh copy of the template."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder / "template", work)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _child(folder, work, name, at, error, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    report: dict[str, Any] = json.loads(text) if text else {"status": f"signal {status}"}
    report |= {"case": name, "error": errno.errorcode.get(error, "")}
    report["said"] = (folder / "stderr").read_text(errors="replace")
    report["files"] = {
        str(path.relative_to(work)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(work.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }
    return report


def _child(folder: Path, work: Path, name: str, at: int, error: int, writer: int) -> None:
    shim = ctypes.CDLL(None)
    shim.io_failed.restype = ctypes.c_char_p
    for number, file in ((1, "stdout"), (2, "stderr")):
        target = os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(target, number)
        os.close(target)
    os.chdir(work)
    status = 121
    shim.io_arm(ctypes.c_long(at), error)
    try:
        status = run(name)
    except BaseException as fault:
        os.write(2, f"Traceback: {fault!r}".encode())
    finally:
        count = shim.io_stop()
        failed = os.fsdecode(shim.io_failed())
        report = {"status": status, "count": count, "at": at, "failed": failed}
        os.write(writer, json.dumps(report).encode())
        os._exit(0)


def main() -> None:
    folder, every = Path(sys.argv[1]), int(sys.argv[2])
    os.environ["DSPC_CACHE_DIR"] = "cache"
    os.environ.pop("LD_PRELOAD", None)
    for name in sys.argv[3:] or COMMANDS:
        warm = folder / "warm"
        shutil.rmtree(warm, ignore_errors=True)
        shutil.copytree(folder / "template", warm)
        os.chdir(warm)
        saved = os.dup(1)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        run(name)
        os.dup2(saved, 1)
        os.chdir(folder)
        forget()
        good = attempt(folder, name, 0, 0)
        print(json.dumps(good), flush=True)
        for at in range(1, good.get("count", 0) + 1):
            errors = ERRORS if every else ERRORS[at % 3 : at % 3 + 1]
            for error in errors:
                print(json.dumps(attempt(folder, name, at, error)), flush=True)


if __name__ == "__main__":
    main()
