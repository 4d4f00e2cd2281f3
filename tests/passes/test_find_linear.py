"""`dsp-find-linear` on modules: the files of linear/ have FileCheck directives."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from filecheck.finput import FInput
from filecheck.matcher import Matcher
from filecheck.options import Options
from filecheck.parser import Parser as CheckParser
from filecheck.parser import pattern_for_opts
from xdsl.parser import Parser

from dspc.backends.interp.compare import EXACT, compare
from dspc.multiverse import new_context
from dspc.opt import _run
from dspc.pipelines import load_pass

FILES = sorted((Path(__file__).parent / "linear").glob("*.mlir"))


def printed(path: Path, passes: str) -> str:
    """What dspc-opt prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        _run(["-p", passes, str(path)])
    return out.getvalue()


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_is_found(path: Path) -> None:
    text = printed(path, "dsp-find-linear")
    options = Options(match_filename=str(path))
    with path.open() as checks:
        parser = CheckParser(options, checks, *pattern_for_opts(options))
        told = io.StringIO()
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
            result = Matcher(options, FInput("told", text), parser).run()
    assert result == 0, told.getvalue() + text


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_sounds_the_same(path: Path) -> None:
    """The op's meaning is that of its region, bit for bit."""
    context = new_context()
    before, after = (Parser(context, path.read_text(), str(path)).parse_module() for _ in "ab")
    load_pass("dsp-find-linear")().apply(context, after)
    after.verify()
    assert compare(before, after, EXACT, frames=120) is None


@pytest.mark.parametrize("name", ["pole", "difference", "sum"])
def test_dsp_simplify_makes_it_a_recursion_again(name: str) -> None:
    path = Path(__file__).parent / "linear" / f"{name}.mlir"
    back = printed(path, "dsp-find-linear,dsp-simplify,dsp-split-recursions,dsp-rates")
    assert back == printed(path, "dsp-simplify,dsp-split-recursions,dsp-rates")
    assert "dsp.linear" not in back
