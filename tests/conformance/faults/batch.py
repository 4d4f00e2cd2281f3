"""Programs under failing allocations, in batches: several in one C++ file, each in its own process.

Passed cases are cached by the content of code, harness and flags.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import dspc.backends.cpp
from dspc.driver import Clock, read_program, run_passes
from dspc.options.compile_options import CompileOptions
from dspc.pipelines.selection import choose_passes
from dspc.pipelines.standard import SIGNAL_PASSES, loop_passes
from dspc.support.diagnostics import DspcError
from dspc.targets.cpp import CppTarget
from dspc.targets.cpp_fault_test import WRAPPED

from .. import oracle, steps
from ..modes import COPIED, SCHEDULER
from ..steps import StepError

if TYPE_CHECKING:
    from xdsl.dialects.builtin import ModuleOp
    from xdsl.passes import ModulePass

HERE = Path(__file__).parent
BACKEND = Path(dspc.backends.cpp.__file__ or "").parent
MANAGED = HERE.parents[1] / "backends" / "cpp" / "managed"
FLAGS = (
    *("-std=c++17", "-O0", "-w", "-pipe", "-pthread", "-DFAUSTFLOAT=float", "-DSHAPE=6"),
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=all", *WRAPPED),
)
MODES = {
    "api": CompileOptions(allocator_api=True),
    "api-vec": CompileOptions(allocator_api=True, vec=True),
    "mem": CompileOptions(manager=True, manager_shape="info6"),
    "mem-vec": CompileOptions(manager=True, manager_shape="info6", vec=True),
    "mem1": CompileOptions(manager_zones=True, manager_shape="info6"),
    "mem1-vec": CompileOptions(manager_zones=True, manager_shape="info6", vec=True),
    "mem2": CompileOptions(host_zones=True),
    "mem2-vec": CompileOptions(host_zones=True, vec=True),
    "api-sch": CompileOptions(allocator_api=True, sch=True),
    "mem-sch": CompileOptions(manager=True, manager_shape="info6", sch=True),
    "api-omp": CompileOptions(allocator_api=True, omp=True),
    "mem-omp": CompileOptions(manager=True, manager_shape="info6", omp=True),
}
"""The allocation interfaces of a class, and the options for them."""

_CXX_SECONDS = 900
_RUN_SECONDS = 300
_INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)
_GUARD = re.compile(r"^#ifndef +((?:DSPC_|__)\w+)$", re.MULTILINE)
"""What a class has once in a file; here once in each namespace."""


@dataclass(frozen=True)
class Rehearsed:
    """The result of one program in one mode; `error` is None if it passed."""

    name: str
    mode: str
    allocations: int = 0
    failures: int = 0
    seconds: float = 0.0
    error: str | None = None


@dataclass
class Entry:
    """One program in one mode: its class, one without a manager that must sound the same, and the
    expression that rehearses them."""

    name: str
    mode: str
    classes: str
    plain: str
    call: str
    folder: Path
    made: Rehearsed | None = field(default=None)

    @property
    def key(self) -> str:
        headers = sorted((*HERE.glob("*.h"), *MANAGED.glob("*.h"), *BACKEND.rglob("*.h*")))
        texts = [path.read_text() for path in headers]
        return (
            steps.key_of(self.classes, self.plain, self.call, _compiler(), *FLAGS, *texts)
            + ".faults"
        )


def entries(name: str, path: Path, modes: Sequence[str]) -> Iterator[Entry]:
    """A program in each mode; raises DspcError where it has a fault."""
    signals = read_program(str(path), CompileOptions().frontend())
    run_passes(signals, SIGNAL_PASSES, CompileOptions(), Clock())
    references: dict[CompileOptions, str] = {}
    for mode in modes:
        options = replace(MODES[mode], class_name="managed", file=str(path))
        own, plain = _printed(signals, options, choose_passes(options)), ""
        if options.allocator_api:
            ports = re.findall(r"getNum\w+\(\) \{\s*return (\d+);", own)
            call = f"rehearsed<managed>({', '.join(ports)})"
        else:
            same = CompileOptions(
                class_name="plain", vec=options.vec, omp=options.omp, sch=options.sch
            )
            if same not in references:
                # The very loops of the managed class, so that sums are made in one order.
                passes = loop_passes(options)
                references[same] = _printed(signals, replace(same, file=str(path)), passes)
            plain = references[same]
            call = f"managed_life<managed, {_space(plain)}::plain>({class_level_blocks(own)})"
            if options.host_zones:
                call = f"handed_life<managed, {_space(plain)}::plain>()"
        yield Entry(name, mode, own, plain, call, path.parent)


def _space(plain: str) -> str:
    """The namespace of a class, named by its content."""
    return f"plain_{steps.key_of(plain)}"


def _printed(signals: ModuleOp, options: CompileOptions, passes: Sequence[str | ModulePass]) -> str:
    lowered = signals.clone()
    run_passes(lowered, passes[len(SIGNAL_PASSES) :], options, Clock())
    code = CppTarget().text(lowered, options)
    return SCHEDULER + COPIED.sub("", code) if options.sch else code


def class_level_blocks(code: str) -> int:
    """The number of allocations in `classInit`: tables, and scratch of their generators."""
    tables = re.findall(r"^(?!dsp_memory_manager)\w+\* managed::\w+ = nullptr;$", code, re.M)
    scratch = re.findall(r"^\t\t\w+\* \w+ = nullptr;$", code, re.M)
    return len(tables) + len(scratch)


def rehearse(entries: Sequence[Entry]) -> list[Rehearsed]:
    """Run the entries that are not cached as passed, as one C++ program."""
    waiting = [entry for entry in entries if not _known(entry)]
    if waiting:
        with tempfile.TemporaryDirectory(prefix="dspc-") as folder:
            _build_and_run(waiting, Path(folder))
    done = [entry.made for entry in entries]
    return [one for one in done if one is not None]


def _known(entry: Entry) -> bool:
    data = steps.load(entry.key)
    if data is None:
        return False
    allocations, failures, seconds = data.decode().split()
    entry.made = Rehearsed(entry.name, entry.mode, int(allocations), int(failures), float(seconds))
    return True


def _unit(entries: Sequence[Entry]) -> str:
    """One C++ file: the includes of all, then each in a namespace."""
    plain = dict.fromkeys(entry.plain for entry in entries if entry.plain)
    texts = [*plain, *(entry.classes for entry in entries)]
    includes = dict.fromkeys(line for text in texts for line in _INCLUDE.findall(text))
    lines = [*includes, '#include "faults.h"']
    for text in plain:
        lines += _in_namespace(_space(text), text)
    for number, entry in enumerate(entries):
        lines += _in_namespace(f"n{number}", entry.classes)
        lines.append(f"namespace n{number} {{ int run() {{ return {entry.call}; }} }}")
    # Threads ask the system for memory when they start.
    lines.append('int main(int, char** words) { setenv("DSPC_NUM_THREADS", "1", 1);')
    lines.append("switch (std::atoi(words[1])) {")
    lines += [f"case {number}: return n{number}::run();" for number in range(len(entries))]
    return "\n".join([*lines, "} return 1; }"]) + "\n"


def _in_namespace(name: str, code: str) -> list[str]:
    """A class in a namespace, with the definitions that another class would repeat removed."""
    guards = dict.fromkeys((*_GUARD.findall(code), "FAUSTCLASS"))
    undefined = (f"#undef {guard}" for guard in guards)
    return [f"namespace {name} {{", _INCLUDE.sub("", code), "}", *undefined]


def _build_and_run(entries: Sequence[Entry], folder: Path) -> None:
    source, program = folder / "faults.cpp", folder / "faults"
    source.write_text(_unit(entries), errors="surrogateescape")
    beside = dict.fromkeys(entry.folder for entry in entries)
    places = (HERE, MANAGED, BACKEND, BACKEND / "runtime", *oracle.FOREIGN_HEADERS, *beside)
    flags = [*FLAGS, *(f"-I{place}" for place in places)]
    try:
        steps.run("c++", [_compiler(), *flags, str(source), "-o", str(program)], _CXX_SECONDS)
    except StepError as error:
        if len(entries) == 1:
            one = entries[0]
            one.made = Rehearsed(one.name, one.mode, error=error.first_line())
            return
        middle = len(entries) // 2
        _build_and_run(entries[:middle], folder)
        _build_and_run(entries[middle:], folder)
        return
    for number, entry in enumerate(entries):
        _run(entry, [str(program), str(number)])


def _compiler() -> str:
    """Clang, which checks undefined behaviour in a fifth of the time that g++ takes to compile."""
    return "clang++" if shutil.which("clang++") else "g++"


def _run(entry: Entry, command: list[str]) -> None:
    start = time.monotonic()
    try:
        output = steps.run("run", command, _RUN_SECONDS).split()
    except StepError as error:
        errors = (line for line in error.message.splitlines() if "ERROR:" in line)
        output = next(errors, error.first_line())
        entry.made = Rehearsed(entry.name, entry.mode, error=output)
        return
    seconds = time.monotonic() - start
    allocations, failures = int(output[1]), int(output[2])
    entry.made = Rehearsed(entry.name, entry.mode, allocations, failures, seconds)
    steps.store(entry.key, f"{allocations} {failures} {seconds:.3f}".encode())


def failed(name: str, modes: Sequence[str], error: DspcError) -> list[Rehearsed]:
    """A program that does not compile, in every mode."""
    return [Rehearsed(name, mode, error=f"{error.code}: {error}") for mode in modes]
