"""dspc on systems without POSIX: its calls, signals, modules and folders are taken away.

In a process of its own, whose standard library is imported before, as that of the system at hand.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """g = hslider("gain", 0.5, 0, 1, 0.1);
process = vgroup("channel", *(g) : + ~ *(0.5) : hbargraph("level", 0, 2));
"""
WITHOUT = """
import asyncio, concurrent.futures, ctypes, json, multiprocessing, os, pathlib, platform, shutil
import signal, subprocess, sys, tempfile, numpy
missing = (
    "chown", "fchmod", "fchown", "fork", "forkpty", "geteuid", "getuid", "getgid", "getegid",
    "getpgid", "getpgrp", "getloadavg", "killpg", "lchown", "mkfifo", "nice", "posix_spawn",
    "posix_spawnp", "register_at_fork", "sched_getaffinity", "setpgid", "setsid", "sysconf",
    "uname", "wait", "wait3", "O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK",
)
for name in missing:
    if hasattr(os, name):
        delattr(os, name)
signals = ("SIGHUP", "SIGKILL", "SIGALRM", "SIGUSR1", "SIGPIPE", "alarm", "setitimer")
for name in signals:
    if hasattr(signal, name):
        delattr(signal, name)
for name in ("fcntl", "resource", "pwd", "grp", "termios", "pty", "tty", "posix"):
    sys.modules[name] = None
opened = open
def without_files_of_linux(path, *rest, **more):
    if str(path).startswith(("/proc", "/sys", "/dev/")):
        raise FileNotFoundError(2, "No such file or directory", path)
    return opened(path, *rest, **more)
import builtins
builtins.open = without_files_of_linux
loaded = ctypes.CDLL
def with_functions_of_windows(name, *rest, **more):
    return loaded("libm.so.6" if name == "ucrtbase" else name, *rest, **more)
ctypes.CDLL = with_functions_of_windows
sys.platform = {platform!r}
from dspc.{module} import main
main({arguments!r})
"""
COMMANDS = {
    "cpp": ("cli", ["p.dsp", "-o", "p.cpp"], ["p.cpp"]),
    "documents": (
        "cli",
        ["-json", "-xml", "-svg", "-O", "out", "p.dsp", "-o", "p.cpp"],
        ["out/p.dsp.json", "out/p.dsp.xml", "out/p.cpp", "out/p-svg/process.svg"],
    ),
    "again": ("cli", ["p.dsp", "-o", "p.cpp"], ["p.cpp"]),
    "c": ("cli", ["-lang", "c", "-vec", "p.dsp", "-o", "p.c"], ["p.c"]),
    "opencl": ("cli", ["--target", "opencl", "-sch", "p.dsp", "-o", "p.cl"], ["p.cl"]),
    "llvm": ("cli", ["--target", "llvm", "p.dsp", "-o", "p.ll"], ["p.ll"]),
    "validated": ("cli", ["--validate", "each", "p.dsp", "-o", "p.cpp"], ["p.cpp"]),
    "rendered": (
        "run",
        ["--backend", "interp", "--impulse", "--seconds", "0.01", "-o", "r.npy", "p.dsp"],
        ["r.npy"],
    ),
    "opt": ("opt", ["-p", "dsp-simplify", "p.dsp"], []),
}


CASES = [*(("win32", command) for command in COMMANDS), ("darwin", "cpp"), ("darwin", "rendered")]


@pytest.mark.parametrize(("platform", "command"), CASES)
def test_commands_without_posix(platform: str, command: str, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text(PROGRAM)
    (tmp_path / "out").mkdir()
    module, arguments, files = COMMANDS[command]
    text = WITHOUT.format(platform=platform, module=module, arguments=arguments)
    for _ in range(2 if command == "again" else 1):
        done = subprocess.run(
            [sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    for name in files:
        assert (tmp_path / name).stat().st_size > 0
    if command == "documents":
        assert json.loads((tmp_path / "out" / "p.dsp.json").read_text())["inputs"] == 1


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_errors_without_posix(platform: str, tmp_path: Path) -> None:
    (tmp_path / "p.dsp").write_text("process = nothing;")
    text = WITHOUT.format(platform=platform, module="cli", arguments=["p.dsp", "-o", "p.cpp"])
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("p.dsp:1:11: error[E0201]")
    assert not (tmp_path / "p.cpp").exists()
