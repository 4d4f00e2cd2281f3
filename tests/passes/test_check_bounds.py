"""`dsp-check-bounds` on modules with a fault each: the files of bounds/ have FileCheck directives.

The fault is what a pass might do: an index off by one, a mask too wide, a clamp left out (E0504),
frames or sections that share memory (E0505).
"""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser, pattern_for_opts

from dspc.cli import guarded
from dspc.opt import _run
from dspc.passes.bounds import checker

FILES = sorted((Path(__file__).parent / "bounds").glob("*.mlir"))


@pytest.fixture(autouse=True, params=["bounds", "solver"])
def with_or_without_solver(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults are seen, and what is right is accepted, with Z3 and without it."""
    if request.param == "bounds":
        monkeypatch.setattr(checker, "has_solver", lambda: False)


def checked(path: Path) -> tuple[int, str]:
    """The exit status and the output of dspc-opt."""
    out = io.StringIO()
    arguments = ["-p", "dsp-check-bounds", str(path)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = guarded(lambda: _run(arguments), "dspc-opt", arguments)
    return status, out.getvalue()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_fault(path: Path) -> None:
    status, text = checked(path)
    assert status == (0 if path.stem.startswith("accepted") else 1), text
    options = Options(match_filename=str(path))
    with path.open() as checks:
        parser = Parser(options, checks, *pattern_for_opts(options))
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(errors):
            result = Matcher(options, FInput("told", text), parser).run()
    assert result == 0, errors.getvalue() + text
