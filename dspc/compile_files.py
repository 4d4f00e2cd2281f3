"""Compiling the files of one command line: output, messages, and their place in the cache."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from dspc.compile_checks import check_options
from dspc.driver import Clock, compile_all
from dspc.failures import fail, leave
from dspc.messages import usage_error, warnings_shown
from dspc.output import (
    STANDARD_STREAM,
    files_of,
    output_path,
    print_text,
    recorded,
    write_all,
    write_stderr,
)
from dspc.support.files.input_record import record
from dspc.support.limits import limited
from dspc.targets.lookup import find_target

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.output_cache import Request


def compile_files(options: CompileOptions, request: Request | None) -> int:
    """Compile the files that the options name; the exit status."""
    if options.more_files:
        return _compile_each(options, request is not None)
    if options.output == STANDARD_STREAM:
        check_options(options)
        options = replace(options, output=None)
    clock = Clock()
    _compile_one(options, request, clock)
    if options.time_passes or options.verbose:
        write_stderr(clock.report())
    return 0


def _compile_each(options: CompileOptions, is_cached: bool) -> int:
    """Compile several files, each to a file of its name in the folder of `-O`.

    An error in one does not stop the others; the exit status is the highest.
    """
    from dspc.output_cache import Request

    worst = 0
    programs = _separate(options)
    gc.freeze()
    for program in programs:
        try:
            request = Request(_words(program)) if is_cached else None
            if request is not None and request.replay():
                continue
            clock = Clock()
            if request is not None:
                record().next_program()
            _compile_one(program, request, clock)
            if program.time_passes or program.verbose:
                write_stderr(f"{program.file}:\n{clock.report()}")
        except (Exception, KeyboardInterrupt) as error:
            worst = max(worst, fail(error, "dspc", _flags(options)))
            if isinstance(error, KeyboardInterrupt):
                return worst
        gc.collect()
    return worst


def _separate(options: CompileOptions) -> list[CompileOptions]:
    """The options of each file. Raises DspcError E0007 where outputs would meet."""
    check_options(options)
    if options.output_dir is None or options.output is not None:
        names = " and ".join((options.file or "", *(options.more_files or ()))[:2])
        raise usage_error(7, f"{names}: several files need -O DIR, and no -o")
    if not os.path.isdir(options.output_dir):
        raise usage_error(10, f"{options.output_dir}: no such folder")
    for flag, path in (("--stats", options.stats), ("--report", options.report)):
        if path is not None:
            raise usage_error(7, f"{flag} is for one file")
    ending = _ending(options)
    separate: list[CompileOptions] = []
    written: dict[str, str] = {}
    for file in (options.file or "", *(options.more_files or ())):
        name = os.path.splitext(os.path.basename(file))[0] + ending
        path = os.path.join(options.output_dir, name)
        if name in written:
            raise usage_error(7, f"{written[name]} and {file} would both be written to {path}")
        if os.path.realpath(path) == os.path.realpath(file):
            raise usage_error(7, f"{file} would be overwritten by its output")
        written[name] = file
        separate.append(replace(options, file=file, more_files=None, output=name))
    return separate


def _ending(options: CompileOptions) -> str:
    """The ending of output files that are named after the program."""
    if options.memory_map is not None:
        return {"text": ".txt"}.get(options.memory_map, f".{options.memory_map}")
    if options.explain is not None:
        return ".txt"
    if options.export_dsp:
        return ".dsp"
    return find_target(options.target).ending if options.prints_target else ".mlir"


def _words(options: CompileOptions) -> list[str]:
    """The options that differ from their defaults, which name an entry of the cache."""
    entries = ((field, getattr(options, field.name)) for field in fields(options))
    return ["", *(f"{field.name}={value!r}" for field, value in entries if value != field.default)]


def _flags(options: CompileOptions) -> Sequence[str]:
    """The arguments that `fail` reads."""
    verbose = ["-v"] if options.verbose else []
    return [*verbose, f"--error-format={options.error_format}"]


def _compile_one(options: CompileOptions, request: Request | None, clock: Clock) -> None:
    with warnings_shown("dspc"), recorded(request and request.output):
        limited(options.limits(), lambda: _write(options, request, clock), leave)


def _write(options: CompileOptions, request: Request | None, clock: Clock) -> None:
    """Compile and write all files, or none where one cannot be written."""
    text, documents = compile_all(options.file or "", options, clock)
    files, folders = files_of(documents)
    path = output_path(options)
    if text is not None and path is not None:
        files += find_target(options.target).output_files(text, path, options)
        clock.mark("output")
    if request is not None:
        request.inputs_read(record())
    write_all(files, folders)
    if text is not None and path is None:
        print_text(text)
    if request is not None:
        request.store(files, folders)
