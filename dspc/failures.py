"""Reports of exceptions: one message on standard error, and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from dspc.messages import ErrorFormat, render, usage_error
from dspc.output import drop_output, write_stderr
from dspc.support.diagnostics import DspcError


def fail(error: BaseException, program: str, arguments: Sequence[str]) -> int:
    """Report an exception as one message; the exit status. With `-v` ours are raised again."""
    form = _error_format(arguments)
    if isinstance(error, DspcError):
        write_stderr(render(error, form, program) + "\n")
        return error.exit_status
    if isinstance(error, KeyboardInterrupt):
        return 130
    if isinstance(error, BrokenPipeError):
        drop_output()
        return 141
    if isinstance(error, MemoryError):
        write_stderr(render(DspcError("E0211", "out of memory"), form, program) + "\n")
        return 1
    if "-v" in arguments or "--verbose" in arguments:
        raise error
    if isinstance(error, OSError):
        drop_output()
        write_stderr(render(_system_fault(error), form, program) + "\n")
        return 2
    line = " ".join(str(error).split())[:200]
    kind = type(error).__name__
    message = f"internal error: {kind}: {line}; please report it (-v shows the traceback)"
    write_stderr(render(DspcError("E0099", message, exit_status=3), form, program) + "\n")
    return 3


def leave(fault: DspcError) -> None:
    """Report a limit exceeded in native code, which cannot be interrupted, and end the process."""
    write_stderr(render(fault, _error_format(sys.argv)) + "\n")
    os._exit(fault.exit_status)


def _system_fault(error: OSError) -> DspcError:
    """The diagnostic of an OSError that no other handler has caught."""
    reason = error.strerror or str(error)
    subject = "a file" if error.filename is None else str(error.filename)
    return usage_error(28, f"{subject}: {reason[:1].lower()}{reason[1:]}")


def _error_format(arguments: Sequence[str]) -> ErrorFormat:
    """The value of `--error-format`, read before the command line is parsed."""
    text = " ".join(arguments)
    return "json" if "--error-format json" in text or "--error-format=json" in text else "text"
