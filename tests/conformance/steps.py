"""The outside programs that a comparison runs, each with a time limit, and the cache of what
they gave, keyed by content."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from dspc.support.files import caches, private


class StepError(Exception):
    """A step that failed: `step` is faust, dspc, c++ or run; `message` its text."""

    def __init__(self, step: str, message: str):
        super().__init__(f"{step}: {message}")
        self.step = step
        self.message = message

    def first_line(self) -> str:
        """The line that says most: the first with `error` in it, else the first."""
        lines = [line.strip() for line in self.message.splitlines() if line.strip()]
        telling = [line for line in lines if "rror" in line]
        return (telling or lines or ["(no message)"])[0]


def finished(
    command: Sequence[str],
    seconds: float,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stderr: int = subprocess.PIPE,
) -> tuple[int | None, str, str]:
    """The exit status and the outputs of a process in a session of its own, without input.

    After `seconds` it is killed with its children; the status is None then.
    """
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return (None, *process.communicate())
    return process.returncode, out, err


def run(step: str, command: list[str], seconds: float, cwd: Path | None = None) -> str:
    """Runs `command` and returns its standard output.

    Raises StepError when it fails or takes longer than `seconds`; then its children end with it.
    """
    status, out, err = finished(command, seconds, cwd)
    if status is None:
        raise StepError(step, f"error: no end within {seconds:g} s")
    if status < 0:
        raise StepError(step, f"error: ended by signal {-status}\n{err}")
    if status > 0:
        raise StepError(step, err or out or f"error: exit status {status}")
    return out


def cache_folder() -> Path:
    """$DSPC_TEST_CACHE, else a folder beside dspc's other caches."""
    chosen = os.environ.get("DSPC_TEST_CACHE")
    folder = Path(chosen or private.cache_folder() or tempfile.gettempdir()) / (
        "" if chosen else "conformance"
    )
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def key_of(*parts: str | bytes) -> str:
    """A name for content: the same parts give the same name."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()[:40]


def load(name: str) -> bytes | None:
    """What the cache holds under `name`, marked as used; None when it holds nothing."""
    path = cache_folder() / name
    try:
        data = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    return data


def store(name: str, data: bytes) -> None:
    """Keeps `data` under `name`; the file appears whole or not at all."""
    folder = cache_folder()
    handle, temporary = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.chmod(temporary, 0o755)
    os.replace(temporary, folder / name)


def trim_cache() -> None:
    """Removes what has not been used for longest, until the rest is small enough."""
    files = [(entry.stat(), entry.path) for entry in os.scandir(cache_folder()) if entry.is_file()]
    files.sort(key=lambda item: item[0].st_mtime, reverse=True)
    total = 0
    for status, path in files:
        total += status.st_size
        if total > caches.conformance().limit:
            with contextlib.suppress(OSError):
                os.unlink(path)


def dspc_command() -> list[str]:
    """How to start our compiler with this Python."""
    beside = Path(sys.executable).parent / "dspc"
    if beside.exists():
        return [str(beside)]
    return [sys.executable, "-c", "from dspc.cli import main; main()"]
