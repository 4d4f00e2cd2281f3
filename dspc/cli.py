"""The `dspc` command. Nothing of xDSL is loaded before it is known to be needed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from dspc.diagnostics import ErrorFormat, render, usage_error
from dspc.dialects.diagnostics import DspcError
from dspc.faust_options import what_to_do, without_accepted

OptionsT = TypeVar("OptionsT")

EXIT_STATUS = """Exit status: 0 when all went well, 1 for a fault in the program, 2 for one in the \
command line or a file that cannot be read or written, 3 for a fault in dspc itself."""

_ATTACHED = ("-I", "-A")
"""Options whose value may follow at once, as in `-Ilib`."""


def main(argv: Sequence[str] | None = None) -> None:
    """The console script `dspc`: compiles and exits."""
    # A compilation is short and keeps nearly all that it makes: looking for garbage is lost time.
    gc.disable()
    arguments = sys.argv[1:] if argv is None else list(argv)
    sys.exit(guarded(lambda: _compile(arguments), "dspc", arguments))


def _compile(arguments: list[str]) -> int:
    from dspc.options import CompileOptions

    options = parse_arguments(CompileOptions, arguments, "dspc")
    if options is None:
        return 0
    if options.version or (options.verbose and options.file is None):
        return print_version("dspc")
    if options.asks_for_folders:
        from dspc.folders import told_folders

        sys.stdout.write(told_folders(options))
        return 0
    if options.file is None:
        raise usage_error(1, "no file to compile", "dspc --help lists the options")

    if options.fault_test:
        from dspc.fault_test import run_fault_test

        return run_fault_test(options)

    from dspc.driver import Clock, compile_all, is_folder_output, output_path
    from dspc.output import write_text

    clock = Clock()
    text, documents = compile_all(options.file, options, clock)
    if documents:
        from dspc.documents import write_documents

        write_documents(documents)
    if options.target == "llvm" and options.output is not None:
        from dspc.machine_code import write_machine_code

        write_machine_code(text, options)
        clock.mark("machine code")
    elif not is_folder_output(options):
        write_text(output_path(options), text)
    if options.time_passes or options.verbose:
        sys.stderr.write(clock.report())
    return 0


def print_version(program: str) -> int:
    """Print the version; the exit status."""
    from importlib.metadata import version

    sys.stdout.write(f"{program} {version('dspc')}\n")
    return 0


def parse_arguments(
    table: Callable[..., OptionsT], arguments: list[str], program: str
) -> OptionsT | None:
    """The options as `table`, a dataclass annotated for typer, holds them; None after `--help`.

    Raises DspcError, exit status 2, for what the table does not know.
    """
    import typer

    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    settings = {"help_option_names": ["-h", "--help"]}
    app.command(name=program, help=table.__doc__, epilog=EXIT_STATUS, context_settings=settings)(
        table
    )
    command: Any = typer.main.get_command(app)
    arguments = without_accepted(arguments)
    known = [name for parameter in command.params for name in parameter.opts]
    _refuse_unknown(arguments, {*known, "-h", "--help"})
    # typer carries its own copy of click from 0.20 on; its base of exceptions has no public name.
    click_exception: Any = typer.BadParameter.__mro__[2]
    try:
        result = command.main(arguments, prog_name=program, standalone_mode=False)
    except click_exception as error:
        message = error.format_message().rstrip(".")
        raise usage_error(1, message[:1].lower() + message[1:]) from None
    return None if isinstance(result, int) else result


def _refuse_unknown(arguments: Sequence[str], known: set[str]) -> None:
    """Raise for options that are unknown, or Faust's and not ours.

    click alone would read `-omp` as `-o mp` where there is no such option.
    """
    for argument in arguments:
        if argument == "--":
            return
        name = argument.partition("=")[0]
        if not name.startswith("-") or name == "-" or name in known:
            continue
        advice = what_to_do(name)
        if advice is not None:
            raise usage_error(9, f"dspc has no {name}: {advice}")
        if name[:2] in known and name.startswith(_ATTACHED):
            continue
        raise usage_error(1, f"there is no option {name}", _near(name, known))


def _near(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), 1, 0.7)
    return f"did you mean {near[0]}?" if near else "--help lists the options"


def guarded(action: Callable[[], int], program: str, arguments: Sequence[str]) -> int:
    """Run a command and turn whatever it raises into one message and an exit status."""
    form = _error_format(arguments)
    try:
        return action()
    except DspcError as error:
        sys.stderr.write(render(error, form, program) + "\n")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return 141
    except Exception as error:
        if "-v" in arguments or "--verbose" in arguments:
            raise
        line = " ".join(str(error).split())[:200]
        kind = type(error).__name__
        message = f"internal error: {kind}: {line}; please report it (-v shows the traceback)"
        fault = DspcError("E0099", message, exit_status=3)
        sys.stderr.write(render(fault, form, program) + "\n")
        return 3


def _drop_output() -> None:
    """Keep Python from writing to a closed pipe once more at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _error_format(arguments: Sequence[str]) -> ErrorFormat:
    """The form asked for, read before the command line is known to be right."""
    text = " ".join(arguments)
    return "json" if "--error-format json" in text or "--error-format=json" in text else "text"
