"""The endings of output files: which of them contradict what is written to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from dspc.output import STANDARD_STREAM, check_ending, output_path
from dspc.targets.lookup import find_target
from dspc.targets.registry import level_target, own_targets

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions

_LINKED = (".so", ".dylib", ".dll", ".a", ".lib", ".exe", ".obj")
"""Endings of files that linkers and other tools make of object files."""
_NEVER_WRITTEN = frozenset((
    *_LINKED,
    *(".elf", ".hex", ".bin", ".class"),
    *(".jar", ".pyc", ".zip", ".gz", ".tar", ".7z", ".pdf", ".png", ".jpg", ".jpeg", ".gif"),
    *(".wav", ".flac", ".ogg", ".mp3", ".aif", ".aiff", ".npy", ".mid"),
    *(".rs", ".java", ".jl", ".js", ".cs", ".d", ".wat", ".go", ".m", ".vhd", ".v"),
))  # fmt: skip
"""Endings of formats that no target writes."""

_LEVELS = (".mlir", ".dsp", ".lib", ".json", ".svg")
"""Endings of output that is not the code of a target."""
_ANY_TEXT = ("", ".txt")


def check_output_ending(options: CompileOptions) -> None:
    """Raise DspcError E0014 where the ending of `-o FILE` names another format than is written.

    Other endings are accepted: scripts write to temporary files, and Faust takes any.
    """
    path = output_path(options)
    if path is None or getattr(options, "architecture", None) is not None:
        return
    ending = os.path.splitext(path)[1]
    known = _NEVER_WRITTEN.union(*(target.endings for target in own_targets()), _LEVELS)
    written = endings(options)
    if not written or ending.lower() not in known or {ending, ending.lower()} & {*written}:
        return
    others = [one.name for one in own_targets() if ending in one.endings]
    hint = f"--target {others[0]} writes {ending}" if others and options.prints_target else None
    if ending in _LINKED:
        hint = "a linker makes it of an object file, --target llvm -o FILE.o"
    check_ending(path, _kind(options), written, hint)


def endings(options: CompileOptions) -> tuple[str, ...]:
    """The endings of files for the output that the options select; empty: any."""
    if options.memory_map is not None:
        return _ANY_TEXT if options.memory_map == "text" else (f".{options.memory_map}", *_ANY_TEXT)
    if options.explain is not None:
        return _ANY_TEXT
    if options.export_dsp:
        return (".dsp", ".lib", *_ANY_TEXT)
    level = None if options.emit is None else level_target(options.emit)
    if level is not None or options.prints_target:
        own = (level or find_target(options.target)).endings
        return (*own, *_ANY_TEXT) if own else ()
    return (".mlir", *_ANY_TEXT)


def _kind(options: CompileOptions) -> str:
    """What the output is, in words."""
    if options.memory_map is not None:
        return f"a memory map as {options.memory_map}"
    if options.explain is not None:
        return "an explanation"
    if options.export_dsp:
        return "Faust source"
    if options.prints_target:
        return f"code of the target {find_target(options.target).name}"
    return f"the level {options.emit}" if options.emit else "a module"


def check_other_endings(options: CompileOptions) -> None:
    """The same for `--report` and `--stats`, and E0007 where two would be standard output."""
    from dspc.messages import usage_error

    if options.report is not None:
        check_ending(options.report, "a report", (".html", ".htm", ""))
    if options.stats is not None:
        check_ending(options.stats, "statistics", (".json", ""))
    paths = {"-o": options.output, "--report": options.report, "--stats": options.stats}
    same = [flag for flag, path in paths.items() if path == STANDARD_STREAM]
    if len(same) > 1:
        raise usage_error(7, f"{same[0]} and {same[1]} would both be written to standard output")
