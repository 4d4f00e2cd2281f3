"""A target refuses memory of an allocator that it cannot print, and does not take it elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dspc.cli import main
from dspc.dialects.dsp_mem.allocators import ALLOCATORS
from dspc.dialects.dsp_mem.allocators.base import Allocator, Piece
from dspc.dialects.dsp_mem.machine import BUILT_IN
from dspc.dialects.dsp_mem.spaces import Lifetime, Space
from tests.checkout import located

PROGRAM = "process = @(3000) : + ~ (@(700) : *(0.5));"


class Pool(Allocator):
    """An allocator that is known to no back end."""

    name = "pool"
    languages = frozenset[str]()
    spaces = frozenset(Space)
    lifetimes = frozenset(Lifetime)
    can_free = False

    def declare(self, piece: Piece) -> str:
        return f"{piece.element}* {piece.name}"

    def acquire(self, piece: Piece) -> str:
        return f"take({piece.size})"

    def release(self, piece: Piece) -> str:
        return f"give({piece.name})"


def board(folder: Path, old: str, new: str) -> str:
    """TI's 66AK2H, some of whose memory another allocator serves."""
    text = (BUILT_IN / "66ak2h.toml").read_text()
    assert old in text
    machine = folder / "board.toml"
    machine.write_text(text.replace(old, new))
    return str(machine)


def compiled(folder: Path, *arguments: str) -> int:
    program = folder / "echo.dsp"
    program.write_text(PROGRAM)
    with pytest.raises(SystemExit) as stopped:
        main([str(program), "-o", str(folder / "out"), *arguments])
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


@pytest.mark.parametrize("serves", ["ddr and msmc", "copies in l2"])
@pytest.mark.parametrize("target", ["cpp", "opencl", "llvm"])
def test_an_unknown_allocator_is_refused(
    target: str,
    serves: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(ALLOCATORS, "pool", Pool())
    far = serves == "ddr and msmc"
    machine = board(tmp_path, *(('["heap"', '["pool"') if far else ('["local"', '["pool"')))
    heap = ("--heap", "msmc") if far else ()
    assert compiled(tmp_path, "--target", target, "--machine", machine, *heap) == 1
    errors = capsys.readouterr().err
    assert "error[E0704]" in errors
    assert "from the allocator pool" in errors
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("target", ["cpp", "opencl", "llvm"])
def test_known_allocators_are_printed(target: str, tmp_path: Path) -> None:
    machine = board(tmp_path, '["heap"', '["manager"')
    assert compiled(tmp_path, "--target", target, "--machine", machine) == 0


def test_back_ends_spell_no_allocation() -> None:
    """Their text, but for comments in it, names no function that gives memory: allocators do."""
    spelled = re.compile(
        r"->(allocate|destroy)\(|\b([cm]alloc|realloc|free)\(|__(malloc|free)_|_taken\[|DSPC_INSTANCES"
    )
    folders = [folder for folder in located("backends").iterdir() if folder.name != "interp"]
    texts = [
        f"{path.name}: {node.value}"
        for folder in folders
        for path in folder.rglob("*.py")
        if "heap" not in path.parts and "host" not in path.parts
        for node in without_docstrings(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if spelled.search(re.sub(r"/\*.*?\*/", "", node.value, flags=re.DOTALL))
    ]
    assert texts == []


def without_docstrings(tree: ast.Module) -> Iterator[ast.AST]:
    """The nodes of a module but string statements."""
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return (node for node in ast.walk(tree) if id(node) not in documented)
