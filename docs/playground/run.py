"""The Python of the playground, in Pyodide: compiles, draws, and makes the pages that it shows."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

PROGRAM, REPORT = "program.dsp", "report.html"


def compiled(text: str, words: str) -> str:
    """The result of the command for a program, as JSON: its exit status, output and errors.

    `words` are its options, with blanks between them.
    """
    from dspc.cli import main

    Path(PROGRAM).write_text(text, encoding="utf-8")
    status, out, error = 0, io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        try:
            main(["--no-cache", *words.split(), PROGRAM])
        except SystemExit as end:
            status = int(end.code or 0)
    return json.dumps({"status": status, "text": out.getvalue(), "error": error.getvalue()})


def diagram(text: str) -> str:
    """The block diagram of a program without errors, as SVG text."""
    from dspc.options.source_options import SourceOptions
    from dspc.running.notebook import diagram_svg

    Path(PROGRAM).write_text(text, encoding="utf-8")
    return diagram_svg(PROGRAM, SourceOptions().frontend())


def report(text: str) -> str:
    """The report on a program without errors."""
    compiled(text, f"--report {REPORT} -o {os.devnull}")
    return Path(REPORT).read_text(encoding="utf-8")
