"""The `dspc` command. Imports are deferred, so that `--help` loads neither xDSL nor NumPy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from dspc.failures import fail
from dspc.imports import deferred_formats, quick_imports
from dspc.messages import usage_error
from dspc.options.faust_options import advice_for, without_accepted, without_repeated_file
from dspc.options.reader import layout_of, read_line
from dspc.output import (
    STANDARD_OUTPUT,
    drop_output,
    fill_standard_streams,
    flush_output,
    output_path,
    print_text,
    unwritable,
    write_all,
)
from dspc.support.version import VERSION

if TYPE_CHECKING:
    from dspc.options.compile_options import CompileOptions
    from dspc.options.source_options import SourceOptions
    from dspc.output_cache import Request

OptionsT = TypeVar("OptionsT")
CommandT = TypeVar("CommandT", bound="SourceOptions")

EXIT_STATUS = """Exit status: 0 success, 1 error in the program, 2 error in the command line or in \
reading or writing a file, 3 internal error."""

_ATTACHED = ("-I", "-A")
"""Options whose value may be attached, as in `-Ilib`."""


def main(argv: Sequence[str] | None = None, request: Request | None = None) -> None:
    """Compile and exit; `request` is where the output cache stores the output."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    sys.exit(guarded(lambda: _compile(arguments, request), "dspc", arguments))


def _compile(arguments: list[str], request: Request | None = None) -> int:
    options = parse_arguments(_table(arguments), arguments, "dspc")
    if options is None:
        return 0
    if options.no_cache:
        from dspc.support.files.private import without_caches

        with without_caches():
            return _act(options, None)
    return _act(options, request)


def _act(options: CompileOptions, request: Request | None) -> int:
    """Run the command that the options select; returns the exit status."""
    if options.version or (options.verbose and options.file is None):
        return print_version("dspc")
    if options.asks_for_folders:
        from dspc.folders import folder_report

        print_text(folder_report(options))
        return 0
    if options.cache is not None:
        return _cache(options.cache)
    if options.print_pipeline:
        from dspc.compile_checks import check_options
        from dspc.pipelines.edits import pipeline_text
        from dspc.pipelines.selection import choose_passes

        check_options(options)
        print_text(pipeline_text(choose_passes(options)) + "\n")
        return 0
    if options.install_faust is not None:
        from dspc.folders import install_faust

        print_text(install_faust(options.install_faust))
        return 0
    if options.inject is not None:
        return _inject(options)
    if options.file is None:
        raise usage_error(1, "no input file", "dspc --help lists the options")

    if options.fault_test:
        from dspc.targets.cpp_fault_test import run_fault_test

        return run_fault_test(options)

    with deferred_formats():
        from dspc.compile_files import compile_files

        return compile_files(options, request)


def _cache(action: str) -> int:
    """`--cache`: list the caches or clear them; the exit status."""
    from dspc.support.files.caches import clear_caches, describe_caches

    actions = {"show": describe_caches, "clear": clear_caches}
    if action not in actions:
        raise usage_error(8, f"--cache is one of show, clear, not {action}")
    print_text(actions[action]())
    return 0


def _inject(options: CompileOptions) -> int:
    """`-inj`: a file takes the place of the generated class."""
    from dspc.targets.cpp_inject import injected
    from dspc.targets.lookup import check_target

    check_target(options, None)
    text, path = injected(options), output_path(options)
    if path is None:
        print_text(text)
    else:
        write_all([(path, text.encode("utf-8", "surrogateescape"))])
    return 0


def _table(arguments: list[str]) -> type[CompileOptions]:
    """The option table of the selected target; that of all targets for `--help`."""
    from dspc.targets.lookup import find_target
    from dspc.targets.option_tables import compile_table, help_table, named
    from dspc.targets.registry import DEFAULT, TARGET_FLAGS

    if {"-h", "--help"}.intersection(arguments):
        return help_table()
    return compile_table(find_target(named(arguments, TARGET_FLAGS, DEFAULT)))


def run_command(
    program: str,
    table_of: Callable[[list[str]], type[CommandT]],
    action: Callable[[CommandT], int],
    argv: Sequence[str] | None,
) -> NoReturn:
    """Parse the command line of a console script into its table, act on it, and exit.

    `table_of` gives the table for the arguments, which are those of the process if `argv` is None.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)

    def run() -> int:
        options = parse_arguments(table_of(arguments), arguments, program)
        if options is None:
            return 0
        if options.version:
            return print_version(program)
        with deferred_formats():
            return action(options)

    with quick_imports(arguments) if argv is None else nullcontext():
        sys.exit(guarded(run, program, arguments))


def print_version(program: str) -> int:
    """Print the version; the exit status."""
    print_text(f"{program} {VERSION}\n")
    return 0


def parse_arguments(table: type[OptionsT], arguments: list[str], program: str) -> OptionsT | None:
    """Parse a command line into `table`, a dataclass of annotated fields; None after `--help`.

    Raises DspcError, exit status 2, for unknown options and invalid values.
    """
    layout = layout_of(table)
    if layout is not None and f"_{program.upper().replace('-', '_')}_COMPLETE" not in os.environ:
        plain = without_accepted(arguments, layout.options)
        values = read_line(layout, without_repeated_file(plain, layout.valued), _ATTACHED)
        if values is not None:
            return table(**values)
    return _parse_by_typer(table, arguments, program)


def _parse_by_typer(table: type[OptionsT], arguments: list[str], program: str) -> OptionsT | None:
    """The same for any command line: also help, completion and error messages."""
    from typer import BadParameter

    from dspc.options.typer_command import typer_command

    command = typer_command(table, program, EXIT_STATUS)
    known = [name for parameter in command.params for name in parameter.opts]
    valued = {
        name
        for parameter in command.params
        if not getattr(parameter, "is_flag", False)
        for name in parameter.opts
    }
    arguments = without_repeated_file(without_accepted(arguments, known), valued)
    _refuse_unknown(arguments, {*known, "-h", "--help"})
    # typer carries its own copy of click from 0.20 on; its base of exceptions has no public name.
    click_exception: Any = BadParameter.__mro__[2]
    try:
        result = command.main(arguments, prog_name=program, standalone_mode=False)
    except click_exception as error:
        message = error.format_message().rstrip(".")
        raise usage_error(1, message[:1].lower() + message[1:]) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        # Only --help writes here.
        drop_output()
        raise unwritable(STANDARD_OUTPUT, error.strerror or str(error)) from None
    return None if isinstance(result, int) else result


def _refuse_unknown(arguments: Sequence[str], known: set[str]) -> None:
    """Raise for options that are unknown, or that only Faust has.

    click alone would read `-omp` as `-o mp` where there is no such option.
    """
    for argument in arguments:
        if argument == "--":
            return
        name = argument.partition("=")[0]
        if not name.startswith("-") or name == "-" or name in known:
            continue
        advice = advice_for(name)
        if advice is not None:
            raise usage_error(9, f"{name} is not supported: {advice}")
        if name[:2] in known and name.startswith(_ATTACHED):
            continue
        raise usage_error(1, f"unknown option {name}", _near(name, known))


def _near(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1, 0.7)
    return f"did you mean {near[0]}?" if near else "--help lists the options"


def guarded(action: Callable[[], int], program: str, arguments: Sequence[str]) -> int:
    """Run a command; report any exception as one message and return the exit status."""
    fill_standard_streams()
    try:
        status = action()
        flush_output()
        return status
    except (Exception, KeyboardInterrupt) as error:
        return fail(error, program, arguments)
