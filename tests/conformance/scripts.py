"""Faust's scripts with dspc in the place of its compiler, beside the same with Faust.

    python -m tests.conformance.scripts                     # all, as a table
    python -m tests.conformance.scripts faust2plot --seconds 300

Each script that sources `faustpath` compiles a small program twice in a folder of its own; C++ is
compiled without optimization. What it makes is compared: the files that are new, plug-ins loaded
by a host, printed samples. Ends with 1 where Faust makes a product and dspc does not.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .steps import finished

PROGRAM = """declare name "strip";
g = hslider("gain", 0.5, 0, 1, 0.1);
process = vgroup("channel", *(g) : + ~ *(0.5) : hbargraph("level", 0, 2));
"""
PLUGINS = (".so", ".pd_linux")
RUNS_ON = 5.0
"""Seconds after which a program is stopped."""
PRINTS = ("faust2plot", "faust2csvplot")
"""Scripts whose product prints samples."""
_LOADED = """import ctypes, os, sys
ctypes.CDLL(sys.argv[1], mode=os.RTLD_LAZY)
"""
_WRAPPER = """#!/bin/sh
exec {compiler} "$@" -O0
"""


@dataclass(frozen=True)
class Made:
    """What a script made: new files by their paths, or why there is none."""

    status: int | None
    """Of the script; None where it was stopped."""
    folder: Path
    files: tuple[str, ...]
    errors: str

    @property
    def is_made(self) -> bool:
        return self.status == 0 and bool(self.files)


def scripts() -> list[str]:
    """The installed scripts that ask `faustpath` where Faust's files are."""
    names: set[str] = set()
    for folder in os.environ["PATH"].split(os.pathsep):
        for path in Path(folder).glob("faust2*"):
            if b"faustpath" in path.read_bytes():
                names.add(path.name)
    return sorted(names)


def make(script: str, folder: Path, ours: bool, seconds: float) -> Made:
    """Run a script in a new folder, with our compiler as `faust` or with Faust's."""
    work, tools = folder / "work", folder / "tools"
    work.mkdir(parents=True)
    tools.mkdir()
    (work / "strip.dsp").write_text(PROGRAM)
    for name in ("g++", "c++", "gcc", "cc", "clang++"):
        compiler = shutil.which(name)
        if compiler is not None:
            (tools / name).write_text(_WRAPPER.format(compiler=compiler))
            (tools / name).chmod(0o755)
    if ours:
        command = [sys.executable, "-m", "dspc", "--install-faust", str(tools)]
        subprocess.run(command, check=True, capture_output=True)
    search = f"{tools}{os.pathsep}{os.environ['PATH']}"
    env = {**os.environ, "PATH": search, "HOME": str(folder)}
    command = [script, "strip.dsp"]
    status, errors, _ = finished(command, seconds, work, env, stderr=subprocess.STDOUT)
    if status is None:
        return Made(None, work, (), errors)
    files = (path for path in work.rglob("*") if path.is_file() and path.name != "strip.dsp")
    named = tuple(sorted(str(path.relative_to(work)) for path in files))
    return Made(status, work, named, errors)


def fault(script: str, ours: Made, theirs: Made) -> str:
    """What is wrong with our product beside theirs; empty where nothing is."""
    missing = set(theirs.files) - set(ours.files)
    if missing:
        return f"lacks {', '.join(sorted(missing)[:3])}"
    for name in theirs.files:
        fault = fault_of(ours.folder / name, theirs.folder / name)
        if fault:
            return f"{name} {fault}"
    if script in PRINTS:
        printed = [_samples(side.folder / "strip") for side in (ours, theirs)]
        if not _are_close(*printed):
            return "prints other samples"
    return ""


def fault_of(ours: Path, theirs: Path) -> str:
    """What is wrong with a file beside Faust's: archives and plug-ins are opened, programs and
    plug-ins run."""
    if not ours.stat().st_size and theirs.stat().st_size:
        return "is empty"
    if theirs.suffix in PLUGINS:
        return _fault_of_plugin(ours, theirs)
    if theirs.suffix == ".zip":
        lost = set(zipfile.ZipFile(theirs).namelist()) - set(zipfile.ZipFile(ours).namelist())
        return f"lacks {', '.join(sorted(lost)[:3])}" if lost else ""
    if theirs.read_bytes()[:4] == b"\x7fELF" and os.access(theirs, os.X_OK):
        ends = [_run_to_its_end(side) for side in (ours, theirs)]
        return "" if ends[0] == ends[1] else f"ends with {ends[0]}, Faust's with {ends[1]}"
    return ""


