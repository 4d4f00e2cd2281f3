"""`.mlir` files through dspc-opt, and their FileCheck directives."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser, pattern_for_opts

from dspc.cli import guarded
from dspc.opt import _run


def ran(path: Path, passes: str) -> tuple[int, str]:
    """The exit status of dspc-opt, and its output on both streams."""
    out = io.StringIO()
    arguments = ["-p", passes, str(path)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = guarded(lambda: _run(arguments), "dspc-opt", arguments)
    return status, out.getvalue()


def assert_directives(path: Path, text: str) -> None:
    """The FileCheck directives of a file hold for a text."""
    options = Options(match_filename=str(path))
    errors = io.StringIO()
    with path.open() as checks:
        parser = Parser(options, checks, *pattern_for_opts(options))
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(errors):
            result = Matcher(options, FInput("output", text), parser).run()
    assert result == 0, errors.getvalue() + text
