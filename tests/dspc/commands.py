"""Runs of the command `dspc` in this process, and what it printed."""

from __future__ import annotations

import pytest

from dspc.cli import main


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status and both streams of the command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def without_options(code: str) -> str:
    """Generated Python without the line that names the options, which may differ."""
    head, options, rest = code.partition("# Compilation options: ")
    assert options
    return head + rest.partition("\n")[2]