def _fault_of_plugin(ours: Path, theirs: Path) -> str:
    # Some need symbols of their host.
    loads = [_loaded(side) for side in (ours, theirs)]
    if loads[0] and not loads[1]:
        return f"cannot be loaded: {loads[0]}"
    exported = [_exported(side) for side in (ours, theirs)]
    if exported[1] - exported[0]:
        return f"does not export {', '.join(sorted(exported[1] - exported[0])[:3])}"
    if not exported[1] & {"ladspa_descriptor", "dssi_descriptor"}:
        return ""
    responses: list[list[float]] = []
    for side in (ours, theirs):
        done = _run([sys.executable, "-m", "tests.conformance.plugin_host", str(side)])
        if done.returncode:
            return f"does not run in a host: {done.stderr.strip()[-200:]}"
        responses.append([float(text) for text in done.stdout.split()])
    are_same = any(responses[1]) and _are_close(*responses)
    return "" if are_same else f"plays {responses[0]}, Faust's {responses[1]}"


def _are_close(ours: list[float], theirs: list[float]) -> bool:
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(abs(a - b) <= 1e-6 for a, b in pairs)


def _run_to_its_end(program: Path) -> str:
    """How a program ends without arguments, sound or screen: its status, or that it runs on."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}
    status, _, _ = finished([str(program)], RUNS_ON, program.parent, env)
    return "no end" if status is None else f"status {status}"


def _loaded(library: Path) -> str:
    """Why a process of its own cannot load a library; empty where it can."""
    done = _run([sys.executable, "-c", _LOADED, str(library)])
    return done.stderr.strip().rpartition(": ")[2] if done.returncode else ""


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _exported(library: Path) -> set[str]:
    """The functions with names of C, which hosts look up."""
    output = _run(["nm", "-D", str(library)]).stdout
    return {name for name in re.findall(r" T (\w+)$", output, re.MULTILINE) if name[0] != "_"}


def _samples(program: Path) -> list[float]:
    output = _run([str(program), "-n", "40"]).stdout
    return [float(text) for text in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", output)]


def outcome(script: str, seconds: float) -> tuple[str, str]:
    """A word for what happened, and why."""
    with tempfile.TemporaryDirectory() as folder:
        theirs = make(script, Path(folder) / "theirs", False, seconds)
        if theirs.status is None:
            return "not run to its end", f"stopped after {seconds:g} s with Faust"
        ours = make(script, Path(folder) / "ours", True, seconds)
        if not theirs.is_made:
            also = "dspc makes it" if ours.is_made else _reason(theirs)
            return "fails with Faust", also
        if ours.status is None:
            return "not run to its end", f"stopped after {seconds:g} s with dspc"
        if not ours.is_made:
            return "fails with dspc", _reason(ours)
        wrong = fault(script, ours, theirs)
        return ("differs", wrong) if wrong else ("makes it", ", ".join(theirs.files[:2]))


def _reason(build: Made) -> str:
    """The most informative line."""
    lines = [line.strip() for line in build.errors.splitlines() if line.strip()]
    faults = [line for line in lines if re.search(r"error|not found|No such|cannot", line, re.I)]
    first = (faults or lines or ["nothing is told"])[0]
    return re.sub(r"/tmp/\S*/", "", first)[:110]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scripts", nargs="*")
    parser.add_argument("--seconds", type=float, default=240, help="the most for one script [240]")
    options = parser.parse_args()
    is_bad = False
    print("| script | with dspc | |\n| --- | --- | --- |")
    for script in options.scripts or scripts():
        word, why = outcome(script, options.seconds)
        is_bad |= word in ("fails with dspc", "differs")
        print(f"| {script} | {word} | {why} |", flush=True)
    sys.exit(is_bad)


if __name__ == "__main__":
    main()
