"""Runs of the commands in this process, and what they printed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from subprocess import CompletedProcess

import pytest

import dspc.opt
from dspc.cli import main

TOOLS: dict[str, Callable[[Sequence[str]], None]] = {"dspc": main, "dspc.opt": dspc.opt.main}


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit status and both streams of the command."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out, captured.err


def run_here(
    *arguments: str, cwd: Path, tool: str = "dspc", cache: Path | None = None
) -> CompletedProcess[str]:
    """As `subprocess.run` of `python -m TOOL`, but in this process: a tenth of the time.

    The caches are in the folder `cache`, or else the user's.
    """
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    with (
        pytest.MonkeyPatch.context() as patch,
        chdir(cwd),
        redirect_stdout(streams[0]),
        redirect_stderr(streams[1]),
    ):
        if cache is not None:
            patch.setenv("DSPC_CACHE_DIR", str(cache))
        with pytest.raises(SystemExit) as ended:
            TOOLS[tool](arguments)
    texts: list[str] = []
    for stream in streams:
        stream.seek(0)
        texts.append(stream.read())
    return CompletedProcess(arguments, int(ended.value.code or 0), *texts)


def without_options(code: str) -> str:
    """Generated Python without the line that names the options, which may differ."""
    head, options, rest = code.partition("# Compilation options: ")
    assert options
    return head + rest.partition("\n")[2]
