"""`dsp-find-linear` on modules: the files of linear/ have FileCheck directives."""

from __future__ import annotations

from pathlib import Path

import pytest
from filechecks import assert_directives, ran
from xdsl.parser import Parser

from dspc.backends.interp.checks.compare import EXACT, compare
from dspc.multiverse import new_context
from dspc.pipelines.standard import load_pass

FILES = sorted((Path(__file__).parent / "linear").glob("*.mlir"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_is_found(path: Path) -> None:
    status, text = ran(path, "dsp-find-linear")
    assert status == 0, text
    assert_directives(path, text)


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
    rest = "dsp-simplify,dsp-split-recursions,dsp-rates"
    status, back = ran(path, f"dsp-find-linear,{rest}")
    assert (status, back) == (0, ran(path, rest)[1])
    assert "dsp.linear" not in back
