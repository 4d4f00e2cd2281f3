"""Compiles for `replay.py`: one process of one checkout, which answers many command lines.

A request is a line of JSON, a list of arguments; its answer is a line of JSON: what each file that
appeared holds, standard output, standard error and the exit status, by name. Runs with the
checkout first in PYTHONPATH and with `-P`, so that nothing beside this file is imported.
"""

from __future__ import annotations

import gc
import io
import json
import os
import signal
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NoReturn


class Late(BaseException):
    """A command line took too long. No `Exception`, which dspc would report as its own fault."""


def _late(*_: object) -> NoReturn:
    raise Late


def answer(arguments: list[str], root: str, seconds: float) -> dict[str, str]:
    """Run `dspc` with the arguments in an empty folder; `seconds` of CPU time at most."""
    from dspc.cli import main

    out, errors = io.StringIO(), io.StringIO()
    status = "0"
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            with redirect_stdout(out), redirect_stderr(errors):
                main(arguments)
        except SystemExit as end:
            status = str(end.code or 0)
        except Late:
            status = "late"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            os.chdir(root)
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes().decode("latin-1")
            for path in sorted(Path(folder).rglob("*"))
            if path.is_file()
        }
        texts = {"status": status, "stdout": out.getvalue(), "stderr": errors.getvalue(), **files}
        # Two checkouts may differ in where they lie.
        return {
            name: text.replace(folder, ".").replace(root, "DSPC") for name, text in texts.items()
        }


def serve(root: str, seconds: float) -> None:
    """Answer the lines of standard input until it ends."""
    signal.signal(signal.SIGPROF, _late)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line), root, seconds)) + "\n")
        answers.flush()
        # dspc turns the collector off.
        gc.collect()


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
